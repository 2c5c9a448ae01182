/* Magnitude pruning: the smallest weights become 0 and the others learn to do without them. */
#include "quant/prune.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#define EPOCHS 120 /* after each step: see docs/smaller-models.md */

WgTrainOptions
wg_prune_options(const WgTrainOptions *trained)
{
    WgTrainOptions options = wg_train_options_go_on(trained, EPOCHS);

    options.sharpness_from = 0;
    return options;
}

/* Leading parameters of a layer that are weights: all but the biases of conv and dense. */
static int
count_weights(const WgLayer *layer)
{
    if (!g_str_equal(layer->spec.op, "conv") && !g_str_equal(layer->spec.op, "dense"))
        return 0;
    return layer->n_parameters - (layer->spec.has_bias ? layer->spec.units : 0);
}

int
wg_prune_count_weights(const WgNetwork *network)
{
    int n = 0;

    for (int i = 0; i < wg_network_get_n_layers(network); i++)
        n += count_weights(wg_network_get_layer(network, i));
    return n;
}

int
wg_prune_count_nonzero(const WgNetwork *network)
{
    int n = 0;

    for (int i = 0; i < wg_network_get_n_layers(network); i++) {
        const WgLayer *layer = wg_network_get_layer(network, i);

        for (int k = 0; k < count_weights(layer); k++)
            n += layer->parameters[k] != 0;
    }
    return n;
}

static int
compare_floats(gconstpointer a, gconstpointer b)
{
    const float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static int
compare_magnitudes(gconstpointer a, gconstpointer b, gpointer weights)
{
    const float *w = weights;
    const float x = fabsf(w[*(const int *)a]), y = fabsf(w[*(const int *)b]);

    return (x > y) - (x < y);
}

/* score = w^2 / sum of v^2 over the layer's weights v that are not smaller; 0 where w is. What is
 * largest in its layer has 1, so that no layer is emptied before another is (layer-adaptive
 * magnitudes, Lee et al. 2021). */
static void
score_layer(const float *weights, int n, float *scores)
{
    g_autofree int *order = g_new(int, n + 1);
    double sum = 0;

    for (int i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, n, sizeof(int), compare_magnitudes, (gpointer)weights);
    for (int i = n - 1; i >= 0; i--) {
        const double square = (double)weights[order[i]] * (double)weights[order[i]];

        sum += square;
        scores[order[i]] = square > 0 ? (float)(square / sum) : 0;
    }
}

/* The score below which `n_dropped` of n lie. */
static float
find_threshold(const float *scores, int n, int n_dropped)
{
    g_autofree float *sorted = g_memdup2(scores, sizeof(float) * (gsize)n);

    qsort(sorted, (gsize)n, sizeof(float), compare_floats);
    return n_dropped < n ? sorted[n_dropped] : INFINITY;
}

/* Layers of both that have weights follow each other alike; `mask` has the network's parameters. */
static void
make_mask(WgNetwork *network, const WgNetwork *folded, double sparsity, guint8 *mask)
{
    const float *first = wg_network_get_parameters(network);
    const int n = wg_prune_count_weights(folded);
    g_autofree float *scores = g_new0(float, n + 1);
    float threshold;
    int at = 0;

    for (int i = 0; i < wg_network_get_n_layers(folded); i++) {
        const WgLayer *layer = wg_network_get_layer(folded, i);

        score_layer(layer->parameters, count_weights(layer), scores + at);
        at += count_weights(layer);
    }
    threshold = find_threshold(scores, n, (int)lround(sparsity * n));
    memset(mask, 1, (gsize)wg_network_get_n_parameters(network));
    at = 0;
    for (int i = 0; i < wg_network_get_n_layers(network); i++) {
        const WgLayer *layer = wg_network_get_layer(network, i);

        for (int k = 0; k < count_weights(layer); k++, at++)
            mask[layer->parameters - first + k] = scores[at] > 0 && scores[at] >= threshold;
    }
}

WgNetwork *
wg_prune(const WgNetwork *network, double sparsity, WgWindows *train, const WgTrainOptions *options,
         WgEpochFunc epoch_func, gpointer user_data, GCancellable *cancellable, GError **error)
{
    g_autoptr(WgNetwork) pruned = wg_network_copy(network);
    g_autoptr(WgNetwork) folded = NULL;
    g_autoptr(WgTraining) training = NULL;
    g_autofree guint8 *mask = g_new0(guint8, wg_network_get_n_parameters(network) + 1);
    const WgTrainAids aids = {.mask = mask};

    if (!(sparsity >= 0 && sparsity < 1)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("a sparsity of %g %%: from 0 to below 100 %% of the weights can be 0"),
                    100 * sparsity);
        return NULL;
    }
    folded = wg_network_fold(network, error);
    if (!folded)
        return NULL;
    make_mask(pruned, folded, sparsity, mask);
    training = wg_train_aided(pruned, train, NULL, options, &aids, epoch_func, user_data,
                              cancellable, error);
    return training ? g_steal_pointer(&pruned) : NULL;
}
