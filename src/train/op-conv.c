/* Convolution over time: vectorised kernels for small filters, products of patches for the others.
 */
#include "train/op.h"

#include "base/error.h"
#include "train/kernel.h"
#include "train/op-conv.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where fewer than one gradient in this many is not 0, as behind a global max pool, they are
 * followed one by one: about where both ways take as long, with and without the input's gradient.
 */
#define SPARSE_SHARE 8
#define SPARSE_SHARE_FIRST 24

static gboolean
prepare(WgLayer *layer, GError **error)
{
    WgLayerSpec *spec = &layer->spec;
    int reach;

    spec->stride = MAX(1, spec->stride);
    spec->dilation = MAX(1, spec->dilation);
    reach = wg_conv_reach(layer);
    if (spec->units < 1 || spec->kernel < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%d filters of %d samples: both must be at least 1"), spec->units,
                    spec->kernel);
        return FALSE;
    }
    if (!spec->same && reach > layer->in_length) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("a filter reaches over %d samples, its input has %d"), reach,
                    layer->in_length);
        return FALSE;
    }
    layer->out_length = spec->same ? (layer->in_length + spec->stride - 1) / spec->stride
                                   : (layer->in_length - reach) / spec->stride + 1;
    layer->out_channels = spec->units;
    layer->n_parameters = wg_conv_count_weights(layer) + (spec->has_bias ? spec->units : 0);
    return TRUE;
}

static int
count_kept(const WgLayer *layer)
{
    return wg_conv_is_direct(layer) ? wg_conv_padded_length(layer) * layer->in_channels
                                    : layer->out_length * wg_conv_patch_size(layer);
}

static int
count_scratch(const WgLayer *layer)
{
    return wg_conv_is_direct(layer) ? wg_conv_direct_scratch(layer)
                                    : wg_round_up_lanes(layer->spec.units);
}

static void
init(WgLayer *layer, gboolean is_before_relu, WgRandom *random)
{
    wg_op_draw_weights(layer->parameters, wg_conv_count_weights(layer), wg_conv_patch_size(layer),
                       layer->spec.kernel * layer->spec.units, is_before_relu, random);
}

static void
forward(const WgLayer *layer, const WgPass *pass)
{
    if (wg_conv_is_direct(layer))
        wg_conv_direct_forward(layer, pass);
    else
        wg_conv_product_forward(layer, pass);
}

/* db += sum dy */
static void
add_bias_gradient(const WgLayer *layer, const WgPass *pass)
{
    const int units = layer->spec.units;
    float *gradients = pass->gradients + wg_conv_count_weights(layer);
    float *sums = pass->scratch;

    wg_kernels_get()->sum_rows(pass->dy, pass->n * layer->out_length, units, sums);
    for (int f = 0; f < units; f++)
        gradients[f] += sums[f];
}

WG_WIDE static int
count_present(const float *dy, int n)
{
    int n_present = 0;

    for (int i = 0; i < n; i++)
        n_present += dy[i] != 0;
    return n_present;
}

static void
backward(const WgLayer *layer, const WgPass *pass)
{
    const int size = pass->n * layer->out_length * layer->spec.units;
    const int in_size = pass->n * layer->in_length * layer->in_channels;

    if (layer->spec.has_bias)
        add_bias_gradient(layer, pass);
    if (!wg_conv_is_direct(layer)) {
        wg_conv_product_backward(layer, pass);
        return;
    }
    if (count_present(pass->dy, size) >= size / (pass->dx ? SPARSE_SHARE : SPARSE_SHARE_FIRST)) {
        wg_conv_direct_backward(layer, pass);
        return;
    }
    if (pass->dx)
        memset(pass->dx, 0, sizeof(float) * (gsize)in_size);
    wg_conv_sparse_backward(layer, pass);
}

const WgOp wg_op_conv = {
    .name = "conv",
    .prepare = prepare,
    .count_kept = count_kept,
    .count_scratch = count_scratch,
    .count_weights = wg_conv_count_weights,
    .init = init,
    .forward = forward,
    .backward = backward,
};
