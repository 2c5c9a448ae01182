/* When bytes come out of a slow line: so many a second, in chunks, each some time later. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One direction. All zero: a line that holds nothing back. Counts only; the bytes stay with the
 * caller. */
typedef struct {
    double bytes_per_second; /* 0: no limit */
    int chunk_bytes;         /* come out together; 0: any number */
    double latency_ms;
    double free_ms; /* when the line has sent all that was put in */
    GArray *chunks; /* of those under way, first out first */
} WgPace;

void wg_pace_init(WgPace *self, double bytes_per_second, int chunk_bytes, double latency_ms);
void wg_pace_clear(WgPace *self);
/* Forgets what is under way. */
void wg_pace_reset(WgPace *self);
gboolean wg_pace_is_slow(const WgPace *self);
/* `n` bytes go in. */
void wg_pace_put(WgPace *self, double now_ms, gsize n);
/* How many bytes have come out since the last call. */
gsize wg_pace_take(WgPace *self, double now_ms);
/* When the next ones come out; G_MAXDOUBLE where none are under way. */
double wg_pace_get_next_ms(const WgPace *self);

G_END_DECLS
