/* The sums of products of the int8 layers, many channels at a time. Inside quant/ only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_KERNEL_LANES 8 /* channels are filled up to a multiple of it */
#define WG_KERNEL_SLACK                                                                            \
    64 /* bytes that may be read, never used, behind the input and the weights */

typedef struct _WgKernel WgKernel;

/* y = n windows x n_channels; x is the input as 16 bits without its zero point, window i begins at
 * x + at[i]. */
typedef void (*WgKernelRun)(const WgKernel *kernel, const gint16 *x, const int *at, int n,
                            gint8 *y);

/* How a layer's weights are laid out and its sums are scaled. Every form of a run gives the same
 * bits: sums wrap as 32 bits do, and are scaled as fixed-point.h says. */
struct _WgKernel {
    WgKernelRun run;
    int n_channels, n_lanes;
    /* a step takes two values of a window and their weights, of depthwise one and each channel's
     * own; it begins at steps_at[i] from the window's start */
    int n_steps;
    int *steps_at;
    gint16 *weights; /* n_steps x n_lanes x 2, of depthwise n_steps x n_lanes */
    gint32 *bias, *mantissas, *lefts, *rights; /* n_lanes each; shifts, 0..31 */
    gint32 zero_point, min, max;
};

/* One set of forms for each kind of processor. */
typedef struct {
    const char *name;
    gboolean (*is_here)(void);
    WgKernelRun sum_pairs, sum_depthwise;
} WgKernelForms;

extern const WgKernelForms wg_kernel_portable, wg_kernel_avx2, wg_kernel_avx512;
/* The fastest of this processor. */
const WgKernelForms *wg_kernel_find(void);

/* A layer of n_channels outputs, each with weights over n_runs runs of run_length values that
 * follow one another in the input, run i from runs_at[i] on. weights: n_channels x n_runs x
 * run_length, offset is added to each. bias: n_channels or NULL. Scales are the caller's to set. */
WgKernel *wg_kernel_new_pairs(int n_channels, int n_runs, const int *runs_at, int run_length,
                              const gint8 *weights, int offset, const gint32 *bias);
/* Each output channel takes its own input channel alone; weights: n_taps x n_channels. */
WgKernel *wg_kernel_new_depthwise(int n_channels, int n_taps, const int *taps_at,
                                  const gint8 *weights, const gint32 *bias);
/* n_multipliers: n_channels or 1 */
void wg_kernel_set_scales(WgKernel *self, int n_multipliers, const gint32 *mantissas,
                          const int *shifts, int zero_point, int min, int max);
void wg_kernel_free(WgKernel *self);
/* y[i] = x[i] + offset */
void wg_kernel_widen(const gint8 *x, int n, int offset, gint16 *y);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgKernel, wg_kernel_free)

G_END_DECLS
