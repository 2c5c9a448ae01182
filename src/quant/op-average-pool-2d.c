/* AVERAGE_POOL_2D: int8 rounded half away from zero, padding not counted; and float. */
#include "quant/fixed-point.h"
#include "quant/pool.h"

#define N_LANES 16 /* channels at a time */

static float
mean_float(const WgInt8Step *step, const float *image, const int y[2], const int x[2], int c)
{
    const int *in = step->in->info.dims;
    float sum = 0;
    int n = 0;

    for (int j = y[0]; j < y[1]; j++) {
        for (int k = x[0]; k < x[1]; k++, n++)
            sum += image[(j * in[2] + k) * in[3] + c];
    }
    return n > 0 ? CLAMP(sum / (float)n, step->float_min, step->float_max) : 0;
}

/* The means of n channels from x on, n at most N_LANES. */
static void
mean_int8(const WgInt8Step *step, const gint8 *image, const int y[2], const int x[2], int n,
          gint8 *means)
{
    const int *in = step->in->info.dims;
    const gint32 n_values = MAX(0, y[1] - y[0]) * MAX(0, x[1] - x[0]), half = n_values / 2;
    gint32 sums[N_LANES] = {0};

    for (int j = y[0]; j < y[1]; j++) {
        for (int k = x[0]; k < x[1]; k++) {
            const gint8 *values = image + (j * in[2] + k) * in[3];

            for (int c = 0; c < n; c++)
                sums[c] += values[c];
        }
    }
    for (int c = 0; c < n; c++) {
        const gint32 mean = (sums[c] > 0 ? sums[c] + half : sums[c] - half) / MAX(n_values, 1);

        means[c] = (gint8)wg_fixed_bound(mean, step->activation_min, step->activation_max);
    }
}

static void
run_int8(const WgInt8Step *step, const gint8 *input, gint8 *output)
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;

    for (int i = 0; i < out[0] * out[1] * out[2]; i++, output += out[3]) {
        const gint8 *image = input + i / (out[1] * out[2]) * in[1] * in[2] * in[3];
        int y[2], x[2];

        wg_int8_pool_window(step, i, y, x);
        for (int c = 0; c < out[3]; c += N_LANES)
            mean_int8(step, image + c, y, x, MIN(N_LANES, out[3] - c), output + c);
    }
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    if (step->is_float)
        wg_int8_pool_run_float(step, input, output, mean_float);
    else
        run_int8(step, input, output);
}

const WgInt8Op wg_int8_op_average_pool_2d = {
    WG_TFLITE_AVERAGE_POOL_2D,
    "AVERAGE_POOL_2D",
    WG_TFLITE_OPTIONS_POOL_2D,
    wg_int8_pool_prepare,
    run,
    {40, 40},
    {4, 4},
    {32, 32},
};
