/* A watch that says XOFF takes nothing more; when that lasts, it is worth being told. */
#include "device/watch-private.h"

#define BUSY_AFTER_MS 1000 /* shorter ones are its way of reading at its own pace */

static void
set_busy(WgWatch *self, gboolean is_busy)
{
    if (self->is_busy == is_busy)
        return;
    self->is_busy = is_busy;
    g_object_notify(G_OBJECT(self), "busy");
}

static gboolean
on_held_long(gpointer user_data)
{
    WgWatch *self = user_data;
    self->busy_id = 0;
    set_busy(self, TRUE);
    return G_SOURCE_REMOVE;
}

void
wg_watch_hold(WgWatch *self, gboolean is_held)
{
    if (is_held == self->is_held)
        return;
    self->is_held = is_held;
    wg_clock_clear(self->clock, &self->busy_id);
    if (is_held)
        self->busy_id = wg_clock_add(self->clock, BUSY_AFTER_MS, on_held_long, self);
    else
        set_busy(self, FALSE);
}

gboolean
wg_watch_is_busy(WgWatch *self)
{
    return self->is_busy;
}
