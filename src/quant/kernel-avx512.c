/* The sums of products of the int8 layers for processors with AVX-512 VNNI: 8 windows by up to 32
 * channels stay in registers. */
#include "quant/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))
#define INLINE AVX512 static inline __attribute__((always_inline))
#define WINDOWS 8 /* at a time */
#define LANES 16  /* in a register; where the kernel has 8 more, the rest is read and not used */

static gboolean
is_here(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}

INLINE __m512i
load(const void *from)
{
    return _mm512_loadu_si512(from);
}

/* wg_fixed_high_multiply of factors that are not both the smallest */
INLINE __m512i
multiply_high(__m512i a, __m512i b)
{
    const __m512i nudge = _mm512_set1_epi64(1 << 30);
    const __m512i even = _mm512_add_epi64(_mm512_mul_epi32(a, b), nudge);
    const __m512i odd = _mm512_add_epi64(
        _mm512_mul_epi32(_mm512_srli_epi64(a, 32), _mm512_srli_epi64(b, 32)), nudge);

    return _mm512_mask_blend_epi32(0xaaaa, _mm512_srli_epi64(even, 31), _mm512_slli_epi64(odd, 1));
}

/* wg_fixed_divide_by_power, each lane by its own */
INLINE __m512i
divide_by_powers(__m512i x, __m512i exponents)
{
    const __m512i one = _mm512_set1_epi32(1), zero = _mm512_setzero_si512();
    const __m512i mask = _mm512_sub_epi32(_mm512_sllv_epi32(one, exponents), one);
    const __m512i half = _mm512_srli_epi32(mask, 1);
    const __m512i threshold =
        _mm512_mask_add_epi32(half, _mm512_cmplt_epi32_mask(x, zero), half, one);
    const __mmask16 is_up = _mm512_cmpgt_epi32_mask(_mm512_and_si512(x, mask), threshold);
    const __m512i quotient = _mm512_srav_epi32(x, exponents);

    return _mm512_mask_add_epi32(quotient, is_up, quotient, one);
}

/* 16 sums to 16 outputs, of which those of channels are stored */
INLINE void
requantize(const WgKernel *kernel, __m512i sums, int lane, gint8 *y)
{
    const int n = kernel->n_channels - lane;
    const __mmask16 is_channel = (__mmask16)(n >= LANES ? 0xffff : (1 << n) - 1);
    const __m512i shifted = _mm512_sllv_epi32(_mm512_add_epi32(sums, load(kernel->bias + lane)),
                                              load(kernel->lefts + lane));
    const __m512i scaled = divide_by_powers(multiply_high(shifted, load(kernel->mantissas + lane)),
                                            load(kernel->rights + lane));
    const __m512i placed = _mm512_add_epi32(scaled, _mm512_set1_epi32(kernel->zero_point));
    const __m512i bounded = _mm512_min_epi32(
        _mm512_max_epi32(placed, _mm512_set1_epi32(kernel->min)), _mm512_set1_epi32(kernel->max));

    _mm512_mask_cvtepi32_storeu_epi8(y + lane, is_channel, bounded);
}

/* n_windows and n_groups are constants where this is called */
INLINE void
sum_block(const WgKernel *kernel, const gint16 *x, const int *at, int n_windows, int lane,
          int n_groups, gint8 *y)
{
    const gint16 *weights = kernel->weights + lane * 2;
    __m512i sums[WINDOWS][2];

    for (int i = 0; i < n_windows; i++) {
        for (int j = 0; j < n_groups; j++)
            sums[i][j] = _mm512_setzero_si512();
    }
    for (int step = 0; step < kernel->n_steps; step++, weights += kernel->n_lanes * 2) {
        const gint16 *values = x + kernel->steps_at[step];

        for (int i = 0; i < n_windows; i++) {
            gint32 pair;
            __m512i pairs;

            memcpy(&pair, values + at[i], sizeof pair);
            pairs = _mm512_set1_epi32(pair);
            for (int j = 0; j < n_groups; j++)
                sums[i][j] = _mm512_dpwssd_epi32(sums[i][j], pairs, load(weights + j * LANES * 2));
        }
    }
    for (int i = 0; i < n_windows; i++) {
        for (int j = 0; j < n_groups; j++)
            requantize(kernel, sums[i][j], lane + j * LANES,
                       y + (gsize)i * (gsize)kernel->n_channels);
    }
}

INLINE void
sum_windows(const WgKernel *kernel, const gint16 *x, const int *at, int n_windows, gint8 *y)
{
    int lane = 0;

    for (; kernel->n_lanes - lane > LANES; lane += 2 * LANES)
        sum_block(kernel, x, at, n_windows, lane, 2, y);
    if (lane < kernel->n_lanes)
        sum_block(kernel, x, at, n_windows, lane, 1, y);
}

AVX512 static void
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

AVX512 static void
sum_depthwise(const WgKernel *kernel, const gint16 *x, const int *at, int n, gint8 *y)
{
    for (int i = 0; i < n; i++, y += kernel->n_channels) {
        for (int lane = 0; lane < kernel->n_lanes; lane += LANES) {
            __m512i sums = _mm512_setzero_si512();

            for (int step = 0; step < kernel->n_steps; step++) {
                const gint16 *values = x + at[i] + kernel->steps_at[step] + lane;
                const gint16 *weights = kernel->weights + step * kernel->n_lanes + lane;

                /* what is not 16 bits of a value is multiplied by the weight's zero */
                sums = _mm512_dpwssd_epi32(
                    sums, _mm512_cvtepi16_epi32(_mm256_loadu_si256((const void *)values)),
                    _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)weights)));
            }
            requantize(kernel, sums, lane, y);
        }
    }
}

const WgKernelForms wg_kernel_avx512 = {"avx512", is_here, sum_pairs, sum_depthwise};

#endif
