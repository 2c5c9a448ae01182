/* What the quantizer writes never has the forms that the watch refuses, crashes on or garbles. */
#include "base/error.h"
#include "quant/quantize.h"
#include "quant/tflite.h"
#include "quant/verdict.h"

#include <string.h>

#define NETWORKS 150
#define LAYERS_MAX 12

static int
pick(WgRandom *random, int from, int to)
{
    return from + (int)wg_random_below(random, (guint32)(to - from + 1));
}

/* Convolutions and pools of any form that fits their input, then dense layers. */
static WgNetwork *
make_network(WgRandom *random)
{
    WgLayerSpec layers[LAYERS_MAX];
    const int n_blocks = pick(random, 0, 3);
    int n = 0;

    for (int i = 0; i < n_blocks; i++) {
        layers[n++] = (WgLayerSpec){.op = "conv",
                                    .units = pick(random, 1, 20),
                                    .kernel = pick(random, 1, 5),
                                    .stride = pick(random, 1, 2),
                                    .dilation = pick(random, 1, 2),
                                    .same = pick(random, 0, 1),
                                    .has_bias = pick(random, 0, 1)};
        if (pick(random, 0, 1))
            layers[n++] = (WgLayerSpec){.op = "relu"};
        if (pick(random, 0, 2) == 0)
            layers[n++] = (WgLayerSpec){.op = pick(random, 0, 1) ? "max-pool" : "average-pool",
                                        .pool = pick(random, 0, 3)};
    }
    if (pick(random, 0, 1))
        layers[n++] = (WgLayerSpec){.op = "flatten"};
    layers[n++] = (WgLayerSpec){.op = "dense", .units = pick(random, 2, 9), .has_bias = TRUE};
    return wg_network_new(layers, n, WG_WINDOW_LENGTH, 3, 1, wg_random_next(random), NULL);
}

static WgWindows *
make_windows(WgRandom *random)
{
    const char *const names[] = {"a", "b", NULL};
    WgWindows *windows = wg_windows_alloc(6, WG_WINDOW_LENGTH, 3, names);

    for (int i = 0; i < windows->n * windows->length * windows->channels; i++)
        windows->x[i] = wg_random_normal(random);
    return windows;
}

static void
check_file(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgTflite) file = wg_tflite_read(bytes, &error);

    g_assert_no_error(error);
    for (int i = 0; i < file->n_ops; i++) {
        const WgTfliteOp *op = &file->ops[i];

        /* in the firmware's depthwise kernel are two faults: none is written */
        g_assert_cmpint(op->code, !=, WG_TFLITE_DEPTHWISE_CONV_2D);
        if (op->code == WG_TFLITE_CONV_2D || op->code == WG_TFLITE_FULLY_CONNECTED) {
            g_assert_cmpint(op->n_inputs, ==, 3);
            g_assert_cmpint(op->inputs[2], >=, 0);
            g_assert_cmpint(op->activation, <=, WG_TFLITE_RELU);
        }
    }
    for (int i = 0; i < file->n_tensors; i++)
        g_assert_cmpint(file->tensors[i].n_zero_points, ==, file->tensors[i].n_scales);
}

/* Too large for the watch it may be; nothing else. */
static void
check_verdict(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) network = wg_int8_network_new(bytes, &error);
    g_autoptr(WgVerdict) verdict = NULL;

    g_assert_no_error(error);
    verdict = wg_verdict_new(network, wg_watch_kind_find("bangle2", NULL), FALSE);
    for (int i = 0; verdict->reasons[i]; i++) {
        if (!g_str_has_prefix(verdict->reasons[i], "it needs an arena of"))
            g_error("the quantizer wrote what does not run: %s", verdict->reasons[i]);
    }
}

static void
test_random_networks(void)
{
    WgRandom random;
    int n_written = 0;

    wg_random_init(&random, 11, 0);
    for (int i = 0; i < NETWORKS; i++) {
        const WgQuantizeOptions options = {.softmax = i % 2};
        g_autoptr(WgNetwork) network = make_network(&random);
        g_autoptr(WgWindows) windows = make_windows(&random);
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bytes = NULL;

        if (!network)
            continue; /* a window that has become shorter than a filter */
        bytes = wg_quantize(network, windows, &options, &error);
        if (!bytes) {
            g_test_message("network %d: %s", i, error->message);
            g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
            continue;
        }
        n_written++;
        check_file(bytes);
        check_verdict(bytes);
    }
    g_test_message("%d of %d networks written", n_written, NETWORKS);
    g_assert_cmpint(n_written, >, NETWORKS / 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/quantize/never-emits-what-the-watch-garbles", test_random_networks);
    return g_test_run();
}
