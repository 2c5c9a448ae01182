/* Takes what a network learned over to other gestures: its layers, with a head of their own. */
#pragma once

#include <gio/gio.h>

#include "train/trainer.h"

G_BEGIN_DECLS

/* All layers of `base` but the last with their parameters and statistics, and a last one (dense,
 * with biases) of n_classes whose parameters are zero. WG_ERROR_UNSUPPORTED where the base does not
 * end so. */
WgNetwork *wg_transfer_new(const WgNetwork *base, int n_classes, GError **error);

/* Sets the last layer, and nothing else, to tell the takes' labels apart by linear discriminants of
 * what the layer before gives: w_c = t S^-1 m_c and b_c = -t m_c' S^-1 m_c / 2 with m_c the mean of
 * class c from the mean of all classes, and S the covariance within classes, shrunk by 0.3 towards
 * a multiple of the unit matrix (Friedman 1989) since takes are few; t = 0.1 leaves the logits
 * unsure, as a training after it can begin from. Means and covariance are of the takes and 19
 * changed copies of each, by the augmentation and the seed of `options`. Same bits on any thread.
 */
void wg_transfer_fit_head(WgNetwork *network, const WgWindows *takes,
                          const WgTrainOptions *options);

/* What the last layer sees of n_copies of each take, the first unchanged and the others augmented
 * by the options and their seed: takes->n n_copies x features. Owner: caller. */
float *wg_transfer_dup_features(const WgNetwork *network, const WgWindows *takes, int n_copies,
                                const WgTrainOptions *options);

/* Settings for 3 to 10 takes a gesture: the default preset's with twice its augmentation, for a
 * network from nothing and for one from a base. Chosen on gestures held out from a base ("waggle",
 * "upup" and "swipeleft"). What they are worth on gestures opened after that, by bench/personalise:
 * 5 takes a gesture, 20 draws, mean +- standard deviation over draws of the mean recall:
 *
 *                          from nothing      from a base       as "personalise" chooses
 *     Arduino gestures     0.815 +- 0.052    0.831 +- 0.048    0.827 +- 0.058 (base 15 times)
 *     snap, swipeup, clap2 0.925 +- 0.044    0.934 +- 0.040    0.929 +- 0.042 (base 16 times)
 *
 * So a base brings 1.5 +- 0.8 and 0.9 +- 0.6 points (standard errors), and the choice 1.2 +- 0.7
 * and 0.4 +- 0.6: little, and less than the 3 that were hoped for. The same again after kernels
 * that add in another order: 1.6 +- 0.9 and 0.5 +- 0.6. Tried with the
 * preset of a global pool, on the development's gestures: twice the augmentation brought 1.4 to
 * those from nothing; of no use were distilling an ensemble into one network, averaging several
 * networks from one base, averaging with the base, and a third of the rate. */
WgTrainOptions wg_transfer_plain_options(void);
WgTrainOptions wg_transfer_personal_options(void);

/* Head first, then all: a copy of the base with a head for `takes`' labels, trained on them. Errors
 * as wg_train, and WG_ERROR_UNSUPPORTED where the base's window or channels are others. */
WgNetwork *wg_transfer_train(const WgNetwork *base, WgWindows *takes, const WgTrainOptions *options,
                             GCancellable *cancellable, GError **error);
/* The opponent: the default preset from nothing, on the same takes. */
WgNetwork *wg_transfer_train_plain(WgWindows *takes, const WgTrainOptions *options,
                                   GCancellable *cancellable, GError **error);

G_END_DECLS
