/* Made-up windows and small networks that the tests of training share. */
#include "synthetic.h"

#include "train/metrics.h"

#include <math.h>

#define LENGTH 20
#define CHANNELS 3

WgWindows *
synthetic_windows(int n, guint64 seed)
{
    const char *const names[] = {"circle", "punch", "wave", NULL};
    WgWindows *windows = wg_windows_alloc(n, LENGTH, CHANNELS, names);
    WgRandom random;

    wg_random_init(&random, seed, 0);
    for (int i = 0; i < n; i++) {
        const int label = i % 3;
        const int n_samples = 12 + (int)wg_random_below(&random, 8);

        windows->labels[i] = label;
        for (int t = 0; t < n_samples; t++) {
            float *sample = windows->x + (i * LENGTH + t) * CHANNELS;

            for (int c = 0; c < CHANNELS; c++)
                sample[c] = 0.2f * wg_random_normal(&random);
            sample[label] += sinf((float)t * (0.4f + 0.3f * (float)label));
            sample[2] += 1;
            for (int c = 0; c < CHANNELS; c++)
                sample[c] = CLAMP(sample[c], -2.0f, 127.0f / 64.0f);
        }
    }
    return windows;
}

static WgNetwork *
build(const WgLayerSpec *layers, int n_layers, guint64 seed)
{
    g_autoptr(GError) error = NULL;
    WgNetwork *network = wg_network_new(layers, n_layers, LENGTH, CHANNELS, 2, seed, &error);

    g_assert_no_error(error);
    return network;
}

WgNetwork *
synthetic_network(guint64 seed)
{
    const WgLayerSpec layers[] = {
        {.op = "conv", .units = 6, .kernel = 5},
        {.op = "batch-norm"},
        {.op = "relu"},
        {.op = "dropout", .rate = 0.1f},
        {.op = "conv", .units = 8, .kernel = 3, .dilation = 2, .same = TRUE, .has_bias = TRUE},
        {.op = "relu"},
        {.op = "max-pool"},
        {.op = "dropout", .rate = 0.1f},
        {.op = "dense", .units = 3, .has_bias = TRUE},
    };

    return build(layers, G_N_ELEMENTS(layers), seed);
}

WgNetwork *
synthetic_plain_network(guint64 seed)
{
    const WgLayerSpec layers[] = {
        {.op = "conv", .units = 6, .kernel = 5, .has_bias = TRUE},
        {.op = "relu"},
        {.op = "max-pool"},
        {.op = "dense", .units = 3, .has_bias = TRUE},
    };

    return build(layers, G_N_ELEMENTS(layers), seed);
}

float
largest_difference(const float *a, const float *b, int n)
{
    float largest = 0;

    for (int i = 0; i < n; i++)
        largest = MAX(largest, fabsf(a[i] - b[i]));
    return largest;
}

double
measure_loss(const WgNetwork *network, const WgWindows *windows)
{
    double loss = 0;

    for (int i = 0; i < windows->n; i++) {
        float p[3];

        wg_network_predict(network, windows->x + i * LENGTH * CHANNELS, 1, p);
        wg_softmax(p, 3, p);
        loss -= log(p[windows->labels[i]]);
    }
    return loss / windows->n;
}
