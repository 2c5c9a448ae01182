/* Writes a chain of operations as a .tflite (schema.fbs of TensorFlow, version 3). */
#include "quant/tflite-write.h"

#include "quant/flatbuffer-writer.h"

#define BUFFER_ALIGNMENT 16

static int
schema_type(int type)
{
    return type == WG_TENSOR_INT8 ? 9 : type == WG_TENSOR_INT32 ? 2 : 0;
}

/* The version of each operation that has its int8 form (version.cc of TensorFlow's converter); the
 * watch ignores it. */
static int
op_version(int code)
{
    switch (code) {
    case WG_TFLITE_FULLY_CONNECTED:
        return 4;
    case WG_TFLITE_RESHAPE:
        return 1;
    case WG_TFLITE_QUANTIZE:
    case WG_TFLITE_DEQUANTIZE:
        return 2;
    default:
        return 3;
    }
}

static gsize
write_options(WgWriter *writer, const WgTfliteOp *op)
{
    if (wg_tflite_options_type(op->code) == WG_TFLITE_OPTIONS_POOL_2D) {
        WgField fields[] = {
            {0, WG_FIELD_INT8, op->padding},    {1, WG_FIELD_INT32, op->stride[1]},
            {2, WG_FIELD_INT32, op->stride[0]}, {3, WG_FIELD_INT32, op->filter[1]},
            {4, WG_FIELD_INT32, op->filter[0]}, {5, WG_FIELD_INT8, op->activation},
        };

        return wg_writer_table(writer, fields, 6);
    }
    if (op->code == WG_TFLITE_FULLY_CONNECTED) {
        WgField fields[] = {{0, WG_FIELD_INT8, op->activation}};

        return wg_writer_table(writer, fields, 1);
    }
    if (op->code == WG_TFLITE_SOFTMAX) {
        WgField fields[] = {{0, WG_FIELD_FLOAT, 0, op->beta}};

        return wg_writer_table(writer, fields, 1);
    }
    if (op->code == WG_TFLITE_DEPTHWISE_CONV_2D) {
        WgField fields[] = {
            {0, WG_FIELD_INT8, op->padding},      {1, WG_FIELD_INT32, op->stride[1]},
            {2, WG_FIELD_INT32, op->stride[0]},   {3, WG_FIELD_INT32, op->depth_multiplier},
            {4, WG_FIELD_INT8, op->activation},   {5, WG_FIELD_INT32, op->dilation[1]},
            {6, WG_FIELD_INT32, op->dilation[0]},
        };

        return wg_writer_table(writer, fields, 7);
    }
    {
        WgField fields[] = {
            {0, WG_FIELD_INT8, op->padding},      {1, WG_FIELD_INT32, op->stride[1]},
            {2, WG_FIELD_INT32, op->stride[0]},   {3, WG_FIELD_INT8, op->activation},
            {4, WG_FIELD_INT32, op->dilation[1]}, {5, WG_FIELD_INT32, op->dilation[0]},
        };

        return wg_writer_table(writer, fields, 6);
    }
}

static void
write_op(WgWriter *writer, const WgTfliteOp *op, int code_index, gsize slot)
{
    /* a reshape's are not needed: its output has the shape */
    const int type =
        op->code == WG_TFLITE_RESHAPE ? WG_TFLITE_OPTIONS_NONE : wg_tflite_options_type(op->code);
    WgField fields[] = {
        {0, WG_FIELD_INT32, code_index}, {1, WG_FIELD_OFFSET}, {2, WG_FIELD_OFFSET},
        {3, WG_FIELD_INT8, type},        {4, WG_FIELD_OFFSET},
    };
    gint32 tensors[3];

    wg_writer_patch(writer, slot,
                    wg_writer_table(writer, fields, type != WG_TFLITE_OPTIONS_NONE ? 5 : 3));
    for (int i = 0; i < op->n_inputs; i++)
        tensors[i] = GINT32_TO_LE(op->inputs[i]);
    wg_writer_patch(writer, fields[1].slot,
                    wg_writer_vector(writer, tensors, (gsize)op->n_inputs, 4, 4));
    tensors[0] = GINT32_TO_LE(op->outputs[0]);
    wg_writer_patch(writer, fields[2].slot, wg_writer_vector(writer, tensors, 1, 4, 4));
    if (type != WG_TFLITE_OPTIONS_NONE)
        wg_writer_patch(writer, fields[4].slot, write_options(writer, op));
}

static void
write_quantization(WgWriter *writer, const WgTensorDraft *tensor, gsize slot)
{
    WgField fields[] = {
        {2, WG_FIELD_OFFSET},
        {3, WG_FIELD_OFFSET},
        {6, WG_FIELD_INT32, tensor->quantized_dimension},
    };
    g_autofree gint64 *zero_points = g_new(gint64, tensor->n_scales);

    /* a dimension of 0 is the default and takes no place */
    if (!tensor->with_zero_points)
        wg_writer_patch(writer, slot, wg_writer_table(writer, fields, 1));
    else
        wg_writer_patch(writer, slot,
                        wg_writer_table(writer, fields, tensor->quantized_dimension ? 3 : 2));
    wg_writer_patch(writer, fields[0].slot,
                    wg_writer_vector(writer, tensor->scales, (gsize)tensor->n_scales, 4, 4));
    if (!tensor->with_zero_points)
        return;
    for (int i = 0; i < tensor->n_scales; i++)
        zero_points[i] = GINT64_TO_LE((gint64)tensor->zero_point);
    wg_writer_patch(writer, fields[1].slot,
                    wg_writer_vector(writer, zero_points, (gsize)tensor->n_scales, 8, 8));
}

static void
write_tensor(WgWriter *writer, const WgTensorDraft *tensor, int buffer, gsize slot)
{
    WgField fields[] = {
        {0, WG_FIELD_OFFSET},        {1, WG_FIELD_INT8, schema_type(tensor->type)},
        {2, WG_FIELD_INT32, buffer}, {3, WG_FIELD_OFFSET},
        {4, WG_FIELD_OFFSET},
    };
    gint32 shape[4];

    wg_writer_patch(writer, slot, wg_writer_table(writer, fields, tensor->n_scales > 0 ? 5 : 4));
    for (int i = 0; i < tensor->n_dims; i++)
        shape[i] = GINT32_TO_LE(tensor->dims[i]);
    wg_writer_patch(writer, fields[0].slot,
                    wg_writer_vector(writer, shape, (gsize)tensor->n_dims, 4, 4));
    wg_writer_patch(writer, fields[3].slot, wg_writer_string(writer, tensor->name));
    if (tensor->n_scales > 0)
        write_quantization(writer, tensor, fields[4].slot);
}

/* One code for each kind of operation, in the order of first use; gives their number. */
static int
collect_codes(const WgModelDraft *draft, int *codes, int *index)
{
    int n = 0;

    for (int i = 0; i < draft->n_ops; i++) {
        int at = 0;

        while (at < n && codes[at] != draft->ops[i].op.code)
            at++;
        if (at == n)
            codes[n++] = draft->ops[i].op.code;
        index[i] = at;
    }
    return n;
}

static void
write_subgraph(WgWriter *writer, const WgModelDraft *draft, const int *code_index, gsize slot)
{
    WgField fields[] = {
        {0, WG_FIELD_OFFSET},
        {1, WG_FIELD_OFFSET},
        {2, WG_FIELD_OFFSET},
        {3, WG_FIELD_OFFSET},
    };
    const gint32 input = GINT32_TO_LE(draft->input), output = GINT32_TO_LE(draft->output);
    int buffer = 0;
    gsize place;

    wg_writer_patch(writer, slot, wg_writer_table(writer, fields, 4));
    wg_writer_patch(writer, fields[1].slot, wg_writer_vector(writer, &input, 1, 4, 4));
    wg_writer_patch(writer, fields[2].slot, wg_writer_vector(writer, &output, 1, 4, 4));
    place = wg_writer_offsets(writer, (gsize)draft->n_tensors);
    wg_writer_patch(writer, fields[0].slot, place);
    for (int i = 0; i < draft->n_tensors; i++) {
        const gboolean is_constant = draft->tensors[i].data != NULL;

        buffer += is_constant;
        write_tensor(writer, &draft->tensors[i], is_constant ? buffer : 0,
                     place + 4 + 4 * (gsize)i);
    }
    place = wg_writer_offsets(writer, (gsize)draft->n_ops);
    wg_writer_patch(writer, fields[3].slot, place);
    for (int i = 0; i < draft->n_ops; i++)
        write_op(writer, &draft->ops[i].op, code_index[i], place + 4 + 4 * (gsize)i);
}

static void
write_buffers(WgWriter *writer, const WgModelDraft *draft, gsize slot)
{
    gsize n = 1, place, at = 1;
    WgField fields[] = {{0, WG_FIELD_OFFSET}};

    for (int i = 0; i < draft->n_tensors; i++)
        n += draft->tensors[i].data != NULL;
    place = wg_writer_offsets(writer, n);
    wg_writer_patch(writer, slot, place);
    wg_writer_patch(writer, place + 4, wg_writer_table(writer, fields, 0)); /* 0: no data */
    for (int i = 0; i < draft->n_tensors; i++) {
        const WgTensorDraft *tensor = &draft->tensors[i];

        if (!tensor->data)
            continue;
        wg_writer_patch(writer, place + 4 + 4 * at++, wg_writer_table(writer, fields, 1));
        wg_writer_patch(
            writer, fields[0].slot,
            wg_writer_vector(writer, tensor->data, tensor->n_bytes, 1, BUFFER_ALIGNMENT));
    }
}

GBytes *
wg_tflite_write(const WgModelDraft *draft)
{
    WgWriter writer;
    WgField fields[] = {
        {0, WG_FIELD_INT32, 3}, {1, WG_FIELD_OFFSET}, {2, WG_FIELD_OFFSET},
        {4, WG_FIELD_OFFSET},   {3, WG_FIELD_OFFSET},
    };
    g_autofree int *codes = g_new(int, draft->n_ops), *index = g_new(int, draft->n_ops);
    const int n_codes = collect_codes(draft, codes, index);
    gsize place;

    wg_writer_init(&writer, "TFL3");
    wg_writer_patch(&writer, 0, wg_writer_table(&writer, fields, draft->description ? 5 : 4));
    place = wg_writer_offsets(&writer, (gsize)n_codes);
    wg_writer_patch(&writer, fields[1].slot, place);
    for (int i = 0; i < n_codes; i++) {
        WgField code[] = {
            {0, WG_FIELD_INT8, codes[i]},
            {2, WG_FIELD_INT32, op_version(codes[i])},
            {3, WG_FIELD_INT32, codes[i]},
        };

        wg_writer_patch(&writer, place + 4 + 4 * (gsize)i, wg_writer_table(&writer, code, 3));
    }
    place = wg_writer_offsets(&writer, 1);
    wg_writer_patch(&writer, fields[2].slot, place);
    write_subgraph(&writer, draft, index, place + 4);
    if (draft->description)
        wg_writer_patch(&writer, fields[4].slot, wg_writer_string(&writer, draft->description));
    write_buffers(&writer, draft, fields[3].slot);
    return wg_writer_finish(&writer);
}
