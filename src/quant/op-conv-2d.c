/* CONV_2D: int8 with a scale a channel (TFLM reference_integer_ops/conv.h), and float. */
#include "base/error.h"
#include "quant/dot.h"
#include "quant/fixed-point.h"
#include "quant/op.h"

#include <string.h>

/* The weights as wg_dot_wide takes them. */
static void
widen(WgInt8Step *step)
{
    const int *size = step->filter->info.dims;
    const int n = size[1] * size[2] * size[3];
    const gint8 *weights = (const gint8 *)step->filter->data;

    step->n_wide = (n + WG_DOT_STEP - 1) / WG_DOT_STEP * WG_DOT_STEP;
    step->wide = g_new0(gint16, (gsize)step->n_wide * (gsize)size[0]);
    for (int i = 0; i < size[0]; i++) {
        for (int k = 0; k < n; k++)
            step->wide[(gsize)i * (gsize)step->n_wide + (gsize)k] =
                weights[(gsize)i * (gsize)n + (gsize)k];
    }
    step->scratch_bytes = (gsize)step->n_wide * sizeof(gint16);
}

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int *filter;

    if (!step->filter) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "CONV_2D has no weights and bias, which crashes the watch");
        return FALSE;
    }
    filter = step->filter->info.dims;
    if (!wg_int8_step_check_types(step, TRUE, error) || !wg_int8_step_check_window(step, error))
        return FALSE;
    if (step->filter->info.n_dims != 4 || filter[3] != in[3] || filter[0] != out[3] ||
        (step->bias && step->bias->info.n_elements != out[3])) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    "CONV_2D of %d channels to %d has weights for %d to %d", in[3], out[3],
                    filter[3], filter[0]);
        return FALSE;
    }
    for (int axis = 0; axis < 2; axis++)
        step->pad[axis] = wg_int8_step_pad(step, axis, filter[1 + axis], step->op->dilation[axis]);
    wg_int8_step_set_activation(step);
    if (step->is_float)
        return TRUE;
    widen(step);
    return wg_int8_step_set_channel_multipliers(step, out[3], 0, error);
}

/* The first tap and the one after the last of n that lie inside 0 .. length - 1. */
static void
find_inside(int start, int dilation, int n, int length, int *first, int *after)
{
    *first = start < 0 ? (-start + dilation - 1) / dilation : 0;
    *after = start < length ? MIN(n, (length - 1 - start) / dilation + 1) : 0;
}

/* The taps of one output position that lie inside the input: from first to before after. */
typedef struct {
    int y0, x0; /* where tap 0 lies in the input, maybe outside */
    int first_y, after_y, first_x, after_x;
} Taps;

static void
find_taps(const WgInt8Step *step, int y0, int x0, Taps *taps)
{
    const int *in = step->in->info.dims, *size = step->filter->info.dims;

    taps->y0 = y0;
    taps->x0 = x0;
    find_inside(y0, step->op->dilation[0], size[1], in[1], &taps->first_y, &taps->after_y);
    find_inside(x0, step->op->dilation[1], size[2], in[2], &taps->first_x, &taps->after_x);
}

/* x - zero point under each tap, 0 outside the input and behind the last one */
static void
gather(const WgInt8Step *step, const Taps *taps, const gint8 *image, gint16 *window)
{
    const int *in = step->in->info.dims, *size = step->filter->info.dims;
    const int *dilation = step->op->dilation;
    const int channels = in[3];
    const gint16 offset = (gint16)-step->in->zero_points[0];

    memset(window, 0, (gsize)step->n_wide * sizeof *window);
    for (int fy = taps->first_y; fy < taps->after_y; fy++) {
        for (int fx = taps->first_x; fx < taps->after_x; fx++) {
            const int y = taps->y0 + fy * dilation[0], x = taps->x0 + fx * dilation[1];
            const gint8 *values = image + (y * in[2] + x) * channels;
            gint16 *to = window + (fy * size[2] + fx) * channels;

            for (int c = 0; c < channels; c++)
                to[c] = (gint16)(values[c] + offset);
        }
    }
}

static gint8
requantize(const WgInt8Step *step, gint32 sum, int channel)
{
    const gint32 scaled =
        wg_fixed_add(wg_fixed_multiply(sum, step->mantissas[channel], step->shifts[channel]),
                     (gint32)step->out->zero_points[0]);

    return (gint8)CLAMP(scaled, step->activation_min, step->activation_max);
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

/* acc = sum filter (x - zero point) over the taps inside the input */
static void
run_int8(const WgInt8Step *step, const gint8 *image, int y0, int x0, gint8 *output, gint16 *window)
{
    const gint32 *bias = step->bias ? (const gint32 *)step->bias->data : NULL;
    Taps taps;

    find_taps(step, y0, x0, &taps);
    gather(step, &taps, image, window);
    for (int c = 0; c < step->filter->info.dims[0]; c++) {
        const gint32 sum =
            wg_dot_wide(step->wide + (gsize)c * (gsize)step->n_wide, window, step->n_wide);

        output[c] = requantize(step, wg_fixed_add(sum, bias ? bias[c] : 0), c);
    }
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int image_size = in[1] * in[2] * in[3];

    for (int i = 0; i < out[0] * out[1] * out[2]; i++) {
        const int image = i / (out[1] * out[2]) * image_size;
        const int y0 = i / out[2] % out[1] * step->op->stride[0] - step->pad[0];
        const int x0 = i % out[2] * step->op->stride[1] - step->pad[1];

        if (step->is_float)
            run_float(step, (const float *)input + image, y0, x0, (float *)output + i * out[3]);
        else
            run_int8(step, (const gint8 *)input + image, y0, x0, (gint8 *)output + i * out[3],
                     scratch);
    }
}

const WgInt8Op wg_int8_op_conv_2d = {
    WG_TFLITE_CONV_2D, prepare, run, {24, 24}, {4, 4}, {52, 52},
};
