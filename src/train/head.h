/* Goes on training the last layer of a network, and nothing else of it. */
#pragma once

#include <gio/gio.h>

#include "train/trainer.h"

G_BEGIN_DECLS

/* Moves the last layer (dense, with biases) from where it is to less of
 *     sum_i w_i CE_i / sum_i w_i + pull / 2 |theta - theta_0|^2
 * over the takes and 3 changed copies of each, by the augmentation and the seed of `options`;
 * `weights` (takes->n) say how much each counts, theta_0 is where it was. 200 steps of Adam over
 * all (Kingma and Ba 2015), in the calling thread: same bits at any number of threads.
 * WG_ERROR_UNSUPPORTED where the network does not end so, or the takes have other windows or
 * labels; G_IO_ERROR_CANCELLED, looked at once a step, and then the network is as it was. */
gboolean wg_head_train(WgNetwork *network, const WgWindows *takes, const float *weights,
                       const WgTrainOptions *options, GCancellable *cancellable, GError **error);

G_END_DECLS
