/* Inside of an int8 network: what each operation gives for a window, and its weights. */
#pragma once

#include "quant/int8-network.h"
#include "train/network.h"

G_BEGIN_DECLS

/* What operation `op` writes; transfer none. */
const WgTensorInfo *wg_int8_network_get_op_output(const WgInt8Network *self, int op);

/* int8 weights of an operation: value x scale of its channel; channel is the slowest dimension but
 * for a depthwise conv, where it is the fastest. */
typedef struct {
    const gint8 *values;
    int n, n_channels;
    gboolean is_channel_last;
    int n_scales; /* n_channels, or 1 for all */
    const float *scales;
} WgInt8Weights;

/* FALSE: it has none in int8. `weights` points into the network. */
gboolean wg_int8_network_get_weights(const WgInt8Network *self, int op, WgInt8Weights *weights);

/* As wg_int8_network_run(), and hands over what is between: outputs[i] gets the raw bytes of
 * operation i's output (of the caller, as large as its tensor), NULL: not wanted. Allocates its own
 * scratch. Any thread. */
void wg_int8_network_trace(const WgInt8Network *self, const void *input, void *const *outputs);

/* layers[op] gets the layer of the folded float network that gives the same as operation op, -1:
 * there is none, as for a softmax. What wg_quantize() makes of `folded` is paired to the end; an
 * operation that is not what the layer in its place would become ends the pairing. */
void wg_int8_network_pair_layers(const WgInt8Network *self, const WgNetwork *folded, int *layers);

G_END_DECLS
