/* What the first layer of a network looks for: its filters, and the takes they respond to most. */
#include "workbench/filters.h"

#include "base/error.h"
#include "train/op-conv.h"

#include <glib/gi18n.h>
#include <math.h>

#define CHUNK 64 /* windows at a time */

static void
look_at(WgFilters *self, const WgLayer *layer, const float *outputs, int first_window, int n)
{
    const gboolean is_conv = g_str_equal(layer->spec.op, "conv");
    const int before = is_conv ? wg_conv_pad_before(layer) : 0;
    const int stride = is_conv ? layer->spec.stride : 1;

    for (int i = 0; i < n * layer->out_length; i++) {
        for (int k = 0; k < self->n; k++) {
            const double value = outputs[(gsize)i * (gsize)self->n + (gsize)k];
            WgFilter *filter = &self->filters[k];

            if (value <= filter->response)
                continue;
            filter->response = value;
            filter->window = first_window + i / layer->out_length;
            filter->start = i % layer->out_length * stride - before;
        }
    }
}

static gboolean
take_shape(WgFilters *self, const WgLayer *layer, GError **error)
{
    const gboolean is_conv = g_str_equal(layer->spec.op, "conv");

    if (!is_conv && !g_str_equal(layer->spec.op, "dense")) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the first layer is “%s”, which has no filters"), layer->spec.op);
        return FALSE;
    }
    self->kernel = is_conv ? layer->spec.kernel : wg_network_get_length(self->folded);
    self->dilation = is_conv ? layer->spec.dilation : 1;
    self->reach = (self->kernel - 1) * self->dilation + 1;
    self->channels = wg_network_get_channels(self->folded);
    self->n = layer->spec.units;
    self->filters = g_new0(WgFilter, self->n);
    for (int k = 0; k < self->n; k++) {
        self->filters[k].weights = layer->parameters + (gsize)k * self->kernel * self->channels;
        self->filters[k].response = -INFINITY;
        self->filters[k].window = -1;
    }
    return TRUE;
}

WgFilters *
wg_filters_new(const WgNetwork *network, const WgWindows *windows, GError **error)
{
    g_autoptr(WgFilters) self = g_new0(WgFilters, 1);
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    g_autofree float **outputs = NULL;
    g_autofree float *first = NULL;
    const WgLayer *layer;
    int at = 0;

    self->folded = wg_network_fold(network, error);
    if (!self->folded)
        return NULL;
    while (at + 1 < wg_network_get_n_layers(self->folded) &&
           g_str_equal(wg_network_get_layer(self->folded, at)->spec.op, "flatten"))
        at++;
    layer = wg_network_get_layer(self->folded, at);
    if (!take_shape(self, layer, error))
        return NULL;
    outputs = g_new0(float *, wg_network_get_n_layers(self->folded));
    first = g_new(float, (gsize)CHUNK * layer->out_length * layer->out_channels);
    outputs[at] = first;
    for (int i = 0; i < windows->n; i += CHUNK) {
        const int n = MIN(CHUNK, windows->n - i);

        wg_network_trace(self->folded, windows->x + (gsize)i * size, n, outputs);
        look_at(self, layer, first, i, n);
    }
    return g_steal_pointer(&self);
}

void
wg_filters_free(WgFilters *self)
{
    g_clear_pointer(&self->folded, wg_network_unref);
    g_free(self->filters);
    g_free(self);
}
