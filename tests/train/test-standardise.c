/* Standardisation is of the training windows, and folds away where it may. */
#include "synthetic.h"

#include "base/error.h"
#include "train/network-private.h"
#include "train/preset.h"
#include "train/standardise.h"

#include <math.h>
#include <string.h>

#define N 40

/* The synthetic windows with channels of other sizes: 1, 1/8 and 30 times, and 5 more on the last.
 */
static WgWindows *
uneven_windows(int n, guint64 seed)
{
    const float factors[3] = {1, 0.125f, 30}, offsets[3] = {0, 0, 5};
    WgWindows *windows = synthetic_windows(n, seed);

    for (int i = 0; i < n * windows->length; i++) {
        float *sample = windows->x + i * 3;

        for (int c = 0; c < 3 && (sample[0] != 0 || sample[1] != 0 || sample[2] != 0); c++)
            sample[c] = sample[c] * factors[c] + offsets[c];
    }
    return windows;
}

static void
test_spread(void)
{
    const WgLayerSpec layers[] = {{.op = "dense", .units = 3}};
    g_autoptr(WgNetwork) network = wg_network_new(layers, 1, 20, 3, 0.5f, 1, NULL);
    g_autoptr(WgWindows) windows = uneven_windows(N, 1);
    const int n = N * windows->length;
    g_autofree float *scaled = g_new(float, n * 3);
    double sums[3] = {0}, squares[3] = {0};
    int n_samples = 0;

    g_assert_true(wg_standardise(network, windows, NULL));
    wg_network_scale_input(network, windows->x, (gsize)n, scaled);
    for (int i = 0; i < n; i++) {
        if (windows->x[i * 3] == 0 && windows->x[i * 3 + 1] == 0 && windows->x[i * 3 + 2] == 0)
            continue;
        n_samples++;
        for (int c = 0; c < 3; c++) {
            sums[c] += (double)scaled[i * 3 + c];
            squares[c] += (double)scaled[i * 3 + c] * (double)scaled[i * 3 + c];
        }
    }
    for (int c = 0; c < 3; c++) { /* float rounding of values up to some tens */
        g_assert_cmpfloat_with_epsilon(sums[c] / n_samples, 0, 1e-5);
        g_assert_cmpfloat_with_epsilon(squares[c] / n_samples, 1, 1e-4);
    }
}

/* Trains a little, so that nothing is as it began, and compares with the folded network. */
static void
assert_folds(WgNetwork *network, gboolean has_offsets)
{
    const WgTrainOptions options = {
        .epochs = 3, .batch = 16, .learning_rate = 0.01f, .seed = 3, .n_threads = 1};
    const int n_classes = wg_network_get_n_classes(network);
    g_autoptr(WgWindows) windows = uneven_windows(60, 1), others = uneven_windows(N, 2);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(WgNetwork) folded = NULL, copy = NULL;
    g_autofree float *before = g_new(float, N *n_classes), *after = g_new(float, N *n_classes);
    g_autofree float *copied = g_new(float, N *n_classes);
    float largest = 0;

    g_assert_true(wg_standardise(network, windows, &error));
    g_assert_no_error(error);
    g_assert_true((wg_network_get_offsets(network)[2] != 0) == has_offsets);
    training = wg_train(network, windows, NULL, &options, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    folded = wg_network_fold(network, &error);
    g_assert_no_error(error);
    g_assert_null(wg_network_get_scales(folded));
    copy = wg_network_copy(network);
    wg_network_predict(network, others->x, N, before);
    wg_network_predict(folded, others->x, N, after);
    wg_network_predict(copy, others->x, N, copied);
    g_assert_cmpmem(copied, sizeof(float) * (gsize)(N * n_classes), before,
                    sizeof(float) * (gsize)(N * n_classes));
    for (int i = 0; i < N * n_classes; i++)
        largest = fmaxf(largest, fabsf(before[i]));
    /* sums of hundreds of products of single precision, in another order, some nearly cancelling */
    for (int i = 0; i < N * n_classes; i++)
        g_assert_cmpfloat_with_epsilon(before[i], after[i], 2e-5f * largest);
}

static void
test_folds_offset(void)
{
    const WgLayerSpec pooled[] = {
        {.op = "max-pool", .pool = 2},
        {.op = "conv", .units = 6, .kernel = 3, .dilation = 2, .stride = 2},
        {.op = "batch-norm"},
        {.op = "relu"},
        {.op = "conv", .units = 4, .kernel = 3, .same = TRUE, .has_bias = TRUE},
        {.op = "relu"},
        {.op = "dense", .units = 3},
    };
    const WgLayerSpec flat[] = {{.op = "flatten"},
                                {.op = "dense", .units = 8, .has_bias = TRUE},
                                {.op = "relu"},
                                {.op = "dense", .units = 3}};
    g_autoptr(WgNetwork) valid = synthetic_network(1);
    g_autoptr(WgNetwork) behind_pool = wg_network_new(pooled, 7, 20, 3, 0.5f, 1, NULL);
    g_autoptr(WgNetwork) dense = wg_network_new(flat, 4, 20, 3, 1, 1, NULL);

    assert_folds(valid, TRUE);
    assert_folds(behind_pool, TRUE);
    assert_folds(dense, TRUE);
}

static void
test_folds_scale_only(void)
{
    const WgPreset *preset = wg_preset_find("waggle", NULL);
    const WgLayerSpec bent[] = {{.op = "relu"},
                                {.op = "conv", .units = 4, .kernel = 3},
                                {.op = "relu"},
                                {.op = "dense", .units = 3}};
    const float offsets[3] = {0, 0, 0.5f}, none[3] = {0}, scales[3] = {1, 2, 3};
    const float wrong[3] = {1, 0, 1};
    g_autoptr(WgNetwork) padded = wg_preset_build(preset, 20, 3, 3, 1, NULL);
    g_autoptr(WgNetwork) behind_relu = wg_network_new(bent, 4, 20, 3, 1, 1, NULL);
    g_autoptr(GError) error = NULL;

    assert_folds(padded, FALSE);
    assert_folds(behind_relu, FALSE);
    g_assert_true(wg_network_set_standard(padded, none, scales, NULL));
    g_assert_false(wg_network_set_standard(padded, offsets, scales, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_assert_false(wg_network_set_standard(padded, none, wrong, NULL));
}

static void
test_bytes(void)
{
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgWindows) windows = uneven_windows(N, 1);
    g_autoptr(GBytes) plain = wg_network_serialize(network), bytes = NULL, again = NULL;
    g_autoptr(WgNetwork) read = NULL;

    g_assert_cmpint(((const guint8 *)g_bytes_get_data(plain, NULL))[7], ==, 1);
    g_assert_true(wg_standardise(network, windows, NULL));
    bytes = wg_network_serialize(network);
    read = wg_network_deserialize(bytes, NULL);
    g_assert_nonnull(read);
    again = wg_network_serialize(read);
    g_assert_true(g_bytes_equal(bytes, again));
    g_assert_cmpmem(wg_network_get_scales(read), 3 * sizeof(float), wg_network_get_scales(network),
                    3 * sizeof(float));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/standardise/brings-channels-to-one-spread", test_spread);
    g_test_add_func("/train/standardise/offset-and-scale-fold-away", test_folds_offset);
    g_test_add_func("/train/standardise/only-the-scale-where-zeros-are-padded",
                    test_folds_scale_only);
    g_test_add_func("/train/standardise/bytes-give-it-back", test_bytes);
    return g_test_run();
}
