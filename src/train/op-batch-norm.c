/* Batch normalisation: each channel of a chunk brought to mean 0 and variance 1, then scaled. */
#include "train/kernel.h"
#include "train/op.h"

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

/* Two rows of scratch; needed once a chunk. */
static int
count_kept(const WgLayer *layer)
{
    return 2 * layer->in_channels;
}

static void
init(WgLayer *layer, gboolean is_before_relu, WgRandom *random)
{
    for (int c = 0; c < layer->in_channels; c++) {
        layer->parameters[c] = 1;
        layer->state[layer->in_channels + c] = 1;
    }
}

/* mean = sum x / rows, variance = sum (x - mean)^2 / rows */
WG_WIDE static void
measure(const float *restrict x, int rows, int channels, float *restrict mean,
        float *restrict variance)
{
    memset(mean, 0, sizeof(float) * (gsize)channels);
    memset(variance, 0, sizeof(float) * (gsize)channels);
    for (int row = 0; row < rows; row++) {
        for (int c = 0; c < channels; c++)
            mean[c] += x[row * channels + c];
    }
    for (int c = 0; c < channels; c++)
        mean[c] /= (float)rows;
    for (int row = 0; row < rows; row++) {
        for (int c = 0; c < channels; c++) {
            const float off = x[row * channels + c] - mean[c];

            variance[c] += off * off;
        }
    }
    for (int c = 0; c < channels; c++)
        variance[c] /= (float)rows;
}

/* y = (x - mean) gamma / sqrt(variance + epsilon) + beta */
WG_WIDE static void
forward(const WgLayer *layer, const WgPass *pass)
{
    const int channels = layer->in_channels, rows = pass->n * layer->in_length;
    const float *gamma = layer->parameters, *beta = gamma + channels;
    const float *statistics = pass->is_training ? pass->statistics : layer->state;
    float *restrict factor = pass->kept;
    float *restrict offset = pass->kept + channels;
    const float *restrict x = pass->x;
    float *restrict y = pass->y;

    if (pass->is_training)
        measure(x, rows, channels, pass->statistics, pass->statistics + channels);
    for (int c = 0; c < channels; c++) {
        factor[c] = gamma[c] / sqrtf(statistics[channels + c] + WG_BATCH_NORM_EPSILON);
        offset[c] = beta[c] - statistics[c] * factor[c];
    }
    for (int row = 0; row < rows; row++) {
        for (int c = 0; c < channels; c++)
            y[row * channels + c] = x[row * channels + c] * factor[c] + offset[c];
    }
}

/* With s = 1 / sqrt(variance + epsilon) and h = (x - mean) s: dgamma += sum dy h, dbeta += sum dy,
 * dx = gamma s (dy - sum dy / rows - h sum (dy h) / rows) (Ioffe and Szegedy 2015) */
WG_WIDE static void
backward(const WgLayer *layer, const WgPass *pass)
{
    const int channels = layer->in_channels, rows = pass->n * layer->in_length;
    const float *restrict mean = pass->statistics;
    const float *restrict variance = pass->statistics + channels;
    const float *restrict x = pass->x;
    const float *restrict dy = pass->dy;
    float *restrict sum = pass->kept;
    float *restrict sum_h = pass->kept + channels;
    float *restrict dx = pass->dx;

    memset(sum, 0, 2 * sizeof(float) * (gsize)channels);
    for (int row = 0; row < rows; row++) {
        for (int c = 0; c < channels; c++) {
            const int i = row * channels + c;

            sum[c] += dy[i];
            sum_h[c] += dy[i] * (x[i] - mean[c]);
        }
    }
    for (int c = 0; c < channels; c++) {
        const float s = 1 / sqrtf(variance[c] + WG_BATCH_NORM_EPSILON);

        pass->gradients[c] += sum_h[c] * s;
        pass->gradients[channels + c] += sum[c];
        sum[c] /= (float)rows;
        sum_h[c] *= s * s / (float)rows;
    }
    if (!dx)
        return;
    for (int row = 0; row < rows; row++) {
        for (int c = 0; c < channels; c++) {
            const int i = row * channels + c;

            dx[i] = dy[i] - sum[c] - (x[i] - mean[c]) * sum_h[c];
        }
    }
    for (int c = 0; c < channels; c++)
        sum[c] = layer->parameters[c] / sqrtf(variance[c] + WG_BATCH_NORM_EPSILON);
    for (int row = 0; row < rows; row++) {
        for (int c = 0; c < channels; c++)
            dx[row * channels + c] *= sum[c];
    }
}

const WgOp wg_op_batch_norm = {
    .name = "batch-norm",
    .prepare = prepare,
    .count_kept = count_kept,
    .init = init,
    .forward = forward,
    .backward = backward,
};
