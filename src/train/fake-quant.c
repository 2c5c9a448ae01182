/* Fake quantization: a float network computes what its int8 form will, rounding and clipping too.
 */
#include "train/fake-quant.h"

#include "train/kernel.h"
#include "train/network-private.h"
#include "train/workspace.h"

#include <math.h>
#include <string.h>

#define CHUNK 32 /* windows that predict takes through the layers at once */

WgScale
wg_scale_choose(float min, float max)
{
    const float low = fminf(min, 0), high = fmaxf(max, 0);
    float scale = (high - low) / 255;

    if (!(scale > 0) || !isfinite(scale))
        scale = 1.0f / 255; /* the activation is always zero */
    return (WgScale){scale, (int)CLAMP(lrintf(-128 - low / scale), -128, 127)};
}

float
wg_scale_of_weights(const float *weights, int n, int steps)
{
    float largest = 0;

    for (int i = 0; i < n; i++)
        largest = fmaxf(largest, fabsf(weights[i]));
    return (largest > 0 ? largest : 1) / (float)steps;
}

WgFakeQuant *
wg_fake_quant_new(int n_layers)
{
    WgFakeQuant *self = g_new0(WgFakeQuant, 1);

    self->outputs = g_new0(WgScale, n_layers);
    self->n_layers = n_layers;
    self->weight_steps = WG_WEIGHT_STEPS;
    return self;
}

void
wg_fake_quant_free(WgFakeQuant *self)
{
    g_free(self->outputs);
    g_free(self);
}

static void
round_weights(float *weights, int n, float scale, int steps)
{
    for (int i = 0; i < n; i++)
        weights[i] = (float)CLAMP(lrintf(weights[i] / scale), -steps, steps) * scale;
}

/* One linear layer whose input counts in `in_scale`, 0: in nothing. */
static void
round_layer(const WgLayer *layer, int n_weights, float in_scale, int steps)
{
    const gboolean is_per_unit = g_str_equal(layer->spec.op, "conv");
    const int units = layer->spec.units;
    const int n_each = is_per_unit ? n_weights / units : n_weights;
    float *bias = layer->spec.has_bias ? layer->parameters + n_weights : NULL;
    float scale = 1;

    for (int unit = 0; unit < units; unit++) {
        if (unit == 0 || is_per_unit) {
            float *weights = layer->parameters + unit * n_each;

            scale = wg_scale_of_weights(weights, n_each, steps);
            round_weights(weights, n_each, scale, steps);
        }
        if (bias && in_scale > 0)
            bias[unit] = rintf(bias[unit] / (in_scale * scale)) * (in_scale * scale);
    }
}

void
wg_fake_quant_parameters(const WgFakeQuant *self, WgNetwork *network)
{
    float scale = self->input.scale;

    for (int i = 0; i < network->n_layers; i++) {
        const WgLayer *layer = &network->layers[i];

        if (network->ops[i]->count_weights)
            round_layer(layer, network->ops[i]->count_weights(layer), scale, self->weight_steps);
        if (self->outputs[i].scale > 0)
            scale = self->outputs[i].scale;
    }
}

WG_WIDE void
wg_fake_quant_values(const WgScale *scale, float *values, int n, guint8 *passes)
{
    const float step = scale->scale;
    const float low = (float)(-128 - scale->zero_point), high = (float)(127 - scale->zero_point);

    for (int i = 0; i < n; i++) {
        const float steps = rintf(values[i] / step);

        if (passes)
            passes[i] = steps >= low && steps <= high;
        values[i] = fminf(fmaxf(steps, low), high) * step;
    }
}

void
wg_fake_quant_predict(const WgFakeQuant *self, const WgNetwork *network, const float *x, int n,
                      float *logits)
{
    g_autoptr(WgNetwork) rounded = wg_network_copy(network);
    g_autoptr(WgWorkspace) workspace = wg_workspace_new(rounded, CHUNK, FALSE);
    const int n_classes = wg_network_get_n_classes(network);
    const int size = network->length * network->channels;
    float *input = wg_workspace_get_input(workspace);

    wg_fake_quant_parameters(self, rounded);
    wg_workspace_set_fake_quant(workspace, self);
    for (int i = 0; i < n; i += CHUNK) {
        const int n_chunk = MIN(CHUNK, n - i);

        memcpy(input, x + (gsize)i * (gsize)size, sizeof(float) * (gsize)(n_chunk * size));
        if (self->input.scale > 0)
            wg_fake_quant_values(&self->input, input, n_chunk * size, NULL);
        wg_workspace_infer(workspace, n_chunk, FALSE);
        memcpy(logits + (gsize)i * (gsize)n_classes,
               wg_workspace_get_output(workspace, network->n_layers - 1),
               sizeof(float) * (gsize)(n_chunk * n_classes));
    }
}
