/* Pruning of whole filters: the network that is left is smaller on the watch, too. */
#include "quant/filter-pruning.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <math.h>

/* Channels that are left of a layer's output, ascending. */
typedef struct {
    int *channels;
    int n, n_before;
} Kept;

static gboolean
is_linear(const WgLayer *layer)
{
    return g_str_equal(layer->spec.op, "conv") || g_str_equal(layer->spec.op, "dense");
}

/* The last linear layer of a network answers: all of it stays. */
static int
find_last_linear(const WgNetwork *network)
{
    int last = -1;

    for (int i = 0; i < wg_network_get_n_layers(network); i++)
        last = is_linear(wg_network_get_layer(network, i)) ? i : last;
    return last;
}

static void
keep_all(Kept *kept, int n)
{
    kept->channels = g_renew(int, kept->channels, n + 1);
    kept->n = kept->n_before = n;
    for (int i = 0; i < n; i++)
        kept->channels[i] = i;
}

/* Leaves out the units whose weights are smallest, so many; equal ones from the last. */
static void
keep_largest(Kept *kept, const WgLayer *folded, int n_dropped)
{
    const int units = folded->spec.units, n_each = (folded->n_parameters - units) / units;
    g_autofree double *sizes = g_new0(double, units);
    int n = 0;

    for (int i = 0; i < units * n_each; i++)
        sizes[i / n_each] += fabs((double)folded->parameters[i]);
    for (int k = 0; k < n_dropped; k++) {
        int smallest = -1;

        for (int unit = 0; unit < units; unit++) {
            if (sizes[unit] >= 0 && (smallest < 0 || sizes[unit] <= sizes[smallest]))
                smallest = unit;
        }
        sizes[smallest] = -1;
    }
    keep_all(kept, units);
    for (int unit = 0; unit < units; unit++) {
        if (sizes[unit] >= 0)
            kept->channels[n++] = unit;
    }
    kept->n = n;
}

/* A dense layer behind `flatten` sees each sample's channels side by side. */
static void
flatten(Kept *kept, int length)
{
    int *channels = g_new(int, length * kept->n + 1);

    for (int t = 0; t < length; t++) {
        for (int c = 0; c < kept->n; c++)
            channels[t * kept->n + c] = t * kept->n_before + kept->channels[c];
    }
    g_free(kept->channels);
    kept->channels = channels;
    kept->n *= length;
    kept->n_before *= length;
}

/* Units x taps (or samples) x channels, then biases. */
static void
copy_linear(const WgLayer *from, const WgLayer *to, const Kept *in, const Kept *out)
{
    const int taps = g_str_equal(from->spec.op, "conv") ? from->spec.kernel : from->in_length;
    float *w = to->parameters;

    for (int u = 0; u < out->n; u++) {
        for (int k = 0; k < taps; k++) {
            for (int c = 0; c < in->n; c++)
                *w++ = from->parameters[(out->channels[u] * taps + k) * in->n_before +
                                        in->channels[c]];
        }
    }
    for (int u = 0; from->spec.has_bias && u < out->n; u++)
        *w++ = from->parameters[from->spec.units * taps * in->n_before + out->channels[u]];
}

/* Gamma and beta, mean and variance: two values a channel, one sort after the other. */
static void
copy_norm(const WgLayer *from, const WgLayer *to, const Kept *kept)
{
    for (int k = 0; k < 2 * kept->n; k++) {
        const int at = k / kept->n * kept->n_before + kept->channels[k % kept->n];

        to->parameters[k] = from->parameters[at];
        to->state[k] = from->state[at];
    }
}

/* Which channels each layer keeps: `kept` has one more entry than layers, the first of the input.
 */
static void
choose(const WgNetwork *network, const WgNetwork *folded, double share, Kept *kept)
{
    const int last = find_last_linear(network);
    int at = -1; /* of the folded linear layers */

    keep_all(&kept[0], wg_network_get_channels(network));
    for (int i = 0; i < wg_network_get_n_layers(network); i++) {
        const WgLayer *layer = wg_network_get_layer(network, i);
        Kept *out = &kept[i + 1];

        if (is_linear(layer)) {
            const int units = layer->spec.units;

            for (at++; !is_linear(wg_network_get_layer(folded, at)); at++)
                ;
            keep_largest(out, wg_network_get_layer(folded, at),
                         i == last ? 0 : MIN(units - 1, (int)lround(share * units)));
            continue;
        }
        *out = kept[i];
        out->channels = g_memdup2(kept[i].channels, sizeof(int) * (gsize)MAX(1, kept[i].n));
        if (g_str_equal(layer->spec.op, "flatten"))
            flatten(out, layer->in_length);
    }
}

static WgNetwork *
build(const WgNetwork *network, const Kept *kept, GError **error)
{
    const int n_layers = wg_network_get_n_layers(network);
    g_autofree WgLayerSpec *specs = g_new0(WgLayerSpec, n_layers);
    g_autoptr(WgNetwork) pruned = NULL;

    for (int i = 0; i < n_layers; i++) {
        const WgLayer *layer = wg_network_get_layer(network, i);

        specs[i] = layer->spec;
        specs[i].units = is_linear(layer) ? kept[i + 1].n : layer->spec.units;
    }
    pruned = wg_network_new(specs, n_layers, wg_network_get_length(network),
                            wg_network_get_channels(network), wg_network_get_input_scale(network),
                            1, error);
    if (!pruned || (wg_network_get_offsets(network) &&
                    !wg_network_set_standard(pruned, wg_network_get_offsets(network),
                                             wg_network_get_scales(network), error)))
        return NULL;
    for (int i = 0; i < n_layers; i++) {
        const WgLayer *from = wg_network_get_layer(network, i);

        if (is_linear(from))
            copy_linear(from, wg_network_get_layer(pruned, i), &kept[i], &kept[i + 1]);
        else if (g_str_equal(from->spec.op, "batch-norm"))
            copy_norm(from, wg_network_get_layer(pruned, i), &kept[i]);
    }
    return g_steal_pointer(&pruned);
}

WgNetwork *
wg_prune_filters(const WgNetwork *network, double share, WgWindows *train,
                 const WgTrainOptions *options, WgEpochFunc epoch_func, gpointer user_data,
                 GCancellable *cancellable, GError **error)
{
    const int n_layers = wg_network_get_n_layers(network);
    g_autoptr(WgNetwork) folded = wg_network_fold(network, error);
    g_autofree Kept *kept = g_new0(Kept, n_layers + 1);
    g_autoptr(WgNetwork) pruned = NULL;
    g_autoptr(WgTraining) training = NULL;

    if (!folded)
        return NULL;
    if (!(share >= 0 && share < 1)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("%g %% of the filters: from 0 to below 100 %% of them can go"), 100 * share);
        return NULL;
    }
    choose(network, folded, share, kept);
    pruned = build(network, kept, error);
    for (int i = 0; i <= n_layers; i++)
        g_free(kept[i].channels);
    if (!pruned)
        return NULL;
    training = wg_train(pruned, train, NULL, options, epoch_func, user_data, cancellable, error);
    return training ? g_steal_pointer(&pruned) : NULL;
}
