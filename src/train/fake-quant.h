/* Fake quantization: a float network computes what its int8 form will, rounding and clipping too.
 */
#pragma once

#include "train/network.h"

G_BEGIN_DECLS

#define WG_WEIGHT_STEPS 127 /* of int8 weights to each side of 0 */

/* An activation is (q - zero_point) scale with q an int8. A scale of 0: not quantized. */
typedef struct {
    float scale;
    int zero_point;
} WgScale;

/* Of a folded network; see quant/qat.h for how one is made as wg_quantize() will quantize it. */
typedef struct {
    WgScale input;
    WgScale *outputs; /* of each layer; a max pool's stands for that of the layer before it, since
                         the largest of rounded values is the rounded largest */
    int n_layers;
    int weight_steps; /* to each side of 0: WG_WEIGHT_STEPS, or 7 as int4 would have */
} WgFakeQuant;

/* The scale of int8 activations from min to max, widened so that 0 is among them, which is a value
 * of its own (Jacob et al. 2018, section 3). */
WgScale wg_scale_choose(float min, float max);
/* The scale of n weights in -steps .. steps, symmetric: their largest magnitude / steps. */
float wg_scale_of_weights(const float *weights, int n, int steps);

/* outputs: n_layers of scale 0; input not quantized. */
WgFakeQuant *wg_fake_quant_new(int n_layers);
void wg_fake_quant_free(WgFakeQuant *self);
/* Weights become whole multiples of their scale, one a filter of a convolution and one for all of a
 * dense layer; biases of what their sums are counted in. */
void wg_fake_quant_parameters(const WgFakeQuant *self, WgNetwork *network);
/* n values as they come back from int8. `passes` (n, or NULL) gets 1 where the gradient goes
 * straight through, and 0 where the value was clipped (Bengio et al. 2013; Jacob et al. 2018). */
void wg_fake_quant_values(const WgScale *scale, float *values, int n, guint8 *passes);
/* What a folded network answers when it is rounded so: x is n x length x channels in g; logits n x
 * classes. */
void wg_fake_quant_predict(const WgFakeQuant *self, const WgNetwork *network, const float *x, int n,
                           float *logits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgFakeQuant, wg_fake_quant_free)

G_END_DECLS
