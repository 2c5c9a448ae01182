/* SOFTMAX: int8 in fixed point as gemmlowp does it, and float. */
#include "base/error.h"
#include "quant/fixed-point.h"
#include "quant/op.h"

#include <glib/gi18n.h>
#include <math.h>

#define SCALED_DIFF_INTEGER_BITS 5 /* reference_ops/softmax.h, kScaledDiffIntegerBits */
#define ACCUMULATION_INTEGER_BITS 12

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    double multiplier;

    if (!wg_int8_step_check_types(step, TRUE, error))
        return FALSE;
    if (step->in->info.n_elements != step->out->info.n_elements || step->in->info.n_dims < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("SOFTMAX has %d inputs and %d outputs"),
                    step->in->info.n_elements, step->out->info.n_elements);
        return FALSE;
    }
    if (!(step->op->beta > 0) || !isfinite(step->op->beta)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("SOFTMAX has a beta of %g, which crashes the watch"), (double)step->op->beta);
        return FALSE;
    }
    if (step->is_float)
        return TRUE;
    step->scratch_bytes = (gsize)step->in->info.dims[step->in->info.n_dims - 1] * sizeof(gint32);
    if (step->out->scales[0] != 1.0f / 256 || step->out->zero_points[0] != -128) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("SOFTMAX gives scale %g and zero point %d, the watch takes only 1/256 and -128"),
            (double)step->out->scales[0], (int)step->out->zero_points[0]);
        return FALSE;
    }
    multiplier = fmin((double)step->op->beta * (double)step->in->scales[0] *
                          (1 << (31 - SCALED_DIFF_INTEGER_BITS)),
                      2147483647.0);
    wg_fixed_from_real(multiplier, &step->beta_mantissa, &step->beta_shift);
    if (step->beta_shift < 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("SOFTMAX has an input scale of %g, too small for the watch"),
                    (double)step->in->scales[0]);
        return FALSE;
    }
    step->difference_min =
        -(int)floor(((1 << SCALED_DIFF_INTEGER_BITS) - 1) *
                    (double)(G_GINT64_CONSTANT(1) << (31 - SCALED_DIFF_INTEGER_BITS)) /
                    (double)(G_GINT64_CONSTANT(1) << step->beta_shift));
    return TRUE;
}

/* exp(beta (x - max)) in Q0.31 */
static gint32
exp_of_difference(const WgInt8Step *step, int difference)
{
    return wg_fixed_exp_of_negative(wg_fixed_high_multiply(
        (gint32)((guint32)difference << step->beta_shift), step->beta_mantissa));
}

/* exps: memory for n */
static void
run_int8(const WgInt8Step *step, const gint8 *x, gint8 *y, int n, gint32 *exps)
{
    int largest = -128, bits_over_unit;
    gint32 sum = 0, scale;

    for (int i = 0; i < n; i++)
        largest = MAX(largest, x[i]);
    for (int i = 0; i < n; i++) {
        if (x[i] - largest < step->difference_min)
            continue;
        exps[i] = exp_of_difference(step, x[i] - largest);
        sum = wg_fixed_add(sum, wg_fixed_divide_by_power(exps[i], ACCUMULATION_INTEGER_BITS));
    }
    scale = wg_fixed_reciprocal(sum, ACCUMULATION_INTEGER_BITS, &bits_over_unit);
    for (int i = 0; i < n; i++) {
        gint32 share;

        if (x[i] - largest < step->difference_min) {
            y[i] = -128;
            continue;
        }
        share = wg_fixed_high_multiply(scale, exps[i]);
        share = wg_fixed_divide_by_power(share, CLAMP(bits_over_unit + 31 - 8, 0, 31)) - 128;
        y[i] = (gint8)CLAMP(share, -128, 127);
    }
}

static void
run_float(const WgInt8Step *step, const float *x, float *y, int n)
{
    float largest = x[0], sum = 0;

    for (int i = 1; i < n; i++)
        largest = MAX(largest, x[i]);
    for (int i = 0; i < n; i++) {
        y[i] = expf((x[i] - largest) * step->op->beta);
        sum += y[i];
    }
    for (int i = 0; i < n; i++)
        y[i] /= sum;
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const int n = step->in->info.dims[step->in->info.n_dims - 1];

    for (int i = 0; i < step->in->info.n_elements; i += n) {
        if (step->is_float)
            run_float(step, (const float *)input + i, (float *)output + i, n);
        else
            run_int8(step, (const gint8 *)input + i, (gint8 *)output + i, n, scratch);
    }
}

const WgInt8Op wg_int8_op_softmax = {
    WG_TFLITE_SOFTMAX, "SOFTMAX", WG_TFLITE_OPTIONS_SOFTMAX, prepare, run, {4, 4}, {4, 4}, {56, 56},
};
