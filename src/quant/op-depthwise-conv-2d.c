/* DEPTHWISE_CONV_2D with the two faults of the firmware's kernel: in int8 the fused activation is
 * ignored, and SAME padding is computed as if the dilation were 1 (tests/data/golden, dw*). */
#include "base/error.h"
#include "quant/fixed-point.h"
#include "quant/op.h"

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int *filter;

    if (!step->filter) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "DEPTHWISE_CONV_2D has no weights and bias, which crashes the watch");
        return FALSE;
    }
    filter = step->filter->info.dims;
    if (!wg_int8_step_check_types(step, TRUE, error) || !wg_int8_step_check_window(step, error))
        return FALSE;
    if (step->filter->info.n_dims != 4 || step->op->depth_multiplier < 1 ||
        step->op->depth_multiplier > 1024 || filter[3] != out[3] ||
        in[3] * step->op->depth_multiplier != out[3] ||
        (step->bias && step->bias->info.n_elements != out[3])) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    "DEPTHWISE_CONV_2D of %d channels, %d each, has %d outputs and weights for %d",
                    in[3], step->op->depth_multiplier, out[3], filter[3]);
        return FALSE;
    }
    for (int axis = 0; axis < 2; axis++)
        step->pad[axis] = wg_int8_step_pad(step, axis, filter[1 + axis], 1);
    wg_int8_step_set_activation(step);
    return step->is_float || wg_int8_step_set_channel_multipliers(step, out[3], 3, error);
}

/* Sum of one output value; `is_float` decides how the bytes are read, once an output. */
static gint32
sum_int8(const WgInt8Step *step, const gint8 *image, int y0, int x0, int channel)
{
    const int *in = step->in->info.dims, *size = step->filter->info.dims;
    const gint8 *filter = (const gint8 *)step->filter->data;
    const int from = channel / step->op->depth_multiplier;
    gint32 sum = 0;

    for (int fy = 0; fy < size[1]; fy++) {
        const int y = y0 + fy * step->op->dilation[0];

        for (int fx = 0; fx < size[2]; fx++) {
            const int x = x0 + fx * step->op->dilation[1];

            if (y < 0 || y >= in[1] || x < 0 || x >= in[2])
                continue;
            sum += filter[(fy * size[2] + fx) * size[3] + channel] *
                   (image[(y * in[2] + x) * in[3] + from] - (int)step->in->zero_points[0]);
        }
    }
    return sum;
}

static float
sum_float(const WgInt8Step *step, const float *image, int y0, int x0, int channel)
{
    const int *in = step->in->info.dims, *size = step->filter->info.dims;
    const float *filter = (const float *)step->filter->data;
    const int from = channel / step->op->depth_multiplier;
    float sum = 0;

    for (int fy = 0; fy < size[1]; fy++) {
        const int y = y0 + fy * step->op->dilation[0];

        for (int fx = 0; fx < size[2]; fx++) {
            const int x = x0 + fx * step->op->dilation[1];

            if (y < 0 || y >= in[1] || x < 0 || x >= in[2])
                continue;
            sum += filter[(fy * size[2] + fx) * size[3] + channel] *
                   image[(y * in[2] + x) * in[3] + from];
        }
    }
    return sum;
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int image_size = in[1] * in[2] * in[3];
    const gint32 *bias = step->bias ? (const gint32 *)step->bias->data : NULL;
    int at = 0;

    for (int i = 0; i < out[0] * out[1] * out[2]; i++) {
        const int image = i / (out[1] * out[2]);
        const int y0 = i / out[2] % out[1] * step->op->stride[0] - step->pad[0];
        const int x0 = i % out[2] * step->op->stride[1] - step->pad[1];

        for (int c = 0; c < out[3]; c++, at++) {
            if (step->is_float) {
                const float sum =
                    sum_float(step, (const float *)input + image * image_size, y0, x0, c) +
                    (bias ? ((const float *)bias)[c] : 0);

                ((float *)output)[at] = CLAMP(sum, step->float_min, step->float_max);
            } else {
                const gint32 sum = wg_fixed_add(
                    sum_int8(step, (const gint8 *)input + image * image_size, y0, x0, c),
                    bias ? bias[c] : 0);
                const gint32 scaled =
                    wg_fixed_add(wg_fixed_multiply(sum, step->mantissas[c], step->shifts[c]),
                                 (gint32)step->out->zero_points[0]);

                ((gint8 *)output)[at] = (gint8)CLAMP(scaled, -128, 127);
            }
        }
    }
}

const WgInt8Op wg_int8_op_depthwise_conv_2d = {
    WG_TFLITE_DEPTHWISE_CONV_2D, prepare, run, {28, 28}, {4, 4}, {52, 52},
};
