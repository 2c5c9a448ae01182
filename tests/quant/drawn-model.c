/* Models whose weights are as they were drawn, and windows to ask them of. */
#include "drawn-model.h"

#include "quant/int8-network.h"
#include "quant/quantize.h"
#include "train/preset.h"

#include <math.h>

#define N_WINDOWS 400

static const char *const names[] = {"a", "b", "c", "d", "e", "f", NULL};

/* Swings of many sizes and paces. */
WgWindows *
drawn_windows(guint64 seed)
{
    WgWindows *windows = wg_windows_alloc(N_WINDOWS, WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS, names);
    WgRandom random;

    wg_random_init(&random, seed, 0);
    for (int i = 0; i < N_WINDOWS; i++) {
        float *x = windows->x + (gsize)i * WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS;
        const float size = 0.1f + 1.8f * wg_random_unit(&random);
        const float pace = 0.1f + wg_random_unit(&random);
        const int n = 10 + (int)wg_random_below(&random, WG_WINDOW_LENGTH - 10);

        for (int t = 0; t < n * WG_WINDOW_CHANNELS; t++)
            x[t] = roundf(64 * size * sinf((float)t * pace)) / 64;
    }
    return windows;
}

/* A preset's network as it is drawn, its last layer turned up until it is sure of something. */
GBytes *
drawn_model(const char *preset_name, guint64 seed, gboolean softmax, WgWindows *windows)
{
    g_autoptr(GError) error = NULL;
    const WgPreset *preset = wg_preset_find(preset_name, &error);
    g_autoptr(WgNetwork) network =
        wg_preset_build(preset, WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS, DRAWN_GESTURES, seed, &error);
    const WgQuantizeOptions options = {.softmax = softmax};
    const WgLayer *last = wg_network_get_layer(network, wg_network_get_n_layers(network) - 1);
    GBytes *tflite;

    g_assert_no_error(error);
    for (int i = 0; i < last->n_parameters; i++)
        last->parameters[i] *= 12;
    tflite = wg_quantize(network, windows, &options, &error);
    g_assert_no_error(error);
    return tflite;
}

float *
drawn_run(GBytes *tflite, WgWindows *windows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) network = wg_int8_network_new(tflite, &error);
    const int size = windows->length * windows->channels;
    g_autofree gint8 *history = g_malloc((gsize)windows->n * size);
    float *outputs = g_new(float, (gsize)windows->n *DRAWN_GESTURES);

    g_assert_no_error(error);
    for (int i = 0; i < windows->n; i++)
        wg_windows_get_history(windows, i, history + (gsize)i * size);
    wg_int8_network_run_history(network, history, windows->n, outputs);
    return outputs;
}
