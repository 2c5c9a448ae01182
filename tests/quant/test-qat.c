/* Tests of training on as int8, and of pruning: what is trained is what the int8 network does. */
#include "../train/synthetic.h"

#include "base/error.h"
#include "quant/int8-network.h"
#include "quant/filter-pruning.h"
#include "quant/prune.h"
#include "quant/qat.h"
#include "train/metrics.h"

#include <math.h>
#include <string.h>

#define N_CLASSES 3

static const WgTrainOptions base = {.epochs = 12,
                                    .batch = 20,
                                    .learning_rate = 0.01f,
                                    .shift = 2,
                                    .scale = 0.1f,
                                    .seed = 4,
                                    .n_threads = 1};

/* With a pool in between, one over means, and a flattened end. */
static WgNetwork *
pooled_network(void)
{
    const WgLayerSpec layers[] = {
        {.op = "conv", .units = 6, .kernel = 3, .same = TRUE, .has_bias = TRUE},
        {.op = "relu"},
        {.op = "max-pool", .pool = 2},
        {.op = "conv", .units = 5, .kernel = 3, .dilation = 2},
        {.op = "batch-norm"},
        {.op = "average-pool", .pool = 3},
        {.op = "flatten"},
        {.op = "dense", .units = 7, .has_bias = TRUE},
        {.op = "relu"},
        {.op = "dense", .units = N_CLASSES},
    };

    return wg_network_new(layers, G_N_ELEMENTS(layers), 20, 3, 1.5f, 1, NULL);
}

static void
train(WgNetwork *network, WgWindows *windows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgTraining) training =
        wg_train(network, windows, NULL, &base, NULL, NULL, NULL, &error);

    g_assert_no_error(error);
}

static WgQat *
train_qat(const WgNetwork *network, WgWindows *windows, int n_threads)
{
    g_autoptr(GError) error = NULL;
    WgTrainOptions options = wg_qat_options(&base);
    WgQat *qat = wg_qat_new(network, windows, &(WgQuantizeOptions){0}, WG_WEIGHT_STEPS, &error);

    g_assert_no_error(error);
    options.epochs = 4;
    options.n_threads = n_threads;
    wg_qat_train(qat, network, windows, &options, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    return qat;
}

/* In units of the int8 output: how far the int8 network is from the float one that rounds alike.
 * The one rounds twice where the other rounds once, so that an activation near the middle between
 * two steps may come out one step apart: one in a hundred or so, and more behind several layers,
 * whose sums such ones move. `n_least` of 180 are to be the same. */
static void
assert_alike(WgNetwork *network, guint64 seed, int n_least)
{
    g_autoptr(WgWindows) windows = synthetic_windows(90, 1);
    g_autoptr(WgWindows) fresh = synthetic_windows(60, seed);
    g_autofree float *logits = g_new(float, fresh->n *N_CLASSES);
    g_autofree float *outputs = g_new(float, fresh->n *N_CLASSES);
    g_autofree gint8 *history = g_new(gint8, fresh->n * 20 * 3);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;
    g_autoptr(GBytes) tflite = NULL;
    g_autoptr(WgQat) qat = NULL;
    WgQuantizeOptions options = {0};
    const WgTensorInfo *output;
    int n_same = 0;

    train(network, windows);
    qat = train_qat(network, windows, 1);
    options.ranges = qat->ranges;
    tflite = wg_quantize(qat->network, windows, &options, &error);
    g_assert_no_error(error);
    int8 = wg_int8_network_new(tflite, &error);
    g_assert_no_error(error);
    output = wg_int8_network_get_output(int8);
    for (int i = 0; i < fresh->n; i++)
        wg_windows_get_history(fresh, i, history + i * 60);
    wg_int8_network_run_history(int8, history, fresh->n, outputs);
    /* the synthetic windows lie between steps, the watch's do not */
    for (int i = 0; i < fresh->n * 60; i++)
        fresh->x[i] = (float)history[i] / 64;
    wg_fake_quant_predict(qat->fake_quant, qat->network, fresh->x, fresh->n, logits);
    for (int i = 0; i < fresh->n * N_CLASSES; i++) {
        const float steps = logits[i] / (float)output->scale + (float)output->zero_point;

        g_assert_cmpfloat_with_epsilon(steps, rintf(steps), 1e-3f);
        g_assert_cmpfloat(fabsf(steps - outputs[i]), <, 2.5f);
        n_same += fabsf(steps - outputs[i]) < 0.5f;
    }
    g_test_message("%d of %d the same", n_same, fresh->n * N_CLASSES);
    g_assert_cmpint(n_same, >=, n_least);
}

static void
test_alike(void)
{
    const WgLayerSpec dense = {.op = "dense", .units = N_CLASSES, .has_bias = TRUE};
    g_autoptr(WgNetwork) single = wg_network_new(&dense, 1, 20, 3, 1, 1, NULL);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgNetwork) pooled = pooled_network();

    assert_alike(single, 4, 178);
    assert_alike(network, 2, 150);
    assert_alike(pooled, 3, 150);
}

/* The loss of the rounded network falls: it was trained as what it is. With weights of -1, 0 and 1
 * the rounding is coarse enough to see. */
static void
test_learns(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(90, 1);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autofree float *before = g_new(float, windows->n *N_CLASSES);
    g_autofree float *after = g_new(float, windows->n *N_CLASSES);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgQat) qat = NULL;
    double losses[2] = {0};

    train(network, windows);
    qat = wg_qat_new(network, windows, &(WgQuantizeOptions){0}, 1, &error);
    g_assert_no_error(error);
    wg_fake_quant_predict(qat->fake_quant, qat->network, windows->x, windows->n, before);
    g_assert_true(wg_qat_train(qat, network, windows, &base, NULL, NULL, NULL, &error));
    wg_fake_quant_predict(qat->fake_quant, qat->network, windows->x, windows->n, after);
    for (int i = 0; i < windows->n; i++) {
        wg_softmax(before + i * N_CLASSES, N_CLASSES, before + i * N_CLASSES);
        wg_softmax(after + i * N_CLASSES, N_CLASSES, after + i * N_CLASSES);
        losses[0] -= log(fmax(1e-9, before[i * N_CLASSES + windows->labels[i]]));
        losses[1] -= log(fmax(1e-9, after[i * N_CLASSES + windows->labels[i]]));
    }
    g_test_message("loss %g, then %g", losses[0], losses[1]);
    g_assert_cmpfloat(losses[1], <, 0.8 * losses[0]);
}

static void
test_threads(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(61, 1);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(GBytes) one = NULL;

    for (int n_threads = 1; n_threads < 5; n_threads++) {
        g_autoptr(WgQat) qat = train_qat(network, windows, n_threads);
        g_autoptr(GBytes) bytes = wg_network_serialize(qat->network);

        if (!one)
            one = g_bytes_ref(bytes);
        g_assert_true(g_bytes_equal(one, bytes));
    }
}

static void
test_prune(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(60, 1);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    const double sparsities[] = {0.25, 0.5, 0.8};
    const int n = wg_prune_count_weights(network);
    g_autoptr(WgNetwork) last = NULL;

    train(network, windows);
    g_assert_cmpint(wg_prune_count_nonzero(network), ==, n);
    last = wg_network_ref(network);
    for (guint i = 0; i < G_N_ELEMENTS(sparsities); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WgNetwork) pruned =
            wg_prune(last, sparsities[i], windows, &base, NULL, NULL, NULL, &error);
        g_autoptr(WgNetwork) folded = NULL;

        g_assert_no_error(error);
        g_assert_cmpint(wg_prune_count_nonzero(pruned), ==, n - (int)lround(sparsities[i] * n));
        folded = wg_network_fold(pruned, &error);
        g_assert_cmpint(wg_prune_count_nonzero(folded), ==, wg_prune_count_nonzero(pruned));
        for (int k = 0; k < wg_network_get_n_parameters(last); k++) {
            if (wg_network_get_parameters(last)[k] == 0 && i > 0)
                g_assert_true(wg_network_get_parameters(pruned)[k] == 0 ||
                              k >= wg_network_get_n_parameters(last));
        }
        g_clear_pointer(&last, wg_network_unref);
        last = g_steal_pointer(&pruned);
    }
}

/* Of one filter ten times another, behind a normalisation that divides by ten, as many fall. */
static void
test_prune_sees_the_folded_network(void)
{
    const WgLayerSpec layers[] = {{.op = "conv", .units = 2, .kernel = 10},
                                  {.op = "batch-norm"},
                                  {.op = "relu"},
                                  {.op = "max-pool"},
                                  {.op = "dense", .units = N_CLASSES}};
    g_autoptr(WgNetwork) network = wg_network_new(layers, G_N_ELEMENTS(layers), 20, 3, 1, 1, NULL);
    g_autoptr(WgWindows) windows = synthetic_windows(30, 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) pruned = NULL;
    WgTrainOptions options = base;
    const WgLayer *conv = wg_network_get_layer(network, 0),
                  *norm = wg_network_get_layer(network, 1);
    int n_left[2] = {0};

    for (int k = 0; k < 30; k++)
        conv->parameters[30 + k] = 10 * conv->parameters[k];
    for (int k = 0; k < 2 * N_CLASSES; k++)
        wg_network_get_layer(network, 4)->parameters[k] = 1000; /* out of the question */
    norm->parameters[0] = norm->parameters[1] = 1;
    norm->state[2] = 1;
    norm->state[3] = 100;
    options.epochs = 1;
    options.learning_rate = 1e-7f;
    pruned = wg_prune(network, 0.5, windows, &options, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    for (int k = 0; k < 60; k++)
        n_left[k / 30] += wg_network_get_layer(pruned, 0)->parameters[k] != 0;
    /* equal pairs, but for the epsilon of the normalisation */
    g_assert_cmpint(ABS(n_left[0] - n_left[1]), <=, 1);
}

/* Silences two filters of six, and two of five behind a normalisation, and two of seven units. */
static void
silence(const WgNetwork *network)
{
    const int layers[] = {0, 3, 7}, silent[][2] = {{1, 4}, {0, 3}, {2, 6}};

    for (guint i = 0; i < G_N_ELEMENTS(layers); i++) {
        const WgLayer *layer = wg_network_get_layer(network, layers[i]);
        const int units = layer->spec.units, n_biases = layer->spec.has_bias ? units : 0;
        const int n_each = (layer->n_parameters - n_biases) / units;

        for (int k = 0; k < 2; k++) {
            const int unit = silent[i][k];

            memset(layer->parameters + unit * n_each, 0, sizeof(float) * (gsize)n_each);
            if (n_biases)
                layer->parameters[units * n_each + unit] = 0;
            if (layers[i] == 3) { /* its normalisation leaves nothing, too */
                wg_network_get_layer(network, 4)->parameters[units + unit] = 0;
                wg_network_get_layer(network, 4)->state[unit] = 0;
            }
        }
    }
}

static void
test_narrow(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(60, 1);
    g_autoptr(WgNetwork) network = pooled_network();
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) pruned = NULL;
    WgTrainOptions options = base;
    float before[60 * N_CLASSES], after[60 * N_CLASSES];

    train(network, windows);
    silence(network);
    options.epochs = 1;
    options.learning_rate = 1e-7f;
    pruned = wg_prune_filters(network, 0.35, windows, &options, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(wg_network_get_layer(pruned, 0)->spec.units, ==, 4);
    g_assert_cmpint(wg_network_get_layer(pruned, 3)->spec.units, ==, 3);
    g_assert_cmpint(wg_network_get_layer(pruned, 7)->spec.units, ==, 5);
    g_assert_cmpint(wg_network_get_layer(pruned, 9)->spec.units, ==, N_CLASSES);
    /* the one epoch moved the statistics of the normalisation, which is not what is asked here */
    for (int c = 0; c < 3; c++) {
        const int left[] = {1, 2, 4};

        for (int k = 0; k < 2; k++)
            wg_network_get_layer(pruned, 4)->state[k * 3 + c] =
                wg_network_get_layer(network, 4)->state[k * 5 + left[c]];
    }
    wg_network_predict(network, windows->x, 60, before);
    wg_network_predict(pruned, windows->x, 60, after);
    /* of an epoch at a rate of 1e-7 */
    g_assert_cmpfloat(largest_difference(before, after, 60 * N_CLASSES), <, 1e-4f);
}

static void
test_refuses(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(30, 1);
    g_autoptr(WgWindows) none = synthetic_windows(0, 1);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgQat) qat =
        wg_qat_new(network, windows, &(WgQuantizeOptions){0}, WG_WEIGHT_STEPS, NULL);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    GError *error = NULL;

    g_assert_null(wg_qat_new(network, none, &(WgQuantizeOptions){0}, WG_WEIGHT_STEPS, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
    g_clear_error(&error);
    g_assert_null(wg_prune(network, 1, windows, &base, NULL, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_clear_error(&error);
    g_cancellable_cancel(cancellable);
    g_assert_false(wg_qat_train(qat, network, windows, &base, NULL, NULL, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error(&error);
    g_assert_null(wg_prune(network, 0.5, windows, &base, NULL, NULL, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error(&error);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/qat/int8-answers-as-what-was-trained", test_alike);
    g_test_add_func("/quant/qat/what-is-rounded-learns", test_learns);
    g_test_add_func("/quant/qat/same-bits-at-any-number-of-threads", test_threads);
    g_test_add_func("/quant/prune/smallest-weights-are-zero-and-stay-so", test_prune);
    g_test_add_func("/quant/prune/weighs-by-the-folded-network",
                    test_prune_sees_the_folded_network);
    g_test_add_func("/quant/pruned/what-was-silent-goes-and-the-answers-stay", test_narrow);
    g_test_add_func("/quant/qat/refuses-and-can-be-cancelled", test_refuses);
    return g_test_run();
}
