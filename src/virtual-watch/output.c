/* The queue of bytes on their way to whoever reads the watch's console. */
#include "virtual-watch/output.h"

#include <glib-unix.h>
#include <errno.h>
#include <unistd.h>

#define COMPACT_BYTES 65536 /* handed-over bytes kept in front before the rest moves down */

struct _WgOutput {
    int fd;
    GByteArray *queue;
    gsize start; /* first byte of the queue not yet handed over */
    gboolean holds;
    gsize n_held; /* at the end of the queue, not released */
    gint64 limit; /* bytes that may still leave; -1: any number */
    guint source_id, lost_id;
    gboolean lost;
    void (*on_lost)(gpointer user_data);
    gpointer user_data;
};

static gboolean
tell_lost(gpointer user_data)
{
    WgOutput *self = user_data;
    self->lost_id = 0;
    self->on_lost(self->user_data);
    return G_SOURCE_REMOVE;
}

static void
forget(WgOutput *self)
{
    g_byte_array_set_size(self->queue, 0);
    self->start = 0;
    self->n_held = 0;
    g_clear_handle_id(&self->source_id, g_source_remove);
}

static void
set_lost(WgOutput *self)
{
    if (self->lost)
        return;
    self->lost = TRUE;
    forget(self);
    if (self->lost_id == 0)
        self->lost_id = g_idle_add(tell_lost, self);
}

/* How many queued bytes may leave now. */
gsize
wg_output_get_free(const WgOutput *self)
{
    gsize n = wg_output_get_queued(self) - self->n_held;
    if (self->limit >= 0)
        n = MIN(n, (gsize)self->limit);
    return n;
}

static gboolean
on_writable(int fd, GIOCondition condition, gpointer user_data)
{
    WgOutput *self = user_data;
    const guint id = self->source_id;
    self->source_id = 0;
    wg_output_flush(self);
    if (wg_output_get_free(self) > 0 && !self->lost) {
        self->source_id = id;
        return G_SOURCE_CONTINUE;
    }
    return G_SOURCE_REMOVE;
}

static void
await_writable(WgOutput *self)
{
    if (self->source_id == 0 && self->fd >= 0 && wg_output_get_free(self) > 0)
        self->source_id =
            g_unix_fd_add(self->fd, G_IO_OUT | G_IO_ERR | G_IO_HUP, on_writable, self);
}

WgOutput *
wg_output_new(int fd, void (*lost)(gpointer user_data), gpointer user_data)
{
    WgOutput *self = g_new0(WgOutput, 1);
    self->fd = fd;
    self->limit = -1;
    self->queue = g_byte_array_new();
    self->on_lost = lost;
    self->user_data = user_data;
    g_unix_set_fd_nonblocking(fd, TRUE, NULL);
    return self;
}

gsize
wg_output_flush(WgOutput *self)
{
    while (!self->lost && wg_output_get_free(self) > 0) {
        const ssize_t n =
            write(self->fd, self->queue->data + self->start, wg_output_get_free(self));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (n <= 0) {
            set_lost(self);
            break;
        }
        self->start += (gsize)n;
        if (self->limit > 0)
            self->limit -= n;
    }
    if (self->limit == 0 && self->lost_id == 0 && !self->lost)
        self->lost_id = g_idle_add(tell_lost, self);
    if (self->start == self->queue->len) {
        g_byte_array_set_size(self->queue, 0);
        self->start = 0;
    } else if (self->start > COMPACT_BYTES) {
        g_byte_array_remove_range(self->queue, 0, (guint)self->start);
        self->start = 0;
    }
    return wg_output_get_queued(self);
}

void
wg_output_write(WgOutput *self, gconstpointer data, gsize length)
{
    if (self->lost || self->fd < 0 || length == 0)
        return;
    g_byte_array_append(self->queue, data, (guint)length);
    if (self->holds)
        self->n_held += length;
    await_writable(self);
}

void
wg_output_set_fd(WgOutput *self, int fd)
{
    forget(self);
    g_clear_handle_id(&self->lost_id, g_source_remove);
    self->lost = FALSE;
    self->fd = fd;
    if (fd >= 0)
        g_unix_set_fd_nonblocking(fd, TRUE, NULL);
}

void
wg_output_hold(WgOutput *self)
{
    self->holds = TRUE;
}

void
wg_output_release(WgOutput *self, gsize n)
{
    self->n_held -= MIN(n, self->n_held);
    await_writable(self);
}

void
wg_output_set_limit(WgOutput *self, gint64 n)
{
    self->limit = n;
}

gboolean
wg_output_is_spent(const WgOutput *self)
{
    return self->limit == 0;
}

gsize
wg_output_get_queued(const WgOutput *self)
{
    return self->queue->len - self->start;
}

int
wg_output_get_fd(const WgOutput *self)
{
    return self->fd;
}

gboolean
wg_output_is_lost(const WgOutput *self)
{
    return self->lost;
}

void
wg_output_free(WgOutput *self)
{
    g_clear_handle_id(&self->source_id, g_source_remove);
    g_clear_handle_id(&self->lost_id, g_source_remove);
    g_byte_array_unref(self->queue);
    g_free(self);
}
