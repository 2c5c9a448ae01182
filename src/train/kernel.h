/* Vectorised inner loops of the layers, built for several machines and chosen at run time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_LANES 16 /* floats of the widest vector: rows of packed weights are multiples of it */

/* Loops over arrays that gain from wide vectors: built thrice, chosen when the program starts.
 * clang 14 defines the chooser under another name than the one that other files call. */
#if defined(__x86_64__) && !defined(__clang__)
#define WG_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WG_WIDE
#endif

static inline int
wg_round_up_lanes(int n)
{
    return (n + WG_LANES - 1) / WG_LANES * WG_LANES;
}

/* A product of two matrices, neither of which need be written out: for runs t of values k
 * c[i c_step + j] = start[j] + sum_t,k a[i row_step + t a_run + k a_step] b[t b_run + k b_step + j]
 * for n_rows x n_columns. One of row_step and a_step is 1. */
typedef struct {
    int n_rows, n_columns, c_step;
    int n_runs, n_values;
    int row_step, a_run, a_step;
    int b_run, b_step;
    const float *start; /* n_columns, or NULL: zeros */
} WgProduct;

/* A convolution of stride 1 as its gradients are followed one by one. */
typedef struct {
    int units, n_taps, dilation, channels; /* tap k of row r sees sample r + k dilation of x */
    int step;                              /* floats from one sample of x to the next */
    int n_rows, in_length, before;         /* and so sample r + k dilation - before of dx */
} WgTaps;

/* All may read and write up to WG_LANES - 1 values behind the arrays that they are given. */
typedef struct {
    void (*multiply)(const WgProduct *product, const float *a, const float *b, float *c);

    /* Where dy[r,f] is not 0: sums[f,k,:] += dy x[r + k dilation,:] and
     * dx[r + k dilation - before,:] += dy weights[f,k,:], `sums` and `weights` units x taps x
     * lanes, lanes = channels rounded up, those of weights beyond channels zero. `dx` may be NULL.
     */
    void (*follow)(const WgTaps *taps, const float *x, const float *dy, const float *weights,
                   float *sums, float *dx);
    /* The same for a dy behind a pool: dy[t,f] of n_out x units belongs to row places[t,f] of what
     * was pooled, none where that is negative. */
    void (*follow_pooled)(const WgTaps *taps, const float *x, const float *dy, const gint32 *places,
                          int n_out, const float *weights, float *sums, float *dx);
    /* y[t,c] = max(0, max_r x[t pool + r, c]) for r < pool and n_out x channels, and the row of the
     * first of equals, -1 where y is 0. */
    void (*pool_rectified)(const float *x, int pool, int n_out, int channels, float *y,
                           gint32 *places);

    /* sums[c] = sum_r x[r,c] */
    void (*sum_rows)(const float *x, int n_rows, int channels, float *sums);
    /* mean[c] = sum_r x[r,c] / rows, variance[c] = sum_r (x[r,c] - mean[c])^2 / rows */
    void (*measure)(const float *x, int n_rows, int channels, float *mean, float *variance);
    /* y = factor x + offset, below 0 too or not */
    void (*scale_rows)(const float *x, int n_rows, int channels, const float *factor,
                       const float *offset, gboolean is_rectified, float *y);
    /* pool_rectified of factor x + offset */
    void (*pool_scaled)(const float *x, int pool, int n_out, int channels, const float *factor,
                        const float *offset, float *y, gint32 *places);
    /* With m = dy where y > 0 (y NULL: everywhere): sum[c] = sum_r m, sum_h[c] = sum_r m (x - mean)
     */
    void (*sum_gradients)(const float *x, const float *y, const float *dy, int n_rows, int channels,
                          const float *mean, float *sum, float *sum_h);
    /* dx = by_dy m + by_x x + offset, with m as above */
    void (*mix_gradients)(const float *x, const float *y, const float *dy, int n_rows, int channels,
                          const float *by_dy, const float *by_x, const float *offset, float *dx);
} WgKernels;

/* Those of the widest vectors that the machine has. */
const WgKernels *wg_kernels_get(void);

G_END_DECLS
