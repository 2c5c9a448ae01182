/* Flatten: length x channels become one row of as many channels. */
#include "train/op.h"

#include <string.h>

static gboolean
prepare(WgLayer *layer, GError **error)
{
    layer->out_length = 1;
    layer->out_channels = layer->in_length * layer->in_channels;
    return TRUE;
}

static void
forward(const WgLayer *layer, const WgPass *pass)
{
    memcpy(pass->y, pass->x, sizeof(float) * (gsize)pass->n * (gsize)layer->out_channels);
}

static void
backward(const WgLayer *layer, const WgPass *pass)
{
    if (pass->dx)
        memcpy(pass->dx, pass->dy, sizeof(float) * (gsize)pass->n * (gsize)layer->out_channels);
}

const WgOp wg_op_flatten = {
    .name = "flatten",
    .prepare = prepare,
    .forward = forward,
    .backward = backward,
};
