/* Ranges of a network's activations over representative windows. */
#include "quant/calibrate.h"

#include <math.h>

static void
widen(WgRange *range, const float *values, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        range->min = MIN(range->min, values[i]);
        range->max = MAX(range->max, values[i]);
    }
}

void
wg_calibrate(const WgNetwork *network, const WgWindows *windows, int n_samples, WgRange *ranges)
{
    const int n_layers = wg_network_get_n_layers(network);
    const int n = n_samples > 0 ? MIN(n_samples, windows->n) : windows->n;
    const gsize size = (gsize)windows->length * windows->channels;
    g_autofree float **outputs = g_new0(float *, n_layers);

    for (int i = 0; i < n_layers; i++) {
        const WgLayer *layer = wg_network_get_layer(network, i);

        outputs[i] = g_new0(float, (gsize)layer->out_length * layer->out_channels);
        ranges[i] = (WgRange){INFINITY, -INFINITY};
    }
    for (int i = 0; i < n; i++) {
        const gsize window = (gsize)((gint64)i * windows->n / n);

        wg_network_trace(network, windows->x + window * size, 1, outputs);
        for (int j = 0; j < n_layers; j++) {
            const WgLayer *layer = wg_network_get_layer(network, j);

            widen(&ranges[j], outputs[j], (gsize)layer->out_length * layer->out_channels);
        }
    }
    for (int i = 0; i < n_layers; i++)
        g_free(outputs[i]);
}
