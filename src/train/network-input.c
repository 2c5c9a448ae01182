/* What a network does to its input first: scales all of it, and standardises each channel. */
#include "train/network.h"

#include "base/error.h"
#include "train/network-private.h"

#include <glib/gi18n.h>
#include <math.h>

gboolean
wg_network_takes_offsets(const WgNetwork *self)
{
    for (int i = 0; i < self->n_layers; i++) {
        if (self->ops[i]->count_weights)
            return !self->layers[i].spec.same;
        if (self->ops[i] == &wg_op_relu || self->ops[i] == &wg_op_batch_norm)
            return FALSE;
    }
    return FALSE;
}

gboolean
wg_network_set_standard(WgNetwork *self, const float *offsets, const float *scales, GError **error)
{
    for (int c = 0; c < self->channels; c++) {
        if (!(scales[c] > 0) || !isfinite(scales[c]) || !isfinite(offsets[c])) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        _("channel %d: the scale %g must be above 0 and the offset %g a number"), c,
                        scales[c], offsets[c]);
            return FALSE;
        }
        if (offsets[c] != 0 && !wg_network_takes_offsets(self)) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        _("the first layer pads with zeros (or follows a relu): channels can be "
                          "scaled, but not moved by %g"),
                        offsets[c]);
            return FALSE;
        }
    }
    g_free(self->standard);
    self->standard = g_new(float, 2 * (gsize)self->channels);
    for (int c = 0; c < self->channels; c++) {
        self->standard[c] = offsets[c];
        self->standard[self->channels + c] = scales[c];
    }
    return TRUE;
}

const float *
wg_network_get_offsets(const WgNetwork *self)
{
    return self->standard;
}

const float *
wg_network_get_scales(const WgNetwork *self)
{
    return self->standard ? self->standard + self->channels : NULL;
}

void
wg_network_scale_input(const WgNetwork *self, const float *x, gsize n, float *out)
{
    const gsize channels = (gsize)self->channels;
    const float *offsets = self->standard, *scales = wg_network_get_scales(self);

    for (gsize i = 0; i < n * channels; i++)
        out[i] = x[i] * self->input_scale;
    if (!self->standard)
        return;
    for (gsize i = 0; i < n * channels; i++)
        out[i] = (out[i] - offsets[i % channels]) * scales[i % channels];
}

/* W (s (a x - o)) + b = (W s a) x + (b - W s o), with a the input scale, o and s the channel's
 * offset and scale. Data is channel last, so weight i of a unit meets channel i mod channels. */
void
wg_network_fold_input(const WgNetwork *self, WgLayer *folded)
{
    const int units = folded->spec.units, n_weights = folded->n_parameters - units;
    const int per_unit = n_weights / units;
    const float *scales = wg_network_get_scales(self);
    float *biases = folded->parameters + n_weights;

    for (int i = 0; i < n_weights; i++) {
        const int channel = i % per_unit % self->channels;

        if (self->standard) {
            folded->parameters[i] *= scales[channel];
            biases[i / per_unit] -= folded->parameters[i] * self->standard[channel];
        }
        folded->parameters[i] *= self->input_scale;
    }
}
