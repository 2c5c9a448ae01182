/* Rectifier: what is below 0 becomes 0. */
#include "train/kernel.h"
#include "train/op.h"

static gboolean
prepare(WgLayer *layer, GError **error)
{
    layer->out_length = layer->in_length;
    layer->out_channels = layer->in_channels;
    return TRUE;
}

/* y = max(x, 0) */
WG_WIDE static void
forward(const WgLayer *layer, const WgPass *pass)
{
    const int size = pass->n * layer->in_length * layer->in_channels;
    const float *restrict x = pass->x;
    float *restrict y = pass->y;

    for (int i = 0; i < size; i++)
        y[i] = x[i] > 0 ? x[i] : 0;
}

/* dx = dy where x > 0 */
WG_WIDE static void
backward(const WgLayer *layer, const WgPass *pass)
{
    const int size = pass->n * layer->in_length * layer->in_channels;
    const float *restrict x = pass->x;
    const float *restrict dy = pass->dy;
    float *restrict dx = pass->dx;

    if (!dx)
        return;
    for (int i = 0; i < size; i++)
        dx[i] = x[i] > 0 ? dy[i] : 0;
}

const WgOp wg_op_relu = {
    .name = "relu",
    .prepare = prepare,
    .forward = forward,
    .backward = backward,
};
