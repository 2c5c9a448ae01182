/* Continuous recordings, labelled in spans, as windows by a sliding step. */
#pragma once

#include "dataset/recording.h"
#include "dataset/windowing.h"

G_BEGIN_DECLS

/* The recordings with every enabled one that has spans replaced by its windows, in order of time: a
 * recording each, at the window's rate and length, with the id, person and file of its own and
 * `start_s`. The others are as they were (disabled ones with spans too). `sources` (GPtrArray
 * without free function) gets for each of the answer what it is or is a window of. Windows begin at
 * 0, step, 2 step ... while they fit, and anew behind each gap, which none runs over. A window is
 * labelled L when spans of L hold at least three quarters of its samples; or when a span of L lies
 * in it whole and no other label is in it at all. Any other is left out and counted: it is
 * unlabelled, or two labels share it. Transfer full. Errors: those of wg_resample, naming the
 * recording. Any thread. */
GPtrArray *wg_slices_new(GPtrArray *recordings, const WgWindowOptions *options, GPtrArray *sources,
                         int *n_left_out, GError **error);

G_END_DECLS
