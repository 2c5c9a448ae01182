/* Models of one operation that the watch runs, and places in their files. */
#include "small-model.h"

#include <string.h>

static void
set_tensor(WgSmallModel *model, int i, const char *name, int type, int n_dims, const int *dims,
           const float *scales, int n_scales)
{
    WgTensorDraft *tensor = &model->tensors[i];

    tensor->name = name;
    tensor->type = type;
    tensor->n_dims = n_dims;
    for (int j = 0; j < n_dims; j++)
        tensor->dims[j] = dims[j];
    tensor->scales = scales;
    tensor->n_scales = n_scales;
    tensor->with_zero_points = TRUE;
    model->n_tensors = MAX(model->n_tensors, i + 1);
}

static void
set_weights(WgSmallModel *model, int n_dims, const int *dims, int n_scales, int dimension)
{
    int n = 1;

    for (int i = 0; i < n_dims; i++)
        n *= dims[i];
    g_assert_cmpint(n, <=, (int)sizeof model->weights);
    set_tensor(model, 1, "weights", WG_TENSOR_INT8, n_dims, dims, model->weight_scales, n_scales);
    model->tensors[1].data = model->weights;
    model->tensors[1].n_bytes = (gsize)n;
    model->tensors[1].quantized_dimension = dimension;
}

static void
set_bias(WgSmallModel *model, int n)
{
    set_tensor(model, 2, "bias", WG_TENSOR_INT32, 1, &n, &model->bias_scale, 1);
    model->tensors[2].data = model->bias;
    model->tensors[2].n_bytes = (gsize)n * sizeof(gint32);
}

static void
set_output(WgSmallModel *model, int n_dims, const int *dims)
{
    model->output = model->n_tensors;
    set_tensor(model, model->output, "output", WG_TENSOR_INT8, n_dims, dims, &model->out_scale, 1);
}

static void
init_sums(WgSmallModel *model, int code)
{
    const int dense_in[] = {1, 6}, dense_weights[] = {4, 6}, dense_out[] = {1, 4};
    const int conv_weights[] = {4, 3, 1, 3}, conv_out[] = {1, 4, 1, 4};
    const int depthwise_weights[] = {1, 3, 1, 3}, depthwise_out[] = {1, 4, 1, 3};

    if (code == WG_TFLITE_FULLY_CONNECTED) {
        set_tensor(model, 0, "input", WG_TENSOR_INT8, 2, dense_in, &model->in_scale, 1);
        set_weights(model, 2, dense_weights, 1, 0);
        set_bias(model, 4);
        set_output(model, 2, dense_out);
    } else if (code == WG_TFLITE_CONV_2D) {
        set_weights(model, 4, conv_weights, 4, 0);
        set_bias(model, 4);
        set_output(model, 4, conv_out);
    } else {
        set_weights(model, 4, depthwise_weights, 3, 3);
        set_bias(model, 3);
        set_output(model, 4, depthwise_out);
    }
}

void
wg_small_model_init(WgSmallModel *model, int code)
{
    const int image[] = {1, 6, 1, 3}, pooled[] = {1, 3, 1, 3}, flat[] = {1, 18};
    const gboolean has_weights = code == WG_TFLITE_CONV_2D || code == WG_TFLITE_FULLY_CONNECTED ||
                                 code == WG_TFLITE_DEPTHWISE_CONV_2D;
    const gboolean is_pool = code == WG_TFLITE_AVERAGE_POOL_2D || code == WG_TFLITE_MAX_POOL_2D;
    WgTfliteOp *op;

    memset(model, 0, sizeof *model);
    model->in_scale = model->out_scale = 0.25f;
    for (guint i = 0; i < G_N_ELEMENTS(model->weight_scales); i++)
        model->weight_scales[i] = 0.125f;
    model->bias_scale = 0.25f * 0.125f;
    for (guint i = 0; i < sizeof model->weights; i++)
        model->weights[i] = (gint8)(i * 37 % 255);
    set_tensor(model, 0, "input", WG_TENSOR_INT8, 4, image, &model->in_scale, 1);
    if (has_weights)
        init_sums(model, code);
    else if (code == WG_TFLITE_RESHAPE)
        set_output(model, 2, flat);
    else
        set_output(model, 4, is_pool ? pooled : image);
    if (code == WG_TFLITE_SOFTMAX) {
        model->out_scale = 1.0f / 256;
        model->tensors[model->output].zero_point = -128;
    } else if (code == WG_TFLITE_DEQUANTIZE) {
        model->tensors[model->output].type = WG_TENSOR_FLOAT32;
        model->tensors[model->output].n_scales = 0;
    }
    model->n_ops = 1;
    op = &model->ops[0].op;
    op->code = code;
    op->n_inputs = has_weights ? 3 : 1;
    op->inputs[1] = 1;
    op->inputs[2] = 2;
    op->outputs[0] = model->output;
    op->padding = WG_TFLITE_VALID;
    op->stride[0] = is_pool ? 2 : 1;
    op->stride[1] = op->dilation[0] = op->dilation[1] = op->depth_multiplier = 1;
    op->filter[0] = 2;
    op->filter[1] = 1;
    op->beta = 1;
}

GBytes *
wg_small_model_write(const WgSmallModel *model)
{
    const WgModelDraft draft = {.tensors = model->tensors,
                                .n_tensors = model->n_tensors,
                                .ops = model->ops,
                                .n_ops = model->n_ops,
                                .input = 0,
                                .output = model->output};

    return wg_tflite_write(&draft);
}

gint32
wg_patch_get_int32(const GByteArray *file, guint at)
{
    gint32 value;

    g_assert_cmpuint(at + 4, <=, file->len);
    memcpy(&value, file->data + at, 4);
    return GINT32_FROM_LE(value);
}

void
wg_patch_int32(GByteArray *file, guint at, gint32 value)
{
    const gint32 stored = GINT32_TO_LE(value);

    g_assert_cmpuint(at + 4, <=, file->len);
    memcpy(file->data + at, &stored, 4);
}

guint
wg_patch_follow(const GByteArray *file, guint slot)
{
    return slot + (guint)wg_patch_get_int32(file, slot);
}

guint
wg_patch_root(const GByteArray *file)
{
    return wg_patch_follow(file, 0);
}

static guint16
get_uint16(const GByteArray *file, guint at)
{
    g_assert_cmpuint(at + 2, <=, file->len);
    return (guint16)(file->data[at] | file->data[at + 1] << 8);
}

/* In the table, from its beginning on; 0: it has none. */
static guint16
find_field(const GByteArray *file, guint table, int id)
{
    const guint vtable = table - (guint)wg_patch_get_int32(file, table);
    const guint at = 4 + 2 * (guint)id;

    return at + 2 <= get_uint16(file, vtable) ? get_uint16(file, vtable + at) : 0;
}

guint
wg_patch_field(const GByteArray *file, guint table, int id)
{
    const guint16 offset = find_field(file, table, id);

    g_assert_cmpuint(offset, >, 0);
    return table + offset;
}

void
wg_patch_move_field(GByteArray *file, guint table, int id, int as)
{
    const guint vtable = table - (guint)wg_patch_get_int32(file, table);
    guint16 entries[2 + 8] = {20, get_uint16(file, vtable + 2)};

    for (int i = 0; i < 8; i++)
        entries[2 + i] = find_field(file, table, i);
    entries[2 + id] = as < 0 ? 0 : find_field(file, table, as);
    while (file->len % 4 != 0)
        g_byte_array_append(file, (const guint8 *)"", 1);
    wg_patch_int32(file, table, (gint32)(table - file->len));
    for (guint i = 0; i < G_N_ELEMENTS(entries); i++) {
        const guint8 bytes[] = {(guint8)entries[i], (guint8)(entries[i] >> 8)};

        g_byte_array_append(file, bytes, 2);
    }
}
