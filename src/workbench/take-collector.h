/* Takes a stretch of given length out of a stream, with the gaps that are in it. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

typedef struct {
    int first, length; /* of the take that is being collected, by the stream's numbers; 0: none */
    int next;          /* number expected */
    GArray *samples;   /* float, in g */
    GArray *gaps;      /* of WgGap */
    int n_clipped;     /* samples that were told to be */
} WgTakeCollector;

void wg_take_collector_init(WgTakeCollector *self);
void wg_take_collector_clear(WgTakeCollector *self);
/* From sample `first` of the stream on. */
void wg_take_collector_begin(WgTakeCollector *self, int first, int length);
/* It ends before sample `end`, which has not come yet; nothing where it ends earlier anyway. */
void wg_take_collector_shorten(WgTakeCollector *self, int end);
gboolean wg_take_collector_is_busy(const WgTakeCollector *self);
/* TRUE: with this sample the take is whole; it stays in `samples` and `gaps` until the next one
 * begins. Where samples are missing at its end, the one behind them belongs to it as well. */
gboolean wg_take_collector_add(WgTakeCollector *self, int number, const float sample[3],
                               gboolean is_clipped);
/* Values of it at or beyond so many g, or the samples that were told to be clipped where those are
 * more. */
int wg_take_collector_count_clipped(const WgTakeCollector *self, double end_g);
/* The detector's history (n x 3 int8) in g, and how many of its values are clipped. Caller frees.
 */
float *wg_take_read_history(GBytes *history, int *n_clipped);

G_END_DECLS
