/* Convolution by products: patches of the input as a matrix, times the filters. */
#include "train/op-conv.h"

#include <cblas.h>
#include <string.h>

/* Row t of a sample's patches holds what output t sees: kernel x in_channels, zeros outside. */
static void
gather_patches(const WgLayer *layer, const float *x, float *patches)
{
    const WgLayerSpec *spec = &layer->spec;
    const int channels = layer->in_channels, before = wg_conv_pad_before(layer);

    for (int t = 0; t < layer->out_length; t++) {
        for (int k = 0; k < spec->kernel; k++, patches += channels) {
            const int from = t * spec->stride - before + k * spec->dilation;

            if (from >= 0 && from < layer->in_length)
                memcpy(patches, x + from * channels, sizeof(float) * (gsize)channels);
            else
                memset(patches, 0, sizeof(float) * (gsize)channels);
        }
    }
}

/* y = P W' + b; P is (n out_length) x (kernel in_channels), W is units x (kernel in_channels) */
void
wg_conv_product_forward(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, size = wg_conv_patch_size(layer);
    const int rows = pass->n * layer->out_length;
    const int in_size = layer->in_length * layer->in_channels;
    const float *bias = layer->parameters + wg_conv_count_weights(layer);

    for (int i = 0; i < pass->n; i++)
        gather_patches(layer, pass->x + i * in_size, pass->kept + i * layer->out_length * size);
    if (layer->spec.has_bias) {
        for (int row = 0; row < rows; row++)
            memcpy(pass->y + row * units, bias, sizeof(float) * (gsize)units);
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, units, size, 1, pass->kept, size,
                layer->parameters, size, layer->spec.has_bias ? 1 : 0, pass->y, units);
}

/* dx += a patch's gradient put back where the patch came from */
static void
scatter_patch(const WgLayer *layer, const float *patch, int t, float *dx)
{
    const WgLayerSpec *spec = &layer->spec;
    const int channels = layer->in_channels;
    const int first = t * spec->stride - wg_conv_pad_before(layer);

    for (int k = 0; k < spec->kernel; k++) {
        const int to = first + k * spec->dilation;

        if (to < 0 || to >= layer->in_length)
            continue;
        for (int c = 0; c < channels; c++)
            dx[to * channels + c] += patch[k * channels + c];
    }
}

/* dW += dy' P, dP = dy W; P is read for the last time, so dP takes its place */
void
wg_conv_product_backward(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units, size = wg_conv_patch_size(layer);
    const int rows = pass->n * layer->out_length;
    const int in_size = layer->in_length * layer->in_channels;

    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, units, size, rows, 1, pass->dy, units,
                pass->kept, size, 1, pass->gradients, size);
    if (!pass->dx)
        return;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, size, units, 1, pass->dy, units,
                layer->parameters, size, 0, pass->kept, size);
    memset(pass->dx, 0, sizeof(float) * (gsize)pass->n * (gsize)in_size);
    for (int row = 0; row < rows; row++)
        scatter_patch(layer, pass->kept + row * size, row % layer->out_length,
                      pass->dx + row / layer->out_length * in_size);
}
