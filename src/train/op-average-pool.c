/* Average pool over time: the mean of each stretch of a channel; 0 samples a stretch: of all. */
#include "train/op.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
prepare(WgLayer *layer, GError **error)
{
    if (layer->spec.pool > layer->in_length) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("a pool of %d samples, its input has %d"), layer->spec.pool,
                    layer->in_length);
        return FALSE;
    }
    layer->out_length = layer->spec.pool > 0 ? layer->in_length / layer->spec.pool : 1;
    layer->out_channels = layer->in_channels;
    return TRUE;
}

/* y[t,c] = sum x[t pool .. t pool + pool - 1, c] / pool */
static void
forward(const WgLayer *layer, const WgPass *pass)
{
    const int channels = layer->in_channels;
    const int pool = layer->spec.pool > 0 ? layer->spec.pool : layer->in_length;

    for (int i = 0; i < pass->n * layer->out_length; i++) {
        const int sample = i / layer->out_length, t = i % layer->out_length;
        const float *restrict x = pass->x + (sample * layer->in_length + t * pool) * channels;
        float *restrict y = pass->y + i * channels;

        memset(y, 0, sizeof(float) * (gsize)channels);
        for (int k = 0; k < pool; k++) {
            for (int c = 0; c < channels; c++)
                y[c] += x[k * channels + c];
        }
        for (int c = 0; c < channels; c++)
            y[c] /= (float)pool;
    }
}

/* dx[t pool + k, c] = dy[t,c] / pool; samples that no stretch holds get 0 */
static void
backward(const WgLayer *layer, const WgPass *pass)
{
    const int channels = layer->in_channels, in_size = layer->in_length * channels;
    const int pool = layer->spec.pool > 0 ? layer->spec.pool : layer->in_length;

    if (!pass->dx)
        return;
    memset(pass->dx, 0, sizeof(float) * (gsize)pass->n * (gsize)in_size);
    for (int i = 0; i < pass->n; i++) {
        for (int t = 0; t < layer->out_length * pool; t++) {
            const float *dy = pass->dy + (i * layer->out_length + t / pool) * channels;

            for (int c = 0; c < channels; c++)
                pass->dx[i * in_size + t * channels + c] = dy[c] / (float)pool;
        }
    }
}

const WgOp wg_op_average_pool = {
    .name = "average-pool",
    .prepare = prepare,
    .forward = forward,
    .backward = backward,
};
