/* The integer arithmetic of the watch's kernels: gemmlowp's, rounding twice. Inside quant/ only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A real multiplier as mantissa (Q31) and shift, by frexp (QuantizeMultiplier of TFLM 2.4.0). */
void wg_fixed_from_real(double real, gint32 *mantissa, int *shift);
/* Saturating rounding doubling high multiply, then rounding right shift. */
gint32 wg_fixed_multiply(gint32 x, gint32 mantissa, int shift);
/* a + b, wrapping as 32 bits do: a hostile model must not be undefined behaviour. */
static inline gint32
wg_fixed_add(gint32 a, gint32 b)
{
    return (gint32)((guint32)a + (guint32)b);
}
gint32 wg_fixed_high_multiply(gint32 a, gint32 b);
/* x / 2^exponent, rounded to nearest, half away from zero. */
gint32 wg_fixed_divide_by_power(gint32 x, int exponent);
/* x 2^exponent, saturating. */
gint32 wg_fixed_multiply_by_power(gint32 x, int exponent);
/* exp(a) for a <= 0 in Q5.26, the result in Q0.31 (gemmlowp fixedpoint.h). */
gint32 wg_fixed_exp_of_negative(gint32 a);
/* 1 / x of a sum in Q12.19: a Q0.31 mantissa, and by how many bits it is above one. */
gint32 wg_fixed_reciprocal(gint32 x, int integer_bits, int *bits_over_unit);

G_END_DECLS
