/* DEQUANTIZE: int8 to float. */
#include "base/error.h"
#include "quant/op.h"

#include <glib/gi18n.h>

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    if (step->in->info.type != WG_TENSOR_INT8 || step->out->info.type != WG_TENSOR_FLOAT32 ||
        step->in->info.n_elements != step->out->info.n_elements || step->in->n_scales < 1 ||
        step->in->n_zero_points < 1) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("DEQUANTIZE takes int8 with a scale to float32 of the same size on the watch"));
        return FALSE;
    }
    return TRUE;
}

/* y = scale (x - zero point) */
static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const gint8 *x = input;
    const double scale = (double)step->in->scales[0];

    for (int i = 0; i < step->in->info.n_elements; i++)
        ((float *)output)[i] = (float)(scale * (x[i] - (int)step->in->zero_points[0]));
}

const WgInt8Op wg_int8_op_dequantize = {
    WG_TFLITE_DEQUANTIZE,
    "DEQUANTIZE",
    WG_TFLITE_OPTIONS_NONE,
    prepare,
    run,
    {0, 0},
    {4, 4},
    {24, 32},
};
