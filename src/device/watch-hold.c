/* What a watch that says XOFF holds back, and for how long that is believed.
 *
 * Espruino says XOFF when its input buffer is above 6/8 (jshPushIOCharEvents of jsdevices.c) and
 * XON in the first pass of its idle loop that leaves it below 3/8 (jsiIdle of jsinteractive.c);
 * such a pass takes all that is in the buffer, 1.5 kB at most, before timers and sensors have their
 * turn. So what is heard of a later pass comes behind the XON, and while the watch is at work on
 * that buffer it is silent but for the answers. An XOFF of which neither comes true was another
 * byte on its way here: the watch waits for the rest, and will never say XON. */
#include "device/watch-private.h"

/* Whoever is heard so long after it, without XON, is past that pass: it holds some ten lines, each
 * the matter of a few flash writes of 20 ms. */
#define HEARD_MS 1000
/* And silence is believed so long: below the 5 s from its first byte after which Espruino gives up
 * a packet that is not whole (jsiPacketStart of jsinteractive.c), so that what an XOFF that was
 * none cut in two may still arrive. Where the watch was busy all the same (it tidied up its flash)
 * and what is sent now is too much for what is left of its buffer, the packet's or the file's
 * checksum tells, and it is sent again. */
#define SILENT_MS 3000

#define BUSY_AFTER_MS 1000 /* is told; shorter ones are its way of reading at its own pace */

static gint64
get_ms(WgWatch *self)
{
    return (wg_clock_get_us(self->clock) - self->xoff_us) / 1000;
}

static void
set_busy(WgWatch *self, gboolean is_busy)
{
    wg_clock_clear(self->clock, &self->busy_id);
    if (self->is_busy == is_busy)
        return;
    self->is_busy = is_busy;
    g_object_notify(G_OBJECT(self), "busy");
}

static gboolean
on_stopped_long(gpointer user_data)
{
    WgWatch *self = user_data;
    self->busy_id = 0;
    set_busy(self, TRUE);
    return G_SOURCE_REMOVE;
}

void
wg_watch_hold(WgWatch *self)
{
    if (!self->is_stopped && !self->busy_id)
        self->busy_id = wg_clock_add(self->clock, BUSY_AFTER_MS, on_stopped_long, self);
    self->is_held = self->is_stopped = TRUE;
    self->xoff_us = wg_clock_get_us(self->clock);
}

void
wg_watch_go_on(WgWatch *self)
{
    self->is_held = self->is_stopped = FALSE;
    set_busy(self, FALSE);
}

gboolean
wg_watch_is_busy(WgWatch *self)
{
    return self->is_busy;
}

void
wg_watch_doubt_hold(WgWatch *self, gboolean is_heard)
{
    if (self->is_stopped && is_heard && get_ms(self) >= HEARD_MS) {
        g_debug("the watch goes on without XON: its XOFF was none");
        wg_watch_go_on(self);
        wg_watch_pump(self);
    } else if (self->is_held && get_ms(self) >= SILENT_MS) {
        g_debug("nothing was heard since XOFF: going on");
        self->is_held = FALSE; /* it may be busy all the same */
        wg_watch_pump(self);
    }
}
