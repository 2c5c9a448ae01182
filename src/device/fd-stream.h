/* A file descriptor on the main loop: bytes in as they come, bytes out through a queue. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgFdStream WgFdStream;

typedef struct {
    void (*received)(gpointer user_data, gconstpointer data, gsize n);
    void (*drained)(gpointer user_data);
    /* The other end is gone (`error_number` 0) or reading or writing failed; comes once. */
    void (*closed)(gpointer user_data, int error_number);
} WgFdStreamEvents;

/* Takes the descriptor and makes it non-blocking; runs in the thread's default context. Any event
 * may free the stream. */
WgFdStream *wg_fd_stream_new(int fd, const WgFdStreamEvents *events, gpointer user_data);
/* Writes what it can at once and queues the rest. */
void wg_fd_stream_send(WgFdStream *self, GBytes *bytes);
/* For a socket that keeps packets apart: from now on at most n bytes a packet go out. */
void wg_fd_stream_set_packet_bytes(WgFdStream *self, gsize n);
gsize wg_fd_stream_get_queued(WgFdStream *self);
int wg_fd_stream_get_fd(WgFdStream *self);
/* Closes the descriptor; what is queued is dropped. */
void wg_fd_stream_free(WgFdStream *self);

G_END_DECLS
