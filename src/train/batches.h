/* Takes batches of windows through a network and back, in chunks that any thread may take. */
#pragma once

#include "dataset/window.h"
#include "train/loss.h"
#include "train/train-aids.h"

G_BEGIN_DECLS

typedef struct _WgBatches WgBatches;

/* For up to n_windows at once. All given outlives it; `class_weights`: classes floats or NULL. */
WgBatches *wg_batches_new(WgNetwork *network, const WgTrainOptions *options,
                          const WgTrainAids *aids, const float *class_weights, int n_windows);
void wg_batches_free(WgBatches *self);
/* One batch, n windows of `order`: what it lost; leaves its gradient in the network's, and moves
 * the running statistics. With `is_climbing` the gradient is that at a distance of the options'
 * sharpness. The sums are added in the same order at any number of threads. */
WgLossSum wg_batches_learn(WgBatches *self, const WgWindows *train, const int *order, int n,
                           int epoch, gboolean is_climbing);
/* What all windows lose in inference. */
WgLossSum wg_batches_ask(WgBatches *self, const WgWindows *windows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgBatches, wg_batches_free)

G_END_DECLS
