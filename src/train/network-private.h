/* What the files of the network share and nobody else sees. */
#pragma once

#include "train/op.h"

G_BEGIN_DECLS

struct _WgNetwork {
    gint ref_count;
    int n_layers, length, channels;
    float input_scale;
    float *standard; /* 2 x channels: offsets, then scales of the scaled input; NULL: none */
    int n_parameters, n_state;
    WgLayer *layers;
    const WgOp **ops;
    float *parameters, *gradients, *state;
};

/* The network with all its shapes and with parameters and state zero. Errors as wg_network_new. */
WgNetwork *wg_network_alloc(const WgLayerSpec *layers, int n_layers, int length, int channels,
                            float input_scale, GError **error);

/* n samples x channels as the first layer gets them; `out` may be `x`. */
void wg_network_scale_input(const WgNetwork *self, const float *x, gsize n, float *out);
/* The same put into the weights and biases of a folded network's first linear layer. */
void wg_network_fold_input(const WgNetwork *self, WgLayer *folded);

G_END_DECLS
