/* Mild changes to a window that a gesture might as well have had: never its label. */
#pragma once

#include "base/random.h"
#include "train/trainer.h"

G_BEGIN_DECLS

/* Whether the options ask for any change. */
gboolean wg_augment_is_wanted(const WgTrainOptions *options);
/* Writes behind the first `n_samples` of window x what a watch's memory may hold there, where its
 * firmware does not clear it (the built-in recogniser of a Bangle.js): bytes at random, in half of
 * all cases a random share of them 0, as int8 steps of range_g / 128. */
void wg_augment_leave_memory(float *x, int n_samples, int length, int channels, float range_g,
                             WgRandom *random);
/* Writes a changed copy of window x (length x channels, in g) to `out` (not x): time stretched and
 * shifted, rotated and scaled, each by a random amount up to the option's. What follows the last
 * sample stays zero, as the watch's app leaves it, but in the option's share of takes, behind which
 * memory lies as the firmware's own recogniser leaves it; values stay in the options' range (the
 * watch's: -2 to 127/64 g) where there are 3 channels. Samples shifted in from before the first
 * repeat it.
 */
void wg_augment(const WgTrainOptions *options, const float *x, int length, int channels,
                WgRandom *random, float *out);

G_END_DECLS
