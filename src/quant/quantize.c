/* Post-training quantization of a float network into the bytes of an int8 .tflite. */
#include "quant/quantize.h"

#include "base/error.h"
#include "quant/calibrate.h"
#include "quant/layer-draft.h"

#include <glib/gi18n.h>
#include <string.h>

/* One layer, with the ReLU behind it where there is one. Gives the layers used, 0: refused. */
static int
draft_layer(WgNetworkDraft *draft, const WgNetwork *network, int i, const WgRange *ranges,
            GError **error)
{
    const WgLayer *layer = wg_network_get_layer(network, i);
    const WgLayerDraft *form = wg_layer_draft_find(network, i);
    const gboolean has_relu = form && form->has_range && wg_layer_draft_is_relu(network, i + 1);
    int n_layers_max;

    if (!wg_network_draft_has_room(draft, &n_layers_max)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("the network has more than %d layers"),
                    n_layers_max);
        return 0;
    }
    if (!form) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("layer %d is “%s”, which has no int8 form on the watch there"), i + 1,
                    layer->spec.op);
        return 0;
    }
    if (form->draft)
        form->draft(draft, layer, has_relu, ranges[has_relu ? i + 1 : i]);
    return has_relu ? 2 : 1;
}

static gboolean
draft_network(WgNetworkDraft *draft, const WgNetwork *network, WgWindows *calibration,
              const WgQuantizeOptions *options, GError **error)
{
    const int n_layers = wg_network_get_n_layers(network);
    g_autofree WgRange *ranges = g_new(WgRange, n_layers);

    if (options->ranges)
        memcpy(ranges, options->ranges, sizeof(WgRange) * (gsize)n_layers);
    else
        wg_quantize_find_ranges(network, calibration, options, ranges);
    wg_network_draft_add_input(draft, wg_network_get_length(network),
                               wg_network_get_channels(network), calibration->units_per_g);
    for (int i = 0; i < n_layers;) {
        const int n_used = draft_layer(draft, network, i, ranges, error);

        if (n_used == 0)
            return FALSE;
        i += n_used;
    }
    if (options->softmax) {
        const int output = wg_network_draft_add_softmax_output(draft);

        wg_network_draft_add_op(draft, WG_TFLITE_SOFTMAX, 1, output)->beta = 1;
    }
    return TRUE;
}

void
wg_quantize_find_ranges(const WgNetwork *folded, WgWindows *calibration,
                        const WgQuantizeOptions *options, WgRange *ranges)
{
    wg_calibrate(folded, calibration, options->n_samples,
                 options->range_method ? options->range_method : wg_range_methods[0],
                 options->percentile > 0 ? options->percentile : WG_PERCENTILE_DEFAULT, ranges);
}

GBytes *
wg_quantize(const WgNetwork *network, WgWindows *calibration, const WgQuantizeOptions *options,
            GError **error)
{
    g_autoptr(WgNetwork) folded = NULL;
    g_autoptr(WgNetworkDraft) draft = wg_network_draft_new();

    if (calibration->n == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("there are no takes to calibrate on"));
        return NULL;
    }
    folded = wg_network_fold(network, error);
    if (!folded || !draft_network(draft, folded, calibration, options, error))
        return NULL;
    return wg_network_draft_write(draft, options->description);
}
