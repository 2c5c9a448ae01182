/* Vectorised inner loops of convolution, chosen at run time for the machine. */
#include "train/kernel.h"
#include "train/kernel-vector.h"

/* Six rows by two vectors are twelve sums, which with two weights and one input fill the sixteen
 * registers of AVX2. The same source is built twice; a wider vector than the machine's is slow, so
 * none of 64 bytes. */
#define ROWS 6
#define GROUPS_AT_ONCE 2
#define LANES_LIMIT 256 /* of the room for one block of rows */

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

#ifdef WG_KERNEL_AVX2

WG_KERNEL_AVX2 static void
sum_rows_avx2(const float *dy, int n_rows, int units, float *sums)
{
    sum_rows(dy, n_rows, units, sums);
}

WG_KERNEL_AVX2 static void
correlate_avx2(const WgPatches *patches, const float *x, const float *weights, const float *bias,
               int units, float *y)
{
    correlate(patches, x, weights, bias, units, y);
}

WG_KERNEL_AVX2 static void
accumulate_avx2(const WgPatches *patches, const float *x, const float *dy, int units, float *sums)
{
    accumulate(patches, x, dy, units, sums);
}

#else
#define correlate_avx2 correlate
#define accumulate_avx2 accumulate
#define sum_rows_avx2 sum_rows

#endif

void
wg_kernel_correlate(const WgPatches *patches, const float *x, const float *weights,
                    const float *bias, int units, float *y)
{
    g_return_if_fail(units <= LANES_LIMIT);
    if (wg_kernel_has_avx2())
        correlate_avx2(patches, x, weights, bias, units, y);
    else
        correlate(patches, x, weights, bias, units, y);
}

void
wg_kernel_accumulate(const WgPatches *patches, const float *x, const float *dy, int units,
                     float *sums)
{
    if (wg_kernel_has_avx2())
        accumulate_avx2(patches, x, dy, units, sums);
    else
        accumulate(patches, x, dy, units, sums);
}

void
wg_kernel_sum_rows(const float *dy, int n_rows, int units, float *sums)
{
    if (wg_kernel_has_avx2())
        sum_rows_avx2(dy, n_rows, units, sums);
    else
        sum_rows(dy, n_rows, units, sums);
}
