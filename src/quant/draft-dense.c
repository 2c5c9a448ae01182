/* A dense layer on the watch: weights [units, inputs] with one scale. */
#include "quant/layer-draft.h"

static void
draft_dense(WgNetworkDraft *draft, const WgLayer *layer, gboolean has_relu, WgRange range)
{
    const int n_inputs = layer->in_length * layer->in_channels, units = layer->spec.units;
    const int weights =
        wg_network_draft_add_weights(draft, layer->parameters, units, n_inputs, FALSE);
    const float *biases =
        layer->spec.has_bias ? layer->parameters + (gsize)units * (gsize)n_inputs : NULL;
    const int bias = wg_network_draft_add_bias(draft, biases, units, weights, TRUE);
    const int output = wg_network_draft_add_output(draft, range);
    WgTfliteOp *op = wg_network_draft_add_op(draft, WG_TFLITE_FULLY_CONNECTED, 3, output);

    wg_network_draft_set_shape(draft, weights, 2, units, n_inputs, 0, 0);
    wg_network_draft_set_shape(draft, output, 2, 1, units, 0, 0);
    op->inputs[1] = weights;
    op->inputs[2] = bias;
    op->activation = has_relu ? WG_TFLITE_RELU : WG_TFLITE_NONE;
}

const WgLayerDraft wg_layer_draft_dense = {"dense", WG_TFLITE_FULLY_CONNECTED, TRUE, draft_dense};
