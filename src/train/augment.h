/* Mild changes to a window that a gesture might as well have had: never its label. */
#pragma once

#include "base/random.h"
#include "train/trainer.h"

G_BEGIN_DECLS

/* Whether the options ask for any change. */
gboolean wg_augment_is_wanted(const WgTrainOptions *options);
/* Writes a changed copy of window x (length x channels, in g) to `out` (not x): time stretched and
 * shifted, rotated and scaled, each by a random amount up to the option's. What follows the last
 * sample stays zero, as the watch leaves it, and values stay in the options' range (the watch's:
 * -2 to 127/64 g) where there are 3 channels. Samples shifted in from before the first repeat it.
 */
void wg_augment(const WgTrainOptions *options, const float *x, int length, int channels,
                WgRandom *random, float *out);

G_END_DECLS
