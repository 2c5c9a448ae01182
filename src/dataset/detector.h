/* The watch's gesture detector, exactly (Espruino, jswrap_bangle.c, peripheralPollHandler). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    gint8 history[50 * 3]; /* ring of the last 50 samples */
    int history_index;     /* of the newest */
    gint16 last[3];
    int gesture_length; /* 0: none is under way */
    int inactive_count;
    gint64 n_fed;
} WgDetector;

void wg_detector_init(WgDetector *self);
/* Feeds one raw sample (8192 per g, every 80 ms). Returns the number of samples of the gesture that
 * ended with it, which `gesture` (50 x 3) then holds, oldest first, or 0. */
int wg_detector_feed(WgDetector *self, const gint16 raw[3], gint8 *gesture);

G_END_DECLS
