/* Vectorised inner loops of convolution, chosen at run time for the machine. */
#include "train/kernel.h"

#include <string.h>

/* Six rows by two vectors are twelve sums, which with two weights and one input fill the sixteen
 * registers of AVX2. The same source is built twice; a wider vector than the machine's is slow, so
 * none of 64 bytes. */
#define ROWS 6
#define GROUPS_AT_ONCE 2
#define LANES_LIMIT 256 /* of the room for one block of rows */

typedef float Vector __attribute__((vector_size(WG_LANES * sizeof(float)), aligned(4)));

#define ALWAYS_INLINE inline __attribute__((always_inline))

/* One block of rows by n_groups vectors, into `block` (rows x lanes). */
static ALWAYS_INLINE void
correlate_block(const WgPatches *patches, const float *x, const float *weights, const float *bias,
                int lanes, int n_rows, int n_groups, float *block)
{
    Vector sums[ROWS][GROUPS_AT_ONCE];
    const int step = patches->row_step;

    for (int r = 0; r < n_rows; r++) {
        for (int g = 0; g < n_groups; g++)
            sums[r][g] = *(const Vector *)(bias + g * WG_LANES);
    }
    for (int k = 0; k < patches->n_values; k++) {
        const float *from = x + patches->offsets[k];
        const float *w = weights + k * lanes;

        for (int r = 0; r < n_rows; r++) {
            for (int g = 0; g < n_groups; g++)
                sums[r][g] += from[r * step] * *(const Vector *)(w + g * WG_LANES);
        }
    }
    for (int r = 0; r < n_rows; r++) {
        for (int g = 0; g < n_groups; g++)
            *(Vector *)(block + r * lanes + g * WG_LANES) = sums[r][g];
    }
}

/* Rows are written in rising order with whole vectors: what one writes beyond its units the next
 * overwrites. */
static ALWAYS_INLINE void
write_block(const float *block, int lanes, int units, int n_rows, float *y)
{
    for (int r = 0; r < n_rows; r++) {
        for (int f = 0; f < units; f += WG_LANES)
            *(Vector *)(y + r * units + f) = *(const Vector *)(block + r * lanes + f);
    }
}

static ALWAYS_INLINE void
correlate_rows(const WgPatches *patches, const float *x, const float *weights, const float *bias,
               int units, int n_rows, float *y)
{
    const int lanes = wg_round_up_lanes(units);
    float block[ROWS * LANES_LIMIT];
    int f = 0;

    for (; f + WG_LANES < lanes; f += 2 * WG_LANES)
        correlate_block(patches, x, weights + f, bias + f, lanes, n_rows, 2, block + f);
    if (f < lanes)
        correlate_block(patches, x, weights + f, bias + f, lanes, n_rows, 1, block + f);
    write_block(block, lanes, units, n_rows, y);
}

/* The last rows are worked out once more in a whole block, rather than one by one. */
static ALWAYS_INLINE void
correlate(const WgPatches *patches, const float *x, const float *weights, const float *bias,
          int units, float *y)
{
    const int n = patches->n_rows;
    int r = 0;

    for (; r + ROWS <= n; r += ROWS)
        correlate_rows(patches, x + r * patches->row_step, weights, bias, units, ROWS,
                       y + r * units);
    if (r < n && n >= ROWS) {
        r = n - ROWS;
        correlate_rows(patches, x + r * patches->row_step, weights, bias, units, ROWS,
                       y + r * units);
        return;
    }
    for (; r < n; r++)
        correlate_rows(patches, x + r * patches->row_step, weights, bias, units, 1, y + r * units);
}

static ALWAYS_INLINE void
accumulate_block(const WgPatches *patches, const float *x, const int *offsets, const float *dy,
                 int units, int lanes, int n_values, int n_groups, float *sums)
{
    Vector totals[ROWS][GROUPS_AT_ONCE];

    for (int k = 0; k < n_values; k++) {
        for (int g = 0; g < n_groups; g++)
            totals[k][g] = *(const Vector *)(sums + k * lanes + g * WG_LANES);
    }
    for (int r = 0; r < patches->n_rows; r++) {
        const float *from = x + r * patches->row_step;

        for (int k = 0; k < n_values; k++) {
            for (int g = 0; g < n_groups; g++)
                totals[k][g] += from[offsets[k]] * *(const Vector *)(dy + r * units + g * WG_LANES);
        }
    }
    for (int k = 0; k < n_values; k++) {
        for (int g = 0; g < n_groups; g++)
            *(Vector *)(sums + k * lanes + g * WG_LANES) = totals[k][g];
    }
}

static ALWAYS_INLINE void
accumulate_values(const WgPatches *patches, const float *x, const float *dy, int units, int first,
                  int n_values, float *sums)
{
    const int lanes = wg_round_up_lanes(units);
    const int *offsets = patches->offsets + first;
    int f = 0;

    sums += first * lanes;
    for (; f + WG_LANES < lanes; f += 2 * WG_LANES)
        accumulate_block(patches, x, offsets, dy + f, units, lanes, n_values, 2, sums + f);
    if (f < lanes)
        accumulate_block(patches, x, offsets, dy + f, units, lanes, n_values, 1, sums + f);
}

static ALWAYS_INLINE void
accumulate(const WgPatches *patches, const float *x, const float *dy, int units, float *sums)
{
    int k = 0;

    for (; k + ROWS <= patches->n_values; k += ROWS)
        accumulate_values(patches, x, dy, units, k, ROWS, sums);
    for (; k + 3 <= patches->n_values; k += 3)
        accumulate_values(patches, x, dy, units, k, 3, sums);
    for (; k < patches->n_values; k++)
        accumulate_values(patches, x, dy, units, k, 1, sums);
}

static ALWAYS_INLINE void
sum_rows(const float *dy, int n_rows, int units, float *sums)
{
    for (int f = 0; f < units; f += WG_LANES) {
        Vector total = *(const Vector *)(sums + f);

        for (int r = 0; r < n_rows; r++)
            total += *(const Vector *)(dy + r * units + f);
        *(Vector *)(sums + f) = total;
    }
}

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
    const int channels = taps->channels, lanes = wg_round_up_lanes(channels);

    for (int k = 0; k < taps->n_taps; k++) {
        const int from = row + k * taps->dilation;
        const int to = from - taps->before;

        add_scaled(x + from * channels, dy, lanes, sums + k * lanes);
        if (dx && to >= 0 && to < taps->in_length)
            add_scaled(weights + k * lanes, dy, lanes, dx + to * channels);
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

/* a test builds with WG_PLAIN_KERNELS what machines without AVX2 run */
#if defined(__x86_64__) && !defined(WG_PLAIN_KERNELS)

__attribute__((target("avx2,fma"))) static void
sum_rows_avx2(const float *dy, int n_rows, int units, float *sums)
{
    sum_rows(dy, n_rows, units, sums);
}

__attribute__((target("avx2,fma"))) static void
follow_avx2(const WgTaps *taps, const float *x, const float *dy, const float *weights, float *sums,
            float *dx)
{
    follow(taps, x, dy, weights, sums, dx);
}

__attribute__((target("avx2,fma"))) static void
correlate_avx2(const WgPatches *patches, const float *x, const float *weights, const float *bias,
               int units, float *y)
{
    correlate(patches, x, weights, bias, units, y);
}

__attribute__((target("avx2,fma"))) static void
accumulate_avx2(const WgPatches *patches, const float *x, const float *dy, int units, float *sums)
{
    accumulate(patches, x, dy, units, sums);
}

static gboolean
has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

#else
#define correlate_avx2 correlate
#define accumulate_avx2 accumulate
#define sum_rows_avx2 sum_rows
#define follow_avx2 follow

static gboolean
has_avx2(void)
{
    return FALSE;
}

#endif

void
wg_kernel_correlate(const WgPatches *patches, const float *x, const float *weights,
                    const float *bias, int units, float *y)
{
    g_return_if_fail(units <= LANES_LIMIT);
    if (has_avx2())
        correlate_avx2(patches, x, weights, bias, units, y);
    else
        correlate(patches, x, weights, bias, units, y);
}

void
wg_kernel_accumulate(const WgPatches *patches, const float *x, const float *dy, int units,
                     float *sums)
{
    if (has_avx2())
        accumulate_avx2(patches, x, dy, units, sums);
    else
        accumulate(patches, x, dy, units, sums);
}

void
wg_kernel_sum_rows(const float *dy, int n_rows, int units, float *sums)
{
    if (has_avx2())
        sum_rows_avx2(dy, n_rows, units, sums);
    else
        sum_rows(dy, n_rows, units, sums);
}

void
wg_kernel_follow(const WgTaps *taps, const float *x, const float *dy, const float *weights,
                 float *sums, float *dx)
{
    if (has_avx2())
        follow_avx2(taps, x, dy, weights, sums, dx);
    else
        follow(taps, x, dy, weights, sums, dx);
}
