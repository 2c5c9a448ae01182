/* Vectorised inner loops of convolution, chosen at run time for the machine. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_LANES 8 /* floats of a 32-byte vector: outputs are worked on in groups of so many */

/* Loops over arrays that gain from wide vectors: built twice, chosen when the program starts. */
#if defined(__x86_64__)
#define WG_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WG_WIDE
#endif

static inline int
wg_round_up_lanes(int n)
{
    return (n + WG_LANES - 1) / WG_LANES * WG_LANES;
}

/* Where output row r, value k of its patch lies: x[r row_step + offsets[k]]. */
typedef struct {
    const int *offsets; /* n_values */
    int n_values, row_step, n_rows;
} WgPatches;

/* y[r,f] = bias[f] + sum_k x[r row_step + offsets[k]] w[k,f] for n_rows x units.
 * `weights` is n_values x lanes and `bias` lanes, lanes = units rounded up, the rest zero. Writes
 * up to WG_LANES - 1 floats behind y. */
void wg_kernel_correlate(const WgPatches *patches, const float *x, const float *weights,
                         const float *bias, int units, float *y);
/* sums[k,f] += sum_r x[r row_step + offsets[k]] dy[r,f], sums n_values x lanes, what is in lanes
 * beyond units being of no meaning. Reads up to WG_LANES - 1 floats behind dy. */
void wg_kernel_accumulate(const WgPatches *patches, const float *x, const float *dy, int units,
                          float *sums);
/* sums[f] += sum_r dy[r,f], `sums` lanes floats. Reads behind dy as above. */
void wg_kernel_sum_rows(const float *dy, int n_rows, int units, float *sums);

/* A convolution of stride 1 as its gradients are followed one by one. */
typedef struct {
    int units, n_taps, dilation, channels; /* tap k of row r sees sample r + k dilation of x */
    int step;                              /* floats from one sample of x to the next */
    int n_rows, in_length, before;         /* and so sample r + k dilation - before of dx */
} WgTaps;

/* Where dy[r,f] is not 0: sums[f,k,:] += dy x[r + k dilation,:] and
 * dx[r + k dilation - before,:] += dy weights[f,k,:], `sums` and `weights` units x taps x lanes,
 * lanes = channels rounded up, those of weights beyond channels zero. `dx` may be NULL. Reads and
 * writes up to WG_LANES - 1 floats behind x and dx. */
void wg_kernel_follow(const WgTaps *taps, const float *x, const float *dy, const float *weights,
                      float *sums, float *dx);
/* The same for a dy behind a pool: dy[t,f] of n_out x units belongs to row places[t,f] of what was
 * pooled, none where that is negative. */
void wg_kernel_follow_pooled(const WgTaps *taps, const float *x, const float *dy,
                             const gint32 *places, int n_out, const float *weights, float *sums,
                             float *dx);
/* y[t,c] = max(0, max_r x[t pool + r, c]) for r < pool and n_out x channels, and the row of the
 * first of equals, -1 where y is 0. Reads and writes up to WG_LANES - 1 values behind. */
void wg_kernel_pool_rectified(const float *x, int pool, int n_out, int channels, float *y,
                              gint32 *places);

G_END_DECLS
