/* QUANTIZE: float to int8, and int8 to another scale of int8. */
#include "base/error.h"
#include "quant/clones.h"
#include "quant/fixed-point.h"
#include "quant/op.h"

#include <glib/gi18n.h>
#include <math.h>

#define BOUND 1000000.0f /* far beyond int8, well within int32 */

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    const WgTensorType in = step->in->info.type;

    step->is_float = in == WG_TENSOR_FLOAT32;
    if ((in != WG_TENSOR_FLOAT32 && in != WG_TENSOR_INT8) ||
        step->out->info.type != WG_TENSOR_INT8 ||
        step->in->info.n_elements != step->out->info.n_elements) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("QUANTIZE takes float32 or int8 to int8 of the same size on the watch"));
        return FALSE;
    }
    if (step->out->n_scales != 1 || step->out->n_zero_points < 1 || step->out->scales[0] <= 0 ||
        (!step->is_float && (step->in->n_scales < 1 || step->in->n_zero_points < 1))) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("QUANTIZE needs one scale and zero point, this one has %d"),
                    step->out->n_scales);
        return FALSE;
    }
    if (step->is_float)
        return TRUE;
    step->n_multipliers = 1;
    step->mantissas = g_new(gint32, 1);
    step->shifts = g_new(int, 1);
    wg_fixed_from_real((double)(step->in->scales[0] / step->out->scales[0]), step->mantissas,
                       step->shifts);
    return TRUE;
}

/* round(x / scale) + zero point. What no int32 holds depends on the processor there; here it
 * saturates. The largest float below 1/2, then truncation, rounds halves away from zero. */
WG_CLONES static void
run_float(const WgInt8Step *step, const float *x, gint8 *y)
{
    const int zero_point = (int)step->out->zero_points[0], n = step->in->info.n_elements;
    const float scale = step->out->scales[0];

    for (int i = 0; i < n; i++) {
        const float value = x[i] / scale;
        const float low = value > -BOUND ? value : -BOUND, bounded = low < BOUND ? low : BOUND;
        const float number = isnan(value) ? 0 : bounded + copysignf(0.49999997f, bounded);

        y[i] = (gint8)wg_fixed_bound((int)number + zero_point, -128, 127);
    }
}

static void
run_int8(const WgInt8Step *step, const gint8 *x, gint8 *y)
{
    const int zero_point = (int)step->out->zero_points[0];

    for (int i = 0; i < step->in->info.n_elements; i++) {
        const gint32 value = x[i] - (int)step->in->zero_points[0];
        const gint32 scaled = wg_fixed_multiply(value, step->mantissas[0], step->shifts[0]);

        y[i] = (gint8)wg_fixed_bound(wg_fixed_add(scaled, zero_point), -128, 127);
    }
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    if (step->is_float)
        run_float(step, input, output);
    else
        run_int8(step, input, output);
}

const WgInt8Op wg_int8_op_quantize = {
    WG_TFLITE_QUANTIZE, "QUANTIZE", WG_TFLITE_OPTIONS_NONE, prepare, run, {0, 0}, {4, 4}, {24, 32},
};
