/* The pulse of a watch that is connected: notices that it has gone where nothing below tells. */
#include "base/error.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>

/* Looked at so often; what is noticed is noticed this much later at most. */
#define PULSE_MS 250
/* A watch from which nothing was heard for so long, and of which nothing is wanted, is asked. One
 * that tells of anything by itself, as while it records, is never asked. */
#define ASK_MS 1000
/* A watch that said XOFF is busy and means to go on. */
#define BUSY_MS 10000

static void plan(WgWatch *self);

static gsize
count_queued(WgWatch *self)
{
    return self->out->len + wg_link_get_queued(self->link);
}

/* How long it may be silent now. */
static guint
get_patience_ms(WgWatch *self)
{
    const guint patience_ms = self->exchange.func ? self->exchange.patience_ms : WG_SILENCE_MS;
    return self->is_stopped ? MAX(patience_ms, BUSY_MS) : patience_ms;
}

static void
ask(WgWatch *self)
{
    static const char question[] = WG_PULSE_QUESTION;
    g_autoptr(GBytes) bytes = g_bytes_new_static(question, sizeof question - 1);
    self->is_asked = TRUE;
    wg_watch_send(self, bytes);
}

static void
give_up(WgWatch *self)
{
    g_autoptr(GError) error =
        g_error_new(WG_ERROR, WG_ERROR_CONNECTION, _("nothing was heard from the watch for %.1f s"),
                    (double)self->silence_ms / 1000);
    self->is_gentle = !self->exchange.func; /* it may be at work on something of its own */
    wg_watch_lose(self, error);
}

static gboolean
on_pulse(gpointer user_data)
{
    WgWatch *self = user_data;
    g_autoptr(WgWatch) alive = g_object_ref(self);
    const gint64 now_us = wg_clock_get_us(self->clock);
    const gsize n_queued = count_queued(self);
    const guint elapsed_ms = (guint)((now_us - self->pulse_us) / 1000);
    self->pulse_id = 0;
    self->pulse_us = now_us;
    /* while this program itself did not run, what came lies unread: that is no silence */
    self->silence_ms += MIN(elapsed_ms, 2 * PULSE_MS);
    if (self->exchange.func && n_queued < self->n_queued)
        self->silence_ms = 0; /* it takes what it was sent */
    self->n_queued = n_queued;
    wg_watch_doubt_hold(self, FALSE);
    if (self->silence_ms >= get_patience_ms(self))
        give_up(self);
    else if (self->silence_ms >= ASK_MS && !self->exchange.func && !self->is_asked)
        ask(self);
    plan(self);
    return G_SOURCE_REMOVE;
}

static void
plan(WgWatch *self)
{
    /* a board that only prints may pause */
    if (self->state == WG_WATCH_READY && self->talk == WG_TALK_ESPRUINO && !self->pulse_id)
        self->pulse_id = wg_clock_add(self->clock, PULSE_MS, on_pulse, self);
}

void
wg_watch_feel_pulse(WgWatch *self)
{
    wg_clock_clear(self->clock, &self->pulse_id);
    self->pulse_us = wg_clock_get_us(self->clock);
    self->n_queued = 0;
    wg_watch_note_sign(self);
    plan(self);
}

void
wg_watch_note_sign(WgWatch *self)
{
    self->silence_ms = 0;
    self->is_asked = FALSE;
}

gboolean
wg_watch_take_sign(const char *name)
{
    return g_str_equal(name, "here");
}

gboolean
wg_watch_is_sending(WgWatch *self)
{
    return self->pulse_id && count_queued(self) > 0;
}
