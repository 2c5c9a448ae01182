/* The schedule of one direction of a slow line. */
#include "virtual-watch/pace.h"

/* Where only the rate is given: what a notification carries at the smallest MTU (23 - 3). */
#define CHUNK_BYTES 20

typedef struct {
    gsize n;
    double due_ms;
} Chunk;

void
wg_pace_init(WgPace *self, double bytes_per_second, int chunk_bytes, double latency_ms)
{
    *self = (WgPace){.bytes_per_second = bytes_per_second,
                     .chunk_bytes = chunk_bytes,
                     .latency_ms = latency_ms,
                     .chunks = g_array_new(FALSE, FALSE, sizeof(Chunk))};
    if (bytes_per_second > 0 && chunk_bytes == 0)
        self->chunk_bytes = CHUNK_BYTES;
}

void
wg_pace_clear(WgPace *self)
{
    g_clear_pointer(&self->chunks, g_array_unref);
}

void
wg_pace_reset(WgPace *self)
{
    g_array_set_size(self->chunks, 0);
    self->free_ms = 0;
}

gboolean
wg_pace_is_slow(const WgPace *self)
{
    return self->bytes_per_second > 0 || self->latency_ms > 0;
}

void
wg_pace_put(WgPace *self, double now_ms, gsize n)
{
    while (n > 0) {
        const gsize part = self->chunk_bytes > 0 ? MIN(n, (gsize)self->chunk_bytes) : n;
        const double sending_ms =
            self->bytes_per_second > 0 ? (double)part * 1000 / self->bytes_per_second : 0;
        self->free_ms = MAX(self->free_ms, now_ms) + sending_ms;
        const Chunk chunk = {part, self->free_ms + self->latency_ms};
        g_array_append_val(self->chunks, chunk);
        n -= part;
    }
}

gsize
wg_pace_take(WgPace *self, double now_ms)
{
    gsize n = 0;
    guint i = 0;
    for (; i < self->chunks->len; i++) {
        const Chunk *chunk = &g_array_index(self->chunks, Chunk, i);
        if (chunk->due_ms > now_ms)
            break;
        n += chunk->n;
    }
    g_array_remove_range(self->chunks, 0, i);
    return n;
}

double
wg_pace_get_next_ms(const WgPace *self)
{
    return self->chunks->len ? g_array_index(self->chunks, Chunk, 0).due_ms : G_MAXDOUBLE;
}
