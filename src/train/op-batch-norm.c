/* Batch normalisation: each channel of a chunk brought to mean 0 and variance 1, then scaled. */
#include "train/fusion.h"
#include "train/kernel.h"

#include <math.h>
#include <string.h>

/* Statistics are a chunk's, not the batch's ("ghost" batches, Hoffer et al. 2017): chunks then do
 * not wait for each other, and their noise regularises. */

static gboolean
prepare(WgLayer *layer, GError **error)
{
    layer->out_length = layer->in_length;
    layer->out_channels = layer->in_channels;
    layer->n_parameters = 2 * layer->in_channels;
    layer->n_state = 2 * layer->in_channels;
    return TRUE;
}

/* Rooms of one value a channel that kernels fill with whole vectors. */
enum { MEAN, VARIANCE, FACTOR, OFFSET, SUM, SUM_H, N_ROOMS };

static int
count_scratch(const WgLayer *layer)
{
    return N_ROOMS * wg_round_up_lanes(layer->in_channels);
}

static float *
find_room(const WgLayer *layer, const WgPass *pass, int room)
{
    return pass->scratch + room * wg_round_up_lanes(layer->in_channels);
}

static void
init(WgLayer *layer, gboolean is_before_relu, WgRandom *random)
{
    for (int c = 0; c < layer->in_channels; c++) {
        layer->parameters[c] = 1;
        layer->state[layer->in_channels + c] = 1;
    }
}

/* y = (x - mean) gamma / sqrt(variance + epsilon) + beta as y = x factor + offset */
static void
prepare_forward(const WgLayer *layer, const WgPass *pass)
{
    const int channels = layer->in_channels, rows = pass->n * layer->in_length;
    const float *gamma = layer->parameters, *beta = gamma + channels;
    const float *statistics = pass->is_training ? pass->statistics : layer->state;
    float *mean = find_room(layer, pass, MEAN), *variance = find_room(layer, pass, VARIANCE);
    float *factor = find_room(layer, pass, FACTOR), *offset = find_room(layer, pass, OFFSET);

    if (pass->is_training) {
        wg_kernels_get()->measure(pass->x, rows, channels, mean, variance);
        memcpy(pass->statistics, mean, sizeof(float) * (gsize)channels);
        memcpy(pass->statistics + channels, variance, sizeof(float) * (gsize)channels);
    }
    for (int c = 0; c < channels; c++) {
        factor[c] = gamma[c] / sqrtf(statistics[channels + c] + WG_BATCH_NORM_EPSILON);
        offset[c] = beta[c] - statistics[c] * factor[c];
    }
}

static void
run_forward(const WgLayer *layer, const WgPass *pass, gboolean is_rectified, float *y)
{
    prepare_forward(layer, pass);
    wg_kernels_get()->scale_rows(pass->x, pass->n * layer->in_length, layer->in_channels,
                                 find_room(layer, pass, FACTOR), find_room(layer, pass, OFFSET),
                                 is_rectified, y);
}

static void
forward(const WgLayer *layer, const WgPass *pass)
{
    run_forward(layer, pass, FALSE, pass->y);
}

void
wg_batch_norm_rectified_forward(const WgLayer *layers, const WgPass *passes)
{
    run_forward(layers, passes, TRUE, passes[1].y);
}

void
wg_batch_norm_pooled_forward(const WgLayer *layers, const WgPass *passes)
{
    const WgLayer *pool = layers + 2;
    const int channels = layers->in_channels, in_size = layers->in_length * channels;
    const int out_size = pool->out_length * channels;

    prepare_forward(layers, passes);
    for (int i = 0; i < passes->n; i++)
        wg_kernels_get()->pool_scaled(passes->x + i * in_size,
                                      pool->spec.pool > 0 ? pool->spec.pool : pool->in_length,
                                      pool->out_length, channels, find_room(layers, passes, FACTOR),
                                      find_room(layers, passes, OFFSET), passes[2].y + i * out_size,
                                      (gint32 *)passes[2].kept + i * out_size);
}

static void
fill_mean(const WgLayer *layer, const WgPass *pass)
{
    memcpy(find_room(layer, pass, MEAN), pass->statistics,
           sizeof(float) * (gsize)layer->in_channels);
}

/* With s = 1 / sqrt(variance + epsilon), h = (x - mean) s and m the gradient of y: dgamma += sum m
 * h, dbeta += sum m, dx = gamma s (m - sum m / rows - h sum (m h) / rows) (Ioffe and Szegedy 2015),
 * the last as dx = factor m + by_x x + offset. Takes the sums of m and of m (x - mean), of which it
 * leaves by_x in the place of the second. */
static void
prepare_backward(const WgLayer *layer, const WgPass *pass)
{
    const int channels = layer->in_channels, rows = pass->n * layer->in_length;
    const float *variance = pass->statistics + channels;
    const float *mean = pass->statistics, *sum = find_room(layer, pass, SUM);
    float *factor = find_room(layer, pass, FACTOR), *offset = find_room(layer, pass, OFFSET);
    float *by_x = find_room(layer, pass, SUM_H);

    for (int c = 0; c < channels; c++) {
        const float s = 1 / sqrtf(variance[c] + WG_BATCH_NORM_EPSILON);

        pass->gradients[c] += by_x[c] * s;
        pass->gradients[channels + c] += sum[c];
        factor[c] = layer->parameters[c] * s;
        by_x[c] *= -factor[c] * s * s / (float)rows;
        offset[c] = -mean[c] * by_x[c] - factor[c] * sum[c] / (float)rows;
    }
}

/* `y`: of the ReLU that follows, NULL where none does */
static void
run_backward(const WgLayer *layer, const WgPass *pass, const float *y, const float *dy)
{
    const int channels = layer->in_channels, rows = pass->n * layer->in_length;
    float *sum = find_room(layer, pass, SUM), *sum_h = find_room(layer, pass, SUM_H);

    fill_mean(layer, pass);
    wg_kernels_get()->sum_gradients(pass->x, y, dy, rows, channels, find_room(layer, pass, MEAN),
                                    sum, sum_h);
    prepare_backward(layer, pass);
    if (pass->dx)
        wg_kernels_get()->mix_gradients(pass->x, y, dy, rows, channels,
                                        find_room(layer, pass, FACTOR), sum_h,
                                        find_room(layer, pass, OFFSET), pass->dx);
}

static void
backward(const WgLayer *layer, const WgPass *pass)
{
    run_backward(layer, pass, NULL, pass->dy);
}

void
wg_batch_norm_rectified_backward(const WgLayer *layers, const WgPass *passes)
{
    run_backward(layers, passes, passes[1].y, passes[1].dy);
}

/* Only where a pool let something through m is not 0: sums and the first term of dx go there. */
void
wg_batch_norm_pooled_backward(const WgLayer *layers, const WgPass *passes)
{
    const WgPass *pass = passes, *pooled = passes + 2;
    const int channels = layers->in_channels, in_size = layers->in_length * channels;
    const int out_length = layers[2].out_length;
    const gint32 *places = (const gint32 *)pooled->kept;
    const float *mean = pass->statistics, *factor = find_room(layers, pass, FACTOR);
    float *sum = find_room(layers, pass, SUM), *sum_h = find_room(layers, pass, SUM_H);

    memset(sum, 0, sizeof(float) * (gsize)channels);
    memset(sum_h, 0, sizeof(float) * (gsize)channels);
    for (int t = 0; t < pass->n * out_length; t++) {
        const float *x = pass->x + t / out_length * in_size;

        for (int c = 0; c < channels; c++) {
            const gint32 place = places[t * channels + c];
            const float m = place >= 0 ? pooled->dy[t * channels + c] : 0;

            sum[c] += m;
            sum_h[c] += m * (x[MAX(0, place) * channels + c] - mean[c]);
        }
    }
    prepare_backward(layers, pass);
    if (!pass->dx)
        return;
    wg_kernels_get()->scale_rows(pass->x, pass->n * layers->in_length, channels, sum_h,
                                 find_room(layers, pass, OFFSET), FALSE, pass->dx);
    for (int t = 0; t < pass->n * out_length; t++) {
        float *dx = pass->dx + t / out_length * in_size;

        for (int c = 0; c < channels; c++) {
            const gint32 place = places[t * channels + c];

            if (place >= 0)
                dx[place * channels + c] += factor[c] * pooled->dy[t * channels + c];
        }
    }
}

const WgOp wg_op_batch_norm = {
    .name = "batch-norm",
    .prepare = prepare,
    .count_scratch = count_scratch,
    .init = init,
    .forward = forward,
    .backward = backward,
};
