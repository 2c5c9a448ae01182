/* What an inference costs in multiply-adds, from the shapes alone. */
#include "quant/int8-network-private.h"
#include "quant/verdict.h"

/* Taps of a filter that lie within the input, over all places along one axis: tap k does so at
 * place i where 0 <= i stride - before + k dilation < n_in. */
static gint64
count_taps(const WgTfliteOp *op, int axis, int n_in, int n_out, int n_taps)
{
    const gint64 stride = op->stride[axis], dilation = op->dilation[axis];
    const gint64 reach = (n_taps - 1) * dilation + 1;
    const gint64 before =
        op->padding == WG_TFLITE_SAME ? MAX(0, (n_out - 1) * stride + reach - n_in) / 2 : 0;
    gint64 n = 0;

    for (int k = 0; k < n_taps; k++) {
        const gint64 start = before - k * dilation, last = n_in - 1 + start;
        const gint64 first_place = start > 0 ? (start + stride - 1) / stride : 0;

        if (last >= 0)
            n += MAX(0, MIN(last / stride, n_out - 1) - first_place + 1);
    }
    return n;
}

static gint64
count_op(const WgTflite *file, const WgTfliteOp *op)
{
    const WgTensorInfo *in = &file->tensors[op->inputs[0]].info;
    const WgTensorInfo *out = &file->tensors[op->outputs[0]].info;
    const WgTensorInfo *filter = op->n_inputs > 1 ? &file->tensors[op->inputs[1]].info : NULL;
    gint64 taps;

    if (!filter)
        return 0;
    if (op->code == WG_TFLITE_FULLY_CONNECTED)
        return (gint64)out->n_elements * filter->dims[1];
    if (op->code != WG_TFLITE_CONV_2D && op->code != WG_TFLITE_DEPTHWISE_CONV_2D)
        return 0;
    taps = count_taps(op, 0, in->dims[1], out->dims[1], filter->dims[1]) *
           count_taps(op, 1, in->dims[2], out->dims[2], filter->dims[2]);
    return taps * out->dims[0] * out->dims[3] * (op->code == WG_TFLITE_CONV_2D ? in->dims[3] : 1);
}

gint64
wg_operations(const WgInt8Network *network)
{
    const WgTflite *file = wg_int8_network_get_file(network);
    gint64 n = 0;

    for (int i = 0; i < file->n_ops; i++)
        n += count_op(file, &file->ops[i]);
    return n;
}
