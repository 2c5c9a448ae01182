/* One exchange with a watch: bytes out, then the answer that they ask for, or a deadline. */
#include "base/error.h"
#include "device/json-line.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>

#define PACE_BYTES 64   /* of an exchange at least, to say how fast the line is */
#define SLOW_MS 1000    /* what is longer on its way adds to how long the watch may be silent */
#define SLOWEST_MS 8000 /* by so much at most */

/* How much longer than on a quick line so many bytes take to be there: what lies in the system's
 * own buffers is not seen, but the exchanges so far tell how fast the line is at least. */
static guint
get_extra_ms(WgWatch *self, gsize n_bytes)
{
    const double on_its_way_ms =
        self->bytes_per_s > 0 ? (double)n_bytes * 1000 / self->bytes_per_s : 0;
    return (guint)CLAMP(on_its_way_ms - SLOW_MS, 0, SLOWEST_MS);
}

static void
note_pace(WgWatch *self, const WgExchange *done)
{
    const gint64 elapsed_us = wg_clock_get_us(self->clock) - done->begun_us;
    if (done->n_bytes < PACE_BYTES)
        return;
    self->bytes_per_s =
        MAX(self->bytes_per_s, (double)done->n_bytes * G_USEC_PER_SEC / (double)MAX(elapsed_us, 1));
}

static void
finish(WgWatch *self, const char *data, gsize n, JsonNode *line, const GError *error)
{
    const WgExchange done = self->exchange;
    if (!error)
        note_pace(self, &done);
    wg_clock_clear(self->clock, &self->exchange.deadline_id);
    self->exchange = (WgExchange){0};
    done.func(self, data, n, line, error, done.user_data);
}

static gboolean
on_deadline(gpointer user_data)
{
    WgWatch *self = user_data;
    g_autoptr(WgWatch) alive = g_object_ref(self);
    if (wg_watch_is_sending(self)) {
        self->exchange.deadline_id =
            wg_clock_add(self->clock, self->exchange.deadline_ms, on_deadline, self);
        return G_SOURCE_REMOVE;
    }
    g_autoptr(GError) error =
        g_error_new(G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("the watch did not answer for %u s"),
                    (self->exchange.deadline_ms + 500) / 1000);
    self->exchange.deadline_id = 0;
    wg_espruino_parser_flush(self->parser);
    finish(self, NULL, 0, NULL, error);
    return G_SOURCE_REMOVE;
}

void
wg_watch_exchange(WgWatch *self, WgExpect expect, GBytes *bytes, guint deadline_ms,
                  WgReplyFunc func, gpointer user_data)
{
    g_return_if_fail(!self->exchange.func);
    if (!wg_link_is_open(self->link)) { /* lost, by what this one follows: nothing would end it */
        g_autoptr(GError) error = g_error_new(
            WG_ERROR, WG_ERROR_CONNECTION, _("the watch is not connected: %s"), self->state_text);
        func(self, NULL, 0, NULL, error, user_data);
        return;
    }
    const gsize n_bytes = g_bytes_get_size(bytes);
    const guint extra_ms = get_extra_ms(self, n_bytes);
    g_clear_pointer(&self->last_text, g_free);
    self->exchange = (WgExchange){
        .func = func,
        .user_data = user_data,
        .expect = expect,
        .number = self->last_number,
        .deadline_ms = deadline_ms + extra_ms,
        .patience_ms = (deadline_ms > WG_ANSWER_MS ? deadline_ms : WG_SILENCE_MS) + extra_ms,
        .deadline_id = wg_clock_add(self->clock, deadline_ms + extra_ms, on_deadline, self),
        .n_bytes = n_bytes,
        .begun_us = wg_clock_get_us(self->clock),
    };
    wg_watch_send(self, bytes);
}

static void
take_nak(WgWatch *self)
{
    g_autoptr(GError) error = g_error_new_literal(
        WG_ERROR, WG_ERROR_INPUT, _("the watch refused it, for want of memory or of sense"));
    finish(self, NULL, 0, NULL, error);
}

void
wg_watch_exchange_take(WgWatch *self, const WgMessage *message)
{
    const WgExchange *exchange = &self->exchange;
    if (!exchange->func || exchange->expect == WG_EXPECT_LINE) {
        g_debug("an answer that nobody awaits (kind %d)", message->kind);
        return;
    }
    switch (message->kind) {
    case WG_MESSAGE_ACK:
        if (exchange->expect == WG_EXPECT_ACK)
            finish(self, NULL, 0, NULL, NULL);
        else
            self->exchange.is_acknowledged = TRUE;
        break;
    case WG_MESSAGE_NAK:
        take_nak(self);
        break;
    case WG_MESSAGE_PACKET:
        if (message->type == WG_PACKET_RESPONSE && exchange->expect == WG_EXPECT_RESPONSE &&
            exchange->is_acknowledged)
            finish(self, message->data, message->length, NULL, NULL);
        break;
    case WG_MESSAGE_TEXT:
    case WG_MESSAGE_EVENT:
    case WG_MESSAGE_XON:
    case WG_MESSAGE_XOFF:
    default:
        break;
    }
}

gboolean
wg_watch_exchange_take_line(WgWatch *self, JsonNode *line)
{
    gint64 number;
    if (g_strcmp0(wg_json_read_string(wg_json_get(line, "wg")), "=") != 0)
        return FALSE;
    if (self->exchange.func && self->exchange.expect == WG_EXPECT_LINE &&
        wg_json_read_int(wg_json_get(line, "n"), &number) && number == self->exchange.number)
        finish(self, NULL, 0, line, NULL);
    return TRUE; /* the fence behind an answer, or the answer to an earlier greeting */
}

void
wg_watch_exchange_fail(WgWatch *self, const GError *error)
{
    if (self->exchange.func)
        finish(self, NULL, 0, NULL, error);
}
