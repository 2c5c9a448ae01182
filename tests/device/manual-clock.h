/* A clock for deadlines that a test winds by hand. */
#pragma once

#include "device/clock.h"

G_BEGIN_DECLS

typedef struct {
    WgClock clock; /* first: what the code under test sees */
    gint64 now_us;
    guint last_id;
    GArray *timers;
} ManualClock;

ManualClock *manual_clock_new(void);
void manual_clock_free(ManualClock *self);
/* Runs what is due within these milliseconds, in order of time. */
void manual_clock_wind(ManualClock *self, guint ms);
int manual_clock_get_n_timers(const ManualClock *self);

G_END_DECLS
