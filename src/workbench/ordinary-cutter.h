/* Windows of ordinary movement: what lies between the gestures that a detector cut out of a stream.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of one stream of x, y, z. Windows follow one another without a hole or an overlap, none has a
 * sample that the detector took, and none has a gap. */
typedef struct {
    int length;      /* samples of a window */
    int most;        /* of a gesture, at most */
    int next;        /* number expected; -1: any */
    GArray *samples; /* float, in g: held, the oldest first */
    GArray *clipped; /* gboolean, of each */
    float *window;   /* length x 3 */
    int n_clipped;   /* samples of it */
} WgOrdinaryCutter;

void wg_ordinary_cutter_init(WgOrdinaryCutter *self, int length, int most);
void wg_ordinary_cutter_clear(WgOrdinaryCutter *self);
/* Sample `number` of the stream; behind missing ones a window begins anew. TRUE: `window` and
 * `n_clipped` are of one that no gesture can reach back into any more, until the next call. */
gboolean wg_ordinary_cutter_add(WgOrdinaryCutter *self, int number, const float sample[3],
                                gboolean is_clipped);
/* The detector has cut a gesture that ends with the newest sample. Call it again and again: TRUE: a
 * window as above, of what is before the gesture; FALSE: none is left, and the gesture is gone. */
gboolean wg_ordinary_cutter_cut(WgOrdinaryCutter *self, int n_samples);
/* The stream has ended: the same for all that is held. */
gboolean wg_ordinary_cutter_end(WgOrdinaryCutter *self);

G_END_DECLS
