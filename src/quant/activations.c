/* Inside of an int8 network: what each operation gives for a window, and its weights. */
#include "quant/activations.h"

#include "quant/int8-network-private.h"
#include "quant/layer-draft.h"

#include <string.h>

const WgTensorInfo *
wg_int8_network_get_op_output(const WgInt8Network *self, int op)
{
    const WgTflite *file = wg_int8_network_get_file(self);

    return &file->tensors[file->ops[op].outputs[0]].info;
}

gboolean
wg_int8_network_get_weights(const WgInt8Network *self, int op, WgInt8Weights *weights)
{
    const WgTflite *file = wg_int8_network_get_file(self);
    const WgTfliteOp *operation = &file->ops[op];
    const gboolean is_depthwise = operation->code == WG_TFLITE_DEPTHWISE_CONV_2D;
    const WgTfliteTensor *tensor;

    if (operation->code != WG_TFLITE_CONV_2D && operation->code != WG_TFLITE_FULLY_CONNECTED &&
        !is_depthwise)
        return FALSE;
    tensor = &file->tensors[operation->inputs[1]];
    if (tensor->info.type != WG_TENSOR_INT8 || tensor->n_scales < 1)
        return FALSE;
    weights->values = (const gint8 *)tensor->data;
    weights->n = tensor->info.n_elements;
    weights->n_channels = tensor->info.dims[is_depthwise ? 3 : 0];
    weights->is_channel_last = is_depthwise;
    weights->n_scales = tensor->n_scales;
    weights->scales = tensor->scales;
    return TRUE;
}

typedef struct {
    const WgInt8Network *network;
    void *const *outputs;
} Tracing;

static void
keep_output(int op, const void *output, gpointer user_data)
{
    const Tracing *tracing = user_data;

    if (tracing->outputs[op])
        memcpy(tracing->outputs[op], output,
               wg_int8_network_get_op_output(tracing->network, op)->size_bytes);
}

void
wg_int8_network_trace(const WgInt8Network *self, const void *input, void *const *outputs)
{
    Tracing tracing = {self, outputs};

    wg_int8_network_run_visited(self, input, keep_output, &tracing);
}

/* The last layer that the operation stands for, when the one at `layer` is its first; -1: no. */
static int
find_layer(const WgTfliteOp *op, const WgNetwork *folded, int layer)
{
    const WgLayerDraft *draft = wg_layer_draft_find(folded, layer);

    while (draft && draft->code == 0)
        draft = wg_layer_draft_find(folded, ++layer);
    if (!draft || draft->code != op->code)
        return -1;
    if (wg_layer_draft_is_relu(folded, layer + 1))
        return op->activation == WG_TFLITE_RELU ? layer + 1 : -1;
    return op->activation == WG_TFLITE_NONE ? layer : -1;
}

void
wg_int8_network_pair_layers(const WgInt8Network *self, const WgNetwork *folded, int *layers)
{
    const WgTflite *file = wg_int8_network_get_file(self);
    int next = 0;

    for (int i = 0; i < file->n_ops; i++) {
        const WgTensorInfo *out = wg_int8_network_get_op_output(self, i);
        const int found = next >= 0 ? find_layer(&file->ops[i], folded, next) : -1;
        const WgLayer *layer = found >= 0 ? wg_network_get_layer(folded, found) : NULL;
        const gboolean is_same =
            layer && layer->out_length * layer->out_channels == out->n_elements;

        layers[i] = is_same ? found : -1;
        next = is_same ? found + 1 : -1;
    }
}
