/* The network: a chain of layers over one block of parameters and one of gradients. */
#pragma once

#include <glib-object.h>

#include "base/random.h"

G_BEGIN_DECLS

/* Data runs as batch x length x channels, channel last. A dense layer flattens what it gets. */
typedef struct {
    const char *op; /* the name of one of wg_ops (op.h): "conv" "dense" "relu" "max-pool" ... */
    int units;      /* conv: filters, dense: outputs */
    int kernel, stride, dilation;
    gboolean same; /* padding: SAME as TensorFlow's, else VALID */
    gboolean has_bias;
    int pool;   /* pools: size = stride; 0: global */
    float rate; /* dropout: share dropped */
} WgLayerSpec;

typedef struct {
    WgLayerSpec spec;
    int in_length, in_channels, out_length, out_channels;
    int n_parameters, n_state;     /* state: running statistics of batch-norm */
    float *parameters, *gradients; /* into the network's blocks. conv: units x kernel x in_channels
                                      then units biases; dense: units x inputs, then biases;
                                      batch-norm: gamma, beta */
    float *state;                  /* batch-norm: mean, variance */
} WgLayer;

typedef struct _WgNetwork WgNetwork; /* reference counted; not to be shared while trained */

/* Weights are drawn by `seed` (He uniform before ReLU, Glorot uniform else). `input_scale`
 * multiplies the input (in g) first: it is part of the network and is folded away before
 * quantization. Errors: WG_ERROR_UNSUPPORTED with the layer's number when a shape does not fit. */
WgNetwork *wg_network_new(const WgLayerSpec *layers, int n_layers, int length, int channels,
                          float input_scale, guint64 seed, GError **error);
WgNetwork *wg_network_ref(WgNetwork *self);
void wg_network_unref(WgNetwork *self);
WgNetwork *wg_network_copy(const WgNetwork *self);
int wg_network_get_n_layers(const WgNetwork *self);
const WgLayer *wg_network_get_layer(const WgNetwork *self, int i);
int wg_network_get_length(const WgNetwork *self);
int wg_network_get_channels(const WgNetwork *self);
int wg_network_get_n_classes(const WgNetwork *self);
float wg_network_get_input_scale(const WgNetwork *self);
/* Standardisation: after the input scale, each channel is (x - offset) * scale; part of the network
 * and folded away like that. Whether offsets other than 0 fold exactly: padding with zeros (SAME)
 * puts the offset, not 0, beyond the ends of the scaled input, and a relu bends at 0; then FALSE.
 */
gboolean wg_network_takes_offsets(const WgNetwork *self);
/* `offsets` and `scales` have the network's channels. WG_ERROR_UNSUPPORTED: a scale is not above 0,
 * or an offset does not fold. */
gboolean wg_network_set_standard(WgNetwork *self, const float *offsets, const float *scales,
                                 GError **error);
const float *wg_network_get_offsets(const WgNetwork *self); /* NULL: not standardised */
const float *wg_network_get_scales(const WgNetwork *self);
int wg_network_get_n_parameters(const WgNetwork *self);
float *wg_network_get_parameters(WgNetwork *self); /* the whole block */

/* Inference: x is n x length x channels in g; logits n x classes (no softmax). */
void wg_network_predict(const WgNetwork *self, const float *x, int n, float *logits);
/* What each layer gives for x: outputs[i] is allocated by the caller, n x out_length x out_channels
 * of layer i, or NULL where not wanted. Inference mode. */
void wg_network_trace(const WgNetwork *self, const float *x, int n, float **outputs);
/* The same function without batch-norm, dropout, input scale and standardisation: these folded into
 * conv and dense (which then have a bias). New network of conv, dense, relu, pools, flatten with
 * input_scale 1. */
WgNetwork *wg_network_fold(const WgNetwork *self, GError **error);

/* Versioned bytes; a damaged block is WG_ERROR_INPUT. */
GBytes *wg_network_serialize(const WgNetwork *self);
WgNetwork *wg_network_deserialize(GBytes *bytes, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgNetwork, wg_network_unref)

G_END_DECLS
