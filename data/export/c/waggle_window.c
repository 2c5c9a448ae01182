/* Makes windows of samples. Written by Waggle. SPDX-License-Identifier: 0BSD */
#include "waggle_window.h"

#include <math.h>
#include <string.h>

void
waggle_window_init(waggle_window *self)
{
    memset(self, 0, sizeof *self);
@if SLIDES
    self->n_missing = WAGGLE_LENGTH;
@end
}

@if IS_WATCH
#define RAW_PER_G 8192.0f   /* of the watch's sensor */
#define START_THRESHOLD 800 /* a gesture begins with a larger change between two samples, */
#define END_THRESHOLD 2000  /* and ends with so many that are smaller */
#define N_STILL 4
#define LENGTH_MIN 10 /* shorter ones are none, nor those that fill the history */

static int16_t
to_raw(float g)
{
    const float raw = roundf(g * RAW_PER_G);

    return (int16_t)(raw < -32768.0f ? -32768.0f : raw > 32767.0f ? 32767.0f : raw);
}

/* floor(sqrt(x)), of the lower 16 bits of the root */
static uint32_t
root_of(uint32_t x)
{
    uint32_t root = 0;

    for (uint32_t bit = 1u << 15; bit > 0; bit >>= 1) {
        const uint32_t tried = root | bit;

        if (tried * tried <= x)
            root = tried;
    }
    return root;
}

/* The `n` samples before the newest, oldest first; zeros behind. */
static void
copy_window(const waggle_window *self, int n, int8_t *window)
{
    int at = (self->newest - n + WAGGLE_LENGTH) % WAGGLE_LENGTH;

    memset(window, 0, WAGGLE_N_INPUTS);
    for (int i = 0; i < n; i++) {
        memcpy(window + i * 3, self->history + at * 3, 3);
        at = (at + 1) % WAGGLE_LENGTH;
    }
}

int
waggle_window_feed(waggle_window *self, const float *sample, int8_t *window)
{
    uint32_t squared = 0, change;
    int n;

    self->newest = (self->newest + 1) % WAGGLE_LENGTH;
    for (int axis = 0; axis < 3; axis++) {
        const int16_t raw = to_raw(sample[axis]);
        const uint32_t difference = (uint32_t)((int32_t)raw - self->last[axis]);
        const int32_t step = raw >> 7;

        squared += difference * difference;
        self->history[self->newest * 3 + axis] =
            (int8_t)(step < -128 ? -128 : step > 127 ? 127 : step);
        self->last[axis] = raw;
    }
    change = root_of(squared);
    if (self->n_samples == 0) {
        if (change > START_THRESHOLD) {
            self->n_still = 0;
            self->n_samples = 1;
        }
        return 0;
    }
    if (self->n_samples < 255)
        self->n_samples++;
    if (change >= END_THRESHOLD) {
        self->n_still = 0;
        return 0;
    }
    if (++self->n_still < N_STILL)
        return 0;
    n = self->n_samples;
    self->n_samples = 0;
    if (n < LENGTH_MIN || n >= WAGGLE_LENGTH)
        return 0;
    copy_window(self, n, window);
    return 1;
}
@else
static int8_t
to_step(double value)
{
    const float step = rintf((float)(value * (128.0 / @RANGE_G_EXACT@)));

    return (int8_t)(step < -128.0f ? -128.0f : step > 127.0f ? 127.0f : step);
}

int
waggle_window_feed(waggle_window *self, const float *sample, int8_t *window)
{
    int8_t *to;
    int n_after;

    self->newest = (self->newest + 1) % WAGGLE_LENGTH;
    to = self->history + self->newest * WAGGLE_CHANNELS;
@CHANNEL_STEPS@
    if (--self->n_missing > 0)
        return 0;
    self->n_missing = WAGGLE_STEP;
    n_after = (WAGGLE_LENGTH - 1 - self->newest) * WAGGLE_CHANNELS;
    memcpy(window, self->history + WAGGLE_N_INPUTS - n_after, (size_t)n_after);
    memcpy(window + n_after, self->history, (size_t)(WAGGLE_N_INPUTS - n_after));
    return 1;
}
@end
