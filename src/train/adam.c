/* The optimiser Adam with decoupled weight decay. */
#include "train/adam.h"

#include "train/kernel.h"
#include "train/network-private.h"

#include <math.h>

#define BETA_1 0.9f
#define BETA_2 0.999f
#define EPSILON 1e-7f /* as Keras */

WgAdam *
wg_adam_new(WgNetwork *network)
{
    WgAdam *self = g_new0(WgAdam, 1);

    self->network = network;
    self->mean = g_new0(float, MAX(1, network->n_parameters));
    self->square = g_new0(float, MAX(1, network->n_parameters));
    return self;
}

void
wg_adam_free(WgAdam *self)
{
    g_free(self->mean);
    g_free(self->square);
    g_free(self);
}

/* w -= rate decay w */
static void
decay(WgNetwork *network, float share)
{
    for (int i = 0; i < network->n_layers; i++) {
        const WgLayer *layer = &network->layers[i];
        const int n = network->ops[i]->count_weights ? network->ops[i]->count_weights(layer) : 0;

        for (int j = 0; j < n; j++)
            layer->parameters[j] *= 1 - share;
    }
}

/* m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate m / (sqrt(v) + epsilon), the bias of m
 * and v corrected in the rate (Kingma and Ba 2015, end of section 2) */
WG_WIDE void
wg_adam_step(WgAdam *self, float learning_rate, float weight_decay)
{
    WgNetwork *network = self->network;
    const double step = ++self->step;
    const float rate =
        (float)(learning_rate * sqrt(1 - pow(BETA_2, step)) / (1 - pow(BETA_1, step)));
    float *restrict w = network->parameters;
    const float *restrict g = network->gradients;
    float *restrict m = self->mean;
    float *restrict v = self->square;

    if (weight_decay > 0)
        decay(network, learning_rate * weight_decay);
    for (int i = 0; i < network->n_parameters; i++) {
        m[i] = BETA_1 * m[i] + (1 - BETA_1) * g[i];
        v[i] = BETA_2 * v[i] + (1 - BETA_2) * g[i] * g[i];
        w[i] -= rate * m[i] / (sqrtf(v[i]) + EPSILON);
    }
}
