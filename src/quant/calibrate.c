/* Ranges of a network's activations over representative windows. */
#include "quant/calibrate.h"

#include "quant/layer-draft.h"
#include "quant/range-values.h"

#include <math.h>
#include <string.h>

/* Window number k of q chosen ones of a gesture's m: from the middle of the k-th of q parts. */
static int
choose_evenly(int k, int q, int m)
{
    return (int)((2 * (gint64)k + 1) * m / (2 * (gint64)q));
}

int
wg_calibration_choose(const WgWindows *windows, int n_samples, int *indices)
{
    const int n = n_samples > 0 ? MIN(n_samples, windows->n) : windows->n;
    g_autofree int *counts = g_new0(int, windows->n_labels + 1);
    g_autofree int *quotas = g_new0(int, windows->n_labels + 1);
    g_autofree int *n_seen = g_new0(int, windows->n_labels + 1);
    g_autofree int *n_taken = g_new0(int, windows->n_labels + 1);
    int n_chosen = 0;

    for (int i = 0; i < windows->n; i++)
        counts[windows->labels[i]]++;
    for (int left = n; left > 0;) {
        for (int label = 0; label < windows->n_labels && left > 0; label++) {
            if (quotas[label] == counts[label])
                continue;
            quotas[label]++;
            left--;
        }
    }
    for (int i = 0; i < windows->n; i++) {
        const int label = windows->labels[i], k = n_taken[label];

        if (k < quotas[label] &&
            n_seen[label]++ == choose_evenly(k, quotas[label], counts[label])) {
            n_taken[label]++;
            indices[n_chosen++] = i;
        }
    }
    return n_chosen;
}

static void
widen(int layer, const float *values, gsize n, gpointer user_data)
{
    WgRange *range = (WgRange *)user_data + layer;

    for (gsize i = 0; i < n; i++) {
        range->min = MIN(range->min, values[i]);
        range->max = MAX(range->max, values[i]);
    }
}

static void
count(int layer, const float *values, gsize n, gpointer user_data)
{
    WgHistogram **histograms = user_data;

    wg_histogram_add(histograms[layer], values, n);
}

/* Whether int8 steps are made of this layer's range: such a one's without a ReLU behind it, or that
 * ReLU's. */
static gboolean
has_steps(const WgNetwork *network, int i)
{
    const WgLayerDraft *draft = wg_layer_draft_find(network, i);

    if (wg_layer_draft_is_relu(network, i))
        return TRUE;
    return draft && draft->has_range && !wg_layer_draft_is_relu(network, i + 1);
}

static void
choose_ranges(const WgNetwork *network, const float *x, int n, const WgRangeMethod *method,
              double percentile, WgRange *ranges)
{
    const int n_layers = wg_network_get_n_layers(network);
    g_autofree WgHistogram **histograms = g_new0(WgHistogram *, n_layers);
    g_autofree gboolean *is_wanted = g_new0(gboolean, n_layers);

    for (int i = 0; i < n_layers; i++) {
        is_wanted[i] = has_steps(network, i);
        histograms[i] = is_wanted[i] ? wg_histogram_new(ranges[i]) : NULL;
    }
    wg_values_foreach(network, x, n, is_wanted, count, histograms);
    for (int i = 0; i < n_layers; i++) {
        if (!is_wanted[i])
            continue;
        ranges[i] = method->choose(histograms[i], percentile);
        wg_histogram_free(histograms[i]);
    }
}

void
wg_calibrate(const WgNetwork *network, const WgWindows *windows, int n_samples,
             const WgRangeMethod *method, double percentile, WgRange *ranges)
{
    const int n_layers = wg_network_get_n_layers(network);
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    g_autofree int *indices = g_new(int, windows->n + 1);
    const int n = wg_calibration_choose(windows, n_samples, indices);
    g_autofree float *some = n < windows->n ? g_new(float, (gsize)n *size + 1) : NULL;
    const float *x = some ? some : windows->x;

    for (int i = 0; some && i < n; i++)
        memcpy(some + (gsize)i * size, windows->x + (gsize)indices[i] * size, sizeof(float) * size);
    for (int i = 0; i < n_layers; i++)
        ranges[i] = (WgRange){INFINITY, -INFINITY};
    wg_values_foreach(network, x, n, NULL, widen, ranges);
    if (method->choose)
        choose_ranges(network, x, n, method, percentile, ranges);
}
