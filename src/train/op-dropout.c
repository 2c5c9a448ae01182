/* Dropout: in training a seeded share of values becomes 0 and the others grow to make up for it. */
#include "train/op.h"

#include "base/error.h"
#include "train/fusion.h"
#include "train/kernel.h"

#include <glib/gi18n.h>
#include <string.h>

#define STEPS 65536 /* a share is told to 16 bits */

static gboolean
prepare(WgLayer *layer, GError **error)
{
    if (!(layer->spec.rate >= 0 && layer->spec.rate <= 0.95f)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("a share of %g dropped: must be from 0 to 0.95"), layer->spec.rate);
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

/* factors[i] = 0 for the dropped, 1 / (1 - rate) for the others, by a hash of the value's number:
 * unlike a chain of random numbers it fills whole vectors (lowbias32 of C. Wellons, 2018). */
WG_WIDE static void
draw_factors(guint32 seed, int n_dropped, int size, float *restrict factors)
{
    const float grown = (float)STEPS / (float)(STEPS - n_dropped);

    for (int i = 0; i < size; i++) {
        guint32 hash = seed + (guint32)i * 0x9e3779b9u;

        hash = (hash ^ (hash >> 16)) * 0x7feb352du;
        hash = (hash ^ (hash >> 15)) * 0x846ca68bu;
        factors[i] = (int)(hash >> 16) < n_dropped ? 0 : grown;
    }
}

WG_WIDE static void
multiply(const float *restrict x, const float *restrict factors, int n, float *restrict y)
{
    for (int i = 0; i < n; i++)
        y[i] = x[i] * factors[i];
}

/* y = max(0, x) * factor */
WG_WIDE static void
multiply_rectified(const float *restrict x, const float *restrict factors, int n, float *restrict y)
{
    for (int i = 0; i < n; i++)
        y[i] = x[i] > 0 ? x[i] * factors[i] : 0;
}

/* dx = dy grown where y > 0 */
WG_WIDE static void
pass_grown(const float *restrict y, const float *restrict dy, float grown, int n,
           float *restrict dx)
{
    for (int i = 0; i < n; i++)
        dx[i] = y[i] > 0 ? dy[i] * grown : 0;
}

static int
count_dropped(const WgLayer *layer)
{
    return (int)(layer->spec.rate * STEPS);
}

static void
draw_sample_factors(const WgLayer *layer, const WgPass *pass, int i, float *factors)
{
    WgRandom random;

    wg_random_init(&random, pass->seed, pass->streams[i]);
    draw_factors((guint32)wg_random_next(&random), count_dropped(layer), count_kept(layer),
                 factors);
}

/* y = x * factor */
static void
forward(const WgLayer *layer, const WgPass *pass)
{
    const int size = count_kept(layer);

    if (!pass->is_training) {
        memcpy(pass->y, pass->x, sizeof(float) * (gsize)pass->n * (gsize)size);
        return;
    }
    for (int i = 0; i < pass->n; i++)
        draw_sample_factors(layer, pass, i, pass->kept + i * size);
    multiply(pass->x, pass->kept, pass->n * size, pass->y);
}

/* dx = dy * factor */
static void
backward(const WgLayer *layer, const WgPass *pass)
{
    if (pass->dx)
        multiply(pass->dy, pass->kept, pass->n * count_kept(layer), pass->dx);
}

/* The factors of one sample after the other are in the same place, near at hand. */
void
wg_dropout_rectified_forward(const WgLayer *layers, const WgPass *passes)
{
    const WgLayer *dropout = layers + 1;
    const WgPass *pass = passes + 1;
    const int size = count_kept(dropout);

    if (!pass->is_training) {
        wg_op_relu.forward(layers, passes);
        forward(dropout, pass);
        return;
    }
    for (int i = 0; i < pass->n; i++) {
        draw_sample_factors(dropout, pass, i, pass->kept);
        multiply_rectified(passes->x + i * size, pass->kept, size, pass->y + i * size);
    }
}

void
wg_dropout_rectified_backward(const WgLayer *layers, const WgPass *passes)
{
    const WgLayer *dropout = layers + 1;

    if (passes->dx)
        pass_grown(passes[1].y, passes[1].dy,
                   (float)STEPS / (float)(STEPS - count_dropped(dropout)),
                   passes->n * count_kept(dropout), passes->dx);
}

const WgOp wg_op_dropout = {
    .name = "dropout",
    .prepare = prepare,
    .count_kept = count_kept,
    .forward = forward,
    .backward = backward,
};
