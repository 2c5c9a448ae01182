/* Every value that a network's layers give for windows, a few windows at a time. */
#include "quant/range-values.h"

#define N_AT_ONCE 16

void
wg_values_foreach(const WgNetwork *network, const float *x, int n, const gboolean *is_wanted,
                  WgValuesFunc func, gpointer user_data)
{
    const int n_layers = wg_network_get_n_layers(network);
    const gsize size =
        (gsize)wg_network_get_length(network) * (gsize)wg_network_get_channels(network);
    g_autofree float **outputs = g_new0(float *, n_layers);
    g_autofree gsize *sizes = g_new0(gsize, n_layers);

    for (int i = 0; i < n_layers; i++) {
        const WgLayer *layer = wg_network_get_layer(network, i);

        sizes[i] = (gsize)layer->out_length * (gsize)layer->out_channels;
        if (!is_wanted || is_wanted[i])
            outputs[i] = g_new(float, sizes[i] * N_AT_ONCE);
    }
    for (int first = 0; first < n; first += N_AT_ONCE) {
        const int n_now = MIN(N_AT_ONCE, n - first);

        wg_network_trace(network, x + (gsize)first * size, n_now, outputs);
        for (int i = 0; i < n_layers; i++) {
            if (outputs[i])
                func(i, outputs[i], sizes[i] * (gsize)n_now, user_data);
        }
    }
    for (int i = 0; i < n_layers; i++)
        g_free(outputs[i]);
}
