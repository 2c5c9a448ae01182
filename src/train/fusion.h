/* Layers that follow each other and are worked out in one go: what lies between them is not written
 * out. Each does what its layers do one by one, which is what it is tested against. */
#pragma once

#include "train/op.h"

G_BEGIN_DECLS

#define WG_FUSION_LIMIT 3

/* Both get the first of the layers and of their passes. Backward sees the first pass's x, dx and
 * gradients and the last one's y and dy. */
typedef struct {
    const WgOp *ops[WG_FUSION_LIMIT];
    int n_ops;
    gboolean (*suits)(const WgLayer *layers); /* NULL: always */
    void (*forward)(const WgLayer *layers, const WgPass *passes);
    void (*backward)(const WgLayer *layers, const WgPass *passes);
} WgFusion;

/* The fusion that starts at the first of n layers, or NULL. */
const WgFusion *wg_fusion_find(const WgLayer *layers, const WgOp *const *ops, int n_layers);

/* Batch normalisation and ReLU, and a max pool behind them whose gradient is 0 nearly everywhere.
 */
void wg_batch_norm_rectified_forward(const WgLayer *layers, const WgPass *passes);
void wg_batch_norm_rectified_backward(const WgLayer *layers, const WgPass *passes);
void wg_batch_norm_pooled_forward(const WgLayer *layers, const WgPass *passes);
void wg_batch_norm_pooled_backward(const WgLayer *layers, const WgPass *passes);

/* ReLU and dropout: a gradient passes where y is above 0, whichever of the two held it back. */
void wg_dropout_rectified_forward(const WgLayer *layers, const WgPass *passes);
void wg_dropout_rectified_backward(const WgLayer *layers, const WgPass *passes);

G_END_DECLS
