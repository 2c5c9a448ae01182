/* The integer arithmetic of the watch's kernels: gemmlowp's, rounding twice. Inside quant/ only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A real multiplier as mantissa (Q31) and shift, by frexp (QuantizeMultiplier of TFLM 2.4.0). */
void wg_fixed_from_real(double real, gint32 *mantissa, int *shift);
/* a + b, wrapping as 32 bits do: a hostile model must not be undefined behaviour. */
static inline gint32
wg_fixed_add(gint32 a, gint32 b)
{
    return (gint32)((guint32)a + (guint32)b);
}
/* As the watch bounds an activation: where low > high, it is high. */
static inline gint32
wg_fixed_bound(gint32 x, gint32 low, gint32 high)
{
    return MIN(MAX(x, low), high);
}

/* a b / 2^31, rounded, doubling, saturating. Gemmlowp adds 2^30, or 1 - 2^30 where the product is
 * negative, and divides truncating: the same number as 2^30 and rounding down, whatever the sign.
 */
static inline gint32
wg_fixed_high_multiply(gint32 a, gint32 b)
{
    if (a == G_MININT32 && b == G_MININT32)
        return G_MAXINT32;
    return (gint32)(((gint64)a * b + (1 << 30)) >> 31);
}

/* x / 2^exponent, rounded to nearest, half away from zero. */
static inline gint32
wg_fixed_divide_by_power(gint32 x, int exponent)
{
    const gint32 mask = (gint32)((G_GINT64_CONSTANT(1) << exponent) - 1);
    const gint32 remainder = x & mask;
    const gint32 threshold = (mask >> 1) + (x < 0 ? 1 : 0);

    return (gint32)((gint64)x >> exponent) + (remainder > threshold ? 1 : 0);
}

/* Saturating rounding doubling high multiply, then rounding right shift. */
static inline gint32
wg_fixed_multiply(gint32 x, gint32 mantissa, int shift)
{
    const int left = shift > 0 ? shift : 0, right = shift > 0 ? 0 : -shift;

    return wg_fixed_divide_by_power(wg_fixed_high_multiply((gint32)((guint32)x << left), mantissa),
                                    right);
}

/* x 2^exponent, saturating. */
gint32 wg_fixed_multiply_by_power(gint32 x, int exponent);
/* exp(a) for a <= 0 in Q5.26, the result in Q0.31 (gemmlowp fixedpoint.h). */
gint32 wg_fixed_exp_of_negative(gint32 a);
/* 1 / x of a sum in Q12.19: a Q0.31 mantissa, and by how many bits it is above one. */
gint32 wg_fixed_reciprocal(gint32 x, int integer_bits, int *bits_over_unit);

G_END_DECLS
