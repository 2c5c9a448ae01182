/* A chain of int8 operations as it is drafted, layer by layer. Inside quant/ only. */
#pragma once

#include "quant/range.h"
#include "quant/tflite-write.h"

G_BEGIN_DECLS

/* Of time along the height: [1, length, 1, channels]. Tensors are numbers in the order of adding.
 */
typedef struct _WgNetworkDraft WgNetworkDraft;

WgNetworkDraft *wg_network_draft_new(void);
void wg_network_draft_free(WgNetworkDraft *self);
/* Whether one layer more may be drafted. */
gboolean wg_network_draft_has_room(const WgNetworkDraft *self, int *n_layers_max);
/* The network's input, first of all: values in g are q / units_per_g. */
void wg_network_draft_add_input(WgNetworkDraft *self, int length, int channels, double units_per_g);

/* int8, symmetric in -127..127: rows of `size` weights with one scale each, or one for all. */
int wg_network_draft_add_weights(WgNetworkDraft *self, const float *weights, int n_rows, int size,
                                 gboolean per_row);
/* int32 of scale input x weights; `bias` NULL: zeros, because the watch wants them written. */
int wg_network_draft_add_bias(WgNetworkDraft *self, const float *bias, int n, int weights,
                              gboolean with_scale);
/* The output of the next operation: int8 with the steps of a range, or of the input's scale, which
 * the watch takes for a pool whatever is written. */
int wg_network_draft_add_output(WgNetworkDraft *self, WgRange range);
int wg_network_draft_add_same_output(WgNetworkDraft *self);
int wg_network_draft_add_softmax_output(WgNetworkDraft *self);
void wg_network_draft_set_shape(WgNetworkDraft *self, int tensor, int n_dims, int a, int b, int c,
                                int d);
/* From the output of the last one (inputs[0], set) to `output`; strides and dilations are 1. The
 * caller fills in the rest; it is the draft's. */
WgTfliteOp *wg_network_draft_add_op(WgNetworkDraft *self, int code, int n_inputs, int output);
/* What the last operation gives. */
const WgTensorDraft *wg_network_draft_get_output(const WgNetworkDraft *self);

GBytes *wg_network_draft_write(const WgNetworkDraft *self, const char *description);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgNetworkDraft, wg_network_draft_free)

G_END_DECLS
