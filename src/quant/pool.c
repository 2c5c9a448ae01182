/* What the two pooling operations share. */
#include "quant/pool.h"

#include "base/error.h"

#include <glib/gi18n.h>

gboolean
wg_int8_pool_prepare(WgInt8Step *step, GError **error)
{
    const WgTfliteOp *op = step->op;

    if (!wg_int8_step_check_types(step, TRUE, error))
        return FALSE;
    if (op->filter[0] < 1 || op->filter[1] < 1 || op->filter[0] > 65536 || op->filter[1] > 65536 ||
        step->in->info.dims[3] != step->out->info.dims[3]) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s pools %d x %d over %d channels into %d"),
                    wg_tflite_op_name(op->code), op->filter[0], op->filter[1],
                    step->in->info.dims[3], step->out->info.dims[3]);
        return FALSE;
    }
    if (!wg_int8_step_check_window(step, op->filter, error))
        return FALSE;
    for (int axis = 0; axis < 2; axis++)
        step->pad[axis] = wg_int8_step_pad(step, axis, op->filter[axis], 1);
    wg_int8_step_set_activation(step);
    return TRUE;
}

void
wg_int8_pool_window(const WgInt8Step *step, int i, int y[2], int x[2])
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    const int y0 = i / out[2] % out[1] * step->op->stride[0] - step->pad[0];
    const int x0 = i % out[2] * step->op->stride[1] - step->pad[1];

    y[0] = MAX(0, y0);
    y[1] = MIN(in[1], y0 + step->op->filter[0]);
    x[0] = MAX(0, x0);
    x[1] = MIN(in[2], x0 + step->op->filter[1]);
}

void
wg_int8_pool_run_float(const WgInt8Step *step, const float *input, float *output,
                       float (*pool)(const WgInt8Step *step, const float *image, const int y[2],
                                     const int x[2], int c))
{
    const int *in = step->in->info.dims, *out = step->out->info.dims;

    for (int i = 0; i < out[0] * out[1] * out[2]; i++) {
        const float *image = input + i / (out[1] * out[2]) * in[1] * in[2] * in[3];
        int y[2], x[2];

        wg_int8_pool_window(step, i, y, x);
        for (int c = 0; c < out[3]; c++)
            *output++ = pool(step, image, y, x, c);
    }
}
