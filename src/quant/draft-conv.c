/* A convolution on the watch: filters [units, kernel, 1, channels] with a scale each. */
#include "quant/layer-draft.h"

static void
draft_conv(WgNetworkDraft *draft, const WgLayer *layer, gboolean has_relu, WgRange range)
{
    const WgLayerSpec *spec = &layer->spec;
    const int size = spec->kernel * layer->in_channels;
    const int weights =
        wg_network_draft_add_weights(draft, layer->parameters, spec->units, size, TRUE);
    const float *biases = spec->has_bias ? layer->parameters + spec->units * size : NULL;
    const int bias = wg_network_draft_add_bias(draft, biases, spec->units, weights, FALSE);
    const int output = wg_network_draft_add_output(draft, range);
    WgTfliteOp *op = wg_network_draft_add_op(draft, WG_TFLITE_CONV_2D, 3, output);

    wg_network_draft_set_shape(draft, weights, 4, spec->units, spec->kernel, 1, layer->in_channels);
    wg_network_draft_set_shape(draft, output, 4, 1, layer->out_length, 1, layer->out_channels);
    op->inputs[1] = weights;
    op->inputs[2] = bias;
    op->padding = spec->same ? WG_TFLITE_SAME : WG_TFLITE_VALID;
    op->stride[0] = spec->stride;
    op->dilation[0] = spec->dilation;
    op->activation = has_relu ? WG_TFLITE_RELU : WG_TFLITE_NONE;
}

const WgLayerDraft wg_layer_draft_conv = {"conv", WG_TFLITE_CONV_2D, TRUE, draft_conv};
