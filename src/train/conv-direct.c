/* Convolution by kernels over padded samples: stride 1, small filters, no patches written out. */
#include "train/op-conv.h"

#include "train/kernel.h"

#include <string.h>

#define LIMIT_VALUES 256   /* of a patch, and of a gradient's patch */
#define LIMIT_WEIGHTS 8192 /* with lanes: 32 kB, the nearest cache */

int
wg_conv_patch_size(const WgLayer *layer)
{
    return layer->spec.kernel * layer->in_channels;
}

int
wg_conv_reach(const WgLayer *layer)
{
    return (layer->spec.kernel - 1) * layer->spec.dilation + 1;
}

int
wg_conv_count_weights(const WgLayer *layer)
{
    return layer->spec.units * wg_conv_patch_size(layer);
}

int
wg_conv_pad_before(const WgLayer *layer)
{
    const int needed = (layer->out_length - 1) * layer->spec.stride + wg_conv_reach(layer);

    return layer->spec.same ? MAX(0, needed - layer->in_length) / 2 : 0;
}

gboolean
wg_conv_is_direct(const WgLayer *layer)
{
    const int units = layer->spec.units, kernel = layer->spec.kernel;

    return layer->spec.stride == 1 && units <= LIMIT_VALUES &&
           wg_conv_patch_size(layer) <= LIMIT_VALUES && kernel * units <= LIMIT_VALUES &&
           wg_conv_patch_size(layer) * wg_round_up_lanes(units) <= LIMIT_WEIGHTS;
}

int
wg_conv_padded_length(const WgLayer *layer)
{
    return layer->out_length + wg_conv_reach(layer) - 1;
}

/* Samples of a padded dy: what the input's gradients see of it. */
static int
padded_gradient_length(const WgLayer *layer)
{
    return layer->in_length + wg_conv_reach(layer) - 1;
}

static int
count_weight_lanes(const WgLayer *layer)
{
    const int there = wg_conv_patch_size(layer) * wg_round_up_lanes(layer->spec.units);
    const int back = layer->spec.kernel * layer->spec.units * wg_round_up_lanes(layer->in_channels);

    return MAX(there, back);
}

/* Weights by lanes, biases, one padded dy; or weights and their gradients by lanes. */
int
wg_conv_direct_scratch(const WgLayer *layer)
{
    return count_weight_lanes(layer) +
           MAX(count_weight_lanes(layer),
               LIMIT_VALUES + padded_gradient_length(layer) * layer->spec.units);
}

/* Copies a sample of `length` samples between zeros, or what of it lies inside. */
static void
pad(const float *x, int length, int channels, int before, int padded_length, float *padded)
{
    const int n = MIN(length, padded_length - before);

    memset(padded, 0, sizeof(float) * (gsize)(before * channels));
    memcpy(padded + before * channels, x, sizeof(float) * (gsize)(n * channels));
    memset(padded + (before + n) * channels, 0,
           sizeof(float) * (gsize)((padded_length - before - n) * channels));
}

static void
fill_offsets(int kernel, int dilation, int channels, int *offsets)
{
    for (int i = 0; i < kernel * channels; i++)
        offsets[i] = i / channels * dilation * channels + i % channels;
}

/* Weights by lanes, then biases, into the scratch room; returns the biases. */
static float *
pack_weights(const WgLayer *layer, float *weights)
{
    const int units = layer->spec.units, size = wg_conv_patch_size(layer);
    const int lanes = wg_round_up_lanes(units);
    float *bias = weights + count_weight_lanes(layer);

    memset(bias, 0, sizeof(float) * LIMIT_VALUES);
    if (layer->spec.has_bias)
        memcpy(bias, layer->parameters + wg_conv_count_weights(layer),
               sizeof(float) * (gsize)units);
    for (int k = 0; k < size; k++) {
        for (int f = 0; f < lanes; f++)
            weights[k * lanes + f] = f < units ? layer->parameters[f * size + k] : 0;
    }
    return bias;
}

/* y[t,f] = b[f] + sum_k x[t + k dilation - before] W[f,k], sample by sample to `y` or, with a pool,
 * all to the same place and from there to the pool */
static void
run_forward(const WgLayer *layer, const WgPass *pass, const WgLayer *pool, const WgPass *pooled)
{
    const int units = layer->spec.units, channels = layer->in_channels;
    const int padded_length = wg_conv_padded_length(layer);
    int offsets[LIMIT_VALUES];
    const WgPatches patches = {offsets, wg_conv_patch_size(layer), channels, layer->out_length};
    float *weights = pass->scratch;
    const float *bias = pack_weights(layer, weights);

    fill_offsets(layer->spec.kernel, layer->spec.dilation, channels, offsets);
    for (int i = 0; i < pass->n; i++) {
        float *padded = pass->kept + i * padded_length * channels;
        float *y = pass->y + (pool ? 0 : i * layer->out_length * units);

        pad(pass->x + i * layer->in_length * channels, layer->in_length, channels,
            wg_conv_pad_before(layer), padded_length, padded);
        wg_kernel_correlate(&patches, padded, weights, bias, units, y);
        if (pool)
            wg_kernel_pool_rectified(y, pool->spec.pool > 0 ? pool->spec.pool : pool->in_length,
                                     pool->out_length, units,
                                     pooled->y + i * pool->out_length * units,
                                     (gint32 *)pooled->kept + i * pool->out_length * units);
    }
}

void
wg_conv_direct_forward(const WgLayer *layer, const WgPass *pass)
{
    run_forward(layer, pass, NULL, NULL);
}

void
wg_conv_pooled_forward(const WgLayer *layer, const WgPass *pass, const WgLayer *pool,
                       const WgPass *pooled)
{
    run_forward(layer, pass, pool, pooled);
}

/* dW[f,k] += sum_t dy[t,f] x[t + k dilation - before] */
static void
add_weight_gradient(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, channels = layer->in_channels;
    const int size = wg_conv_patch_size(layer), lanes = wg_round_up_lanes(units);
    int offsets[LIMIT_VALUES];
    const WgPatches patches = {offsets, size, channels, layer->out_length};
    float *sums = pass->scratch;

    fill_offsets(layer->spec.kernel, layer->spec.dilation, channels, offsets);
    memset(sums, 0, sizeof(float) * (gsize)(size * lanes));
    for (int i = 0; i < pass->n; i++)
        wg_kernel_accumulate(&patches, pass->kept + i * wg_conv_padded_length(layer) * channels,
                             pass->dy + i * layer->out_length * units, units, sums);
    for (int f = 0; f < units; f++) {
        for (int k = 0; k < size; k++)
            pass->gradients[f * size + k] += sums[k * lanes + f];
    }
}

/* dx[s,c] = sum_k,f dy[s + before - k dilation, f] W[f,k,c]: a correlation of dy between zeros with
 * the filters from last to first */
static void
find_input_gradient(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, channels = layer->in_channels;
    const int kernel = layer->spec.kernel, lanes = wg_round_up_lanes(channels);
    const int padded_length = padded_gradient_length(layer);
    int offsets[LIMIT_VALUES];
    const WgPatches patches = {offsets, kernel * units, units, layer->in_length};
    float *weights = pass->scratch, *bias = weights + count_weight_lanes(layer);
    float *padded = bias + LIMIT_VALUES;

    fill_offsets(kernel, layer->spec.dilation, units, offsets);
    memset(bias, 0, sizeof(float) * LIMIT_VALUES);
    for (int k = 0; k < kernel; k++) {
        for (int f = 0; f < units; f++) {
            const float *w = layer->parameters + (f * kernel + kernel - 1 - k) * channels;

            for (int c = 0; c < lanes; c++)
                weights[(k * units + f) * lanes + c] = c < channels ? w[c] : 0;
        }
    }
    for (int i = 0; i < pass->n; i++) {
        pad(pass->dy + i * layer->out_length * units, layer->out_length, units,
            wg_conv_reach(layer) - 1 - wg_conv_pad_before(layer), padded_length, padded);
        wg_kernel_correlate(&patches, padded, weights, bias, channels,
                            pass->dx + i * layer->in_length * channels);
    }
}

void
wg_conv_direct_backward(const WgLayer *layer, const WgPass *pass)
{
    add_weight_gradient(layer, pass);
    if (pass->dx)
        find_input_gradient(layer, pass);
}

/* The taps of a convolution; without dilation, and where nobody wants dx, all of them are one tap
 * of as many channels, for they lie one behind the other. */
static WgTaps
make_taps(const WgLayer *layer, gboolean has_dx)
{
    const gboolean is_one = !has_dx && layer->spec.dilation == 1;
    const WgTaps taps = {.units = layer->spec.units,
                         .n_taps = is_one ? 1 : layer->spec.kernel,
                         .dilation = layer->spec.dilation,
                         .channels = is_one ? wg_conv_patch_size(layer) : layer->in_channels,
                         .step = layer->in_channels,
                         .n_rows = layer->out_length,
                         .in_length = layer->in_length,
                         .before = wg_conv_pad_before(layer)};

    return taps;
}

/* dW[f] += dy[t,f] P[t], dx at P[t] += dy[t,f] W[f], only where dy[t,f] is not 0: of all dy, or of
 * those that a pool let through */
static void
run_sparse_backward(const WgLayer *layer, const WgPass *pass, const WgLayer *pool,
                    const WgPass *pooled)
{
    const WgTaps taps = make_taps(layer, pass->dx != NULL);
    const int lanes = wg_round_up_lanes(taps.channels), n = taps.units * taps.n_taps;
    float *weights = pass->scratch, *sums = weights + n * lanes;

    for (int i = 0; pass->dx && i < n; i++) {
        for (int c = 0; c < lanes; c++)
            weights[i * lanes + c] =
                c < taps.channels ? layer->parameters[i * taps.channels + c] : 0;
    }
    memset(sums, 0, sizeof(float) * (gsize)(n * lanes));
    for (int i = 0; i < pass->n; i++) {
        const float *x = pass->kept + i * wg_conv_padded_length(layer) * taps.step;
        float *dx = pass->dx ? pass->dx + i * layer->in_length * taps.step : NULL;

        if (pool)
            wg_kernel_follow_pooled(&taps, x, pooled->dy + i * pool->out_length * taps.units,
                                    (const gint32 *)pooled->kept +
                                        i * pool->out_length * taps.units,
                                    pool->out_length, weights, sums, dx);
        else
            wg_kernel_follow(&taps, x, pass->dy + i * layer->out_length * taps.units, weights, sums,
                             dx);
    }
    for (int i = 0; i < n; i++) {
        for (int c = 0; c < taps.channels; c++)
            pass->gradients[i * taps.channels + c] += sums[i * lanes + c];
    }
}

void
wg_conv_sparse_backward(const WgLayer *layer, const WgPass *pass)
{
    run_sparse_backward(layer, pass, NULL, NULL);
}

void
wg_conv_pooled_backward(const WgLayer *layer, const WgPass *pass, const WgLayer *pool,
                        const WgPass *pooled)
{
    const gint32 *places = (const gint32 *)pooled->kept;
    const int n = pass->n * pool->out_length * layer->spec.units;
    float *bias = pass->gradients + wg_conv_count_weights(layer);

    for (int i = 0; layer->spec.has_bias && i < n; i++) {
        if (places[i] >= 0)
            bias[i % layer->spec.units] += pooled->dy[i];
    }
    if (pass->dx)
        memset(pass->dx, 0,
               sizeof(float) * (gsize)(pass->n * layer->in_length * layer->in_channels));
    run_sparse_backward(layer, pass, pool, pooled);
}
