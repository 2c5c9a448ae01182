/* Reads and writes a non-blocking file descriptor from the main loop. */
#include "device/fd-stream.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_BYTES 4096

struct _WgFdStream {
    int fd;
    WgFdStreamEvents events;
    gpointer user_data;
    GByteArray *queue;
    GSource *in, *out;
    gboolean is_socket, has_packets;
    gsize packet_bytes;
};

static void
stop_source(GSource **source)
{
    if (!*source)
        return;
    g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

/* Frees what listens; the owner frees the rest when it hears of it. */
static void
end(WgFdStream *self, int error_number)
{
    stop_source(&self->in);
    stop_source(&self->out);
    self->events.closed(self->user_data, error_number);
}

static gboolean
is_passing(int error_number)
{
    return error_number == EAGAIN || error_number == EWOULDBLOCK || error_number == EINTR;
}

static gboolean
on_readable(int fd, GIOCondition condition, gpointer user_data)
{
    WgFdStream *self = user_data;
    guint8 bytes[READ_BYTES];
    const ssize_t n = read(fd, bytes, sizeof bytes);
    if (n > 0) {
        self->events.received(self->user_data, bytes, (gsize)n);
        return G_SOURCE_CONTINUE; /* of a source that may have been destroyed meanwhile */
    }
    if (n == 0 && self->has_packets && !(condition & (G_IO_HUP | G_IO_ERR)))
        return G_SOURCE_CONTINUE; /* an empty packet is not the end */
    const int number = n < 0 ? errno : 0;
    if (n < 0 && is_passing(number) && !(condition & (G_IO_HUP | G_IO_ERR)))
        return G_SOURCE_CONTINUE;
    /* a terminal whose other end is closed says EIO */
    end(self, number == EIO || is_passing(number) ? 0 : number);
    return G_SOURCE_REMOVE;
}

static ssize_t
put(WgFdStream *self, const guint8 *bytes, gsize n)
{
    /* a socket must not raise SIGPIPE in a program that does not expect it */
    return self->is_socket ? send(self->fd, bytes, n, MSG_NOSIGNAL) : write(self->fd, bytes, n);
}

/* FALSE: it failed for good, errno says why. */
static gboolean
flush(WgFdStream *self)
{
    while (self->queue->len) {
        const ssize_t n = put(self, self->queue->data, MIN(self->queue->len, self->packet_bytes));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return is_passing(errno);
        g_byte_array_remove_range(self->queue, 0, (guint)n);
    }
    return TRUE;
}

static gboolean
on_writable(int fd, GIOCondition condition, gpointer user_data)
{
    WgFdStream *self = user_data;
    if (!flush(self)) {
        end(self, errno == EIO || errno == EPIPE ? 0 : errno);
        return G_SOURCE_REMOVE;
    }
    if (self->queue->len)
        return G_SOURCE_CONTINUE;
    stop_source(&self->out);
    self->events.drained(self->user_data);
    return G_SOURCE_REMOVE;
}

static GSource *
listen_for(WgFdStream *self, GIOCondition condition, GUnixFDSourceFunc func)
{
    GSource *source = g_unix_fd_source_new(self->fd, condition);
    g_source_set_callback(source, G_SOURCE_FUNC(func), self, NULL);
    g_source_attach(source, g_main_context_get_thread_default());
    return source;
}

WgFdStream *
wg_fd_stream_new(int fd, const WgFdStreamEvents *events, gpointer user_data)
{
    WgFdStream *self = g_new0(WgFdStream, 1);
    int type;
    socklen_t length = sizeof type;
    self->fd = fd;
    self->events = *events;
    self->user_data = user_data;
    self->queue = g_byte_array_new();
    self->is_socket = getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0;
    self->has_packets = self->is_socket && type == SOCK_SEQPACKET;
    self->packet_bytes = G_MAXSIZE;
    g_unix_set_fd_nonblocking(fd, TRUE, NULL);
    self->in = listen_for(self, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable);
    return self;
}

void
wg_fd_stream_send(WgFdStream *self, GBytes *bytes)
{
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(bytes, &n);
    if (n == 0)
        return;
    g_byte_array_append(self->queue, data, (guint)n);
    if (!self->in || self->out) /* it has ended, or the loop is writing */
        return;
    /* "drained" and failures come from the loop, so that a caller is never re-entered */
    (void)flush(self);
    self->out = listen_for(self, G_IO_OUT | G_IO_ERR, on_writable);
}

void
wg_fd_stream_set_packet_bytes(WgFdStream *self, gsize n)
{
    self->packet_bytes = n;
}

gsize
wg_fd_stream_get_queued(WgFdStream *self)
{
    return self->queue->len;
}

int
wg_fd_stream_get_fd(WgFdStream *self)
{
    return self->fd;
}

void
wg_fd_stream_free(WgFdStream *self)
{
    stop_source(&self->in);
    stop_source(&self->out);
    close(self->fd);
    g_byte_array_unref(self->queue);
    g_free(self);
}
