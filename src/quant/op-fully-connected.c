/* FULLY_CONNECTED: int8 with one scale for all weights, and float. */
#include "base/error.h"
#include "quant/fixed-point.h"
#include "quant/kernel.h"
#include "quant/op.h"

#include <glib/gi18n.h>
#include <math.h>

/* How far a bias scale may be off (kernel_util_lite.cc, GetQuantizedConvolutionMultipler). */
#define BIAS_SCALE_TOLERANCE 0.02

static gboolean
set_multiplier(WgInt8Step *step, GError **error)
{
    const float product = step->in->scales[0] * step->filter->scales[0]; /* in float, as there */
    const double out = (double)step->out->scales[0];
    /* without a scale of its own the watch takes 0 */
    const double bias_scale =
        step->bias && step->bias->n_scales > 0 ? (double)step->bias->scales[0] : 0;

    if (step->bias && fabs((double)product - bias_scale) / out > BIAS_SCALE_TOLERANCE) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("FULLY_CONNECTED has a bias scale of %g where %g is due, which the watch refuses"),
            bias_scale, (double)product);
        return FALSE;
    }
    step->n_multipliers = 1;
    step->mantissas = g_new(gint32, 1);
    step->shifts = g_new(int, 1);
    wg_fixed_from_real((double)product / out, step->mantissas, step->shifts);
    return TRUE;
}

/* Of the int8 form: a row of inputs is one window of one run. */
static gboolean
prepare_kernel(WgInt8Step *step, GError **error)
{
    const int n_outputs = step->filter->info.dims[0], depth = step->filter->info.dims[1];
    const int at = 0;

    if (!set_multiplier(step, error))
        return FALSE;
    step->kernel = wg_kernel_new_pairs(n_outputs, 1, &at, depth, (const gint8 *)step->filter->data,
                                       -(int)step->filter->zero_points[0],
                                       step->bias ? (const gint32 *)step->bias->data : NULL);
    wg_int8_step_set_kernel_scales(step);
    step->scratch_bytes = (gsize)depth * sizeof(gint16) + WG_KERNEL_SLACK;
    return TRUE;
}

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    int depth, n_outputs;

    if (!step->filter || step->op->n_inputs < 3) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("FULLY_CONNECTED has no place for a bias, which makes the watch answer garbage"));
        return FALSE;
    }
    if (!wg_int8_step_check_types(step, TRUE, error))
        return FALSE;
    if (!step->is_float && (step->filter->n_scales < 1 || step->filter->n_zero_points < 1)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("FULLY_CONNECTED has weights without a scale, which the watch refuses"));
        return FALSE;
    }
    n_outputs = step->filter->info.dims[0];
    depth = step->filter->info.n_dims == 2 ? step->filter->info.dims[1] : 0;
    if (depth < 1 || step->in->info.n_elements % depth != 0 ||
        step->out->info.n_elements != step->in->info.n_elements / depth * n_outputs ||
        (step->bias && step->bias->info.n_elements != n_outputs)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("FULLY_CONNECTED of %d inputs to %d outputs has weights for %d to %d"),
                    step->in->info.n_elements, step->out->info.n_elements, depth, n_outputs);
        return FALSE;
    }
    wg_int8_step_set_activation(step);
    return step->is_float || prepare_kernel(step, error);
}

static float
answer_float(const WgInt8Step *step, const float *x, int row, int depth)
{
    const float *weights = (const float *)step->filter->data + row * depth;
    float sum = 0;

    for (int i = 0; i < depth; i++)
        sum += x[i] * weights[i];
    sum += step->bias ? ((const float *)step->bias->data)[row] : 0;
    return CLAMP(sum, step->float_min, step->float_max);
}

static void
run_float(const WgInt8Step *step, const float *x, float *y, int n)
{
    const int n_outputs = step->filter->info.dims[0], depth = step->filter->info.dims[1];

    for (int i = 0; i < n; i++, x += depth) {
        for (int row = 0; row < n_outputs; row++)
            *y++ = answer_float(step, x, row, depth);
    }
}

static void
run_int8(const WgInt8Step *step, const gint8 *x, gint8 *y, int n, gint16 *wide)
{
    const int n_outputs = step->filter->info.dims[0], depth = step->filter->info.dims[1];
    const int offset = -(int)step->in->zero_points[0], at = 0;

    for (int i = 0; i < n; i++) {
        wg_kernel_widen(x + i * depth, depth, offset, wide);
        step->kernel->run(step->kernel, wide, &at, 1, y + i * n_outputs);
    }
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    const int n = step->out->info.n_elements / step->filter->info.dims[0];

    if (step->is_float)
        run_float(step, input, output, n);
    else
        run_int8(step, input, output, n, scratch);
}

const WgInt8Op wg_int8_op_fully_connected = {
    WG_TFLITE_FULLY_CONNECTED,
    "FULLY_CONNECTED",
    WG_TFLITE_OPTIONS_FULLY_CONNECTED,
    prepare,
    run,
    {12, 4},
    {4, 1},
    {32, 32},
};
