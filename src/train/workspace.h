/* One thread's room for activations: takes a chunk of samples through a network and back. */
#pragma once

#include "train/fake-quant.h"

G_BEGIN_DECLS

typedef struct _WgWorkspace WgWorkspace;

/* Room for `capacity` samples at once; reads the network (which must outlive it) at each call, so
 * parameters may change in between. Without `with_backward` only inference. */
WgWorkspace *wg_workspace_new(const WgNetwork *network, int capacity, gboolean with_backward);
void wg_workspace_free(WgWorkspace *self);
/* From now on rounds what layers give as that says, both ways (see train/fake-quant.h); it must
 * outlive the workspace. The input and the parameters are the caller's. */
void wg_workspace_set_fake_quant(WgWorkspace *self, const WgFakeQuant *fake_quant);
/* capacity x length x channels, to be filled, already times the input scale. */
float *wg_workspace_get_input(WgWorkspace *self);
/* What layer i gave: n x out_length x out_channels. Without keeps_all only of the last. */
const float *wg_workspace_get_output(const WgWorkspace *self, int i);
/* capacity x classes: the loss gradient of the logits, to be filled before backward. */
float *wg_workspace_get_loss_gradient(WgWorkspace *self);

void wg_workspace_infer(WgWorkspace *self, int n, gboolean keeps_all);
/* `streams`: a random stream for each of n samples; `statistics` (the network's n_state floats)
 * gets those of this chunk, layer after layer. */
void wg_workspace_forward(WgWorkspace *self, int n, guint64 seed, const guint64 *streams,
                          float *statistics);
/* After forward with the same n: adds to `gradients` (n_parameters). */
void wg_workspace_backward(WgWorkspace *self, float *gradients);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgWorkspace, wg_workspace_free)

G_END_DECLS
