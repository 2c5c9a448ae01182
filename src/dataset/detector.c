/* The watch's gesture detector, exactly (Espruino 2v29, jswrap_bangle.c, peripheralPollHandler). */
#include "dataset/detector.h"

#include <string.h>

#define START_THRESHOLD 800 /* raw, accelGestureStartThresh: 0.098 g */
#define END_THRESHOLD 2000  /* raw, accelGestureEndThresh */
#define INACTIVE_COUNT 4    /* accelGestureInactiveCount */
#define LENGTH_MIN 10       /* accelGestureMinLength */
#define HISTORY_LENGTH 50   /* ACCEL_HISTORY_LEN */
#define COUNT_MAX 255       /* its counters are bytes */

void
wg_detector_init(WgDetector *self)
{
    memset(self, 0, sizeof *self);
}

/* floor(sqrt(x)), as the firmware's int_sqrt32. */
static guint32
integer_sqrt(guint32 x)
{
    guint32 root = 0;

    for (guint32 bit = 1u << 15; bit > 0; bit >>= 1) {
        const guint32 tried = root | bit;

        if (tried * tried <= x)
            root = tried;
    }
    return root;
}

static void
remember(WgDetector *self, const gint16 raw[3])
{
    self->history_index = (self->history_index + 1) % HISTORY_LENGTH;
    for (int axis = 0; axis < 3; axis++) {
        self->history[self->history_index * 3 + axis] = (gint8)CLAMP(raw[axis] >> 7, -128, 127);
        self->last[axis] = raw[axis];
    }
}

/* The n samples before the newest, oldest first. */
static void
copy_gesture(const WgDetector *self, int n, gint8 *gesture)
{
    int index = (self->history_index - n + HISTORY_LENGTH) % HISTORY_LENGTH;

    for (int i = 0; i < n; i++) {
        memcpy(gesture + i * 3, self->history + index * 3, 3);
        index = (index + 1) % HISTORY_LENGTH;
    }
}

int
wg_detector_feed(WgDetector *self, const gint16 raw[3], gint8 *gesture)
{
    guint32 squared = 0;
    guint32 difference;
    int n;

    for (int axis = 0; axis < 3; axis++) {
        const guint32 d = (guint32)(raw[axis] - self->last[axis]);

        squared += d * d; /* wraps as the firmware's 32 bits do */
    }
    difference = integer_sqrt(squared);
    remember(self, raw);
    self->n_fed++;
    if (self->gesture_length == 0) {
        if (difference > START_THRESHOLD) {
            self->inactive_count = 0;
            self->gesture_length = 1;
        }
        return 0;
    }
    self->gesture_length = MIN(self->gesture_length + 1, COUNT_MAX);
    if (difference >= END_THRESHOLD) {
        self->inactive_count = 0;
        return 0;
    }
    self->inactive_count++;
    if (self->inactive_count < INACTIVE_COUNT)
        return 0;
    n = self->gesture_length;
    self->gesture_length = 0;
    if (n < LENGTH_MIN || n >= HISTORY_LENGTH)
        return 0;
    copy_gesture(self, n, gesture);
    return n;
}
