/* CONV_2D: int8 with a scale a channel (TFLM reference_integer_ops/conv.h), and float. */
#include "base/error.h"
#include "quant/dot.h"
#include "quant/fixed-point.h"
#include "quant/op.h"

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
    return step->is_float || wg_int8_step_set_channel_multipliers(step, out[3], 0, error);
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

/* acc = sum filter (x - zero point) over the taps; those side by side are one run of values */
static gint32
sum_taps(const WgInt8Step *step, const Taps *taps, const gint8 *image, const gint8 *filter)
{
    const int *in = step->in->info.dims, *size = step->filter->info.dims;
    const int *dilation = step->op->dilation;
    const int offset = -(int)step->in->zero_points[0], channels = in[3];
    const int n_x = taps->after_x - taps->first_x;
    gint32 sum = 0;

    if (n_x <= 0 || taps->after_y <= taps->first_y)
        return 0;
    if (in[2] == 1 && size[2] == 1 && dilation[0] == 1) /* a column is one run */
        return wg_dot(filter + taps->first_y * channels, 0,
                      image + (taps->y0 + taps->first_y) * channels, offset,
                      (taps->after_y - taps->first_y) * channels);
    for (int fy = taps->first_y; fy < taps->after_y; fy++) {
        const gint8 *row = image + (taps->y0 + fy * dilation[0]) * in[2] * channels;
        const gint8 *weights = filter + fy * size[2] * channels;

        if (dilation[1] == 1)
            sum = wg_fixed_add(sum, wg_dot(weights + taps->first_x * channels, 0,
                                           row + (taps->x0 + taps->first_x) * channels, offset,
                                           n_x * channels));
        for (int fx = taps->first_x; fx < taps->after_x && dilation[1] != 1; fx++)
            sum = wg_fixed_add(sum, wg_dot(weights + fx * channels, 0,
                                           row + (taps->x0 + fx * dilation[1]) * channels, offset,
                                           channels));
    }
    return sum;
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
run(const WgInt8Step *step, const void *input, void *output)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int *size = step->filter->info.dims;
    const int image_size = in[1] * in[2] * in[3], filter_size = size[1] * size[2] * size[3];
    const gint32 *bias = step->bias ? (const gint32 *)step->bias->data : NULL;
    int at = 0;

    for (int i = 0; i < out[0] * out[1] * out[2]; i++) {
        const int image = i / (out[1] * out[2]);
        const int y0 = i / out[2] % out[1] * step->op->stride[0] - step->pad[0];
        const int x0 = i % out[2] * step->op->stride[1] - step->pad[1];
        Taps taps;

        find_taps(step, y0, x0, &taps);
        for (int c = 0; c < out[3]; c++, at++) {
            if (step->is_float) {
                const float sum =
                    sum_taps_float(step, (const float *)input + image * image_size,
                                   (const float *)step->filter->data + c * filter_size, y0, x0) +
                    (bias ? ((const float *)bias)[c] : 0);

                ((float *)output)[at] = CLAMP(sum, step->float_min, step->float_max);
            } else {
                const gint32 sum = sum_taps(step, &taps, (const gint8 *)input + image * image_size,
                                            (const gint8 *)step->filter->data + c * filter_size);

                ((gint8 *)output)[at] = requantize(step, wg_fixed_add(sum, bias ? bias[c] : 0), c);
            }
        }
    }
}

const WgInt8Op wg_int8_op_conv_2d = {
    WG_TFLITE_CONV_2D, prepare, run, {24, 24}, {4, 4}, {52, 52},
};
