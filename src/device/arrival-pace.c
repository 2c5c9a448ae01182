/* Tells a silence of a steady stream from late arrivals, by when its samples came. */
#include "device/arrival-pace.h"

#include <math.h>

#define SILENT_PERIODS 5.0
#define SILENT_S 0.25 /* longer than a USB port, a radio or a busy machine holds samples back */
#define SETTLED_S 0.25
#define MIN_WAITING 4
#define MAX_WAITING 4096
#define IN_TIME 0.5 /* periods: of so late a sample none is missing before it */
#define CREEP 0.01  /* of a period a sample */
#define MAX_MISSING 10000000

void
wg_arrival_pace_set_period(WgArrivalPace *self, double period_s)
{
    if (self->period_s <= 0)
        self->due_s = self->last_s + period_s;
    self->period_s = period_s;
}

static double
get_silent_s(const WgArrivalPace *self)
{
    return MAX(SILENT_PERIODS * self->period_s, SILENT_S);
}

static void
decide(WgArrivalPace *self, WgArrivalGap *gap)
{
    const double late_s = self->least_late_s;
    self->is_waiting = FALSE;
    if (self->is_silent && late_s > get_silent_s(self) / 2) {
        gap->n_missing = (int)MIN(rint(late_s / self->period_s), MAX_MISSING);
        gap->silence_s = late_s;
    } else if (!self->is_silent && late_s > IN_TIME * self->period_s) {
        gap->n_missing = (int)MIN(rint(late_s / self->period_s), self->n_doubts);
        gap->silence_s = gap->n_missing * self->period_s;
    }
    self->due_s += gap->silence_s;
}

gboolean
wg_arrival_pace_break(WgArrivalPace *self, double arrival_s, WgArrivalGap *gap)
{
    *gap = (WgArrivalGap){0, 0};
    if (!self->is_waiting || arrival_s - self->last_s <= get_silent_s(self))
        return FALSE;
    decide(self, gap);
    return TRUE;
}

gboolean
wg_arrival_pace_take(WgArrivalPace *self, double arrival_s, int n_missing, int n_doubts,
                     WgArrivalGap *gap)
{
    const double step_s = arrival_s - self->last_s;
    const double silent_s = get_silent_s(self);
    *gap = (WgArrivalGap){0, 0};
    self->last_s = arrival_s;
    if (self->period_s <= 0)
        return TRUE;
    self->due_s += n_missing * self->period_s;
    const double late_s = arrival_s - self->due_s;
    if (!self->is_waiting) {
        self->is_silent = step_s > silent_s && late_s > silent_s;
        if (!self->is_silent && (n_doubts == 0 || late_s <= IN_TIME * self->period_s)) {
            self->due_s = MIN(self->due_s + CREEP * self->period_s, arrival_s) + self->period_s;
            return TRUE;
        }
        self->is_waiting = TRUE;
        self->since_s = arrival_s;
        self->least_late_s = late_s;
        self->n_waiting = self->n_doubts = 0;
    }
    self->n_waiting++;
    self->n_doubts += n_doubts;
    self->least_late_s = MIN(self->least_late_s, late_s);
    self->due_s += self->period_s;
    if (late_s > IN_TIME * self->period_s && self->n_waiting < MAX_WAITING &&
        (self->n_waiting < MIN_WAITING || arrival_s - self->since_s < SETTLED_S))
        return FALSE;
    decide(self, gap);
    return TRUE;
}
