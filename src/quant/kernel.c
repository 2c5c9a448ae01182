/* Lays out an int8 layer's weights for the form that this processor runs fastest. */
#include "quant/kernel.h"

#include "quant/clones.h"

static const WgKernelForms *const forms[] = {
#if defined(__x86_64__)
    &wg_kernel_avx512,
    &wg_kernel_avx2,
#endif
    &wg_kernel_portable,
};

const WgKernelForms *
wg_kernel_find(void)
{
    int i = 0;

    /* the last is everywhere: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
    while (!forms[i]->is_here())
        i++;
    return forms[i];
}

static gpointer
new_lanes(int n_lanes)
{
    return g_malloc0((gsize)n_lanes * sizeof(gint32) + WG_KERNEL_SLACK);
}

static WgKernel *
new_kernel(int n_channels, int n_steps, int n_each, const gint32 *bias)
{
    WgKernel *self = g_new0(WgKernel, 1);

    self->n_channels = n_channels;
    self->n_lanes = (n_channels + WG_KERNEL_LANES - 1) / WG_KERNEL_LANES * WG_KERNEL_LANES;
    self->n_steps = n_steps;
    self->steps_at = g_new0(int, n_steps);
    self->weights = g_malloc0(
        (gsize)n_steps * (gsize)self->n_lanes * (gsize)n_each * sizeof(gint16) + WG_KERNEL_SLACK);
    self->bias = new_lanes(self->n_lanes);
    self->mantissas = new_lanes(self->n_lanes);
    self->lefts = new_lanes(self->n_lanes);
    self->rights = new_lanes(self->n_lanes);
    for (int c = 0; bias && c < n_channels; c++)
        self->bias[c] = bias[c];
    return self;
}

WgKernel *
wg_kernel_new_pairs(int n_channels, int n_runs, const int *runs_at, int run_length,
                    const gint8 *weights, int offset, const gint32 *bias)
{
    const int n_pairs = (run_length + 1) / 2;
    WgKernel *self = new_kernel(n_channels, n_runs * n_pairs, 2, bias);
    const gsize size = (gsize)n_runs * (gsize)run_length;

    self->run = wg_kernel_find()->sum_pairs;
    for (int run = 0; run < n_runs; run++) {
        for (int pair = 0; pair < n_pairs; pair++) {
            const int step = run * n_pairs + pair;
            gint16 *to = self->weights + (gsize)step * (gsize)self->n_lanes * 2;
            const gint8 *from = weights + (gsize)run * (gsize)run_length + 2 * (gsize)pair;

            self->steps_at[step] = runs_at[run] + 2 * pair;
            for (int c = 0; c < n_channels; c++) {
                to[2 * c] = (gint16)(from[(gsize)c * size] + offset);
                /* an odd run's last pair reads a value of what follows, and takes it zero times */
                if (2 * pair + 1 < run_length)
                    to[2 * c + 1] = (gint16)(from[(gsize)c * size + 1] + offset);
            }
        }
    }
    return self;
}

WgKernel *
wg_kernel_new_depthwise(int n_channels, int n_taps, const int *taps_at, const gint8 *weights,
                        const gint32 *bias)
{
    WgKernel *self = new_kernel(n_channels, n_taps, 1, bias);

    self->run = wg_kernel_find()->sum_depthwise;
    for (int i = 0; i < n_taps; i++) {
        self->steps_at[i] = taps_at[i];
        for (int c = 0; c < n_channels; c++)
            self->weights[(gsize)i * (gsize)self->n_lanes + (gsize)c] =
                weights[(gsize)i * (gsize)n_channels + (gsize)c];
    }
    return self;
}

void
wg_kernel_set_scales(WgKernel *self, int n_multipliers, const gint32 *mantissas, const int *shifts,
                     int zero_point, int min, int max)
{
    for (int c = 0; c < self->n_channels; c++) {
        const int shift = shifts[n_multipliers > 1 ? c : 0];

        self->mantissas[c] = mantissas[n_multipliers > 1 ? c : 0];
        self->lefts[c] = MAX(shift, 0);
        self->rights[c] = MAX(-shift, 0);
    }
    self->zero_point = zero_point;
    self->min = min;
    self->max = max;
}

void
wg_kernel_free(WgKernel *self)
{
    g_free(self->steps_at);
    g_free(self->weights);
    g_free(self->bias);
    g_free(self->mantissas);
    g_free(self->lefts);
    g_free(self->rights);
    g_free(self);
}

WG_CLONES void
wg_kernel_widen(const gint8 *x, int n, int offset, gint16 *y)
{
    for (int i = 0; i < n; i++)
        y[i] = (gint16)(x[i] + offset);
}
