/* AVERAGE_POOL_2D: int8 rounded half away from zero, padding not counted; and float. */
#include "quant/pool.h"

static float
mean_float(const WgInt8Step *step, const float *image, const int y[2], const int x[2], int c)
{
    const int *in = step->in->info.dims;
    float sum = 0, n = 0;

    for (int j = y[0]; j < y[1]; j++) {
        for (int k = x[0]; k < x[1]; k++, n++)
            sum += image[(j * in[2] + k) * in[3] + c];
    }
    return n > 0 ? CLAMP(sum / n, step->float_min, step->float_max) : 0;
}

static gint8
mean_int8(const WgInt8Step *step, const gint8 *image, const int y[2], const int x[2], int c)
{
    const int *in = step->in->info.dims;
    gint32 sum = 0, n = 0;

    for (int j = y[0]; j < y[1]; j++) {
        for (int k = x[0]; k < x[1]; k++, n++)
            sum += image[(j * in[2] + k) * in[3] + c];
    }
    if (n == 0)
        return 0;
    sum = sum > 0 ? (sum + n / 2) / n : (sum - n / 2) / n;
    return (gint8)CLAMP(sum, step->activation_min, step->activation_max);
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int image_size = in[1] * in[2] * in[3];
    int at = 0;

    for (int i = 0; i < out[0] * out[1] * out[2]; i++) {
        const int image = i / (out[1] * out[2]);
        int y[2], x[2];

        wg_int8_pool_window(step, i, y, x);
        for (int c = 0; c < out[3]; c++, at++) {
            if (step->is_float)
                ((float *)output)[at] =
                    mean_float(step, (const float *)input + image * image_size, y, x, c);
            else
                ((gint8 *)output)[at] =
                    mean_int8(step, (const gint8 *)input + image * image_size, y, x, c);
        }
    }
}

const WgInt8Op wg_int8_op_average_pool_2d = {
    WG_TFLITE_AVERAGE_POOL_2D, wg_int8_pool_prepare, run, {40, 40}, {4, 4}, {32, 32},
};
