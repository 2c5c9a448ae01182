/* Timers in an array; time goes on only by winding. */
#include "manual-clock.h"

typedef struct {
    guint id, delay_ms;
    gint64 due_us;
    GSourceFunc func;
    gpointer user_data;
} Timer;

static guint
add(const WgClock *clock, guint delay_ms, GSourceFunc func, gpointer user_data)
{
    ManualClock *self = (ManualClock *)clock;
    const Timer timer = {++self->last_id, delay_ms, self->now_us + (gint64)delay_ms * 1000, func,
                         user_data};
    g_array_append_val(self->timers, timer);
    return timer.id;
}

static void
remove_timer(const WgClock *clock, guint id)
{
    ManualClock *self = (ManualClock *)clock;
    for (guint i = 0; i < self->timers->len; i++)
        if (g_array_index(self->timers, Timer, i).id == id) {
            g_array_remove_index(self->timers, i);
            return;
        }
    g_error("timer %u is removed, but is not set", id);
}

static gint64
get_us(const WgClock *clock)
{
    return ((const ManualClock *)clock)->now_us;
}

ManualClock *
manual_clock_new(void)
{
    ManualClock *self = g_new0(ManualClock, 1);
    self->clock = (WgClock){add, remove_timer, get_us};
    self->timers = g_array_new(FALSE, FALSE, sizeof(Timer));
    return self;
}

void
manual_clock_free(ManualClock *self)
{
    g_array_unref(self->timers);
    g_free(self);
}

void
manual_clock_wind(ManualClock *self, guint ms)
{
    const gint64 end_us = self->now_us + (gint64)ms * 1000;
    for (;;) {
        guint next = self->timers->len;
        for (guint i = 0; i < self->timers->len; i++) {
            const gint64 due_us = g_array_index(self->timers, Timer, i).due_us;
            if (due_us <= end_us && (next == self->timers->len ||
                                     due_us < g_array_index(self->timers, Timer, next).due_us))
                next = i;
        }
        if (next == self->timers->len)
            break;
        const Timer timer = g_array_index(self->timers, Timer, next);
        g_array_remove_index(self->timers, next);
        self->now_us = MAX(self->now_us, timer.due_us);
        if (timer.func(timer.user_data)) {
            const Timer again = {timer.id, timer.delay_ms,
                                 self->now_us + (gint64)timer.delay_ms * 1000, timer.func,
                                 timer.user_data};
            g_array_append_val(self->timers, again);
        }
    }
    self->now_us = end_us;
}

int
manual_clock_get_n_timers(const ManualClock *self)
{
    return (int)self->timers->len;
}
