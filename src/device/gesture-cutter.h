/* Cuts gestures out of a stream of any rate as a watch's detector does. Pure, no input or output.
 */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

#define WG_GESTURE_MAX_STEPS 50 /* ACCEL_HISTORY_LEN */

typedef struct _WgGestureCutter WgGestureCutter;

/* A gesture as the detector saw it, and the samples it was made of. Valid until the next sample. */
typedef struct {
    int n_steps; /* of 80 ms */
    gint8 history[WG_GESTURE_MAX_STEPS * 3];
    int n_samples;        /* at the stream's own rate */
    const float *samples; /* n_samples x 3, in g */
    int n_clipped;        /* of them */
    int n_gaps;
    const WgGap *gaps;
} WgCut;

/* The detector (dataset/detector.h) looks each 80 ms. What it sees is the mean of the stream over
 * that time, each sample standing until the next: what is faster than 80 ms cannot be seen in steps
 * of 80 ms, and at 12.5 Hz each sample is a step, exactly. Where that makes a rate of the stream
 * that is within 4 % of a whole number of samples a step, it is taken for that number. */
WgGestureCutter *wg_gesture_cutter_new(double rate_hz);
/* Measured anew; from the next step on. */
void wg_gesture_cutter_set_rate(WgGestureCutter *self, double rate_hz);
/* Sample `number` (from 0, growing; those between are missing, and the one before stands in for
 * them), in g. Returns the gesture that ended with it, or NULL. */
const WgCut *wg_gesture_cutter_add(WgGestureCutter *self, gint64 number, const double g[3],
                                   gboolean is_clipped);
void wg_gesture_cutter_free(WgGestureCutter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgGestureCutter, wg_gesture_cutter_free)

G_END_DECLS
