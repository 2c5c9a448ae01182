/* Tests of the network: folding, bytes, presets, copies and traces. */
#include "synthetic.h"

#include "base/error.h"
#include "train/network-private.h"
#include "train/preset.h"

#include <math.h>
#include <string.h>

#define N 30

/* A network whose running statistics and weights are no longer those it began with. */
static WgNetwork *
train_a_little(WgNetwork *network)
{
    const WgTrainOptions options = {
        .epochs = 3, .batch = 16, .learning_rate = 0.01f, .seed = 3, .n_threads = 1};
    g_autoptr(WgWindows) windows = synthetic_windows(60, 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgTraining) training =
        wg_train(network, windows, NULL, &options, NULL, NULL, NULL, &error);

    g_assert_no_error(error);
    return network;
}

static void
assert_folds(WgNetwork *network)
{
    const int n_classes = wg_network_get_n_classes(network);
    g_autoptr(WgWindows) windows = synthetic_windows(N, 2);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) folded = wg_network_fold(network, &error);
    g_autofree float *before = g_new(float, N *n_classes);
    g_autofree float *after = g_new(float, N *n_classes);

    g_assert_no_error(error);
    g_assert_cmpfloat(wg_network_get_input_scale(folded), ==, 1);
    for (int i = 0; i < wg_network_get_n_layers(folded); i++) {
        const WgLayerSpec *spec = &wg_network_get_layer(folded, i)->spec;

        g_assert_cmpstr(spec->op, !=, "batch-norm");
        g_assert_cmpstr(spec->op, !=, "dropout");
        if (g_str_equal(spec->op, "conv") || g_str_equal(spec->op, "dense"))
            g_assert_true(spec->has_bias);
    }
    wg_network_predict(network, windows->x, N, before);
    wg_network_predict(folded, windows->x, N, after);
    for (int i = 0; i < N * n_classes; i++)
        g_assert_cmpfloat_with_epsilon(before[i], after[i], 1e-5f * MAX(1, fabsf(before[i])));
}

static void
test_fold(void)
{
    g_autoptr(WgNetwork) network = train_a_little(synthetic_network(1));

    assert_folds(network);
}

static void
test_fold_other_chains(void)
{
    const WgLayerSpec layers[] = {
        {.op = "average-pool", .pool = 2},
        {.op = "relu"},
        {.op = "conv", .units = 5, .kernel = 3, .same = TRUE, .has_bias = TRUE},
        {.op = "dropout", .rate = 0.2f},
        {.op = "batch-norm"},
        {.op = "relu"},
        {.op = "flatten"},
        {.op = "dense", .units = 7},
        {.op = "batch-norm"},
        {.op = "batch-norm"},
        {.op = "dense", .units = 3},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) network =
        wg_network_new(layers, G_N_ELEMENTS(layers), 20, 3, 0.25f, 1, &error);

    g_assert_no_error(error);
    assert_folds(train_a_little(network));
}

static void
test_fold_refuses(void)
{
    const WgLayerSpec layers[] = {{.op = "batch-norm"}, {.op = "dense", .units = 3}};
    g_autoptr(WgNetwork) network = wg_network_new(layers, 2, 20, 3, 1, 1, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_nonnull(network);
    g_assert_null(wg_network_fold(network, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_assert_true(g_str_has_prefix(error->message, "layer 1 (batch-norm)"));
}

static void
test_bytes_round_trip(void)
{
    g_autoptr(WgNetwork) network = train_a_little(synthetic_network(1));
    g_autoptr(GBytes) bytes = wg_network_serialize(network);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) read = wg_network_deserialize(bytes, &error);
    g_autoptr(GBytes) again = NULL;

    g_assert_no_error(error);
    again = wg_network_serialize(read);
    g_assert_true(g_bytes_equal(bytes, again));
    g_assert_cmpint(read->n_layers, ==, network->n_layers);
    g_assert_cmpmem(read->parameters, sizeof(float) * (gsize)read->n_parameters,
                    network->parameters, sizeof(float) * (gsize)network->n_parameters);
    g_assert_cmpmem(read->state, sizeof(float) * (gsize)read->n_state, network->state,
                    sizeof(float) * (gsize)network->n_state);
    g_assert_cmpfloat(read->input_scale, ==, network->input_scale);
}

static void
assert_refused(const guint8 *data, gsize size)
{
    /* its own block, so that the address sanitizer sees a read beyond its end */
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_network_deserialize(bytes, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
}

static void
test_bytes_damaged(void)
{
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(GBytes) bytes = wg_network_serialize(network);
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_autofree guint8 *damaged = g_memdup2(data, size);

    for (gsize i = 0; i < size; i++) {
        damaged[i] ^= (guint8)(1 << i % 8);
        assert_refused(damaged, size);
        damaged[i] = data[i];
    }
    for (gsize i = 0; i < size; i += i < 400 ? 1 : 37)
        assert_refused(data, i);
}

/* A block whose checksum was made to agree: read or refused, but never beyond its end. */
static void
test_bytes_forged(void)
{
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(GBytes) bytes = wg_network_serialize(network);
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    int n_refused = 0;
    WgRandom random;

    wg_random_init(&random, 11, 0);
    for (int round = 0; round < 4000; round++) {
        g_autofree guint8 *forged = g_memdup2(data, size);
        g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
        const gsize end = round % 4 == 0 ? 40 + wg_random_below(&random, 400) : size - 32;
        g_autoptr(GBytes) block = NULL;
        g_autoptr(GError) error = NULL;
        g_autoptr(WgNetwork) read = NULL;
        gsize length = 32;

        for (int i = 0; i < 1 + round % 3; i++)
            forged[8 + wg_random_below(&random, 300)] = (guint8)wg_random_next(&random);
        g_checksum_update(checksum, forged, (gssize)end);
        g_checksum_get_digest(checksum, forged + end, &length);
        block = g_bytes_new(forged, end + 32);
        read = wg_network_deserialize(block, &error);
        if (!read) {
            g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
            n_refused++;
        }
    }
    g_assert_cmpint(n_refused, >, 1000);
}

static void
test_copy(void)
{
    g_autoptr(WgNetwork) network = train_a_little(synthetic_network(1));
    g_autoptr(WgNetwork) copy = wg_network_copy(network);
    g_autoptr(WgWindows) windows = synthetic_windows(N, 2);
    float before[N * 3], after[N * 3];

    wg_network_predict(network, windows->x, N, before);
    train_a_little(network);
    wg_network_predict(copy, windows->x, N, after);
    g_assert_cmpmem(before, sizeof before, after, sizeof after);
    wg_network_predict(network, windows->x, N, after);
    g_assert_cmpint(memcmp(before, after, sizeof before), !=, 0);
}

static void
test_trace(void)
{
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    g_autoptr(WgWindows) windows = synthetic_windows(N, 2);
    float conv[N * 16 * 6], relu[N * 16 * 6], pool[N * 6], logits[N * 3], predicted[N * 3];
    float *outputs[] = {conv, relu, pool, logits};

    wg_network_trace(network, windows->x, N, outputs);
    wg_network_predict(network, windows->x, N, predicted);
    g_assert_cmpmem(logits, sizeof logits, predicted, sizeof predicted);
    for (int i = 0; i < N * 16 * 6; i++)
        g_assert_cmpfloat(relu[i], ==, MAX(conv[i], 0));
    for (int i = 0; i < N * 6; i++) {
        float largest = 0;

        for (int t = 0; t < 16; t++)
            largest = MAX(largest, relu[(i / 6 * 16 + t) * 6 + i % 6]);
        g_assert_cmpfloat(pool[i], ==, largest);
    }
}

static void
test_one_by_one(void)
{
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgWindows) windows = synthetic_windows(N, 2);
    float together[N * 3], alone[N * 3];

    wg_network_predict(network, windows->x, N, together);
    for (int i = 0; i < N; i++)
        wg_network_predict(network, windows->x + i * 60, 1, alone + i * 3);
    /* sums of another shape may round differently */
    g_assert_cmpfloat(largest_difference(together, alone, N * 3), <, 1e-5f);
}

static void
test_presets(void)
{
    const struct {
        const char *name;
        int n_parameters;
    } expected[] = {
        {"classic", 14 * 15 + 14 + 10 * 70 + 10 + 60},
        {"conv1d", 8 * 15 + 8 + 16 * 24 + 16 + 16 * 336 + 16 + 16 * 6 + 6},
        {"dense", 32 * 150 + 32 + 16 * 32 + 16 + 6 * 16 + 6},
    };

    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autoptr(GError) error = NULL;
        const WgPreset *preset = wg_preset_find(expected[i].name, &error);
        g_autoptr(WgNetwork) network = NULL;

        g_assert_no_error(error);
        network = wg_preset_build(preset, 50, 3, 6, 1, &error);
        g_assert_no_error(error);
        g_assert_cmpint(wg_network_get_n_parameters(network), ==, expected[i].n_parameters);
    }
    g_assert_cmpstr(wg_presets[0]->name, ==, "waggle");
}

static void
test_presets_fit(void)
{
    for (int i = 0; wg_presets[i]; i++) {
        for (int n_classes = 2; n_classes <= 12; n_classes += 5) {
            g_autoptr(GError) error = NULL;
            g_autoptr(WgNetwork) network =
                wg_preset_build(wg_presets[i], 50, 3, n_classes, 1, &error);
            g_autoptr(WgNetwork) folded = NULL;

            g_assert_no_error(error);
            g_assert_cmpint(wg_network_get_n_classes(network), ==, n_classes);
            folded = wg_network_fold(network, &error);
            g_assert_no_error(error);
        }
    }
}

/* Half of the window, however long it is, goes into each segment of the default's last pool. */
static void
test_segments(void)
{
    const WgPreset *preset = wg_presets[0];
    const int lengths[] = {50, 51, 100, 20, 2};

    g_assert_cmpint(preset->n_segments, ==, 2);
    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WgNetwork) network = wg_preset_build(preset, lengths[i], 3, 6, 1, &error);
        const WgLayer *pool;

        g_assert_no_error(error);
        pool = wg_network_get_layer(network, wg_network_get_n_layers(network) - 2);
        g_assert_cmpstr(pool->spec.op, ==, "max-pool");
        g_assert_cmpint(pool->in_length, ==, lengths[i]);
        g_assert_cmpint(pool->spec.pool, ==, lengths[i] / 2);
        g_assert_cmpint(pool->out_length, ==, 2);
    }
}

static void
test_preset_unknown(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_preset_find("clasic", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    for (int i = 0; wg_presets[i]; i++)
        g_assert_nonnull(strstr(error->message, wg_presets[i]->name));
    g_clear_error(&error);
    g_assert_null(wg_preset_build(wg_presets[0], 50, 3, 1, 1, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
}

static void
test_seeds(void)
{
    g_autoptr(WgNetwork) a = synthetic_network(1);
    g_autoptr(WgNetwork) b = synthetic_network(1);
    g_autoptr(WgNetwork) c = synthetic_network(2);
    const gsize size = sizeof(float) * (gsize)a->n_parameters;

    g_assert_cmpmem(a->parameters, size, b->parameters, size);
    g_assert_cmpint(memcmp(a->parameters, c->parameters, size), !=, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/network/fold-equals-unfolded", test_fold);
    g_test_add_func("/train/network/fold-equals-unfolded-in-other-chains", test_fold_other_chains);
    g_test_add_func("/train/network/fold-refuses-norm-without-layer-before", test_fold_refuses);
    g_test_add_func("/train/network/bytes-round-trip", test_bytes_round_trip);
    g_test_add_func("/train/network/refuses-any-damaged-byte", test_bytes_damaged);
    g_test_add_func("/train/network/survives-forged-bytes", test_bytes_forged);
    g_test_add_func("/train/network/copy-is-independent", test_copy);
    g_test_add_func("/train/network/trace-shows-every-layer", test_trace);
    g_test_add_func("/train/network/predicts-alone-as-together", test_one_by_one);
    g_test_add_func("/train/network/weights-follow-seed", test_seeds);
    g_test_add_func("/train/preset/shapes-are-as-published", test_presets);
    g_test_add_func("/train/preset/every-one-builds-and-folds", test_presets_fit);
    g_test_add_func("/train/preset/segments-follow-the-length", test_segments);
    g_test_add_func("/train/preset/unknown-name-is-refused-with-all-names", test_preset_unknown);
    return g_test_run();
}
