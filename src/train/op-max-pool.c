/* Max pool over time: the largest of each stretch of a channel; 0 samples a stretch: of all. */
#include "train/kernel.h"
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

static int
count_kept(const WgLayer *layer)
{
    return layer->out_length * layer->out_channels;
}

/* y[t,c] = max x[t pool .. t pool + pool - 1, c]; the place of the first of equals is kept */
WG_WIDE static void
forward(const WgLayer *layer, const WgPass *pass)
{
    const int channels = layer->in_channels;
    const int pool = layer->spec.pool > 0 ? layer->spec.pool : layer->in_length;
    gint32 *places = (gint32 *)pass->kept;

    for (int i = 0; i < pass->n * layer->out_length; i++) {
        const int sample = i / layer->out_length, t = i % layer->out_length;
        const float *restrict x = pass->x + (sample * layer->in_length + t * pool) * channels;
        float *restrict y = pass->y + i * channels;
        gint32 *restrict place = places + i * channels;

        memcpy(y, x, sizeof(float) * (gsize)channels);
        for (int c = 0; c < channels; c++)
            place[c] = t * pool;
        for (int k = 1; k < pool; k++) {
            for (int c = 0; c < channels; c++) {
                const float value = x[k * channels + c];

                place[c] = value > y[c] ? t * pool + k : place[c];
                y[c] = value > y[c] ? value : y[c];
            }
        }
    }
}

/* dx = dy at the kept places, 0 elsewhere */
static void
backward(const WgLayer *layer, const WgPass *pass)
{
    const int channels = layer->in_channels, in_size = layer->in_length * channels;
    const int out_size = layer->out_length * channels;
    const gint32 *places = (const gint32 *)pass->kept;

    if (!pass->dx)
        return;
    memset(pass->dx, 0, sizeof(float) * (gsize)pass->n * (gsize)in_size);
    for (int i = 0; i < pass->n; i++) {
        for (int j = 0; j < out_size; j++) {
            const int place = places[i * out_size + j];

            pass->dx[i * in_size + place * channels + j % channels] = pass->dy[i * out_size + j];
        }
    }
}

const WgOp wg_op_max_pool = {
    .name = "max-pool",
    .prepare = prepare,
    .count_kept = count_kept,
    .forward = forward,
    .backward = backward,
};
