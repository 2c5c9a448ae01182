/* Dropout: in training a seeded share of values becomes 0 and the others grow to make up for it. */
#include "train/op.h"

#include "base/error.h"

#include <string.h>

#define STEPS                                                                                      \
    65536 /* a share is told to 16 bits, so that one random number decides on four values */

static gboolean
prepare(WgLayer *layer, GError **error)
{
    if (!(layer->spec.rate >= 0 && layer->spec.rate <= 0.95f)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "a share of %g dropped: must be from 0 to 0.95", layer->spec.rate);
        return FALSE;
    }
    layer->out_length = layer->in_length;
    layer->out_channels = layer->in_channels;
    return TRUE;
}

static int
count_kept(const WgLayer *layer)
{
    return layer->in_length * layer->in_channels;
}

/* factors[i] = 0 for the dropped, 1 / (1 - rate) for the others */
static void
draw_factors(const WgLayer *layer, WgRandom *random, float *factors)
{
    const int size = count_kept(layer);
    const int n_dropped = (int)(layer->spec.rate * STEPS);
    const float grown = (float)STEPS / (float)(STEPS - n_dropped);

    for (int i = 0; i < size; i += 4) {
        guint64 bits = wg_random_next(random);

        for (int j = i; j < MIN(i + 4, size); j++, bits >>= 16)
            factors[j] = (int)(bits & (STEPS - 1)) < n_dropped ? 0 : grown;
    }
}

/* y = x * factor */
static void
forward(const WgLayer *layer, const WgPass *pass)
{
    const int size = count_kept(layer);
    const float *restrict x = pass->x, *restrict factors = pass->kept;
    float *restrict y = pass->y;

    if (!pass->is_training) {
        memcpy(y, x, sizeof(float) * (gsize)pass->n * (gsize)size);
        return;
    }
    for (int i = 0; i < pass->n; i++) {
        WgRandom random;

        wg_random_init(&random, pass->seed, pass->streams[i]);
        draw_factors(layer, &random, pass->kept + i * size);
    }
    for (int i = 0; i < pass->n * size; i++)
        y[i] = x[i] * factors[i];
}

/* dx = dy * factor */
static void
backward(const WgLayer *layer, const WgPass *pass)
{
    const int size = pass->n * count_kept(layer);
    const float *restrict dy = pass->dy, *restrict factors = pass->kept;
    float *restrict dx = pass->dx;

    if (!dx)
        return;
    for (int i = 0; i < size; i++)
        dx[i] = dy[i] * factors[i];
}

const WgOp wg_op_dropout = {
    .name = "dropout",
    .prepare = prepare,
    .count_kept = count_kept,
    .forward = forward,
    .backward = backward,
};
