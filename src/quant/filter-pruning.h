/* Pruning of whole filters: the network that is left is smaller on the watch, too. */
#pragma once

#include <gio/gio.h>

#include "train/trainer.h"

G_BEGIN_DECLS

/* A copy without that share of each hidden layer's filters and units, rounded, at least one left,
 * trained on. Those go whose weights add up to least, by magnitude, in the folded network (Li et
 * al. 2017, within a layer, for layers are not alike). Errors: WG_ERROR_USAGE for a share not in 0
 * .. below 1, those of folding and wg_train(). */
WgNetwork *wg_prune_filters(const WgNetwork *network, double share, WgWindows *train,
                            const WgTrainOptions *options, WgEpochFunc epoch_func,
                            gpointer user_data, GCancellable *cancellable, GError **error);

G_END_DECLS
