/* CONV_2D: int8 with a scale a channel (TFLM reference_integer_ops/conv.h), and float. */
#include "base/error.h"
#include "quant/kernel.h"
#include "quant/wide-image.h"

#include <glib/gi18n.h>

/* Of the int8 form: where the windows lie, and the weights beside them. */
static gboolean
prepare_kernel(WgInt8Step *step, GError **error)
{
    const int *size = step->filter->info.dims;

    step->image = wg_wide_image_new(step, size + 1, 1, error);
    if (!step->image || !wg_int8_step_set_channel_multipliers(step, size[0], 0, error))
        return FALSE;
    step->kernel = wg_kernel_new_pairs(size[0], step->image->n_runs, step->image->runs_at,
                                       step->image->run_length, (const gint8 *)step->filter->data,
                                       0, step->bias ? (const gint32 *)step->bias->data : NULL);
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
                    _("CONV_2D has %d inputs, not input, weights and bias: that crashes the watch"),
                    step->op->n_inputs);
        return FALSE;
    }
    filter = step->filter->info.dims;
    if (!wg_int8_step_check_types(step, TRUE, error))
        return FALSE;
    if (step->filter->info.n_dims != 4 || filter[3] != in[3] || filter[0] != out[3] ||
        (step->bias && step->bias->info.n_elements != out[3])) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("CONV_2D of %d channels to %d has weights for %d to %d"), in[3], out[3],
                    filter[3], filter[0]);
        return FALSE;
    }
    if (!wg_int8_step_check_window(step, filter + 1, error))
        return FALSE;
    for (int axis = 0; axis < 2; axis++)
        step->pad[axis] = wg_int8_step_pad(step, axis, filter[1 + axis], step->op->dilation[axis]);
    wg_int8_step_set_activation(step);
    return step->is_float || prepare_kernel(step, error);
}

static float
sum_taps_float(const WgInt8Step *step, const float *image, const float *filter, int y0, int x0)
{
    const int *in = step->in->info.dims, *size = step->filter->info.dims;
    float sum = 0;

    for (int fy = 0; fy < size[1]; fy++) {
        const int y = y0 + fy * step->op->dilation[0];

        for (int fx = 0; fx < size[2]; fx++) {
            const int x = x0 + fx * step->op->dilation[1];

            if (y < 0 || y >= in[1] || x < 0 || x >= in[2])
                continue;
            for (int c = 0; c < in[3]; c++)
                sum += image[(y * in[2] + x) * in[3] + c] * filter[(fy * size[2] + fx) * in[3] + c];
        }
    }
    return sum;
}

static void
run_float(const WgInt8Step *step, const float *image, int y0, int x0, float *output)
{
    const int *size = step->filter->info.dims;
    const int filter_size = size[1] * size[2] * size[3];
    const float *bias = step->bias ? (const float *)step->bias->data : NULL;

    for (int c = 0; c < size[0]; c++) {
        const float sum =
            sum_taps_float(step, image, (const float *)step->filter->data + c * filter_size, y0,
                           x0) +
            (bias ? bias[c] : 0);

        output[c] = CLAMP(sum, step->float_min, step->float_max);
    }
}

/* acc = sum filter (x - zero point) over the taps inside the input: outside there are zeros */
static void
run_int8(const WgInt8Step *step, const gint8 *input, gint8 *output, gint16 *wide)
{
    const int *in = step->in->info.dims;
    const int n_windows = step->image->n_windows;

    for (int i = 0; i < in[0]; i++) {
        wg_wide_image_fill(step->image, step, input + i * in[1] * in[2] * in[3], wide);
        step->kernel->run(step->kernel, wide, step->image->windows_at, n_windows,
                          output + i * n_windows * step->kernel->n_channels);
    }
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int image_size = in[1] * in[2] * in[3];

    if (!step->is_float) {
        run_int8(step, input, output, scratch);
        return;
    }
    for (int i = 0; i < out[0] * out[1] * out[2]; i++) {
        const int image = i / (out[1] * out[2]) * image_size;
        const int y0 = i / out[2] % out[1] * step->op->stride[0] - step->pad[0];
        const int x0 = i % out[2] * step->op->stride[1] - step->pad[1];

        run_float(step, (const float *)input + image, y0, x0, (float *)output + i * out[3]);
    }
}

const WgInt8Op wg_int8_op_conv_2d = {
    WG_TFLITE_CONV_2D, "CONV_2D", WG_TFLITE_OPTIONS_CONV_2D, prepare, run, {24, 24}, {4, 4},
    {52, 52},
};
