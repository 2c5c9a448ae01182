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

/* Weights by lanes, biases, one padded dy. */
int
wg_conv_direct_scratch(const WgLayer *layer)
{
    return count_weight_lanes(layer) + LIMIT_VALUES +
           padded_gradient_length(layer) * layer->spec.units;
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

/* y[t,f] = b[f] + sum_k x[t + k dilation - before] W[f,k] */
void
wg_conv_direct_forward(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, channels = layer->in_channels;
    const int size = wg_conv_patch_size(layer), lanes = wg_round_up_lanes(units);
    const int padded_length = wg_conv_padded_length(layer);
    int offsets[LIMIT_VALUES];
    const WgPatches patches = {offsets, size, channels, layer->out_length};
    float *weights = pass->scratch, *bias = weights + count_weight_lanes(layer);

    fill_offsets(layer->spec.kernel, layer->spec.dilation, channels, offsets);
    memset(bias, 0, sizeof(float) * LIMIT_VALUES);
    if (layer->spec.has_bias)
        memcpy(bias, layer->parameters + wg_conv_count_weights(layer),
               sizeof(float) * (gsize)units);
    for (int k = 0; k < size; k++) {
        for (int f = 0; f < lanes; f++)
            weights[k * lanes + f] = f < units ? layer->parameters[f * size + k] : 0;
    }
    for (int i = 0; i < pass->n; i++) {
        float *padded = pass->kept + i * padded_length * channels;

        pad(pass->x + i * layer->in_length * channels, layer->in_length, channels,
            wg_conv_pad_before(layer), padded_length, padded);
        wg_kernel_correlate(&patches, padded, weights, bias, units,
                            pass->y + i * layer->out_length * units);
    }
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

/* dW[f] += dy[t,f] P[t], dx at P[t] += dy[t,f] W[f], only where dy[t,f] is not 0 */
static void
follow(const WgLayer *layer, const WgPass *pass, int i, int t, int f, float dy)
{
    const int channels = layer->in_channels, dilation = layer->spec.dilation;
    const int before = wg_conv_pad_before(layer), size = wg_conv_patch_size(layer);
    const float *x = pass->kept + (i * wg_conv_padded_length(layer) + t) * channels;
    const float *weights = layer->parameters + f * size;
    float *gradients = pass->gradients + f * size;

    for (int k = 0; k < layer->spec.kernel; k++) {
        const float *restrict from = x + k * dilation * channels;
        float *restrict gradient = gradients + k * channels;

        for (int c = 0; c < channels; c++)
            gradient[c] += dy * from[c];
    }
    for (int k = 0; pass->dx && k < layer->spec.kernel; k++) {
        const int to = t - before + k * dilation;
        const float *restrict w = weights + k * channels;
        float *restrict dx = pass->dx + (i * layer->in_length + to) * channels;

        for (int c = 0; c < channels && to >= 0 && to < layer->in_length; c++)
            dx[c] += dy * w[c];
    }
}

void
wg_conv_sparse_backward(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units;

    for (int row = 0; row < pass->n * layer->out_length; row++) {
        for (int f = 0; f < units; f++) {
            const float dy = pass->dy[row * units + f];

            if (dy != 0)
                follow(layer, pass, row / layer->out_length, row % layer->out_length, f, dy);
        }
    }
}
