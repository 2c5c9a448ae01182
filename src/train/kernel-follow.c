/* Kernels for gradients of which most are 0: those that are not are followed one by one. */
#include "train/kernel-vector.h"

#include <string.h>

#define QUARTERS 4
#define LOOK 8 /* values that are looked at at once for one that is not 0 */

static ALWAYS_INLINE void
add_scaled(const float *from, float factor, int n, float *to)
{
    for (int c = 0; c < n; c += WIDTH)
        store(to + c, load(to + c) + factor * load(from + c));
}

static ALWAYS_INLINE void
follow_one(const WgTaps *taps, const float *x, float dy, int row, const float *weights, float *sums,
           float *dx)
{
    const int channels = taps->channels, lanes = wg_round_up_lanes(channels);

    for (int k = 0; k < taps->n_taps; k++) {
        const int from = row + k * taps->dilation;
        const int to = from - taps->before;

        add_scaled(x + from * taps->step, dy, channels, sums + k * lanes);
        if (dx && to >= 0 && to < taps->in_length)
            add_scaled(weights + k * lanes, dy, channels, dx + to * taps->step);
    }
}

void
KERNEL(follow)(const WgTaps *taps, const float *x, const float *dy, const float *weights,
               float *sums, float *dx)
{
    const int n = taps->n_rows * taps->units;
    const int size = taps->n_taps * wg_round_up_lanes(taps->channels);

    for (int start = 0; start < n; start += LOOK) {
        const int end = MIN(n, start + LOOK);
        guint64 any = 0;

        for (int i = start; i < start + LOOK; i += 2) {
            guint64 two;

            memcpy(&two, dy + i, sizeof two);
            any |= two;
        }
        if (any == 0)
            continue;
        for (int i = start; i < end; i++) {
            if (dy[i] != 0)
                follow_one(taps, x, dy[i], i / taps->units, weights + i % taps->units * size,
                           sums + i % taps->units * size, dx);
        }
    }
}

/* One tap of so few channels that a filter's sum is one vector: it stays in its register while all
 * of the pool's outputs are gone through. Those that let nothing through add 0 times row 0. */
static ALWAYS_INLINE void
follow_pooled_patches(const WgTaps *taps, const float *x, const float *dy, const gint32 *places,
                      int n_out, int n_units, float *sums)
{
    Vector totals[4];

    for (int f = 0; f < n_units; f++)
        totals[f] = load(sums + f * WG_LANES);
    for (int t = 0; t < n_out; t++) {
        for (int f = 0; f < n_units; f++) {
            const gint32 place = places[t * taps->units + f];
            const float value = place >= 0 ? dy[t * taps->units + f] : 0;

            totals[f] += value * load(x + MAX(0, place) * taps->step);
        }
    }
    for (int f = 0; f < n_units; f++)
        store(sums + f * WG_LANES, totals[f]);
}

void
KERNEL(follow_pooled)(const WgTaps *taps, const float *x, const float *dy, const gint32 *places,
                      int n_out, const float *weights, float *sums, float *dx)
{
    const int size = taps->n_taps * wg_round_up_lanes(taps->channels);
    int first = 0;

    if (!dx && taps->n_taps == 1 && taps->channels <= WIDTH) {
        for (; first + 4 <= taps->units; first += 4)
            follow_pooled_patches(taps, x, dy + first, places + first, n_out, 4,
                                  sums + first * size);
    }
    for (int t = 0; t < n_out; t++) {
        for (int f = first; f < taps->units; f++) {
            const int i = t * taps->units + f;

            if (places[i] >= 0)
                follow_one(taps, x, dy[i], places[i], weights + f * size, sums + f * size, dx);
        }
    }
}

typedef struct {
    Vector value;
    IntVector row;
} Best;

static ALWAYS_INLINE void
improve(Best *best, Vector value, IntVector row)
{
    const IntVector is_better = value > best->value;

    best->value = choose(is_better, value, best->value);
    best->row = (is_better & row) | (~is_better & best->row);
}

/* One group of channels. A long pool is searched in quarters side by side, so that one comparison
 * need not wait for the last; the quarters then follow each other, for the first of equals. Whole
 * vectors are written in rising order, so that what one writes beyond the channels the next
 * overwrites. */
static ALWAYS_INLINE void
pool_group(const float *x, int pool, int channels, gboolean is_scaled, Vector factor, Vector offset,
           gint32 first, float *y, gint32 *places)
{
    const int quarter = pool / QUARTERS;
    const IntVector none = {0};
    Best best[QUARTERS];

    for (int q = 0; q < QUARTERS; q++)
        best[q] = (Best){(Vector){0}, none - 1};
    for (int r = 0; r < quarter; r++) {
        for (int q = 0; q < QUARTERS; q++) {
            Vector value = load(x + (q * quarter + r) * channels);

            if (is_scaled)
                value = factor * value + offset;
            improve(&best[q], value, none + (first + q * quarter + r));
        }
    }
    for (int r = QUARTERS * quarter; r < pool; r++) {
        Vector value = load(x + r * channels);

        if (is_scaled)
            value = factor * value + offset;
        improve(&best[QUARTERS - 1], value, none + (first + r));
    }
    for (int q = 1; q < QUARTERS; q++)
        improve(&best[0], best[q].value, best[q].row);
    store(y, best[0].value);
    *(IntVector *)places = best[0].row;
}

static ALWAYS_INLINE void
pool_rows(const float *x, int pool, int n_out, int channels, const float *factor,
          const float *offset, float *y, gint32 *places)
{
    for (int t = 0; t < n_out; t++) {
        for (int c = 0; c < channels; c += WIDTH) {
            const float *from = x + t * pool * channels + c;
            const int to = t * channels + c;
            Vector by = {0}, plus = {0};

            if (factor) {
                by = load(factor + c);
                plus = load(offset + c);
            }
            pool_group(from, pool, channels, factor != NULL, by, plus, t * pool, y + to,
                       places + to);
        }
    }
}

void
KERNEL(pool_rectified)(const float *x, int pool, int n_out, int channels, float *y, gint32 *places)
{
    pool_rows(x, pool, n_out, channels, NULL, NULL, y, places);
}

void
KERNEL(pool_scaled)(const float *x, int pool, int n_out, int channels, const float *factor,
                    const float *offset, float *y, gint32 *places)
{
    pool_rows(x, pool, n_out, channels, factor, offset, y, places);
}
