/* What the operations share: types, padding, activation ranges, multipliers. */
#include "quant/op.h"

#include "base/error.h"
#include "quant/fixed-point.h"
#include "quant/kernel.h"

#include <glib/gi18n.h>
#include <math.h>

#define ARITHMETIC_STRIDE_MAX 1024

const WgInt8Op *
wg_int8_op_find(int code)
{
    for (int i = 0; wg_int8_ops[i]; i++) {
        if (wg_int8_ops[i]->code == code)
            return wg_int8_ops[i];
    }
    return NULL;
}

gboolean
wg_int8_step_check_types(WgInt8Step *step, gboolean allow_float, GError **error)
{
    const char *name = wg_tflite_op_name(step->op->code);
    const WgTensorType in = step->in->info.type, out = step->out->info.type;

    step->is_float = in == WG_TENSOR_FLOAT32;
    if (in != out || (in != WG_TENSOR_INT8 && !(allow_float && step->is_float))) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s takes int8 to int8 on the watch; this model gives it something else"),
                    name);
        return FALSE;
    }
    if (!step->is_float &&
        (step->in->n_scales < 1 || step->in->n_zero_points < 1 || step->out->n_scales < 1 ||
         step->out->n_zero_points < 1 || step->in->scales[0] <= 0 || step->out->scales[0] <= 0)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s has a tensor without scale and zero point, which the watch refuses"),
                    name);
        return FALSE;
    }
    if (step->filter && (step->filter->info.type != in || !step->filter->info.is_constant)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s mixes a float input with int8 weights, which the watch refuses"), name);
        return FALSE;
    }
    if (step->bias &&
        (step->bias->info.type != (step->is_float ? WG_TENSOR_FLOAT32 : WG_TENSOR_INT32) ||
         !step->bias->info.is_constant)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("%s needs its biases as constant %s"),
                    name, step->is_float ? "float32" : "int32");
        return FALSE;
    }
    return TRUE;
}

/* Outputs along an axis (ComputeOutSize of TensorFlow's padding.h). */
static int
count_places(const WgTfliteOp *op, int axis, int in, int filter)
{
    const gint64 stride = op->stride[axis], reach = (gint64)(filter - 1) * op->dilation[axis] + 1;

    return (int)(op->padding == WG_TFLITE_SAME ? (in + stride - 1) / stride
                                               : (in + stride - reach) / stride);
}

gboolean
wg_int8_step_check_window(const WgInt8Step *step, const int filter[2], GError **error)
{
    const WgTfliteOp *op = step->op;
    const int *in = step->in->info.dims, *out = step->out->info.dims;

    if (step->in->info.n_dims != 4 || step->out->info.n_dims != 4 ||
        step->in->info.dims[0] != step->out->info.dims[0]) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s takes and gives 4 dimensions, this model has %d and %d"),
                    wg_tflite_op_name(op->code), step->in->info.n_dims, step->out->info.n_dims);
        return FALSE;
    }
    if (op->padding != WG_TFLITE_SAME && op->padding != WG_TFLITE_VALID) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s has a padding of %d, which is none"),
                    wg_tflite_op_name(op->code), op->padding);
        return FALSE;
    }
    for (int axis = 0; axis < 2; axis++) {
        if (op->stride[axis] < 1 || op->stride[axis] > ARITHMETIC_STRIDE_MAX ||
            op->dilation[axis] < 1 || op->dilation[axis] > ARITHMETIC_STRIDE_MAX) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        _("%s has stride %d and dilation %d: a stride of 0 crashes the watch"),
                        wg_tflite_op_name(op->code), op->stride[axis], op->dilation[axis]);
            return FALSE;
        }
    }
    for (int axis = 0; axis < 2; axis++) {
        const int n = count_places(op, axis, in[1 + axis], filter[axis]);

        if (out[1 + axis] != n) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        axis == 0 ? _(_("%s says that it gives %d x %d places, its input and "
                                        "options give a height of %d"))
                                  : _(_("%s says that it gives %d x %d places, its input and "
                                        "options give a width of %d")),
                        wg_tflite_op_name(op->code), out[1], out[2], MAX(n, 0));
            return FALSE;
        }
    }
    return TRUE;
}

int
wg_int8_step_pad(const WgInt8Step *step, int axis, int filter_size, int dilation)
{
    const gint64 in = step->in->info.dims[1 + axis], out = step->out->info.dims[1 + axis];
    const gint64 reach = (gint64)(filter_size - 1) * dilation + 1;
    const gint64 total = (out - 1) * step->op->stride[axis] + reach - in;

    return step->op->padding == WG_TFLITE_SAME && total > 0 ? (int)(total / 2) : 0;
}

/* round(value / scale) + zero point, the division in float as the watch does it; far outside int8
 * it is only known to be there. */
static int
quantize(const WgTfliteTensor *tensor, float value)
{
    const float units = CLAMP(roundf(value / tensor->scales[0]), -1000.0f, 1000.0f);

    return (int)tensor->zero_points[0] + (int)units;
}

/* In real numbers. */
static void
find_bounds(int activation, float *low, float *high)
{
    *low = activation == WG_TFLITE_RELU || activation == WG_TFLITE_RELU6 ? 0
           : activation == WG_TFLITE_RELU_N1_TO_1                        ? -1
                                                                         : -INFINITY;
    *high = activation == WG_TFLITE_RELU6 ? 6 : activation == WG_TFLITE_RELU_N1_TO_1 ? 1 : INFINITY;
}

void
wg_int8_activation_range(const WgTfliteTensor *out, int activation, int *min, int *max)
{
    float low, high;

    find_bounds(activation, &low, &high);
    *min = isfinite(low) ? MAX(-128, quantize(out, low)) : -128;
    *max = isfinite(high) ? MIN(127, quantize(out, high)) : 127;
}

void
wg_int8_step_set_activation(WgInt8Step *step)
{
    find_bounds(step->op->activation, &step->float_min, &step->float_max);
    if (!step->is_float)
        wg_int8_activation_range(step->out, step->op->activation, &step->activation_min,
                                 &step->activation_max);
}

gboolean
wg_int8_step_set_channel_multipliers(WgInt8Step *step, int n_channels, int dimension,
                                     GError **error)
{
    const WgTfliteTensor *filter = step->filter;

    if (filter->n_scales < 1 || filter->n_zero_points < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s has weights without scale and zero point, which the watch refuses"),
                    wg_tflite_op_name(step->op->code));
        return FALSE;
    }
    if (filter->n_scales > 1 &&
        (filter->n_scales != n_channels || filter->quantized_dimension != dimension)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s has %d scales along dimension %d, the watch takes %d along %d"),
                    wg_tflite_op_name(step->op->code), filter->n_scales,
                    filter->quantized_dimension, n_channels, dimension);
        return FALSE;
    }
    step->n_multipliers = n_channels;
    step->mantissas = g_new(gint32, n_channels);
    step->shifts = g_new(int, n_channels);
    for (int c = 0; c < n_channels; c++) {
        const double scale = (double)filter->scales[filter->n_scales > 1 ? c : 0];

        wg_fixed_from_real((double)step->in->scales[0] * scale / (double)step->out->scales[0],
                           &step->mantissas[c], &step->shifts[c]);
    }
    return TRUE;
}

void
wg_int8_step_set_kernel_scales(WgInt8Step *step)
{
    wg_kernel_set_scales(step->kernel, step->n_multipliers, step->mantissas, step->shifts,
                         (int)step->out->zero_points[0], step->activation_min,
                         step->activation_max);
}
