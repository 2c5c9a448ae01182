/* A .tflite taken apart: its tensors and its chain of operations. */
#include "quant/tflite.h"

#include "base/error.h"
#include "quant/flatbuffer-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* More than any watch could hold; keeps a damaged file from asking for the moon. */
#define ELEMENTS_MAX (1 << 20)
#define TENSORS_MAX 1000
#define ENDS_EARLY "it ends before its parts do"

static gboolean
damaged(GError **error, const char *what)
{
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("the model file is damaged: %s"), what);
    return FALSE;
}

static gboolean
read_type(int type, WgTensorInfo *info, gsize *element_size)
{
    static const struct {
        int type;
        WgTensorType means;
        gsize size;
    } types[] = {
        {0, WG_TENSOR_FLOAT32, 4}, {2, WG_TENSOR_INT32, 4}, {9, WG_TENSOR_INT8, 1},
        {3, WG_TENSOR_OTHER, 1},   {4, WG_TENSOR_OTHER, 8}, {7, WG_TENSOR_OTHER, 2},
    };

    for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
        if (types[i].type == type) {
            info->type = types[i].means;
            *element_size = types[i].size;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
read_shape(WgTable table, WgTensorInfo *info, gsize element_size, GError **error)
{
    const WgVector shape = wg_table_vector(table, 0, 4);
    gint64 n = 1;

    if (shape.n > 4) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("a tensor has %d dimensions, the watch takes up to 4"), (int)shape.n);
        return FALSE;
    }
    info->n_dims = (int)shape.n;
    for (int i = 0; i < info->n_dims; i++) {
        info->dims[i] = wg_vector_int32(shape, (gsize)i);
        if (info->dims[i] < 1 || info->dims[i] > ELEMENTS_MAX) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("a tensor has a dimension of %d: each must be a number from 1 to %d, "
                          "written out"),
                        info->dims[i], ELEMENTS_MAX);
            return FALSE;
        }
        n *= info->dims[i];
        if (n > ELEMENTS_MAX)
            return damaged(error, _("a tensor is larger than any watch"));
    }
    info->n_elements = (int)n;
    info->size_bytes = (gsize)n * element_size;
    return TRUE;
}

static gboolean
read_quantization(WgTable table, WgTfliteTensor *tensor, GError **error)
{
    const WgTable quantization = wg_table_table(table, 4);
    const WgVector scales = wg_table_vector(quantization, 2, 4);
    const WgVector zero_points = wg_table_vector(quantization, 3, 8);

    if (scales.is_cut || zero_points.is_cut)
        return damaged(error, ENDS_EARLY);
    tensor->n_scales = (int)scales.n;
    tensor->n_zero_points = (int)zero_points.n;
    tensor->scales = g_new0(float, scales.n + 1);
    tensor->zero_points = g_new0(gint64, zero_points.n + 1);
    tensor->quantized_dimension = wg_table_int32(quantization, 6, 0);
    for (gsize i = 0; i < scales.n; i++) {
        tensor->scales[i] = wg_vector_float(scales, i);
        if (!isfinite(tensor->scales[i]) || tensor->scales[i] < 0)
            return damaged(error, _("a scale is not a positive number"));
    }
    for (gsize i = 0; i < zero_points.n; i++) {
        tensor->zero_points[i] = wg_vector_int64(zero_points, i);
        if (tensor->zero_points[i] < -128 || tensor->zero_points[i] > 255)
            return damaged(error, _("a zero point is beyond int8"));
    }
    tensor->info.n_scales = tensor->n_scales;
    tensor->info.scale = scales.n > 0 ? (double)tensor->scales[0] : 0;
    tensor->info.zero_point = zero_points.n > 0 ? (int)tensor->zero_points[0] : 0;
    return TRUE;
}

static gboolean
read_tensor(WgTable table, WgVector buffers, WgTfliteTensor *tensor, GError **error)
{
    const gint64 number = (guint32)wg_table_int32(table, 2, 0);
    gsize element_size = 0;
    WgVector data;

    if (table.position == 0 || number >= (gint64)buffers.n)
        return damaged(error, _("a tensor names a buffer that is not there"));
    if (!read_type(wg_table_int8(table, 1, 0), &tensor->info, &element_size)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("a tensor is of type %d, the watch takes float32, int8 and int32"),
                    wg_table_int8(table, 1, 0));
        return FALSE;
    }
    tensor->name = wg_table_dup_string(table, 3);
    tensor->info.name = tensor->name;
    if (!read_shape(table, &tensor->info, element_size, error) ||
        !read_quantization(table, tensor, error))
        return FALSE;
    data = wg_table_vector(wg_vector_table(buffers, (gsize)number), 0, 1);
    if (data.is_cut || wg_vector_table(buffers, (gsize)number).position == 0)
        return damaged(error, ENDS_EARLY);
    if (data.n == 0)
        return TRUE;
    if (data.n < tensor->info.size_bytes)
        return damaged(error, _("a constant is shorter than its tensor"));
    /* a copy, so that it is aligned wherever the file put it */
    tensor->data = g_memdup2(wg_vector_bytes(data), tensor->info.size_bytes);
    tensor->info.is_constant = TRUE;
    return TRUE;
}

static void
read_options(WgTable options, WgTfliteOp *op)
{
    const gboolean is_depthwise = op->code == WG_TFLITE_DEPTHWISE_CONV_2D;
    const gboolean is_pool =
        op->code == WG_TFLITE_AVERAGE_POOL_2D || op->code == WG_TFLITE_MAX_POOL_2D;

    op->dilation[0] = op->dilation[1] = 1;
    op->depth_multiplier = 1;
    if (op->code == WG_TFLITE_FULLY_CONNECTED) {
        op->activation = wg_table_int8(options, 0, 0);
        return;
    }
    if (op->code == WG_TFLITE_SOFTMAX) {
        op->beta = wg_table_float(options, 0, 0);
        return;
    }
    op->padding = wg_table_int8(options, 0, 0);
    op->stride[1] = wg_table_int32(options, 1, 0);
    op->stride[0] = wg_table_int32(options, 2, 0);
    if (is_pool) {
        op->filter[1] = wg_table_int32(options, 3, 0);
        op->filter[0] = wg_table_int32(options, 4, 0);
        op->activation = wg_table_int8(options, 5, 0);
        return;
    }
    if (is_depthwise)
        op->depth_multiplier = wg_table_int32(options, 3, 0);
    op->activation = wg_table_int8(options, is_depthwise ? 4 : 3, 0);
    op->dilation[1] = wg_table_int32(options, is_depthwise ? 5 : 4, 1);
    op->dilation[0] = wg_table_int32(options, is_depthwise ? 6 : 5, 1);
}

/* The watch reads only the old field, deprecated_builtin_code. */
static gboolean
read_code(WgTable table, WgTfliteOp *op, GError **error)
{
    const int newer = wg_table_int32(table, 3, 0);

    if (table.position == 0)
        return damaged(error, ENDS_EARLY);
    op->code = wg_table_int8(table, 0, 0);
    if (wg_tflite_op_name(op->code))
        return TRUE;
    if (op->code != newer && wg_tflite_op_name(newer)) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("the model names %s only in the new field builtin_code, the watch reads "
              "deprecated_builtin_code and finds %d there: convert it with an older schema"),
            wg_tflite_op_name(newer), op->code);
    } else {
        g_autofree char *name = wg_tflite_dup_foreign_name(op->code);

        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("the model needs the operation %s, which the watch has not: it has conv, "
              "depthwise conv, average and max pool, dense, softmax, reshape, (de)quantize"),
            name);
    }
    return FALSE;
}

static gboolean
read_op(WgTflite *self, WgTable table, WgVector codes, WgTfliteOp *op, GError **error)
{
    const WgVector inputs = wg_table_vector(table, 1, 4), outputs = wg_table_vector(table, 2, 4);
    const guint32 number = (guint32)wg_table_int32(table, 0, 0);

    if (table.position == 0 || number >= codes.n)
        return damaged(error, _("an operation has no code"));
    if (!read_code(wg_vector_table(codes, number), op, error))
        return FALSE;
    if (wg_table_has(table, 5)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s has custom options, which the watch refuses"),
                    wg_tflite_op_name(op->code));
        return FALSE;
    }
    /* those of another operation are to the watch as none */
    op->has_options = wg_table_table(table, 4).position != 0 &&
                      wg_table_int8(table, 3, 0) == wg_tflite_options_type(op->code);
    if (!op->has_options && op->code != WG_TFLITE_RESHAPE &&
        wg_tflite_options_type(op->code) != WG_TFLITE_OPTIONS_NONE) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s has no options of its own: the watch would take what its memory holds"),
                    wg_tflite_op_name(op->code));
        return FALSE;
    }
    if (inputs.n < 1 || inputs.n > 3 || outputs.n != 1)
        return damaged(error, _("an operation has too few or too many tensors"));
    op->n_inputs = (int)inputs.n;
    op->n_outputs = 1;
    for (int i = 0; i < 3; i++)
        op->inputs[i] = i < op->n_inputs ? wg_vector_int32(inputs, (gsize)i) : -1;
    op->outputs[0] = wg_vector_int32(outputs, 0);
    for (int i = 0; i < 3; i++) {
        if (op->inputs[i] >= self->n_tensors || op->inputs[i] < -1)
            return damaged(error, _("an operation names a tensor that is not there"));
    }
    if (op->inputs[0] < 0 || op->outputs[0] < 0 || op->outputs[0] >= self->n_tensors ||
        self->tensors[op->outputs[0]].info.is_constant)
        return damaged(error, _("an operation names a tensor that is not there"));
    read_options(wg_table_table(table, 4), op);
    return TRUE;
}

/* The watch plans memory by life time: each tensor is made once, before it is used. */
static gboolean
check_chain(WgTflite *self, GError **error)
{
    g_autofree gboolean *is_made = g_new0(gboolean, self->n_tensors);
    g_autofree gboolean *is_used = g_new0(gboolean, self->n_tensors);

    is_made[self->input] = TRUE;
    for (int i = 0; i < self->n_ops; i++) {
        const WgTfliteOp *op = &self->ops[i];

        for (int j = 0; j < op->n_inputs; j++) {
            if (op->inputs[j] < 0)
                continue;
            is_used[op->inputs[j]] = TRUE;
            if (!is_made[op->inputs[j]] && !self->tensors[op->inputs[j]].info.is_constant)
                return damaged(error, _("an operation uses a tensor before it is made"));
        }
        if (is_made[op->outputs[0]])
            return damaged(error, _("a tensor is made twice"));
        is_made[op->outputs[0]] = is_used[op->outputs[0]] = TRUE;
    }
    for (int i = 0; i < self->n_tensors; i++) {
        if (!is_used[i] && !self->tensors[i].info.is_constant) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        _("tensor %d is used by no operation, which the watch refuses"), i);
            return FALSE;
        }
    }
    return is_made[self->output] ? TRUE : damaged(error, _("nothing makes the output"));
}

static gboolean
read_subgraph(WgTflite *self, WgTable model, WgTable graph, GError **error)
{
    const WgVector codes = wg_table_vector(model, 1, 4), buffers = wg_table_vector(model, 4, 4);
    const WgVector tensors = wg_table_vector(graph, 0, 4), ops = wg_table_vector(graph, 3, 4);
    const WgVector inputs = wg_table_vector(graph, 1, 4), outputs = wg_table_vector(graph, 2, 4);

    if (codes.is_cut || buffers.is_cut || tensors.is_cut || ops.is_cut)
        return damaged(error, ENDS_EARLY);
    if (tensors.n > TENSORS_MAX || ops.n > TENSORS_MAX || tensors.n == 0)
        return damaged(error, _("it has no tensors, or too many"));
    if (ops.n == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("the model has no operations"));
        return FALSE;
    }
    if (inputs.n != 1 || outputs.n != 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the model has %d inputs and %d outputs, the watch takes one of each"),
                    (int)inputs.n, (int)outputs.n);
        return FALSE;
    }
    self->tensors = g_new0(WgTfliteTensor, tensors.n);
    self->ops = g_new0(WgTfliteOp, ops.n);
    for (gsize i = 0; i < tensors.n; i++) {
        self->n_tensors = (int)i + 1;
        if (!read_tensor(wg_vector_table(tensors, i), buffers, &self->tensors[i], error))
            return FALSE;
    }
    self->input = wg_vector_int32(inputs, 0);
    self->output = wg_vector_int32(outputs, 0);
    if (self->input < 0 || self->input >= self->n_tensors || self->output < 0 ||
        self->output >= self->n_tensors || self->tensors[self->input].info.is_constant)
        return damaged(error, _("its input or output is no tensor"));
    for (gsize i = 0; i < ops.n; i++) {
        self->n_ops = (int)i + 1;
        if (!read_op(self, wg_vector_table(ops, i), codes, &self->ops[i], error))
            return FALSE;
    }
    return check_chain(self, error);
}

WgTflite *
wg_tflite_read(GBytes *bytes, GError **error)
{
    g_autoptr(WgTflite) self = g_new0(WgTflite, 1);
    WgFlatBuffer buffer = {NULL, 0};
    WgTable model;
    WgVector graphs;

    buffer.data = g_bytes_get_data(bytes, &buffer.size);
    model = wg_flatbuffer_root(&buffer, "TFL3");
    if (model.position == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("this is no .tflite file"));
        return NULL;
    }
    self->version = wg_table_int32(model, 0, 0);
    if (self->version != 3) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the model is of schema version %d, the watch takes 3"), self->version);
        return NULL;
    }
    graphs = wg_table_vector(model, 2, 4);
    if (graphs.is_cut) {
        damaged(error, ENDS_EARLY);
        return NULL;
    }
    if (graphs.n != 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the model has %d subgraphs, the watch takes 1"), (int)graphs.n);
        return NULL;
    }
    if (!read_subgraph(self, model, wg_vector_table(graphs, 0), error))
        return NULL;
    return g_steal_pointer(&self);
}

void
wg_tflite_free(WgTflite *self)
{
    for (int i = 0; i < self->n_tensors; i++) {
        g_free(self->tensors[i].name);
        g_free(self->tensors[i].scales);
        g_free(self->tensors[i].zero_points);
        g_free((gpointer)self->tensors[i].data);
    }
    g_free(self->tensors);
    g_free(self->ops);
    g_free(self);
}
