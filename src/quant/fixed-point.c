/* The integer arithmetic of the watch's kernels: gemmlowp's, rounding twice. */
#include "quant/fixed-point.h"

#include <math.h>

void
wg_fixed_from_real(double real, gint32 *mantissa, int *shift)
{
    gint64 fixed;

    if (real == 0 || !isfinite(real)) {
        *mantissa = 0;
        *shift = 0;
        return;
    }
    fixed = (gint64)round(frexp(real, shift) * (double)(G_GINT64_CONSTANT(1) << 31));
    if (fixed == (G_GINT64_CONSTANT(1) << 31)) {
        fixed /= 2;
        (*shift)++;
    }
    if (*shift < -31) {
        fixed = 0;
        *shift = 0;
    }
    *shift = MIN(*shift, 30);
    *mantissa = (gint32)fixed;
}

gint32
wg_fixed_multiply_by_power(gint32 x, int exponent)
{
    const gint32 threshold = (gint32)((1u << (31 - exponent)) - 1);

    if (x > threshold)
        return G_MAXINT32;
    if (x < -threshold)
        return G_MININT32;
    return (gint32)((guint32)x << exponent);
}

/* exp(a) for -1/4 <= a < 0 in Q0.31: a Taylor series around -1/8. */
static gint32
exp_of_small(gint32 a)
{
    const gint32 exp_of_minus_eighth = 1895147668, third = 715827883;
    const gint32 x = a + (1 << 28);
    const gint32 x2 = wg_fixed_high_multiply(x, x);
    const gint32 x3 = wg_fixed_high_multiply(x2, x);
    const gint32 x4 = wg_fixed_high_multiply(x2, x2);
    const gint32 x4_over_4 = wg_fixed_divide_by_power(x4, 2);
    const gint32 rest =
        wg_fixed_divide_by_power(wg_fixed_high_multiply(x4_over_4 + x3, third) + x2, 1);

    return exp_of_minus_eighth + wg_fixed_high_multiply(exp_of_minus_eighth, x + rest);
}

gint32
wg_fixed_exp_of_negative(gint32 a)
{
    /* exp(-2^k) in Q0.31 for k = -2 .. 4 */
    static const gint32 factors[] = {1672461947, 1302514674, 790015084, 290630308,
                                     39332535,   720401,     242};
    const gint32 quarter = 1 << 24;
    const gint32 modulo = (a & (quarter - 1)) - quarter;
    const gint32 remainder = (gint32)((guint32)modulo - (guint32)a);
    gint32 result = exp_of_small(wg_fixed_multiply_by_power(modulo, 5));

    for (int k = 0; k < 7; k++) {
        if (remainder & (gint32)(1u << (24 + k)))
            result = wg_fixed_high_multiply(result, factors[k]);
    }
    return a == 0 ? G_MAXINT32 : result;
}

/* 1 / (1 + a) for 0 <= a < 1, both Q0.31: three steps of Newton and Raphson in Q2.29. */
static gint32
one_over_one_plus(gint32 a)
{
    const gint64 sum = (gint64)a + G_MAXINT32;
    const gint32 half_denominator = (gint32)((sum + (sum >= 0 ? 1 : -1)) / 2);
    gint32 x = 1515870810 + wg_fixed_high_multiply(half_denominator, -1010580540);

    for (int i = 0; i < 3; i++) {
        const gint32 one_minus = (1 << 29) - wg_fixed_high_multiply(half_denominator, x);

        x += wg_fixed_multiply_by_power(wg_fixed_high_multiply(x, one_minus), 2);
    }
    return wg_fixed_multiply_by_power(x, 1);
}

gint32
wg_fixed_reciprocal(gint32 x, int integer_bits, int *bits_over_unit)
{
    const int headroom = x > 0 ? __builtin_clz((guint32)x) : 32;

    *bits_over_unit = integer_bits - headroom;
    if (headroom >= 32)
        return G_MAXINT32;
    return one_over_one_plus((gint32)(((guint32)x << headroom) - (1u << 31)));
}
