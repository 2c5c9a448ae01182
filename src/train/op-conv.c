/* Convolution over time: patches of the input times the filters, by one product a chunk. */
#include "train/op.h"

#include "base/error.h"

#include <cblas.h>
#include <string.h>

/* Where fewer than one gradient in this many is not 0, as behind a global max pool, they are
 * followed one by one. */
#define SPARSE_SHARE 8

static int
patch_size(const WgLayer *layer)
{
    return layer->spec.kernel * layer->in_channels;
}

static int
reach(const WgLayer *layer)
{
    return (layer->spec.kernel - 1) * layer->spec.dilation + 1;
}

/* Zeros before the first sample, as TensorFlow's SAME has them. */
static int
pad_before(const WgLayer *layer)
{
    const int needed = (layer->out_length - 1) * layer->spec.stride + reach(layer);

    return layer->spec.same ? MAX(0, needed - layer->in_length) / 2 : 0;
}

static gboolean
prepare(WgLayer *layer, GError **error)
{
    WgLayerSpec *spec = &layer->spec;

    spec->stride = MAX(1, spec->stride);
    spec->dilation = MAX(1, spec->dilation);
    if (spec->units < 1 || spec->kernel < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "%d filters of %d samples: both must be at least 1", spec->units, spec->kernel);
        return FALSE;
    }
    if (!spec->same && reach(layer) > layer->in_length) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "a filter reaches over %d samples, its input has %d", reach(layer),
                    layer->in_length);
        return FALSE;
    }
    layer->out_length = spec->same ? (layer->in_length + spec->stride - 1) / spec->stride
                                   : (layer->in_length - reach(layer)) / spec->stride + 1;
    layer->out_channels = spec->units;
    layer->n_parameters = spec->units * patch_size(layer) + (spec->has_bias ? spec->units : 0);
    return TRUE;
}

static int
count_kept(const WgLayer *layer)
{
    return layer->out_length * patch_size(layer);
}

static int
count_weights(const WgLayer *layer)
{
    return layer->spec.units * patch_size(layer);
}

static void
init(WgLayer *layer, gboolean is_before_relu, WgRandom *random)
{
    wg_op_draw_weights(layer->parameters, count_weights(layer), patch_size(layer),
                       layer->spec.kernel * layer->spec.units, is_before_relu, random);
}

/* Row t of a sample's patches holds what output t sees: kernel x in_channels, zeros outside. */
static void
gather_patches(const WgLayer *layer, const float *x, float *patches)
{
    const WgLayerSpec *spec = &layer->spec;
    const int channels = layer->in_channels, before = pad_before(layer);

    for (int t = 0; t < layer->out_length; t++) {
        for (int k = 0; k < spec->kernel; k++, patches += channels) {
            const int from = t * spec->stride - before + k * spec->dilation;
            const gboolean is_inside = from >= 0 && from < layer->in_length;

            for (int c = 0; c < channels; c++)
                patches[c] = is_inside ? x[from * channels + c] : 0;
        }
    }
}

/* y = P W' + b; P is (n out_length) x (kernel in_channels), W is units x (kernel in_channels) */
static void
forward(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, size = patch_size(layer);
    const int rows = pass->n * layer->out_length;
    const int in_size = layer->in_length * layer->in_channels;
    const float *bias = layer->parameters + count_weights(layer);

    for (int i = 0; i < pass->n; i++)
        gather_patches(layer, pass->x + i * in_size, pass->kept + i * count_kept(layer));
    if (layer->spec.has_bias) {
        for (int row = 0; row < rows; row++)
            memcpy(pass->y + row * units, bias, sizeof(float) * (gsize)units);
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, units, size, 1, pass->kept, size,
                layer->parameters, size, layer->spec.has_bias ? 1 : 0, pass->y, units);
}

/* dx += factor times a patch put back where it came from */
static void
scatter_patch(const WgLayer *layer, const float *patch, int t, float factor, float *dx)
{
    const WgLayerSpec *spec = &layer->spec;
    const int channels = layer->in_channels;
    const int first = t * spec->stride - pad_before(layer);

    for (int k = 0; k < spec->kernel; k++) {
        const int to = first + k * spec->dilation;

        if (to < 0 || to >= layer->in_length)
            continue;
        for (int c = 0; c < channels; c++)
            dx[to * channels + c] += factor * patch[k * channels + c];
    }
}

/* dW[f] += dy[t,f] P[t], dx at P[t] += dy[t,f] W[f], only where dy[t,f] is not 0 */
static void
backward_sparse(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, size = patch_size(layer);
    const int in_size = layer->in_length * layer->in_channels;

    for (int i = 0; i < pass->n * layer->out_length * units; i++) {
        const float factor = pass->dy[i];
        const int row = i / units, f = i % units;
        const float *restrict patch = pass->kept + row * size;
        float *restrict gradient = pass->gradients + f * size;

        if (factor == 0)
            continue;
        for (int k = 0; k < size; k++)
            gradient[k] += factor * patch[k];
        if (pass->dx)
            scatter_patch(layer, layer->parameters + f * size, row % layer->out_length, factor,
                          pass->dx + row / layer->out_length * in_size);
    }
}

/* dW += dy' P, dP = dy W; P is read for the last time, so dP takes its place */
static void
backward_dense(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, size = patch_size(layer);
    const int rows = pass->n * layer->out_length;
    const int in_size = layer->in_length * layer->in_channels;

    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, units, size, rows, 1, pass->dy, units,
                pass->kept, size, 1, pass->gradients, size);
    if (!pass->dx)
        return;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, size, units, 1, pass->dy, units,
                layer->parameters, size, 0, pass->kept, size);
    for (int row = 0; row < rows; row++)
        scatter_patch(layer, pass->kept + row * size, row % layer->out_length, 1,
                      pass->dx + row / layer->out_length * in_size);
}

/* db += sum dy */
static void
add_bias_gradient(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, rows = pass->n * layer->out_length;
    const float *restrict dy = pass->dy;
    float *restrict gradient = pass->gradients + count_weights(layer);

    for (int row = 0; row < rows; row++) {
        for (int f = 0; f < units; f++)
            gradient[f] += dy[row * units + f];
    }
}

static void
backward(const WgLayer *layer, const WgPass *pass)
{
    const int size = pass->n * layer->out_length * layer->spec.units;
    int n_present = 0;

    for (int i = 0; i < size; i++)
        n_present += pass->dy[i] != 0;
    if (layer->spec.has_bias)
        add_bias_gradient(layer, pass);
    if (pass->dx)
        memset(pass->dx, 0,
               sizeof(float) * (gsize)pass->n * (gsize)(layer->in_length * layer->in_channels));
    if (n_present < size / SPARSE_SHARE)
        backward_sparse(layer, pass);
    else
        backward_dense(layer, pass);
}

const WgOp wg_op_conv = {
    .name = "conv",
    .prepare = prepare,
    .count_kept = count_kept,
    .count_weights = count_weights,
    .init = init,
    .forward = forward,
    .backward = backward,
};
