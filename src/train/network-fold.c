/* Folding: the same function without batch normalisation, dropout and input scale. */
#include "train/network.h"

#include "base/error.h"
#include "train/network-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static gboolean
is_linear(const WgNetwork *self, int i)
{
    return self->ops[i]->count_weights != NULL;
}

static gboolean
stays(const WgNetwork *self, int i)
{
    return self->ops[i] != &wg_op_dropout && self->ops[i] != &wg_op_batch_norm;
}

/* Weights and biases of the linear layer i of `self`, the biases zero where it has none. */
static void
copy_weights(const WgNetwork *self, int i, WgLayer *folded)
{
    const WgLayer *layer = &self->layers[i];

    memcpy(folded->parameters, layer->parameters, sizeof(float) * (gsize)layer->n_parameters);
}

/* y = (W x + b - mean) f + beta with f = gamma / sqrt(variance + epsilon), so W f and
 * (b - mean) f + beta. Each output channel is one unit: units x per_unit weights, then biases. */
static void
fold_norm(const WgLayer *norm, WgLayer *folded)
{
    const int units = folded->spec.units;
    const int per_unit = (folded->n_parameters - units) / units;
    const float *gamma = norm->parameters, *beta = gamma + units;
    const float *mean = norm->state, *variance = mean + units;
    float *biases = folded->parameters + units * per_unit;

    for (int unit = 0; unit < units; unit++) {
        const float factor = gamma[unit] / sqrtf(variance[unit] + WG_BATCH_NORM_EPSILON);

        for (int i = 0; i < per_unit; i++)
            folded->parameters[unit * per_unit + i] *= factor;
        biases[unit] = (biases[unit] - mean[unit]) * factor + beta[unit];
    }
}

/* ReLU, pools and flatten give c times as much for c times as much, so the scale may pass them; an
 * offset was refused where it may not. */
static gboolean
fold_scale(const WgNetwork *self, WgNetwork *folded, GError **error)
{
    for (int i = 0; i < folded->n_layers; i++) {
        WgLayer *layer = &folded->layers[i];

        if (!is_linear(folded, i))
            continue;
        wg_network_fold_input(self, layer);
        return TRUE;
    }
    if (self->input_scale == 1 && !self->standard)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("input scale %g: the network has no conv or dense layer to take it"),
                self->input_scale);
    return FALSE;
}

/* Index of the layer that a normalisation at i folds into, or -1. */
static int
find_linear_before(const WgNetwork *self, int i)
{
    while (--i >= 0) {
        if (is_linear(self, i))
            return i;
        if (stays(self, i))
            return -1;
    }
    return -1;
}

WgNetwork *
wg_network_fold(const WgNetwork *self, GError **error)
{
    g_autofree WgLayerSpec *specs = g_new0(WgLayerSpec, self->n_layers);
    g_autofree int *targets = g_new0(int, self->n_layers); /* number in the folded network */
    g_autoptr(WgNetwork) folded = NULL;
    int n_layers = 0;

    for (int i = 0; i < self->n_layers; i++) {
        targets[i] = n_layers;
        if (self->ops[i] == &wg_op_batch_norm && find_linear_before(self, i) < 0) {
            g_set_error(
                error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("layer %d (batch-norm): only one right after a conv or dense layer can be "
                  "folded"),
                i + 1);
            return NULL;
        }
        if (!stays(self, i))
            continue;
        specs[n_layers] = self->layers[i].spec;
        specs[n_layers++].has_bias = is_linear(self, i);
    }
    folded = wg_network_alloc(specs, n_layers, self->length, self->channels, 1, error);
    if (!folded)
        return NULL;
    for (int i = 0; i < self->n_layers; i++) {
        if (is_linear(self, i))
            copy_weights(self, i, &folded->layers[targets[i]]);
        else if (self->ops[i] == &wg_op_batch_norm)
            fold_norm(&self->layers[i], &folded->layers[targets[find_linear_before(self, i)]]);
    }
    if (!fold_scale(self, folded, error))
        return NULL;
    return g_steal_pointer(&folded);
}
