/* The sums of products of the int8 layers in plain C, for every processor. */
#include "quant/fixed-point.h"
#include "quant/kernel.h"

#include <string.h>

static gboolean
is_here(void)
{
    return TRUE;
}

/* The lanes that are channels of one window, as int8. */
static void
requantize(const WgKernel *kernel, const guint32 *sums, int lane, gint8 *y)
{
    const int after = MIN(lane + WG_KERNEL_LANES, kernel->n_channels);

    for (int c = lane; c < after; c++) {
        const guint32 sum = sums[c - lane] + (guint32)kernel->bias[c];
        const gint32 high =
            wg_fixed_high_multiply((gint32)(sum << kernel->lefts[c]), kernel->mantissas[c]);

        y[c] = (gint8)wg_fixed_bound(
            wg_fixed_add(wg_fixed_divide_by_power(high, kernel->rights[c]), kernel->zero_point),
            kernel->min, kernel->max);
    }
}

static void
sum_pairs(const WgKernel *kernel, const gint16 *x, const int *at, int n, gint8 *y)
{
    for (int i = 0; i < n; i++) {
        for (int lane = 0; lane < kernel->n_lanes; lane += WG_KERNEL_LANES) {
            guint32 sums[WG_KERNEL_LANES] = {0};

            for (int step = 0; step < kernel->n_steps; step++) {
                const gint16 *values = x + at[i] + kernel->steps_at[step];
                const gint16 *weights = kernel->weights + (step * kernel->n_lanes + lane) * 2;

                for (int l = 0; l < WG_KERNEL_LANES; l++)
                    sums[l] += (guint32)((gint32)weights[2 * l] * values[0] +
                                         (gint32)weights[2 * l + 1] * values[1]);
            }
            requantize(kernel, sums, lane, y + (gsize)i * (gsize)kernel->n_channels);
        }
    }
}

static void
sum_depthwise(const WgKernel *kernel, const gint16 *x, const int *at, int n, gint8 *y)
{
    for (int i = 0; i < n; i++) {
        for (int lane = 0; lane < kernel->n_lanes; lane += WG_KERNEL_LANES) {
            guint32 sums[WG_KERNEL_LANES] = {0};

            for (int step = 0; step < kernel->n_steps; step++) {
                const gint16 *values = x + at[i] + kernel->steps_at[step] + lane;
                const gint16 *weights = kernel->weights + step * kernel->n_lanes + lane;

                for (int l = 0; l < WG_KERNEL_LANES; l++)
                    sums[l] += (guint32)((gint32)weights[l] * values[l]);
            }
            requantize(kernel, sums, lane, y + (gsize)i * (gsize)kernel->n_channels);
        }
    }
}

const WgKernelForms wg_kernel_portable = {"portable", is_here, sum_pairs, sum_depthwise};
