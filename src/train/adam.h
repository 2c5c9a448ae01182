/* The optimiser Adam with decoupled weight decay. */
#pragma once

#include "train/network.h"

G_BEGIN_DECLS

typedef struct {
    WgNetwork *network; /* not owned */
    int step;
    float *mean, *square; /* n_parameters: moving averages of gradient and its square */
} WgAdam;

WgAdam *wg_adam_new(WgNetwork *network);
void wg_adam_free(WgAdam *self);
/* One step against the network's gradients. `weight_decay` takes its share of weights only, not of
 * biases or normalisation (Loshchilov and Hutter 2019). */
void wg_adam_step(WgAdam *self, float learning_rate, float weight_decay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgAdam, wg_adam_free)

G_END_DECLS
