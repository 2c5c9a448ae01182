/* A link over a descriptor that breaks, or damages a byte, at a given place in what is sent. */
#include "fault-link.h"

#include "base/error.h"

#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

struct _FaultLink {
    WgLink parent;
    int fd;
    guint source_id;
    gboolean is_open, is_sending;
    gint64 n_sent, cut_at, flip_at;
    guint8 pattern;
    int n_turns;
};

G_DEFINE_FINAL_TYPE(FaultLink, fault_link, WG_TYPE_LINK)

static gboolean
on_readable(int fd, GIOCondition condition, gpointer user_data)
{
    g_autoptr(FaultLink) self = g_object_ref(user_data);
    guint8 bytes[4096];
    const ssize_t n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
    self->n_turns += self->is_sending;
    self->is_sending = FALSE;
    if (n > 0 && self->is_open)
        wg_link_emit_received(WG_LINK(self), bytes, (gsize)n);
    return G_SOURCE_CONTINUE;
}

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(link, cancellable, callback, user_data);
    FAULT_LINK(link)->is_open = TRUE;
    g_task_return_boolean(task, TRUE);
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static gboolean
on_cut(gpointer user_data)
{
    g_autoptr(FaultLink) self = user_data;
    g_autoptr(GError) error =
        g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, "the link was cut by the test");
    wg_link_emit_closed(WG_LINK(self), error);
    return G_SOURCE_REMOVE;
}

static void
put(FaultLink *self, const guint8 *bytes, gsize n)
{
    while (n > 0) {
        const ssize_t done = send(self->fd, bytes, n, MSG_NOSIGNAL);
        g_assert_cmpint(done, >, 0);
        bytes += done;
        n -= (gsize)done;
    }
}

static void
send_bytes(WgLink *link, GBytes *bytes)
{
    FaultLink *self = FAULT_LINK(link);
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(bytes, &n);
    g_autofree guint8 *copy = g_memdup2(data, n);
    const gint64 start = self->n_sent;
    if (!self->is_open)
        return;
    self->is_sending = TRUE;
    self->n_sent += (gint64)n;
    if (self->flip_at >= start && self->flip_at < self->n_sent)
        copy[self->flip_at - start] ^= self->pattern;
    if (self->cut_at >= 0 && self->cut_at <= self->n_sent) {
        put(self, copy, (gsize)(self->cut_at - start));
        self->cut_at = -1;
        self->is_open = FALSE;
        g_idle_add_full(G_PRIORITY_DEFAULT, on_cut, g_object_ref(self), NULL);
        return;
    }
    put(self, copy, n);
}

static void
close_link(WgLink *link)
{
    FAULT_LINK(link)->is_open = FALSE;
}

static gsize
get_queued(WgLink *link)
{
    return 0;
}

static void
finalize(GObject *object)
{
    g_source_remove(FAULT_LINK(object)->source_id);
    G_OBJECT_CLASS(fault_link_parent_class)->finalize(object);
}

static void
fault_link_class_init(FaultLinkClass *class)
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
fault_link_init(FaultLink *self)
{
    self->cut_at = self->flip_at = -1;
}

FaultLink *
fault_link_new(int fd)
{
    FaultLink *self = g_object_new(FAULT_TYPE_LINK, "address", "fault:", NULL);
    self->fd = fd;
    self->source_id = g_unix_fd_add(fd, G_IO_IN, on_readable, self);
    return self;
}

static void
plan(FaultLink *self, gint64 cut_at, gint64 flip_at, guint8 pattern)
{
    self->n_sent = 0;
    self->n_turns = 0;
    self->cut_at = cut_at;
    self->flip_at = flip_at;
    self->pattern = pattern;
}

void
fault_link_cut_after(FaultLink *self, gint64 n_bytes)
{
    plan(self, n_bytes, -1, 0);
}

void
fault_link_flip_at(FaultLink *self, gint64 n_bytes, guint8 pattern)
{
    plan(self, -1, n_bytes, pattern);
}

gint64
fault_link_get_sent(const FaultLink *self)
{
    return self->n_sent;
}

int
fault_link_get_turns(const FaultLink *self)
{
    return self->n_turns;
}
