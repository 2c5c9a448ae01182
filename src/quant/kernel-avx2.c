/* The sums of products of the int8 layers for processors with AVX2: 3 windows by up to 24 channels
 * stay in its 16 registers. */
#include "quant/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define INLINE AVX2 static inline __attribute__((always_inline))
#define WINDOWS 3 /* at a time */
#define GROUPS 3  /* of 8 lanes at a time */

static gboolean
is_here(void)
{
    return __builtin_cpu_supports("avx2");
}

INLINE __m256i
load(const void *from)
{
    return _mm256_loadu_si256(from);
}

/* wg_fixed_high_multiply of factors that are not both the smallest: its two nudges with a division
 * that truncates are one nudge with a shift that rounds down, floor((a b + 2^30) / 2^31). */
INLINE __m256i
multiply_high(__m256i a, __m256i b)
{
    const __m256i nudge = _mm256_set1_epi64x(1 << 30);
    const __m256i even = _mm256_add_epi64(_mm256_mul_epi32(a, b), nudge);
    const __m256i odd = _mm256_add_epi64(
        _mm256_mul_epi32(_mm256_srli_epi64(a, 32), _mm256_srli_epi64(b, 32)), nudge);

    return _mm256_blend_epi32(_mm256_srli_epi64(even, 31), _mm256_slli_epi64(odd, 1), 0xaa);
}

/* wg_fixed_divide_by_power, each lane by its own */
INLINE __m256i
divide_by_powers(__m256i x, __m256i exponents)
{
    const __m256i one = _mm256_set1_epi32(1);
    const __m256i mask = _mm256_sub_epi32(_mm256_sllv_epi32(one, exponents), one);
    const __m256i is_negative = _mm256_cmpgt_epi32(_mm256_setzero_si256(), x);
    const __m256i threshold = _mm256_sub_epi32(_mm256_srli_epi32(mask, 1), is_negative);
    const __m256i is_up = _mm256_cmpgt_epi32(_mm256_and_si256(x, mask), threshold);

    return _mm256_sub_epi32(_mm256_srav_epi32(x, exponents), is_up);
}

/* 8 sums to 8 outputs, of which n are stored */
INLINE void
requantize(const WgKernel *kernel, __m256i sums, int lane, gint8 *y)
{
    const int n = kernel->n_channels - lane;
    const __m256i shifted = _mm256_sllv_epi32(_mm256_add_epi32(sums, load(kernel->bias + lane)),
                                              load(kernel->lefts + lane));
    const __m256i scaled = divide_by_powers(multiply_high(shifted, load(kernel->mantissas + lane)),
                                            load(kernel->rights + lane));
    const __m256i placed = _mm256_add_epi32(scaled, _mm256_set1_epi32(kernel->zero_point));
    const __m256i bounded = _mm256_min_epi32(
        _mm256_max_epi32(placed, _mm256_set1_epi32(kernel->min)), _mm256_set1_epi32(kernel->max));
    const __m128i narrow =
        _mm_packs_epi32(_mm256_castsi256_si128(bounded), _mm256_extracti128_si256(bounded, 1));
    guint64 bytes = (guint64)_mm_cvtsi128_si64(_mm_packs_epi16(narrow, narrow));

    if (n >= WG_KERNEL_LANES) {
        memcpy(y + lane, &bytes, 8);
        return;
    }
    y += lane;
    for (int size = 4; size > 0; size /= 2) {
        if (n & size) {
            for (int i = 0; i < size; i++, bytes >>= 8)
                *y++ = (gint8)(guint8)bytes;
        }
    }
}

/* n_windows and n_groups are constants where this is called */
INLINE void
sum_block(const WgKernel *kernel, const gint16 *x, const int *at, int n_windows, int lane,
          int n_groups, gint8 *y)
{
    const gint16 *weights = kernel->weights + lane * 2;
    __m256i sums[WINDOWS][GROUPS];

    for (int i = 0; i < n_windows; i++) {
        for (int j = 0; j < n_groups; j++)
            sums[i][j] = _mm256_setzero_si256();
    }
    for (int step = 0; step < kernel->n_steps; step++, weights += kernel->n_lanes * 2) {
        const gint16 *values = x + kernel->steps_at[step];

        for (int i = 0; i < n_windows; i++) {
            gint32 pair;
            __m256i pairs;

            memcpy(&pair, values + at[i], sizeof pair);
            pairs = _mm256_set1_epi32(pair);
            for (int j = 0; j < n_groups; j++)
                sums[i][j] = _mm256_add_epi32(
                    sums[i][j], _mm256_madd_epi16(pairs, load(weights + j * WG_KERNEL_LANES * 2)));
        }
    }
    for (int i = 0; i < n_windows; i++) {
        for (int j = 0; j < n_groups; j++)
            requantize(kernel, sums[i][j], lane + j * WG_KERNEL_LANES,
                       y + (gsize)i * (gsize)kernel->n_channels);
    }
}

INLINE void
sum_windows(const WgKernel *kernel, const gint16 *x, const int *at, int n_windows, gint8 *y)
{
    const int n_groups = kernel->n_lanes / WG_KERNEL_LANES;
    int group = 0;

    for (; n_groups - group > 4 || n_groups - group == GROUPS; group += GROUPS)
        sum_block(kernel, x, at, n_windows, group * WG_KERNEL_LANES, GROUPS, y);
    for (; n_groups - group >= 2; group += 2)
        sum_block(kernel, x, at, n_windows, group * WG_KERNEL_LANES, 2, y);
    if (group < n_groups)
        sum_block(kernel, x, at, n_windows, group * WG_KERNEL_LANES, 1, y);
}

AVX2 static void
sum_pairs(const WgKernel *kernel, const gint16 *x, const int *at, int n, gint8 *y)
{
    /* the last ones begin earlier, and give some windows once more */
    for (int i = 0; n >= WINDOWS && i < n; i += WINDOWS) {
        const int first = MIN(i, n - WINDOWS);

        sum_windows(kernel, x, at + first, WINDOWS, y + (gsize)first * (gsize)kernel->n_channels);
    }
    for (int i = 0; n < WINDOWS && i < n; i++)
        sum_windows(kernel, x, at + i, 1, y + (gsize)i * (gsize)kernel->n_channels);
}

AVX2 static void
sum_depthwise(const WgKernel *kernel, const gint16 *x, const int *at, int n, gint8 *y)
{
    for (int i = 0; i < n; i++, y += kernel->n_channels) {
        for (int lane = 0; lane < kernel->n_lanes; lane += WG_KERNEL_LANES) {
            __m256i sums = _mm256_setzero_si256();

            for (int step = 0; step < kernel->n_steps; step++) {
                const gint16 *values = x + at[i] + kernel->steps_at[step] + lane;
                const gint16 *weights = kernel->weights + step * kernel->n_lanes + lane;

                /* what is not 16 bits of a value is multiplied by the weight's zero */
                sums = _mm256_add_epi32(
                    sums, _mm256_madd_epi16(
                              _mm256_cvtepi16_epi32(_mm_loadu_si128((const void *)values)),
                              _mm256_cvtepu16_epi32(_mm_loadu_si128((const void *)weights))));
            }
            requantize(kernel, sums, lane, y);
        }
    }
}

const WgKernelForms wg_kernel_avx2 = {"avx2", is_here, sum_pairs, sum_depthwise};

#endif
