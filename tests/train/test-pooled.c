/* Convolution, ReLU and max pool in one go, held to the same layers one by one. */
#include "synthetic.h"

#include "train/network-private.h"
#include "train/workspace.h"

#include <math.h>
#include <string.h>

#define N 8

typedef struct {
    float *logits, *gradients;
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
    wg_workspace_forward(workspace, N, 1, streams, NULL);
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
    g_test_add_func("/train/pooled/is-as-layer-by-layer", test_is_as_layer_by_layer);
    g_test_add_func("/train/pooled/silent-filters-and-tails", test_silent_filters_and_tails);
    return g_test_run();
}
