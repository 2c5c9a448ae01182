/* Tests of the operations: gradients by finite differences over the whole table, and shapes. */
#include "synthetic.h"

#include "train/kernel.h"
#include "train/network-private.h"
#include "train/op-conv.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

#define SAMPLES 3
#define STEP                                                                                       \
    0.005f /* inputs lie 0.02 apart, so that no step crosses a kink or changes a maximum           \
            */
/* of max(1, |gradient|): rounding of float sums over the step gives about 1e-4, the curvature of a
 * normalisation over so few samples about 1e-3 */
#define TOLERANCE 5e-3

typedef struct {
    WgLayerSpec spec;
    int length, channels;
} Setting;

static const Setting settings[] = {
    {{.op = "conv", .units = 4, .kernel = 3, .has_bias = TRUE}, 10, 3},
    {{.op = "conv", .units = 10, .kernel = 5, .dilation = 2, .same = TRUE}, 12, 2},
    {{.op = "conv", .units = 5, .kernel = 4, .stride = 2, .same = TRUE, .has_bias = TRUE}, 9, 3},
    {{.op = "conv", .units = 3, .kernel = 3, .stride = 3, .dilation = 2}, 11, 2},
    {{.op = "conv", .units = 2, .kernel = 1}, 6, 4},
    {{.op = "conv", .units = 17, .kernel = 5, .same = TRUE, .has_bias = TRUE}, 3, 1},
    {{.op = "dense", .units = 5, .has_bias = TRUE}, 1, 12},
    {{.op = "dense", .units = 7}, 6, 3},
    {{.op = "relu"}, 8, 3},
    {{.op = "max-pool", .pool = 2}, 9, 4},
    {{.op = "max-pool"}, 9, 4},
    {{.op = "average-pool", .pool = 3}, 10, 4},
    {{.op = "average-pool"}, 10, 2},
    {{.op = "dropout", .rate = 0.3f}, 9, 3},
    {{.op = "dropout"}, 4, 3},
    {{.op = "batch-norm"}, 9, 4},
    {{.op = "batch-norm"}, 1, 6},
    {{.op = "flatten"}, 5, 3},
};

/* One layer with all that a pass over it needs. */
typedef struct {
    WgNetwork *network;
    const WgLayer *layer;
    const WgOp *op;
    int in_size, out_size;
    float *x, *y, *dy, *dx, *kept, *scratch, *gradients, *statistics;
    guint64 streams[SAMPLES];
    WgPass pass;
} Probe;

/* Distinct values 0.02 apart, none nearer than 0.01 to 0. */
static void
fill_input(float *x, int n, WgRandom *random)
{
    g_autofree int *order = g_new(int, n);

    for (int i = 0; i < n; i++)
        order[i] = i;
    wg_random_shuffle(random, order, n);
    for (int i = 0; i < n; i++)
        x[i] = 0.02f * ((float)(order[i] - n / 2) + 0.5f);
}

static void
probe_init(Probe *probe, const Setting *setting, gboolean is_sparse)
{
    g_autoptr(GError) error = NULL;
    WgRandom random;
    int n_kept, n_scratch;

    *probe = (Probe){0};
    probe->network =
        wg_network_new(&setting->spec, 1, setting->length, setting->channels, 1, 1, &error);
    g_assert_no_error(error);
    probe->layer = wg_network_get_layer(probe->network, 0);
    probe->op = probe->network->ops[0];
    probe->in_size = SAMPLES * setting->length * setting->channels;
    probe->out_size = SAMPLES * probe->layer->out_length * probe->layer->out_channels;
    probe->x = g_new0(float, probe->in_size + WG_LANES);
    probe->dx = g_new0(float, probe->in_size + WG_LANES);
    probe->y = g_new0(float, probe->out_size + WG_LANES);
    probe->dy = g_new0(float, probe->out_size + WG_LANES);
    n_kept = probe->op->count_kept ? probe->op->count_kept(probe->layer) : 0;
    n_scratch = probe->op->count_scratch ? probe->op->count_scratch(probe->layer) : 0;
    probe->kept = g_new0(float, SAMPLES *n_kept + WG_LANES);
    probe->scratch = g_new0(float, n_scratch + WG_LANES);
    probe->gradients = g_new0(float, WG_LANES + probe->layer->n_parameters);
    probe->statistics = g_new0(float, WG_LANES + probe->layer->n_state);
    wg_random_init(&random, 5, 0);
    fill_input(probe->x, probe->in_size, &random);
    for (int i = 0; i < probe->out_size; i++)
        probe->dy[i] = is_sparse && i % 20 != 7 ? 0 : wg_random_normal(&random);
    for (int i = 0; i < probe->layer->n_parameters; i++)
        probe->layer->parameters[i] += 0.3f * wg_random_normal(&random);
    for (int i = 0; i < SAMPLES; i++)
        probe->streams[i] = (guint64)i;
    probe->pass = (WgPass){.n = SAMPLES,
                           .is_training = TRUE,
                           .x = probe->x,
                           .y = probe->y,
                           .dy = probe->dy,
                           .dx = probe->dx,
                           .kept = probe->kept,
                           .scratch = probe->scratch,
                           .gradients = probe->gradients,
                           .statistics = probe->statistics,
                           .seed = 9,
                           .streams = probe->streams};
}

static void
probe_clear(Probe *probe)
{
    wg_network_unref(probe->network);
    g_free(probe->x);
    g_free(probe->y);
    g_free(probe->dy);
    g_free(probe->dx);
    g_free(probe->kept);
    g_free(probe->scratch);
    g_free(probe->gradients);
    g_free(probe->statistics);
}

/* sum dy y: its gradient by y is dy */
static double
run_forward(Probe *probe)
{
    double sum = 0;

    probe->op->forward(probe->layer, &probe->pass);
    for (int i = 0; i < probe->out_size; i++)
        sum += (double)probe->dy[i] * probe->y[i];
    return sum;
}

static void
check_gradient(Probe *probe, float *value, float gradient, const char *what, int i)
{
    const float kept = *value;
    double above, below, measured;

    *value = kept + STEP;
    above = run_forward(probe);
    *value = kept - STEP;
    below = run_forward(probe);
    *value = kept;
    measured = (above - below) / ((double)(kept + STEP) - (double)(kept - STEP));
    if (fabs(measured - gradient) > TOLERANCE * MAX(1, fabs(measured)))
        g_error("%s, %s %d: gradient %g, by finite differences %g", probe->op->name, what, i,
                gradient, measured);
}

static void
check_setting(const Setting *setting, gboolean is_sparse)
{
    Probe probe;

    probe_init(&probe, setting, is_sparse);
    run_forward(&probe);
    probe.op->backward(probe.layer, &probe.pass);
    for (int i = 0; i < probe.in_size; i++)
        check_gradient(&probe, &probe.x[i], probe.dx[i], "input", i);
    for (int i = 0; i < probe.layer->n_parameters; i++)
        check_gradient(&probe, &probe.layer->parameters[i], probe.gradients[i], "parameter", i);
    probe_clear(&probe);
}

static void
test_gradients(gconstpointer data)
{
    const WgOp *op = data;
    Setting own[] = {{op->example, 8, 3}, {op->example, 1, 12}};
    int n_checked = 0;

    for (guint i = 0; i < G_N_ELEMENTS(settings); i++) {
        if (strcmp(settings[i].spec.op, op->name) != 0)
            continue;
        check_setting(&settings[i], FALSE);
        check_setting(&settings[i], TRUE);
        n_checked++;
    }
    for (guint i = 0; i < G_N_ELEMENTS(own) && n_checked == 0; i++) {
        own[i].spec.op = op->name;
        check_setting(&own[i], FALSE);
        check_setting(&own[i], TRUE);
    }
}

static void
test_backward_adds(void)
{
    Probe probe;
    g_autofree float *once = NULL;

    probe_init(&probe, &settings[0], FALSE);
    run_forward(&probe);
    probe.op->backward(probe.layer, &probe.pass);
    once = g_memdup2(probe.gradients, sizeof(float) * (gsize)probe.layer->n_parameters);
    run_forward(&probe);
    probe.op->backward(probe.layer, &probe.pass);
    for (int i = 0; i < probe.layer->n_parameters; i++)
        g_assert_cmpfloat_with_epsilon(probe.gradients[i], 2 * once[i],
                                       1e-5f * (1 + fabsf(once[i])));
    probe_clear(&probe);
}

/* by hand: y[t] = x[t] + 10 x[t+1] + 100 x[t+2], TensorFlow's SAME pads one zero on both sides */
static void
test_conv_by_hand(void)
{
    const WgLayerSpec spec = {.op = "conv", .units = 1, .kernel = 3, .same = TRUE};
    const float x[] = {1, 2, 3, 4}, weights[] = {1, 10, 100};
    const float expected[] = {210, 321, 432, 43};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) network = wg_network_new(&spec, 1, 4, 1, 1, 1, &error);
    float y[4];

    g_assert_no_error(error);
    memcpy(wg_network_get_parameters(network), weights, sizeof weights);
    wg_network_predict(network, x, 1, y);
    for (int i = 0; i < 4; i++)
        g_assert_cmpfloat(y[i], ==, expected[i]);
}

/* stride 2 over 4 samples, kernel 3: TensorFlow pads the odd zero behind */
static void
test_conv_pads_behind(void)
{
    const WgLayerSpec spec = {.op = "conv", .units = 1, .kernel = 3, .stride = 2, .same = TRUE};
    const float x[] = {1, 2, 3, 4}, weights[] = {1, 10, 100};
    g_autoptr(WgNetwork) network = wg_network_new(&spec, 1, 4, 1, 1, 1, NULL);
    float y[2];

    g_assert_nonnull(network);
    memcpy(wg_network_get_parameters(network), weights, sizeof weights);
    wg_network_predict(network, x, 1, y);
    g_assert_cmpfloat(y[0], ==, 321);
    g_assert_cmpfloat(y[1], ==, 43);
}

/* Largest difference of n values as a share of the largest value. */
static float
relative_difference(const float *a, const float *b, int n)
{
    float largest = 1e-20f;

    for (int i = 0; i < n; i++)
        largest = MAX(largest, fabsf(a[i]));
    return largest_difference(a, b, n) / largest;
}

/* The kernels and the sparse way against the products of OpenBLAS: other orders of float sums. */
static void
test_conv_ways(void)
{
    const Setting setting = {
        {.op = "conv", .units = 21, .kernel = 5, .dilation = 2, .same = TRUE, .has_bias = TRUE},
        50,
        14};
    const int n_patches = SAMPLES * 50 * 5 * 14;

    for (int is_sparse = 0; is_sparse < 2; is_sparse++) {
        Probe direct, product;

        probe_init(&direct, &setting, is_sparse);
        probe_init(&product, &setting, is_sparse);
        g_assert_true(wg_conv_is_direct(direct.layer));
        g_free(product.kept);
        product.kept = product.pass.kept = g_new0(float, n_patches + WG_LANES);
        run_forward(&direct);
        wg_conv_product_forward(product.layer, &product.pass);
        g_assert_cmpfloat(relative_difference(direct.y, product.y, direct.out_size), <, 1e-5f);
        direct.op->backward(direct.layer, &direct.pass);
        wg_conv_product_backward(product.layer, &product.pass);
        g_assert_cmpfloat(relative_difference(direct.dx, product.dx, direct.in_size), <, 1e-5f);
        /* biases are not the product's work */
        g_assert_cmpfloat(relative_difference(direct.gradients, product.gradients,
                                              wg_conv_count_weights(direct.layer)),
                          <, 1e-5f);
        probe_clear(&direct);
        probe_clear(&product);
    }
}

static void
test_dropout_share(void)
{
    const Setting setting = {{.op = "dropout", .rate = 0.25f}, 500, 8};
    const int size = 500 * 8;
    int n_dropped = 0;
    Probe probe;

    probe_init(&probe, &setting, FALSE);
    for (int i = 0; i < probe.in_size; i++)
        probe.x[i] = 3;
    run_forward(&probe);
    for (int i = 0; i < probe.out_size; i++) {
        n_dropped += probe.y[i] == 0;
        g_assert_true(probe.y[i] == 0 || fabsf(probe.y[i] - 4) < 1e-5f);
    }
    /* 12000 draws: a standard deviation of 0.004 */
    g_assert_cmpfloat_with_epsilon((double)n_dropped / probe.out_size, 0.25, 0.02);
    g_assert_cmpint(memcmp(probe.y, probe.y + size, sizeof(float) * (gsize)size), !=, 0);
    probe_clear(&probe);
}

static void
test_refusals(void)
{
    const Setting wrong[] = {
        {{.op = "conv", .units = 0, .kernel = 3}, 10, 3},
        {{.op = "conv", .units = 4, .kernel = 11}, 10, 3},
        {{.op = "conv", .units = 4, .kernel = 6, .dilation = 2}, 10, 3},
        {{.op = "conv", .units = -4, .kernel = 3}, 10, 3},
        {{.op = "dense"}, 10, 3},
        {{.op = "max-pool", .pool = 11}, 10, 3},
        {{.op = "average-pool", .pool = -1}, 10, 3},
        {{.op = "dropout", .rate = 1}, 10, 3},
        {{.op = "dropout", .rate = NAN}, 10, 3},
        {{.op = "concatenate"}, 10, 3},
        {{.op = NULL}, 10, 3},
        {{.op = "dense", .units = 1 << 20}, 1 << 20, 1 << 20},
        {{.op = "conv", .units = 1 << 20, .kernel = 1 << 20, .dilation = 1 << 20, .same = TRUE},
         10,
         3},
    };

    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(
            wg_network_new(&wrong[i].spec, 1, wrong[i].length, wrong[i].channels, 1, 1, &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
        g_assert_true(g_str_has_prefix(error->message, "layer 1 ("));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (int i = 0; wg_ops[i]; i++) {
        g_autofree char *path =
            g_strdup_printf("/train/op/gradients-of-%s-equal-finite-differences", wg_ops[i]->name);

        g_test_add_data_func(path, wg_ops[i], test_gradients);
    }
    g_test_add_func("/train/op/backward-adds-to-gradients", test_backward_adds);
    g_test_add_func("/train/op/conv-equals-hand-computed", test_conv_by_hand);
    g_test_add_func("/train/op/same-padding-puts-odd-zero-behind", test_conv_pads_behind);
    g_test_add_func("/train/op/conv-kernels-equal-products", test_conv_ways);
    g_test_add_func("/train/op/dropout-drops-its-share-anew-a-take", test_dropout_share);
    g_test_add_func("/train/op/refuses-shapes-that-do-not-fit", test_refusals);
    return g_test_run();
}
