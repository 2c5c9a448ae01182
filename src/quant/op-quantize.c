/* QUANTIZE: float to int8, and int8 to another scale of int8. */
#include "base/error.h"
#include "quant/fixed-point.h"
#include "quant/op.h"

#include <math.h>

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    const WgTensorType in = step->in->info.type;

    step->is_float = in == WG_TENSOR_FLOAT32;
    if ((in != WG_TENSOR_FLOAT32 && in != WG_TENSOR_INT8) ||
        step->out->info.type != WG_TENSOR_INT8 ||
        step->in->info.n_elements != step->out->info.n_elements) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "QUANTIZE takes float32 or int8 to int8 of the same size on the watch");
        return FALSE;
    }
    if (step->out->n_scales != 1 || step->out->n_zero_points < 1 || step->out->scales[0] <= 0 ||
        (!step->is_float && (step->in->n_scales < 1 || step->in->n_zero_points < 1))) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "QUANTIZE needs one scale and zero point, this one has %d",
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

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const int zero_point = (int)step->out->zero_points[0];
    const float scale = step->out->scales[0];
    gint8 *y = output;

    for (int i = 0; i < step->in->info.n_elements; i++) {
        if (step->is_float) {
            /* what no int32 holds depends on the processor there; here it saturates */
            const float value = roundf(((const float *)input)[i] / scale);
            const float bounded = isnan(value) ? 0 : CLAMP(value, -1000000.0f, 1000000.0f);

            y[i] = (gint8)CLAMP((int)bounded + zero_point, -128, 127);
        } else {
            const gint32 value = ((const gint8 *)input)[i] - (int)step->in->zero_points[0];

            y[i] = (gint8)CLAMP(wg_fixed_multiply(value, step->mantissas[0], step->shifts[0]) +
                                    zero_point,
                                -128, 127);
        }
    }
}

const WgInt8Op wg_int8_op_quantize = {
    WG_TFLITE_QUANTIZE, prepare, run, {0, 0}, {4, 4}, {24, 32},
};
