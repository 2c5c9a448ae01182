/* Magnitude pruning: the smallest weights become 0 and the others learn to do without them. */
#pragma once

#include <gio/gio.h>

#include "train/trainer.h"

G_BEGIN_DECLS

/* Weights of convolutions and dense layers, biases not counted; those that are not 0. */
int wg_prune_count_weights(const WgNetwork *network);
int wg_prune_count_nonzero(const WgNetwork *network);

/* Settings after a training by those: its rate anew, falling to 0, with few epochs. */
WgTrainOptions wg_prune_options(const WgTrainOptions *trained);

/* A copy in which that share of all weights is 0, trained on with these held at 0. Dropped are the
 * smallest by magnitude in the folded network, where a normalisation has had its say, each in
 * proportion to those of its layer that are not smaller (Han et al. 2015, Lee et al. 2021); those
 * that are 0 already are among them. Errors:
 * WG_ERROR_USAGE for a share not in 0 .. below 1, those of folding and wg_train(). */
WgNetwork *wg_prune(const WgNetwork *network, double sparsity, WgWindows *train,
                    const WgTrainOptions *options, WgEpochFunc epoch_func, gpointer user_data,
                    GCancellable *cancellable, GError **error);

G_END_DECLS
