/* Plays the watch's side of a trace. */
#include "device/replay-link.h"

#include "base/error.h"
#include "device/watch-private.h"
#include "device/wire-trace.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHOWN_BYTES 60
#define SIGN "\x1e{\"wg\":\"here\"}\r\n"

struct _WgReplayLink {
    WgLink parent;
    char *path;
    double speed;
    GPtrArray *events;
    guint next;       /* event */
    gsize n_matched;  /* bytes of it, where this side says it */
    GByteArray *said; /* by this side, not yet compared */
    gint64 anchor_us; /* when the last event of this side was, and its time in the trace */
    double anchor_ms;
    guint timer_id;
    gboolean is_playing;
};

G_DEFINE_FINAL_TYPE(WgReplayLink, wg_replay_link, WG_TYPE_LINK)

static void play(WgReplayLink *self);

static void
stop(WgReplayLink *self)
{
    g_clear_handle_id(&self->timer_id, g_source_remove);
    g_byte_array_set_size(self->said, 0);
}

static void
go_another_way(WgReplayLink *self, const WgWireEvent *event)
{
    g_autofree char *now = wg_wire_escape(self->said->data, self->said->len, SHOWN_BYTES);
    g_autoptr(GError) error = NULL;

    if (event) {
        gsize n = 0;
        const guint8 *data = g_bytes_get_data(event->bytes, &n);
        g_autofree char *then =
            wg_wire_escape(data + self->n_matched, n - self->n_matched, SHOWN_BYTES);

        g_set_error(&error, WG_ERROR, WG_ERROR_INPUT,
                    _("the talk goes another way than the trace %s: at %.3f s it has “%s”, and now "
                      "“%s” was said; record the trace anew"),
                    self->path, event->time_ms / 1000, then, now);
    } else {
        g_set_error(&error, WG_ERROR, WG_ERROR_INPUT,
                    _("the trace %s ends here, and now “%s” was said; record a longer one"),
                    self->path, now);
    }
    self->next = self->events->len;
    stop(self);
    wg_link_emit_closed(WG_LINK(self), error);
}

/* A question of the pulse at the front of what was said is answered here. */
static gboolean
answer_pulse(WgReplayLink *self)
{
    const gsize n = strlen(WG_PULSE_QUESTION);

    if (self->said->len < n || memcmp(self->said->data, WG_PULSE_QUESTION, n) != 0)
        return FALSE;
    g_byte_array_remove_range(self->said, 0, (guint)n);
    wg_link_emit_received(WG_LINK(self), SIGN, strlen(SIGN));
    return TRUE;
}

static gboolean
is_pulse(const WgWireEvent *event)
{
    gsize n = 0;
    const void *data = g_bytes_get_data(event->bytes, &n);

    return n == strlen(WG_PULSE_QUESTION) && memcmp(data, WG_PULSE_QUESTION, n) == 0;
}

/* TRUE: the event is over. */
static gboolean
compare(WgReplayLink *self, const WgWireEvent *event)
{
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(event->bytes, &n);
    const gsize n_common = MIN(n - self->n_matched, self->said->len);

    if (n_common > 0 && memcmp(data + self->n_matched, self->said->data, n_common) != 0) {
        if (self->n_matched == 0 && is_pulse(event))
            return TRUE;
        if (!answer_pulse(self))
            go_another_way(self, event);
        return FALSE;
    }
    g_byte_array_remove_range(self->said, 0, (guint)n_common);
    self->n_matched += n_common;
    if (self->n_matched < n)
        return FALSE;
    self->n_matched = 0;
    self->anchor_us = g_get_monotonic_time();
    self->anchor_ms = event->time_ms;
    return TRUE;
}

static gboolean
on_due(gpointer user_data)
{
    WgReplayLink *self = user_data;

    self->timer_id = 0;
    play(self);
    return G_SOURCE_REMOVE;
}

/* TRUE: it is the event's time; FALSE: it will be. */
static gboolean
is_due(WgReplayLink *self, const WgWireEvent *event)
{
    const double wait_ms = (event->time_ms - self->anchor_ms) / self->speed -
                           (double)(g_get_monotonic_time() - self->anchor_us) / 1000;

    if (wait_ms <= 0)
        return TRUE;
    g_clear_handle_id(&self->timer_id, g_source_remove);
    self->timer_id = g_timeout_add((guint)wait_ms + 1, on_due, self);
    return FALSE;
}

/* FALSE: it waits, for this side or for the time. */
static gboolean
play_event(WgReplayLink *self, const WgWireEvent *event)
{
    gsize n = 0;
    const char *data = g_bytes_get_data(event->bytes, &n);
    g_autoptr(GError) error = NULL;

    switch (event->kind) {
    case WG_WIRE_SAID:
        if (!compare(self, event))
            return FALSE;
        self->next++;
        return TRUE;
    case WG_WIRE_HEARD:
        if (!is_due(self, event))
            return FALSE;
        self->next++;
        wg_link_emit_received(WG_LINK(self), data, n);
        return TRUE;
    case WG_WIRE_SHUT:
        if (!is_due(self, event))
            return FALSE;
        self->next++;
        error = g_error_new(WG_ERROR, WG_ERROR_CONNECTION, "%.*s", (int)n, data ? data : "");
        stop(self);
        wg_link_emit_closed(WG_LINK(self), error);
        return FALSE;
    case WG_WIRE_OPEN:
    default:
        self->next++;
        return TRUE;
    }
}

static void
play(WgReplayLink *self)
{
    g_autoptr(WgReplayLink) alive = g_object_ref(self);

    if (self->is_playing) /* this side answers what it is just told */
        return;
    self->is_playing = TRUE;
    for (gboolean goes_on = TRUE; goes_on && wg_link_is_open(WG_LINK(self));) {
        const guint n_said = self->said->len;

        if (self->next < self->events->len)
            goes_on = play_event(self, g_ptr_array_index(self->events, self->next));
        else if (n_said > 0 && !answer_pulse(self))
            go_another_way(self, NULL);
        else
            goes_on = FALSE;
        goes_on = goes_on || (n_said != self->said->len && self->said->len > 0);
    }
    self->is_playing = FALSE;
}

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    WgReplayLink *self = WG_REPLAY_LINK(link);
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    GError *error = NULL;

    stop(self);
    if (!self->events)
        self->events = wg_wire_trace_load(self->path, &error);
    if (!self->events) {
        g_task_return_error(task, error);
        return;
    }
    /* what it does not say of a lost connection's end, up to where it was opened again */
    while (self->next > 0 && self->next < self->events->len &&
           ((WgWireEvent *)g_ptr_array_index(self->events, self->next))->kind != WG_WIRE_OPEN)
        self->next++;
    if (self->next > 0 && self->next >= self->events->len) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_INPUT,
                                _("the trace %s has come to its end"), self->path);
        return;
    }
    self->n_matched = 0;
    self->anchor_us = g_get_monotonic_time();
    self->anchor_ms = ((WgWireEvent *)g_ptr_array_index(self->events, self->next))->time_ms;
    g_task_return_boolean(task, TRUE);
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static gboolean
on_said(gpointer user_data)
{
    WgReplayLink *self = user_data;

    self->timer_id = 0;
    play(self);
    return G_SOURCE_REMOVE;
}

static void
send_bytes(WgLink *link, GBytes *bytes)
{
    WgReplayLink *self = WG_REPLAY_LINK(link);
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(bytes, &n);

    g_byte_array_append(self->said, data, (guint)n);
    /* from the loop, so that a caller is never re-entered */
    g_clear_handle_id(&self->timer_id, g_source_remove);
    self->timer_id = g_idle_add_full(G_PRIORITY_DEFAULT, on_said, self, NULL);
}

static void
close_link(WgLink *link)
{
    stop(WG_REPLAY_LINK(link));
}

static gsize
get_queued(WgLink *link)
{
    return 0;
}

static void
finalize(GObject *object)
{
    WgReplayLink *self = WG_REPLAY_LINK(object);

    stop(self);
    g_clear_pointer(&self->events, g_ptr_array_unref);
    g_byte_array_unref(self->said);
    g_free(self->path);
    G_OBJECT_CLASS(wg_replay_link_parent_class)->finalize(object);
}

static void
wg_replay_link_class_init(WgReplayLinkClass *class)
{
    WgLinkClass *link_class = WG_LINK_CLASS(class);

    G_OBJECT_CLASS(class)->finalize = finalize;
    link_class->open_async = open_async;
    link_class->open_finish = open_finish;
    link_class->send = send_bytes;
    link_class->close = close_link;
    link_class->get_queued = get_queued;
}

static void
wg_replay_link_init(WgReplayLink *self)
{
    self->said = g_byte_array_new();
}

WgLink *
wg_replay_link_new(const char *address, const char *path, double speed)
{
    WgReplayLink *self = g_object_new(WG_TYPE_REPLAY_LINK, "address", address, NULL);

    self->path = g_strdup(path);
    self->speed = speed;
    return WG_LINK(self);
}
