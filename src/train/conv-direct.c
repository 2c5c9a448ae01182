/* Convolution by kernels over padded samples: stride 1, small filters, no patches written out. */
#include "train/op-conv.h"

#include "train/kernel.h"

#include <string.h>

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
    return layer->spec.stride == 1 &&
           wg_conv_patch_size(layer) * wg_round_up_lanes(layer->spec.units) <= LIMIT_WEIGHTS;
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

/* Without dilation a patch lies in one piece. */
static int
count_runs(const WgLayer *layer)
{
    return layer->spec.dilation == 1 ? 1 : layer->spec.kernel;
}

/* Whether the samples are read where they lie. */
static gboolean
is_unpadded(const WgLayer *layer)
{
    return wg_conv_padded_length(layer) == layer->in_length;
}

static int
count_weight_lanes(const WgLayer *layer)
{
    const int units = layer->spec.units, kernel = layer->spec.kernel;
    const int by_value = wg_conv_patch_size(layer) * wg_round_up_lanes(units);
    const int by_run = units * wg_round_up_lanes(wg_conv_patch_size(layer));
    const int by_tap = units * kernel * wg_round_up_lanes(layer->in_channels);

    return MAX(by_value, MAX(by_run, by_tap));
}

/* Weights by lanes, then biases or one padded dy; or weights and their gradients by lanes. */
int
wg_conv_direct_scratch(const WgLayer *layer)
{
    const int units = wg_round_up_lanes(layer->spec.units);

    return count_weight_lanes(layer) +
           MAX(count_weight_lanes(layer), units * (1 + padded_gradient_length(layer)));
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

/* The samples as forward saw them, padded_length a sample. */
static const float *
find_padded(const WgLayer *layer, const WgPass *pass)
{
    return is_unpadded(layer) ? pass->x : pass->kept;
}

/* Weights by lanes, then biases, into the scratch room; returns the biases. */
static float *
pack_weights(const WgLayer *layer, float *weights)
{
    const int units = layer->spec.units, size = wg_conv_patch_size(layer);
    const int lanes = wg_round_up_lanes(units);
    float *bias = weights + count_weight_lanes(layer);

    memset(bias, 0, sizeof(float) * (gsize)lanes);
    if (layer->spec.has_bias)
        memcpy(bias, layer->parameters + wg_conv_count_weights(layer),
               sizeof(float) * (gsize)units);
    for (int f = 0; f < units; f++) {
        const float *from = layer->parameters + f * size;

        for (int k = 0; k < size; k++)
            weights[k * lanes + f] = from[k];
    }
    return bias;
}

/* y[t,f] = b[f] + sum_k x[t + k dilation - before] W[f,k], sample by sample to `y` or, with a pool,
 * all to the same place and from there to the pool */
static void
run_forward(const WgLayer *layer, const WgPass *pass, const WgLayer *pool, const WgPass *pooled)
{
    const WgKernels *kernels = wg_kernels_get();
    const int units = layer->spec.units, channels = layer->in_channels;
    const int padded_length = wg_conv_padded_length(layer), n_runs = count_runs(layer);
    const int lanes = wg_round_up_lanes(units), run = wg_conv_patch_size(layer) / n_runs;
    const WgProduct product = {.n_rows = layer->out_length,
                               .n_columns = units,
                               .c_step = units,
                               .n_runs = n_runs,
                               .n_values = run,
                               .row_step = channels,
                               .a_run = layer->spec.dilation * channels,
                               .a_step = 1,
                               .b_run = run * lanes,
                               .b_step = lanes,
                               .start = pack_weights(layer, pass->scratch)};

    for (int i = 0; i < pass->n; i++) {
        const float *x = pass->x + i * layer->in_length * channels;
        float *y = pass->y + (pool ? 0 : i * layer->out_length * units);

        if (!is_unpadded(layer)) {
            float *padded = pass->kept + i * padded_length * channels;

            pad(x, layer->in_length, channels, wg_conv_pad_before(layer), padded_length, padded);
            x = padded;
        }
        kernels->multiply(&product, x, pass->scratch, y);
        if (pool)
            kernels->pool_rectified(y, pool->spec.pool > 0 ? pool->spec.pool : pool->in_length,
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
wg_conv_pooled_forward(const WgLayer *layers, const WgPass *passes)
{
    run_forward(layers, passes, layers + 2, passes + 2);
}

/* dW[f,k] += sum_t dy[t,f] x[t + k dilation - before], over all samples in one sum: each is a run
 */
static void
add_weight_gradient(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, channels = layer->in_channels;
    const int n_runs = count_runs(layer), size = wg_conv_patch_size(layer), run = size / n_runs;
    const int lanes = wg_round_up_lanes(run);
    const WgProduct product = {.n_rows = units,
                               .n_columns = run,
                               .c_step = lanes,
                               .n_runs = pass->n,
                               .n_values = layer->out_length,
                               .row_step = 1,
                               .a_run = layer->out_length * units,
                               .a_step = units,
                               .b_run = wg_conv_padded_length(layer) * channels,
                               .b_step = channels};
    const float *x = find_padded(layer, pass);
    float *sums = pass->scratch;

    for (int t = 0; t < n_runs; t++) {
        wg_kernels_get()->multiply(&product, pass->dy, x + t * layer->spec.dilation * channels,
                                   sums);
        for (int f = 0; f < units; f++) {
            float *gradients = pass->gradients + f * size + t * run;

            for (int k = 0; k < run; k++)
                gradients[k] += sums[f * lanes + k];
        }
    }
}

/* dx[s,c] = sum_k,f dy[s + before - k dilation, f] W[f,k,c]: a product of dy between zeros with the
 * filters, from last tap to first, where they lie */
static void
find_input_gradient(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, channels = layer->in_channels;
    const int kernel = layer->spec.kernel, size = wg_conv_patch_size(layer);
    const int padded_length = padded_gradient_length(layer);
    const WgProduct product = {.n_rows = layer->in_length,
                               .n_columns = channels,
                               .c_step = channels,
                               .n_runs = kernel,
                               .n_values = units,
                               .row_step = units,
                               .a_run = layer->spec.dilation * units,
                               .a_step = 1,
                               .b_run = -channels,
                               .b_step = size};
    float *padded = pass->scratch;

    for (int i = 0; i < pass->n; i++) {
        pad(pass->dy + i * layer->out_length * units, layer->out_length, units,
            wg_conv_reach(layer) - 1 - wg_conv_pad_before(layer), padded_length, padded);
        wg_kernels_get()->multiply(&product, padded, layer->parameters + (kernel - 1) * channels,
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
        const float *x = find_padded(layer, pass) + i * wg_conv_padded_length(layer) * taps.step;
        float *dx = pass->dx ? pass->dx + i * layer->in_length * taps.step : NULL;

        if (pool)
            wg_kernels_get()->follow_pooled(
                &taps, x, pooled->dy + i * pool->out_length * taps.units,
                (const gint32 *)pooled->kept + i * pool->out_length * taps.units, pool->out_length,
                weights, sums, dx);
        else
            wg_kernels_get()->follow(&taps, x, pass->dy + i * layer->out_length * taps.units,
                                     weights, sums, dx);
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

/* bias[f] += sum dy of what a pool let through */
WG_WIDE static void
add_pooled_bias(const float *restrict dy, const gint32 *restrict places, int n, int units,
                float *restrict bias)
{
    for (int t = 0; t < n; t++) {
        for (int f = 0; f < units; f++)
            bias[f] += places[t * units + f] >= 0 ? dy[t * units + f] : 0;
    }
}

void
wg_conv_pooled_backward(const WgLayer *layers, const WgPass *passes)
{
    const WgPass *pass = passes, *pooled = passes + 2;

    if (layers->spec.has_bias)
        add_pooled_bias(pooled->dy, (const gint32 *)pooled->kept, pass->n * layers[2].out_length,
                        layers->spec.units, pass->gradients + wg_conv_count_weights(layers));
    if (pass->dx)
        memset(pass->dx, 0,
               sizeof(float) * (gsize)(pass->n * layers->in_length * layers->in_channels));
    run_sparse_backward(layers, pass, layers + 2, pooled);
}
