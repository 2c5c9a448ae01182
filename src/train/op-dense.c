/* Dense layer: every output sees every input; takes any shape as one flat row. */
#include "train/op.h"

#include "base/error.h"

#include <cblas.h>
#include <glib/gi18n.h>
#include <string.h>

static int
count_inputs(const WgLayer *layer)
{
    return layer->in_length * layer->in_channels;
}

static gboolean
prepare(WgLayer *layer, GError **error)
{
    if (layer->spec.units < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("%d outputs: must be at least 1"),
                    layer->spec.units);
        return FALSE;
    }
    layer->out_length = 1;
    layer->out_channels = layer->spec.units;
    layer->n_parameters =
        layer->spec.units * count_inputs(layer) + (layer->spec.has_bias ? layer->spec.units : 0);
    return TRUE;
}

static int
count_weights(const WgLayer *layer)
{
    return layer->spec.units * count_inputs(layer);
}

static void
init(WgLayer *layer, gboolean is_before_relu, WgRandom *random)
{
    wg_op_draw_weights(layer->parameters, count_weights(layer), count_inputs(layer),
                       layer->spec.units, is_before_relu, random);
}

/* y = x W' + b; x is n x inputs, W is units x inputs */
static void
forward(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, inputs = count_inputs(layer);
    const float *bias = layer->parameters + count_weights(layer);

    if (layer->spec.has_bias) {
        for (int i = 0; i < pass->n; i++)
            memcpy(pass->y + i * units, bias, sizeof(float) * (gsize)units);
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, pass->n, units, inputs, 1, pass->x, inputs,
                layer->parameters, inputs, layer->spec.has_bias ? 1 : 0, pass->y, units);
}

/* dW += dy' x, db += sum dy, dx = dy W */
static void
backward(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, inputs = count_inputs(layer);

    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, units, inputs, pass->n, 1, pass->dy, units,
                pass->x, inputs, 1, pass->gradients, inputs);
    if (layer->spec.has_bias) {
        float *gradient = pass->gradients + count_weights(layer);

        for (int i = 0; i < pass->n * units; i++)
            gradient[i % units] += pass->dy[i];
    }
    if (pass->dx)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, pass->n, inputs, units, 1, pass->dy,
                    units, layer->parameters, inputs, 0, pass->dx, inputs);
}

const WgOp wg_op_dense = {
    .name = "dense",
    .prepare = prepare,
    .count_weights = count_weights,
    .init = init,
    .forward = forward,
    .backward = backward,
};
