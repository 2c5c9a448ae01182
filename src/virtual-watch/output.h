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
gsize wg_output_get_queued(const WgOutput *self);
int wg_output_get_fd(const WgOutput *self);
gboolean wg_output_is_lost(const WgOutput *self);
void wg_output_free(WgOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgOutput, wg_output_free)

G_END_DECLS
