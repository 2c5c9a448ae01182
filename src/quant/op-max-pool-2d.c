/* MAX_POOL_2D: int8 and float. */
#include "quant/pool.h"

#include <float.h>
#include <string.h>

/* channels at a time; the scratch memory goes on for as many behind the last tensor */
#define N_LANES 16
typedef gint8 Lanes __attribute__((vector_size(N_LANES)));

static inline Lanes
all_lanes(int value)
{
    return (Lanes){0} + (gint8)value;
}

static inline Lanes
larger(Lanes a, Lanes b)
{
    const Lanes is_a = a > b;

    return (a & is_a) | (b & ~is_a);
}

static inline Lanes
smaller(Lanes a, Lanes b)
{
    return larger(~a, ~b) ^ -1;
}

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

/* 16 channels from x on; what the last ones read of other pixels is not stored. */
static Lanes
largest_int8(const WgInt8Step *step, const gint8 *image, const int y[2], const int x[2])
{
    const int *in = step->in->info.dims;
    Lanes largest = all_lanes(-128);

    for (int j = y[0]; j < y[1]; j++) {
        for (int k = x[0]; k < x[1]; k++) {
            Lanes values;

            memcpy(&values, image + (j * in[2] + k) * in[3], sizeof values);
            largest = larger(largest, values);
        }
    }
    return largest;
}

static void
run_int8(const WgInt8Step *step, const gint8 *input, gint8 *output)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const Lanes min = all_lanes(MIN(step->activation_min, 127));
    const Lanes max = all_lanes(step->activation_max);

    for (int i = 0; i < out[0] * out[1] * out[2]; i++, output += out[3]) {
        const gint8 *image = input + i / (out[1] * out[2]) * in[1] * in[2] * in[3];
        int y[2], x[2];

        wg_int8_pool_window(step, i, y, x);
        for (int c = 0; c < out[3]; c += N_LANES) {
            const Lanes bounded = smaller(larger(largest_int8(step, image + c, y, x), min), max);

            memcpy(output + c, &bounded, (gsize)MIN(N_LANES, out[3] - c));
        }
    }
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    if (step->is_float)
        wg_int8_pool_run_float(step, input, output, largest_float);
    else
        run_int8(step, input, output);
}

const WgInt8Op wg_int8_op_max_pool_2d = {
    WG_TFLITE_MAX_POOL_2D,
    "MAX_POOL_2D",
    WG_TFLITE_OPTIONS_POOL_2D,
    wg_int8_pool_prepare,
    run,
    {40, 40},
    {4, 4},
    {32, 32},
};
