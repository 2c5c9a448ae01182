/* A watch: its state, and what it says handed to whom it concerns. */
#include "base/error.h"
#include "device/json-line.h"
#include "device/program.h"
#include "device/watch-private.h"
#include "device/watch-python.h"

#include <glib/gi18n.h>
#include <string.h>

#define SEND_BYTES 256        /* handed to the link at a time */
#define LINK_QUEUED_BYTES 512 /* more is held back here, so that XOFF takes effect */

G_DEFINE_TYPE(WgWatch, wg_watch, G_TYPE_OBJECT)

enum { PROP_STATE = 1, PROP_STATE_TEXT, PROP_BUSY, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];
enum { EVENT, CONSOLE, N_SIGNALS };
static guint signals[N_SIGNALS];

void
wg_watch_set_state(WgWatch *self, WgWatchState state, const char *text)
{
    g_autoptr(WgWatch) alive = g_object_ref(self);
    g_free(self->state_text);
    self->state_text = g_strdup(text);
    self->state = state;
    wg_watch_keep(self);
    wg_watch_feel_pulse(self);
    g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_STATE_TEXT]);
    g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_STATE]);
    wg_watch_answer_waiters(self);
}

void
wg_watch_lose(WgWatch *self, const GError *error)
{
    if (self->state == WG_WATCH_CLOSED || self->state == WG_WATCH_LOST)
        return;
    g_autoptr(WgWatch) alive = g_object_ref(self);
    wg_watch_set_state(self, WG_WATCH_LOST, error->message);
    wg_watch_python_free(self);
    wg_link_close(self->link);
    wg_watch_exchange_fail(self, error);
}

void
wg_watch_pump(WgWatch *self)
{
    while (!self->is_held && self->out->len && wg_link_get_queued(self->link) < LINK_QUEUED_BYTES) {
        const guint n = MIN(self->out->len, SEND_BYTES);
        g_autoptr(GBytes) bytes = g_bytes_new(self->out->data, n);
        g_byte_array_remove_range(self->out, 0, n);
        wg_link_send(self->link, bytes);
    }
}

void
wg_watch_send(WgWatch *self, GBytes *bytes)
{
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(bytes, &n);
    g_byte_array_append(self->out, data, (guint)n);
    wg_watch_doubt_hold(self, FALSE);
    wg_watch_pump(self);
}

static void
take_event(WgWatch *self, const WgMessage *message)
{
    g_autoptr(JsonNode) line = wg_json_line_parse(message->data, message->length);
    const char *name = wg_json_read_string(wg_json_get(line, "wg"));
    if (!name)
        g_debug("a line of %zu bytes that is none of ours", message->length);
    else if (!wg_watch_take_sign(name) && !wg_watch_exchange_take_line(self, line))
        g_signal_emit(self, signals[EVENT], 0, name, line);
}

static void
take_text(WgWatch *self, const WgMessage *message)
{
    g_autofree char *text = g_utf8_make_valid(message->data, (gssize)message->length);
    if (g_str_has_prefix(text, "Uncaught ")) {
        g_free(self->last_text);
        self->last_text = g_strdup(text);
        if (self->exchange.func && self->exchange.expect == WG_EXPECT_LINE)
            wg_watch_send_fence(self);
    }
    g_signal_emit(self, signals[CONSOLE], 0, text);
}

static void
take_message(const WgMessage *message, gpointer user_data)
{
    WgWatch *self = user_data;
    switch (message->kind) {
    case WG_MESSAGE_TEXT:
        take_text(self, message);
        break;
    case WG_MESSAGE_EVENT:
        take_event(self, message);
        break;
    case WG_MESSAGE_XOFF:
        wg_watch_hold(self);
        break;
    case WG_MESSAGE_XON:
        wg_watch_go_on(self);
        wg_watch_pump(self);
        break;
    case WG_MESSAGE_ACK:
    case WG_MESSAGE_NAK:
    case WG_MESSAGE_PACKET:
    default:
        wg_watch_exchange_take(self, message);
        break;
    }
}

static void
on_received(WgLink *link, GBytes *bytes, gpointer user_data)
{
    WgWatch *self = user_data;
    g_autoptr(WgWatch) alive = g_object_ref(self);
    gsize n = 0;
    const void *data = g_bytes_get_data(bytes, &n);
    wg_watch_note_sign(self);
    if (!wg_watch_talk_take(self, data, n))
        wg_espruino_parser_feed(self->parser, data, n);
    wg_watch_doubt_hold(self, TRUE);
}

static void
on_drained(WgLink *link, gpointer user_data)
{
    wg_watch_pump(user_data);
}

static void
on_closed(WgLink *link, const GError *error, gpointer user_data)
{
    WgWatch *self = user_data;
    g_autoptr(GError) lost =
        error ? g_error_copy(error)
              : g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, _("the connection was closed"));
    g_byte_array_set_size(self->out, 0);
    wg_watch_go_on(self);
    wg_watch_lose(self, lost);
}

void
wg_watch_disconnect(WgWatch *self)
{
    g_autoptr(WgWatch) alive = g_object_ref(self);
    if (self->state == WG_WATCH_CLOSED)
        return;
    if (self->state == WG_WATCH_READY && self->talk == WG_TALK_ESPRUINO) {
        /* what we started there ends, and its console is as it was */
        g_autoptr(GBytes) bye = wg_espruino_build_line(
            WG_STOP_PROGRAM "delete global.Waggle;echo(1);"
                            "if(global.WaggleApp&&WaggleApp.paused)load(WaggleApp.file)");
        wg_watch_send(self, bye);
    }
    wg_watch_stop_program(self);
    wg_watch_set_state(self, WG_WATCH_CLOSED, _("not connected"));
    wg_watch_python_free(self);
    wg_link_close(self->link);
    g_autoptr(GError) error =
        g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, _("the watch was disconnected"));
    wg_watch_exchange_fail(self, error);
}

WgWatchState
wg_watch_get_state(WgWatch *self)
{
    return self->state;
}

const char *
wg_watch_get_name(WgWatch *self)
{
    return self->name ? self->name : wg_watch_get_address(self);
}

const char *
wg_watch_get_kind(WgWatch *self)
{
    return self->kind;
}

gboolean
wg_watch_is_virtual(WgWatch *self)
{
    return self->is_virtual;
}

const char *
wg_watch_get_version(WgWatch *self)
{
    return self->version;
}

const char *
wg_watch_get_address(WgWatch *self)
{
    return wg_link_get_address(self->link);
}

gboolean
wg_watch_has_packets(WgWatch *self)
{
    return self->has_packets;
}

gboolean
wg_watch_has_tensorflow(WgWatch *self)
{
    return self->has_tensorflow;
}

void
wg_watch_set_clock(WgWatch *self, const WgClock *clock)
{
    self->clock = clock;
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    WgWatch *self = WG_WATCH(object);
    if (id == PROP_STATE)
        g_value_set_int(value, (int)self->state);
    else if (id == PROP_BUSY)
        g_value_set_boolean(value, self->is_busy);
    else
        g_value_set_string(value, self->state_text);
}

static void
dispose(GObject *object)
{
    WgWatch *self = WG_WATCH(object);
    if (self->link) {
        g_signal_handlers_disconnect_by_data(self->link, self);
        wg_link_close(self->link);
    }
    wg_watch_python_free(self);
    wg_clock_clear(self->clock, &self->exchange.deadline_id);
    wg_clock_clear(self->clock, &self->retry_id);
    wg_clock_clear(self->clock, &self->pulse_id);
    wg_clock_clear(self->clock, &self->busy_id);
    g_clear_object(&self->retrying);
    g_clear_object(&self->link);
    G_OBJECT_CLASS(wg_watch_parent_class)->dispose(object);
}

static void
finalize(GObject *object)
{
    WgWatch *self = WG_WATCH(object);
    wg_espruino_parser_free(self->parser);
    wg_watch_talk_forget(self);
    g_clear_pointer(&self->numbers, wg_number_lines_free);
    g_byte_array_unref(self->out);
    g_queue_clear_full(&self->operations, wg_watch_operation_free);
    g_free(self->state_text);
    g_free(self->trouble);
    g_free(self->name);
    g_free(self->kind);
    g_free(self->version);
    g_free(self->last_text);
    G_OBJECT_CLASS(wg_watch_parent_class)->finalize(object);
}

static void
wg_watch_class_init(WgWatchClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);
    const GType type = G_TYPE_FROM_CLASS(class);
    const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
    object_class->get_property = get_property;
    object_class->dispose = dispose;
    object_class->finalize = finalize;
    properties[PROP_STATE] =
        g_param_spec_int("state", NULL, NULL, WG_WATCH_CLOSED, WG_WATCH_LOST, 0, flags);
    properties[PROP_STATE_TEXT] = g_param_spec_string("state-text", NULL, NULL, NULL, flags);
    properties[PROP_BUSY] = g_param_spec_boolean("busy", NULL, NULL, FALSE, flags);
    g_object_class_install_properties(object_class, N_PROPERTIES, properties);
    signals[EVENT] = g_signal_new("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_NODE);
    signals[CONSOLE] = g_signal_new("console", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wg_watch_init(WgWatch *self)
{
    self->clock = wg_clock_get_system();
    self->parser = wg_espruino_parser_new(take_message, self);
    self->out = g_byte_array_new();
    self->state_text = g_strdup(_("not connected"));
    g_queue_init(&self->operations);
    g_queue_init(&self->waiters);
    self->lost_us = -1;
}

WgWatch *
wg_watch_new(WgLink *link)
{
    WgWatch *self = g_object_new(WG_TYPE_WATCH, NULL);
    self->link = g_object_ref(link);
    g_signal_connect(link, "received", G_CALLBACK(on_received), self);
    g_signal_connect(link, "drained", G_CALLBACK(on_drained), self);
    g_signal_connect(link, "closed", G_CALLBACK(on_closed), self);
    g_signal_connect(link, "back", G_CALLBACK(wg_watch_on_back), self);
    return self;
}
