/* Ranges of activations: how they are found in values, and the int8 steps that hold them. */
#pragma once

#include "train/fake-quant.h"

#include <math.h>

G_BEGIN_DECLS

/* Smallest and largest value of a layer's output. */
typedef struct {
    float min, max;
} WgRange;

/* What int8 says for a value: round(value / scale) + zero_point, to even at a half, clamped; what
 * is not a number is the largest. Of every value of every layer, so it is no call. */
static inline int
wg_range_quantize(double value, WgScale scale, gboolean *is_saturated)
{
    const double steps = value / (double)scale.scale;
    /* far beyond int8 in any case, and within what can be rounded to a long */
    const double near = steps > -1e6 ? (steps < 1e6 ? steps : 1e6) : (steps <= -1e6 ? -1e6 : 1e6);
    const long step = lrint(near) + scale.zero_point;

    *is_saturated = step < -128 || step > 127;
    return (int)CLAMP(step, -128, 127);
}

#define WG_HISTOGRAM_BINS 8192 /* 32 a step of int8: what a bin hides is far below a step */

/* How often which values came, in bins of one width over their range. A bin knows the sum of its
 * values too, so that it stands for their mean. */
typedef struct {
    WgRange range; /* smallest and largest value */
    gint64 n;
    gint64 *counts; /* WG_HISTOGRAM_BINS */
    double *sums;
} WgHistogram;

/* For values within that range, which was found before. The caller frees. */
WgHistogram *wg_histogram_new(WgRange range);
void wg_histogram_add(WgHistogram *self, const float *values, gsize n);
void wg_histogram_free(WgHistogram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgHistogram, wg_histogram_free)

/* A way to choose the range that int8 is to hold: one file each, range-NAME.c, and one word in this
 * folder's meson.build. Deterministic. */
typedef struct {
    const char *name;
    const char *summary;
    /* `percentile`: WG_PERCENTILE_MIN .. 100, of the method that has one. NULL: the smallest and
     * largest value as they are. */
    WgRange (*choose)(const WgHistogram *values, double percentile);
} WgRangeMethod;

#define WG_PERCENTILE_MIN 90
#define WG_PERCENTILE_DEFAULT 99.999

extern const WgRangeMethod *const wg_range_methods[]; /* NULL-terminated; the first: the default */
/* WG_ERROR_USAGE names those there are. */
const WgRangeMethod *wg_range_method_find(const char *name, GError **error);

G_END_DECLS
