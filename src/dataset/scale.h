/* Judges by what rests how many of a file's units make one g. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

/* Median magnitude of what rests in the takes (GPtrArray of WgRecording with raw samples), 0 when
 * nothing does. */
double wg_scale_resting_magnitude(GPtrArray *takes);
/* The customary unit nearest to that magnitude, in units a g; `is_history`: only those in which the
 * watch's history was ever stored (32 and 64). */
double wg_scale_judge(double resting_magnitude, gboolean is_history);
/* The take in g with its original values beside. Those of the watch's history are rescaled to 64 a
 * g and clipped as the watch would; `n_clipped` is counted in any case. */
WgRecording *wg_scale_apply(WgRecording *take, double units_per_g, gboolean is_history,
                            const char *label);

G_END_DECLS
