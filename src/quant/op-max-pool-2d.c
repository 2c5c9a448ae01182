/* MAX_POOL_2D: int8 and float. */
#include "quant/pool.h"

#include <float.h>

static float
largest_float(const WgInt8Step *step, const float *image, const int y[2], const int x[2], int c)
{
    const int *in = step->in->info.dims;
    float largest = -FLT_MAX;

    for (int j = y[0]; j < y[1]; j++) {
        for (int k = x[0]; k < x[1]; k++)
            largest = MAX(largest, image[(j * in[2] + k) * in[3] + c]);
    }
    return CLAMP(largest, step->float_min, step->float_max);
}

static gint8
largest_int8(const WgInt8Step *step, const gint8 *image, const int y[2], const int x[2], int c)
{
    const int *in = step->in->info.dims;
    int largest = -128;

    for (int j = y[0]; j < y[1]; j++) {
        for (int k = x[0]; k < x[1]; k++)
            largest = MAX(largest, image[(j * in[2] + k) * in[3] + c]);
    }
    return (gint8)CLAMP(largest, step->activation_min, step->activation_max);
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
                    largest_float(step, (const float *)input + image * image_size, y, x, c);
            else
                ((gint8 *)output)[at] =
                    largest_int8(step, (const gint8 *)input + image * image_size, y, x, c);
        }
    }
}

const WgInt8Op wg_int8_op_max_pool_2d = {
    WG_TFLITE_MAX_POOL_2D, wg_int8_pool_prepare, run, {40, 40}, {4, 4}, {32, 32},
};
