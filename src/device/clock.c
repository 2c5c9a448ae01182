/* The clock of all deadlines towards a watch. */
#include "device/clock.h"

static guint
add_system(const WgClock *self, guint delay_ms, GSourceFunc func, gpointer user_data)
{
    return g_timeout_add(delay_ms, func, user_data);
}

static void
remove_system(const WgClock *self, guint id)
{
    g_source_remove(id);
}

static gint64
get_system_us(const WgClock *self)
{
    return g_get_monotonic_time();
}

const WgClock *
wg_clock_get_system(void)
{
    static const WgClock system_clock = {add_system, remove_system, get_system_us};
    return &system_clock;
}

guint
wg_clock_add(const WgClock *self, guint delay_ms, GSourceFunc func, gpointer user_data)
{
    return self->add(self, delay_ms, func, user_data);
}

void
wg_clock_clear(const WgClock *self, guint *id)
{
    if (*id)
        self->remove(self, *id);
    *id = 0;
}

gint64
wg_clock_get_us(const WgClock *self)
{
    return self->get_us(self);
}
