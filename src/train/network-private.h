/* What the files of the network share and nobody else sees. */
#pragma once

#include "train/op.h"

G_BEGIN_DECLS

struct _WgNetwork {
    gint ref_count;
    int n_layers, length, channels;
    float input_scale;
    int n_parameters, n_state;
    WgLayer *layers;
    const WgOp **ops;
    float *parameters, *gradients, *state;
};

/* The network with all its shapes and with parameters and state zero. Errors as wg_network_new. */
WgNetwork *wg_network_alloc(const WgLayerSpec *layers, int n_layers, int length, int channels,
                            float input_scale, GError **error);

G_END_DECLS
