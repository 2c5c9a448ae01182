/* DEPTHWISE_CONV_2D with the two faults of the firmware's kernel: in int8 the fused activation is
 * ignored, and SAME padding is computed as if the dilation were 1 (tests/data/golden, dw*). */
#include "base/error.h"
#include "quant/kernel.h"
#include "quant/wide-image.h"

#include <glib/gi18n.h>

/* Of the int8 form: each channel as often as it has outputs, so that output c takes value c. */
static gboolean
prepare_kernel(WgInt8Step *step, GError **error)
{
    const int *size = step->filter->info.dims;
    const int n_taps = size[1] * size[2];
    g_autofree int *taps_at = NULL;

    step->image = wg_wide_image_new(step, size + 1, step->op->depth_multiplier, error);
    if (!step->image || !wg_int8_step_set_channel_multipliers(step, size[3], 3, error))
        return FALSE;
    taps_at = g_new(int, n_taps);
    for (int i = 0; i < n_taps; i++)
        taps_at[i] = (i / size[2] * step->op->dilation[0] * step->image->columns +
                      i % size[2] * step->op->dilation[1]) *
                     step->image->depth;
    step->kernel =
        wg_kernel_new_depthwise(size[3], n_taps, taps_at, (const gint8 *)step->filter->data,
                                step->bias ? (const gint32 *)step->bias->data : NULL);
    step->activation_min = -128;
    step->activation_max = 127;
    wg_int8_step_set_kernel_scales(step);
    step->scratch_bytes = wg_wide_image_bytes(step->image);
    return TRUE;
}

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int *filter;

    if (!step->filter) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("DEPTHWISE_CONV_2D has %d inputs, not input, weights and bias: that crashes "
                      "the watch"),
                    step->op->n_inputs);
        return FALSE;
    }
    filter = step->filter->info.dims;
    if (!wg_int8_step_check_types(step, TRUE, error))
        return FALSE;
    if (step->filter->info.n_dims != 4 || step->op->depth_multiplier < 1 ||
        step->op->depth_multiplier > 1024 || filter[3] != out[3] ||
        in[3] * step->op->depth_multiplier != out[3] ||
        (step->bias && step->bias->info.n_elements != out[3])) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_INPUT,
            _("DEPTHWISE_CONV_2D of %d channels, %d each, has %d outputs and weights for %d"),
            in[3], step->op->depth_multiplier, out[3], filter[3]);
        return FALSE;
    }
    if (!wg_int8_step_check_window(step, filter + 1, error))
        return FALSE;
    for (int axis = 0; axis < 2; axis++)
        step->pad[axis] = wg_int8_step_pad(step, axis, filter[1 + axis], 1);
    wg_int8_step_set_activation(step);
    return step->is_float || prepare_kernel(step, error);
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
run_float(const WgInt8Step *step, const float *input, float *output)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const float *bias = step->bias ? (const float *)step->bias->data : NULL;
    int at = 0;

    for (int i = 0; i < out[0] * out[1] * out[2]; i++) {
        const float *image = input + i / (out[1] * out[2]) * in[1] * in[2] * in[3];
        const int y0 = i / out[2] % out[1] * step->op->stride[0] - step->pad[0];
        const int x0 = i % out[2] * step->op->stride[1] - step->pad[1];

        for (int c = 0; c < out[3]; c++, at++) {
            const float sum = sum_float(step, image, y0, x0, c) + (bias ? bias[c] : 0);

            output[at] = CLAMP(sum, step->float_min, step->float_max);
        }
    }
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const int *in = step->in->info.dims;
    const gint8 *images = input;
    gint8 *y = output;

    if (step->is_float) {
        run_float(step, input, output);
        return;
    }
    for (int i = 0; i < in[0]; i++, images += in[1] * in[2] * in[3]) {
        wg_wide_image_fill(step->image, step, images, scratch);
        step->kernel->run(step->kernel, scratch, step->image->windows_at, step->image->n_windows,
                          y);
        y += step->image->n_windows * step->kernel->n_channels;
    }
}

const WgInt8Op wg_int8_op_depthwise_conv_2d = {
    WG_TFLITE_DEPTHWISE_CONV_2D,
    "DEPTHWISE_CONV_2D",
    WG_TFLITE_OPTIONS_DEPTHWISE_CONV_2D,
    prepare,
    run,
    {28, 28},
    {4, 4},
    {52, 52},
};
