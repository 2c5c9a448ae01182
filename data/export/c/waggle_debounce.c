/* Makes one answer of many. Written by Waggle. SPDX-License-Identifier: 0BSD */
#include "waggle_debounce.h"

#include <string.h>

void
waggle_debounce_init(waggle_debounce *self)
{
    memset(self, 0, sizeof *self);
}

static int
find_most_frequent(const waggle_debounce *self)
{
    int best = -1, n_best = 0;

    for (int i = 0; i < self->n; i++) {
        int n = 0;

        for (int j = i; j < self->n; j++)
            n += self->gestures[j] == self->gestures[i];
        if (n > n_best) {
            best = self->gestures[i];
            n_best = n;
        }
    }
    return best;
}

int
waggle_debounce_feed(waggle_debounce *self, uint32_t time_ms, int gesture)
{
    int n_old = 0;

    if (self->is_answered && (int32_t)(time_ms - self->last_ms) >= WAGGLE_DEBOUNCE_MS)
        self->is_answered = 0;
    if (gesture < 0)
        return -1;
    self->last_ms = time_ms;
    if (self->is_answered)
        return -1;
    while (n_old < self->n && (int32_t)(time_ms - self->times_ms[n_old]) >= WAGGLE_DEBOUNCE_MS)
        n_old++;
    self->n -= n_old;
    memmove(self->times_ms, self->times_ms + n_old, (size_t)self->n * sizeof self->times_ms[0]);
    memmove(self->gestures, self->gestures + n_old, (size_t)self->n * sizeof self->gestures[0]);
    self->times_ms[self->n] = time_ms;
    self->gestures[self->n++] = gesture;
    if (self->n < WAGGLE_DEBOUNCE_N)
        return -1;
    gesture = find_most_frequent(self);
    self->n = 0;
    self->is_answered = 1;
    return gesture;
}
