/* The smallest and the largest value of any stretch of a signal, however long, without reading it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many entries of one level are one of the next: a stretch of n samples costs at most about
 * 2 x 8 x log8(n) of them, and the levels above the samples 2/7 of their room. */
#define WG_PYRAMID_FACTOR 8

/* Samples of n_channels values each, that can be added to at the end. One thread at a time. */
typedef struct _WgPyramid WgPyramid;

WgPyramid *wg_pyramid_new(int n_channels);
void wg_pyramid_free(WgPyramid *self);
/* n samples of n_channels values; not a number: there is no value (a gap). They are copied. */
void wg_pyramid_append(WgPyramid *self, const float *samples, int n);
void wg_pyramid_clear(WgPyramid *self);
int wg_pyramid_get_n_channels(const WgPyramid *self);
int wg_pyramid_get_n(const WgPyramid *self); /* samples so far */
/* Sample i: n_channels values; valid until the next change. */
const float *wg_pyramid_get_sample(const WgPyramid *self, int i);
/* The true extremes of that channel over samples first .. first + n - 1, cut to those there are.
 * FALSE: no value there. */
gboolean wg_pyramid_get(const WgPyramid *self, int channel, int first, int n, float *min,
                        float *max);
/* One minimum and maximum a drawn column: column k holds the samples i with
 * first + k * per_column <= i < first + (k + 1) * per_column; `per_column` above 0. Both ends are
 * NAN where a column holds no value. */
void wg_pyramid_get_columns(const WgPyramid *self, int channel, double first, double per_column,
                            int n_columns, float *min, float *max);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPyramid, wg_pyramid_free)

G_END_DECLS
