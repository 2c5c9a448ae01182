/* What the watch has said and the reader has not yet taken: a queue that never blocks the watch. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WgOutput WgOutput;

/* Above this many queued bytes the watch stops running JavaScript timers' prints ahead: a printing
 * program waits for its reader, as the real firmware's transmit buffer makes it. */
#define WG_OUTPUT_HIGH_WATER (32u << 20)

/* `fd` is switched to non-blocking and stays the caller's. `lost` is called once, from the main
 * loop, when the reader is gone. */
WgOutput *wg_output_new(int fd, void (*lost)(gpointer user_data), gpointer user_data);
/* Queues and tries to hand over at once; the rest goes when the reader takes it. */
void wg_output_write(WgOutput *self, gconstpointer data, gsize length);
/* Hands over what fits now. Returns the number of bytes still queued. */
gsize wg_output_flush(WgOutput *self);
/* -1: nobody is there; what is written is gone. Forgets what is queued. */
void wg_output_set_fd(WgOutput *self, int fd);
/* From now on what is written leaves only when it is released. */
void wg_output_hold(WgOutput *self);
void wg_output_release(WgOutput *self, gsize n);
/* Hands over at most `n` bytes from now on (-1: all), and then calls `lost`. */
void wg_output_set_limit(WgOutput *self, gint64 n);
gboolean wg_output_is_spent(const WgOutput *self);
gsize wg_output_get_free(const WgOutput *self); /* queued bytes that may leave now */
gsize wg_output_get_queued(const WgOutput *self);
int wg_output_get_fd(const WgOutput *self);
gboolean wg_output_is_lost(const WgOutput *self);
void wg_output_free(WgOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgOutput, wg_output_free)

G_END_DECLS
