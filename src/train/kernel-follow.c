/* Kernels for gradients of which most are 0: those that are not are followed one by one. */
#include "train/kernel-vector.h"

#include <string.h>

static ALWAYS_INLINE void
add_scaled(const float *from, float factor, int lanes, float *to)
{
    for (int c = 0; c < lanes; c += WG_LANES)
        *(Vector *)(to + c) += factor * *(const Vector *)(from + c);
}

static ALWAYS_INLINE void
follow_one(const WgTaps *taps, const float *x, float dy, int row, const float *weights, float *sums,
           float *dx)
{
    const int lanes = wg_round_up_lanes(taps->channels);

    for (int k = 0; k < taps->n_taps; k++) {
        const int from = row + k * taps->dilation;
        const int to = from - taps->before;

        add_scaled(x + from * taps->step, dy, lanes, sums + k * lanes);
        if (dx && to >= 0 && to < taps->in_length)
            add_scaled(weights + k * lanes, dy, lanes, dx + to * taps->step);
    }
}

static ALWAYS_INLINE void
follow(const WgTaps *taps, const float *x, const float *dy, const float *weights, float *sums,
       float *dx)
{
    const int n = taps->n_rows * taps->units;
    const int size = taps->n_taps * wg_round_up_lanes(taps->channels);

    for (int start = 0; start < n; start += WG_LANES) {
        const int end = MIN(n, start + WG_LANES);
        guint64 bits[WG_LANES / 2];

        memcpy(bits, dy + start, sizeof bits);
        if (!(bits[0] | bits[1] | bits[2] | bits[3]))
            continue;
        for (int i = start; i < end; i++) {
            if (dy[i] != 0)
                follow_one(taps, x, dy[i], i / taps->units, weights + i % taps->units * size,
                           sums + i % taps->units * size, dx);
        }
    }
}

static ALWAYS_INLINE void
follow_pooled(const WgTaps *taps, const float *x, const float *dy, const gint32 *places, int n_out,
              const float *weights, float *sums, float *dx)
{
    const int size = taps->n_taps * wg_round_up_lanes(taps->channels);

    for (int t = 0; t < n_out; t++) {
        for (int f = 0; f < taps->units; f++) {
            const int i = t * taps->units + f;

            if (places[i] >= 0)
                follow_one(taps, x, dy[i], places[i], weights + f * size, sums + f * size, dx);
        }
    }
}

/* One group of channels: whole vectors are written in rising order, so that what one writes beyond
 * the channels the next overwrites. */
static ALWAYS_INLINE void
pool_group(const float *x, int pool, int channels, float *y, gint32 *places, gint32 first)
{
    Vector best = {0};
    IntVector place = {0};

    place -= 1;
    for (gint32 r = 0; r < pool; r++) {
        const Vector value = *(const Vector *)(x + r * channels);
        const IntVector is_better = value > best;

        best = (Vector)((is_better & (IntVector)value) | (~is_better & (IntVector)best));
        place = (is_better & (first + r)) | (~is_better & place);
    }
    *(Vector *)y = best;
    *(IntVector *)places = place;
}

static ALWAYS_INLINE void
pool_rectified(const float *x, int pool, int n_out, int channels, float *y, gint32 *places)
{
    for (int t = 0; t < n_out; t++) {
        for (int c = 0; c < channels; c += WG_LANES)
            pool_group(x + t * pool * channels + c, pool, channels, y + t * channels + c,
                       places + t * channels + c, t * pool);
    }
}

#ifdef WG_KERNEL_AVX2

WG_KERNEL_AVX2 static void
follow_avx2(const WgTaps *taps, const float *x, const float *dy, const float *weights, float *sums,
            float *dx)
{
    follow(taps, x, dy, weights, sums, dx);
}

WG_KERNEL_AVX2 static void
follow_pooled_avx2(const WgTaps *taps, const float *x, const float *dy, const gint32 *places,
                   int n_out, const float *weights, float *sums, float *dx)
{
    follow_pooled(taps, x, dy, places, n_out, weights, sums, dx);
}

WG_KERNEL_AVX2 static void
pool_rectified_avx2(const float *x, int pool, int n_out, int channels, float *y, gint32 *places)
{
    pool_rectified(x, pool, n_out, channels, y, places);
}

#else
#define follow_avx2 follow
#define follow_pooled_avx2 follow_pooled
#define pool_rectified_avx2 pool_rectified
#endif

void
wg_kernel_follow(const WgTaps *taps, const float *x, const float *dy, const float *weights,
                 float *sums, float *dx)
{
    if (wg_kernel_has_avx2())
        follow_avx2(taps, x, dy, weights, sums, dx);
    else
        follow(taps, x, dy, weights, sums, dx);
}

void
wg_kernel_follow_pooled(const WgTaps *taps, const float *x, const float *dy, const gint32 *places,
                        int n_out, const float *weights, float *sums, float *dx)
{
    if (wg_kernel_has_avx2())
        follow_pooled_avx2(taps, x, dy, places, n_out, weights, sums, dx);
    else
        follow_pooled(taps, x, dy, places, n_out, weights, sums, dx);
}

void
wg_kernel_pool_rectified(const float *x, int pool, int n_out, int channels, float *y,
                         gint32 *places)
{
    if (wg_kernel_has_avx2())
        pool_rectified_avx2(x, pool, n_out, channels, y, places);
    else
        pool_rectified(x, pool, n_out, channels, y, places);
}
