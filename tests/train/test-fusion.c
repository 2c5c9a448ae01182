/* Layers worked out in one go, held to the same layers one by one and to finite differences. */
#include "synthetic.h"

#include "train/fusion.h"
#include "train/network-private.h"
#include "train/workspace.h"

#include <math.h>
#include <string.h>

#define N 8

typedef struct {
    float *logits, *gradients, *statistics;
    int n_parameters;
} Run;

/* One chunk there and back, with the same loss gradient for every network of the same classes. */
static Run
run(const WgNetwork *network, const float *x)
{
    g_autoptr(WgWorkspace) workspace = wg_workspace_new(network, N, TRUE);
    const int n_classes = wg_network_get_n_classes(network);
    const guint64 streams[N] = {0};
    Run result = {.n_parameters = wg_network_get_n_parameters(network)};
    WgRandom random;

    wg_random_init(&random, 5, 1);
    memcpy(wg_workspace_get_input(workspace), x,
           sizeof(float) * (gsize)(N * network->length * network->channels));
    result.statistics = g_new0(float, network->n_state + 1);
    wg_workspace_forward(workspace, N, 1, streams, result.statistics);
    result.logits =
        g_memdup2(wg_workspace_get_output(workspace, wg_network_get_n_layers(network) - 1),
                  sizeof(float) * (gsize)(N * n_classes));
    for (int i = 0; i < N * n_classes; i++)
        wg_workspace_get_loss_gradient(workspace)[i] = 2 * wg_random_unit(&random) - 1;
    result.gradients = g_new0(float, result.n_parameters);
    wg_workspace_backward(workspace, result.gradients);
    return result;
}

static void
run_clear(Run *run)
{
    g_free(run->logits);
    g_free(run->gradients);
    g_free(run->statistics);
}

static void
assert_close(const float *a, const float *b, int n)
{
    for (int i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon(a[i], b[i], 1e-5f * MAX(1, fabsf(b[i])));
}

/* A dropout of nothing between the layers keeps them from being worked out in one go. */
static void
test_is_as_layer_by_layer(void)
{
    WgRandom random;

    wg_random_init(&random, 3, 1);
    for (int round = 0; round < 60; round++) {
        const int units = 1 + (int)wg_random_below(&random, 26);
        const int kernel = 1 + (int)wg_random_below(&random, 6);
        const int dilation = 1 + (int)wg_random_below(&random, 3);
        const int pool = (int)wg_random_below(&random, 4) * 5;
        const gboolean is_first = wg_random_below(&random, 2) == 0;
        const WgLayerSpec before = {.op = "conv", .units = 5, .kernel = 3, .has_bias = TRUE};
        const WgLayerSpec conv = {.op = "conv",
                                  .units = units,
                                  .kernel = kernel,
                                  .dilation = dilation,
                                  .same = wg_random_below(&random, 2) == 0,
                                  .has_bias = wg_random_below(&random, 2) == 0};
        const WgLayerSpec relu = {.op = "relu"}, nothing = {.op = "dropout"};
        const WgLayerSpec max_pool = {.op = "max-pool", .pool = pool};
        const WgLayerSpec dense = {.op = "dense", .units = 4};
        const WgLayerSpec fused[] = {before, conv, relu, max_pool, dense};
        const WgLayerSpec apart[] = {before, conv, relu, nothing, max_pool, dense};
        g_autoptr(WgNetwork) one =
            wg_network_new(fused + is_first, 5 - is_first, 50, 3, 1, 7, NULL);
        g_autoptr(WgNetwork) other =
            wg_network_new(apart + is_first, 6 - is_first, 50, 3, 1, 7, NULL);
        g_autofree float *x = g_new(float, N * 50 * 3);
        Run a, b;

        g_assert_nonnull(one);
        for (int i = 0; i < N * 50 * 3; i++)
            x[i] = 2 * wg_random_unit(&random) - 1;
        g_assert_cmpint(one->n_parameters, ==, other->n_parameters);
        memcpy(other->parameters, one->parameters, sizeof(float) * (gsize)one->n_parameters);
        a = run(one, x);
        b = run(other, x);
        assert_close(a.logits, b.logits, N * 4);
        assert_close(a.gradients, b.gradients, a.n_parameters);
        run_clear(&a);
        run_clear(&b);
    }
}

/* `apart` holds the same layers, kept apart by average pools of one sample, which change nothing.
 */
static void
assert_fused_as_apart(const WgLayerSpec *fused, int n_fused, const WgLayerSpec *apart, int n_apart)
{
    g_autoptr(WgNetwork) one = wg_network_new(fused, n_fused, 30, 3, 1, 7, NULL);
    g_autoptr(WgNetwork) other = wg_network_new(apart, n_apart, 30, 3, 1, 7, NULL);
    g_autofree float *x = g_new(float, N * 30 * 3);
    int n_fusions = 0;
    WgRandom random;
    Run a, b;

    wg_random_init(&random, 4, 1);
    for (int i = 0; i < N * 30 * 3; i++)
        x[i] = 2 * wg_random_unit(&random) - 1;
    for (int i = 0; i < one->n_parameters; i++)
        one->parameters[i] += 0.5f * wg_random_normal(&random);
    memcpy(other->parameters, one->parameters, sizeof(float) * (gsize)one->n_parameters);
    for (int i = 0; i < n_fused; i++)
        n_fusions += wg_fusion_find(&one->layers[i], &one->ops[i], n_fused - i) != NULL;
    g_assert_cmpint(n_fusions, >, 0);
    for (int i = 0; i < n_apart; i++)
        g_assert_null(wg_fusion_find(&other->layers[i], &other->ops[i], n_apart - i));
    a = run(one, x);
    b = run(other, x);
    assert_close(a.logits, b.logits, N * wg_network_get_n_classes(one));
    assert_close(a.statistics, b.statistics, one->n_state);
    assert_close(a.gradients, b.gradients, a.n_parameters);
    run_clear(&a);
    run_clear(&b);
}

static void
test_normalised(void)
{
    const WgLayerSpec conv = {.op = "conv", .units = 5, .kernel = 3, .same = TRUE};
    const WgLayerSpec norm = {.op = "batch-norm"}, relu = {.op = "relu"};
    const WgLayerSpec nothing = {.op = "average-pool", .pool = 1};
    const WgLayerSpec dense = {.op = "dense", .units = 4};

    for (int pool = 0; pool <= 10; pool += 5) {
        for (int units = 1; units <= 40; units += 13) {
            const WgLayerSpec second = {.op = "conv", .units = units, .kernel = 5, .same = TRUE};
            const WgLayerSpec max_pool = {.op = "max-pool", .pool = pool};
            const WgLayerSpec fused[] = {conv, norm, relu, second, norm, relu, max_pool, dense};
            const WgLayerSpec apart[] = {conv,    norm, nothing, relu,     second, norm,
                                         nothing, relu, nothing, max_pool, dense};

            assert_fused_as_apart(fused, G_N_ELEMENTS(fused), apart, G_N_ELEMENTS(apart));
        }
    }
}

/* A normalisation that comes first has nobody who wants its input's gradient. */
static void
test_normalised_first(void)
{
    const WgLayerSpec norm = {.op = "batch-norm"}, relu = {.op = "relu"};
    const WgLayerSpec nothing = {.op = "average-pool", .pool = 1};
    const WgLayerSpec max_pool = {.op = "max-pool", .pool = 4};
    const WgLayerSpec dense = {.op = "dense", .units = 4};
    const WgLayerSpec pooled[] = {norm, relu, max_pool, dense};
    const WgLayerSpec pooled_apart[] = {norm, nothing, relu, nothing, max_pool, dense};
    const WgLayerSpec flat[] = {norm, relu, dense}, flat_apart[] = {norm, nothing, relu, dense};

    assert_fused_as_apart(pooled, G_N_ELEMENTS(pooled), pooled_apart, G_N_ELEMENTS(pooled_apart));
    assert_fused_as_apart(flat, G_N_ELEMENTS(flat), flat_apart, G_N_ELEMENTS(flat_apart));
}

/* A layer draws by its number, so the dropout has the same in both. */
static void
test_dropped(void)
{
    const WgLayerSpec conv = {.op = "conv", .units = 7, .kernel = 3, .has_bias = TRUE};
    const WgLayerSpec relu = {.op = "relu"}, dropout = {.op = "dropout", .rate = 0.3f};
    const WgLayerSpec nothing = {.op = "average-pool", .pool = 1};
    const WgLayerSpec dense = {.op = "dense", .units = 4};
    const WgLayerSpec fused[] = {conv, nothing, relu, dropout, dense};
    const WgLayerSpec apart[] = {conv, relu, nothing, dropout, dense};

    assert_fused_as_apart(fused, G_N_ELEMENTS(fused), apart, G_N_ELEMENTS(apart));
}

/* The sum of dy times the logits, whose gradient the workspace gives for this dy. */
static double
find_loss(const WgNetwork *network, const float *x, const float *dy)
{
    const int n = N * wg_network_get_n_classes(network);
    Run result = run(network, x);
    double loss = 0;

    for (int i = 0; i < n; i++)
        loss += (double)dy[i] * result.logits[i];
    run_clear(&result);
    return loss;
}

static double
find_slope(const WgNetwork *network, float *parameter, float step, const float *x, const float *dy)
{
    const float kept = *parameter;
    double above, below;

    *parameter = kept + step;
    above = find_loss(network, x, dy);
    *parameter = kept - step;
    below = find_loss(network, x, dy);
    *parameter = kept;
    return (above - below) / ((double)(kept + step) - (double)(kept - step));
}

/* Steps of two sizes must agree, else one of them crossed a kink or changed a maximum: such
 * parameters prove nothing, but may not be many. Float sums of about 1 over a step of 0.001 are
 * good to about 2e-3; how they are rounded depends on the processor. */
static void
test_finite_differences(void)
{
    const WgLayerSpec layers[] = {
        {.op = "conv", .units = 6, .kernel = 3, .same = TRUE, .has_bias = TRUE},
        {.op = "relu"},
        {.op = "dropout", .rate = 0.2f},
        {.op = "conv", .units = 5, .kernel = 3, .same = TRUE},
        {.op = "batch-norm"},
        {.op = "relu"},
        {.op = "conv", .units = 9, .kernel = 3, .dilation = 2, .same = TRUE},
        {.op = "batch-norm"},
        {.op = "relu"},
        {.op = "max-pool", .pool = 5},
        {.op = "conv", .units = 10, .kernel = 2, .has_bias = TRUE},
        {.op = "relu"},
        {.op = "max-pool"},
        {.op = "dense", .units = 3, .has_bias = TRUE},
    };
    g_autoptr(WgNetwork) network = wg_network_new(layers, G_N_ELEMENTS(layers), 20, 3, 1, 7, NULL);
    float x[N * 20 * 3], dy[N * 3];
    int n_crossed = 0;
    WgRandom random;
    Run result;

    wg_random_init(&random, 3, 1);
    for (guint i = 0; i < G_N_ELEMENTS(x); i++)
        x[i] = wg_random_normal(&random);
    /* as run() draws it */
    wg_random_init(&random, 5, 1);
    for (guint i = 0; i < G_N_ELEMENTS(dy); i++)
        dy[i] = 2 * wg_random_unit(&random) - 1;
    result = run(network, x);
    for (int i = 0; i < network->n_parameters; i++) {
        const double wide = find_slope(network, &network->parameters[i], 0.002f, x, dy);
        const double narrow = find_slope(network, &network->parameters[i], 0.001f, x, dy);
        const double tolerance = 5e-3 * MAX(1, fabs(wide));

        if (fabs(wide - narrow) > tolerance)
            n_crossed++;
        else if (fabs(narrow - (double)result.gradients[i]) > 2 * tolerance)
            g_error("parameter %d: gradient %g, by finite differences %g and %g", i,
                    result.gradients[i], wide, narrow);
    }
    g_assert_cmpint(n_crossed, <, network->n_parameters / 10);
    run_clear(&result);
}

/* A filter that never answers gets no gradient, and what is behind the last whole stretch of a pool
 * counts for nothing. */
static void
test_silent_filters_and_tails(void)
{
    const WgLayerSpec layers[] = {{.op = "conv", .units = 2, .kernel = 1},
                                  {.op = "relu"},
                                  {.op = "max-pool", .pool = 4},
                                  {.op = "dense", .units = 1}};
    g_autoptr(WgNetwork) network = wg_network_new(layers, 4, 6, 1, 1, 1, NULL);
    float x[N * 6];
    Run result;

    for (int i = 0; i < N * 6; i++)
        x[i] = i % 6 == 2 ? 3 : i % 6 > 3 ? 100 : 1;
    network->parameters[0] = 1;
    network->parameters[1] = -1;
    network->parameters[2] = network->parameters[3] = 1;
    result = run(network, x);
    for (int i = 0; i < N; i++)
        g_assert_cmpfloat(result.logits[i], ==, 3);
    g_assert_cmpfloat(result.gradients[0], !=, 0);
    g_assert_cmpfloat(result.gradients[1], ==, 0);
    run_clear(&result);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/fusion/pooled-is-as-layer-by-layer", test_is_as_layer_by_layer);
    g_test_add_func("/train/fusion/silent-filters-and-tails", test_silent_filters_and_tails);
    g_test_add_func("/train/fusion/normalised-is-as-layer-by-layer", test_normalised);
    g_test_add_func("/train/fusion/normalised-first-is-as-layer-by-layer", test_normalised_first);
    g_test_add_func("/train/fusion/dropped-is-as-layer-by-layer", test_dropped);
    g_test_add_func("/train/fusion/gradients-equal-finite-differences", test_finite_differences);
    return g_test_run();
}
