/* Finds what a layer of the float network is on the watch. */
#include "quant/layer-draft.h"

static const char *
get_op(const WgNetwork *folded, int i)
{
    return i < wg_network_get_n_layers(folded) ? wg_network_get_layer(folded, i)->spec.op : "";
}

const WgLayerDraft *
wg_layer_draft_find(const WgNetwork *folded, int i)
{
    for (int j = 0; wg_layer_drafts[j]; j++) {
        if (g_str_equal(wg_layer_drafts[j]->name, get_op(folded, i)))
            return wg_layer_drafts[j];
    }
    return NULL;
}

gboolean
wg_layer_draft_is_relu(const WgNetwork *folded, int i)
{
    return g_str_equal(get_op(folded, i), "relu");
}

void
wg_layer_draft_pool(WgNetworkDraft *draft, const WgLayer *layer, int code)
{
    const int size = layer->spec.pool > 0 ? layer->spec.pool : layer->in_length;
    const int output = wg_network_draft_add_same_output(draft);
    WgTfliteOp *op;

    wg_network_draft_set_shape(draft, output, 4, 1, layer->out_length, 1, layer->out_channels);
    op = wg_network_draft_add_op(draft, code, 1, output);
    op->padding = WG_TFLITE_VALID;
    op->stride[0] = op->filter[0] = size;
    op->filter[1] = 1;
}
