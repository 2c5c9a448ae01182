/* The operations of a network as tables and calls in C. */
#include "quant/export-c-layer.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

#define PER_LINE 16   /* values of a table */
#define WEIGHT_STEP 4 /* of waggle_model.c: so many at a time */

static int
count_taps(const WgInt8Step *step)
{
    const int *size = step->filter->info.dims;

    return step->op->code == WG_TFLITE_FULLY_CONNECTED ? size[1] : size[1] * size[2] * size[3];
}

static int
count_weights(const WgInt8Step *step)
{
    return (count_taps(step) + WEIGHT_STEP - 1) / WEIGHT_STEP * WEIGHT_STEP;
}

/* Whether the taps of a window lie one behind the other: all of a row before the next row. */
static gboolean
is_contiguous(const WgInt8Step *step)
{
    const int *size = step->filter->info.dims, *dilation = step->op->dilation;

    if (step->op->code == WG_TFLITE_FULLY_CONNECTED)
        return TRUE;
    return (size[2] == 1 || dilation[1] == 1) &&
           (size[1] == 1 || (dilation[0] == 1 && size[2] == step->in->info.dims[2]));
}

gsize
wg_export_c_column_bytes(const WgInt8Step *step)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    gboolean is_inside = TRUE;

    if (step->op->code != WG_TFLITE_CONV_2D)
        return 0;
    for (int axis = 0; axis < 2; axis++) {
        const int last = (out[1 + axis] - 1) * step->op->stride[axis] - step->pad[axis];

        is_inside = is_inside && step->pad[axis] == 0 &&
                    last + step->filter->info.dims[1 + axis] <= in[1 + axis];
    }
    return is_inside && is_contiguous(step) ? 0 : 2 * (gsize)count_weights(step);
}

static gboolean
check_zero(const WgTfliteTensor *tensor, const char *name, GError **error)
{
    if (!tensor || tensor->info.type != WG_TENSOR_INT8 || tensor->n_zero_points < 1 ||
        (tensor->zero_points[0] >= -128 && tensor->zero_points[0] <= 127))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("%s has a zero point of %d, which C code for int8 does not take"), name,
                (int)tensor->zero_points[0]);
    return FALSE;
}

gboolean
wg_export_c_check(const WgInt8Step *step, GError **error)
{
    const char *name = wg_tflite_op_name(step->op->code);
    const gboolean may_be_float = step->op->code == WG_TFLITE_QUANTIZE ||
                                  step->op->code == WG_TFLITE_DEQUANTIZE ||
                                  step->op->code == WG_TFLITE_RESHAPE;

    if (step->is_float && !may_be_float) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s computes with float32 here, which the C export does not: quantize the "
                      "model to int8 first"),
                    name);
        return FALSE;
    }
    for (int i = 0; i < step->n_multipliers; i++) {
        if (step->mantissas[i] < 0) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("%s has a negative scale"), name);
            return FALSE;
        }
    }
    return check_zero(step->in, name, error) && check_zero(step->filter, name, error) &&
           check_zero(step->out, name, error);
}

static void
begin_table(WgExportCText *text, const char *type, const char *name, int i)
{
    g_string_append_printf(text->tables, "static const %s %s_%d[] = {", type, name, i);
}

static void
append_value(WgExportCText *text, gsize k, gint64 value)
{
    g_string_append(text->tables, k % PER_LINE == 0 ? "\n    " : " ");
    /* the least int32 is no number of C */
    if (value == G_MININT32)
        g_string_append(text->tables, "INT32_MIN,");
    else
        g_string_append_printf(text->tables, "%d,", (int)value);
}

static void
end_table(WgExportCText *text, gsize n_bytes)
{
    g_string_append(text->tables, "\n};\n");
    text->table_bytes += n_bytes;
}

/* Rows of count_weights, and one of zeros where their number is odd: two are read at a time. */
static void
append_rows(const WgInt8Step *step, int i, WgExportCText *text)
{
    const int n_rows = step->filter->info.dims[0], n_taps = count_taps(step);
    const int n_weights = count_weights(step);
    const gint8 *weights = (const gint8 *)step->filter->data;
    gsize k = 0;

    begin_table(text, "int8_t", "weights", i);
    for (int row = 0; row < (n_rows + 1) / 2 * 2; row++) {
        for (int tap = 0; tap < n_weights; tap++)
            append_value(text, k++,
                         row < n_rows && tap < n_taps
                             ? weights[(gsize)row * (gsize)n_taps + (gsize)tap]
                             : 0);
    }
    end_table(text, k);
}

/* bias - in_zero sum (w - weight_zero): then the inputs need no zero point in the sums */
static void
append_biases(const WgInt8Step *step, int i, gboolean folds, WgExportCText *text)
{
    const gint8 *weights = (const gint8 *)step->filter->data;
    const gint32 *bias = step->bias ? (const gint32 *)step->bias->data : NULL;
    const int n = step->op->code == WG_TFLITE_DEPTHWISE_CONV_2D ? step->filter->info.dims[3]
                                                                : step->filter->info.dims[0];
    const int weight_zero =
        step->op->code == WG_TFLITE_FULLY_CONNECTED ? (int)step->filter->zero_points[0] : 0;

    begin_table(text, "int32_t", "biases", i);
    for (int row = 0; row < n; row++) {
        guint32 sum = 0;

        for (int tap = 0; folds && tap < count_taps(step); tap++)
            sum +=
                (guint32)(weights[(gsize)row * (gsize)count_taps(step) + (gsize)tap] - weight_zero);
        append_value(text, (gsize)row,
                     (gint32)((guint32)(bias ? bias[row] : 0) -
                              (guint32)(gint32)step->in->zero_points[0] * sum));
    }
    end_table(text, (gsize)n * sizeof(gint32));
}

static void
append_multipliers(const WgInt8Step *step, int i, WgExportCText *text)
{
    begin_table(text, "int32_t", "mantissas", i);
    for (int c = 0; c < step->n_multipliers; c++)
        append_value(text, (gsize)c, step->mantissas[c]);
    end_table(text, (gsize)step->n_multipliers * sizeof(gint32));
    begin_table(text, "int8_t", "shifts", i);
    for (int c = 0; c < step->n_multipliers; c++)
        append_value(text, (gsize)c, step->shifts[c]);
    end_table(text, (gsize)step->n_multipliers);
}

static void
append_shape(const WgInt8Step *step, int height, int width, WgExportCText *text)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const WgTfliteOp *op = step->op;
    const gboolean is_pool =
        op->code == WG_TFLITE_MAX_POOL_2D || op->code == WG_TFLITE_AVERAGE_POOL_2D;

    g_string_append_printf(
        text->tables, "    {%d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d},\n", in[0],
        in[1], in[2], in[3], out[1], out[2], out[3], height, width, op->stride[0], op->stride[1],
        is_pool ? 1 : op->dilation[0], is_pool ? 1 : op->dilation[1], step->pad[0], step->pad[1]);
    text->table_bytes += 15 * sizeof(gint32);
}

/* A row of inputs is an image of one pixel. */
static void
append_dense_shape(const WgInt8Step *step, WgExportCText *text)
{
    const int n_outputs = step->filter->info.dims[0], depth = step->filter->info.dims[1];

    g_string_append_printf(text->tables, "    {%d, 1, 1, %d, 1, 1, %d, 1, 1, 1, 1, 1, 1, 0, 0},\n",
                           step->in->info.n_elements / depth, depth, n_outputs);
    text->table_bytes += 15 * sizeof(gint32);
}

static void
append_call(const WgInt8Step *step, WgExportCText *text, const char *what, const char *rest)
{
    g_string_append_printf(
        text->calls,
        "    %smemory.bytes + %" G_GSIZE_FORMAT ", memory.bytes + %" G_GSIZE_FORMAT "%s);\n", what,
        text->offsets[step->op->inputs[0]], text->offsets[step->op->outputs[0]], rest);
}

static void
append_conv(const WgInt8Step *step, int i, WgExportCText *text)
{
    const gboolean is_dense = step->op->code == WG_TFLITE_FULLY_CONNECTED;
    const int weight_zero = is_dense ? (int)step->filter->zero_points[0] : 0;
    g_autofree char *call = g_strdup_printf("conv(&layer_%d, ", i);
    g_autofree char *columns =
        g_strdup_printf(", memory.bytes + %" G_GSIZE_FORMAT, text->column_at);

    append_rows(step, i, text);
    append_biases(step, i, TRUE, text);
    append_multipliers(step, i, text);
    g_string_append_printf(text->tables, "static const conv_layer layer_%d = {\n", i);
    if (is_dense)
        append_dense_shape(step, text);
    else
        append_shape(step, step->filter->info.dims[1], step->filter->info.dims[2], text);
    g_string_append_printf(text->tables,
                           "    %d, %d, %d, %d, %d, %d, %d, %d, %d,\n"
                           "    weights_%d, biases_%d, mantissas_%d, shifts_%d,\n};\n\n",
                           count_taps(step), count_weights(step), is_contiguous(step),
                           step->n_multipliers > 1, (int)step->in->zero_points[0], weight_zero,
                           (int)step->out->zero_points[0], step->activation_min,
                           step->activation_max, i, i, i, i);
    text->table_bytes += 13 * sizeof(gint32);
    text->has_weight_zero = text->has_weight_zero || weight_zero != 0;
    append_call(step, text, call, columns);
}

static void
append_depthwise(const WgInt8Step *step, int i, WgExportCText *text)
{
    const gint8 *weights = (const gint8 *)step->filter->data;
    const int n = step->filter->info.n_elements;
    g_autofree char *call = g_strdup_printf("depthwise(&layer_%d, ", i);

    begin_table(text, "int8_t", "weights", i);
    for (int k = 0; k < n; k++)
        append_value(text, (gsize)k, weights[k]);
    end_table(text, (gsize)n);
    append_biases(step, i, FALSE, text);
    append_multipliers(step, i, text);
    g_string_append_printf(text->tables, "static const depthwise_layer layer_%d = {\n", i);
    append_shape(step, step->filter->info.dims[1], step->filter->info.dims[2], text);
    g_string_append_printf(
        text->tables, "    %d, %d, %d, weights_%d, biases_%d, mantissas_%d, shifts_%d,\n};\n\n",
        step->op->depth_multiplier, (int)step->in->zero_points[0], (int)step->out->zero_points[0],
        i, i, i, i);
    text->table_bytes += 7 * sizeof(gint32);
    append_call(step, text, call, "");
}

static void
append_pool(const WgInt8Step *step, int i, WgExportCText *text)
{
    g_autofree char *call = g_strdup_printf(
        "%s(&layer_%d, ", step->op->code == WG_TFLITE_MAX_POOL_2D ? "max_pool" : "average_pool", i);

    g_string_append_printf(text->tables, "static const pool_layer layer_%d = {\n", i);
    append_shape(step, step->op->filter[0], step->op->filter[1], text);
    g_string_append_printf(text->tables, "    %d, %d,\n};\n\n", step->activation_min,
                           step->activation_max);
    text->table_bytes += 2 * sizeof(gint32);
    append_call(step, text, call, "");
}

static void
append_softmax(const WgInt8Step *step, int i, WgExportCText *text)
{
    const int n = step->in->info.dims[step->in->info.n_dims - 1];
    g_autofree char *call = g_strdup_printf("softmax(&layer_%d, ", i);

    g_string_append_printf(text->tables,
                           "static const softmax_layer layer_%d = {%d, %d, %d, %d, %d};\n\n", i,
                           step->in->info.n_elements / n, n, step->beta_mantissa, step->beta_shift,
                           step->difference_min);
    text->table_bytes += 5 * sizeof(gint32);
    append_call(step, text, call, "");
}

static void
append_quantize(const WgInt8Step *step, WgExportCText *text)
{
    char scale[G_ASCII_DTOSTR_BUF_SIZE];
    const int n = step->in->info.n_elements, out_zero = (int)step->out->zero_points[0];
    g_autofree char *call = NULL;

    /* 9 digits are one float32 and no other; the zero lets "1" be a float too */
    g_ascii_formatd(scale, sizeof scale, "%.8e", (double)step->out->scales[0]);
    call = step->is_float
               ? g_strdup_printf("quantize(%d, %sf, %d, ", n, scale, out_zero)
               : g_strdup_printf("change_scale(%d, %d, %d, %d, %d, ", n, step->mantissas[0],
                                 step->shifts[0], (int)step->in->zero_points[0], out_zero);
    append_call(step, text, call, "");
}

static void
append_dequantize(const WgInt8Step *step, WgExportCText *text)
{
    char scale[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *call = NULL;

    g_ascii_formatd(scale, sizeof scale, "%.16e", (double)step->in->scales[0]);
    call = g_strdup_printf("dequantize(%d, %s, %d, ", step->in->info.n_elements, scale,
                           (int)step->in->zero_points[0]);
    append_call(step, text, call, "");
}

void
wg_export_c_layer(const WgInt8Step *step, int i, WgExportCText *text)
{
    switch (step->op->code) {
    case WG_TFLITE_CONV_2D:
    case WG_TFLITE_FULLY_CONNECTED:
        append_conv(step, i, text);
        break;
    case WG_TFLITE_DEPTHWISE_CONV_2D:
        append_depthwise(step, i, text);
        break;
    case WG_TFLITE_MAX_POOL_2D:
    case WG_TFLITE_AVERAGE_POOL_2D:
        append_pool(step, i, text);
        break;
    case WG_TFLITE_SOFTMAX:
        append_softmax(step, i, text);
        break;
    case WG_TFLITE_QUANTIZE:
        append_quantize(step, text);
        break;
    case WG_TFLITE_DEQUANTIZE:
        append_dequantize(step, text);
        break;
    default: /* a reshaped tensor lies where it lay */
        break;
    }
}
