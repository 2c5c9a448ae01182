/* Whether a board's samples sit at the end of its sensor's range, which nobody told. Pure numbers.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Not to be read; zeros to begin with. */
typedef struct {
    double highest[2]; /* seen of all axes: upwards, downwards */
    float run_value[3], last[3];
    int run[3];
    gboolean is_clipped;
} WgClipFinder;

/* TRUE: this sample, as the board prints it, is clipped. It is where one axis tells more than 1.9 g
 * (the smallest range that sensors have is 2 g) and exactly the same
 * - for the third sample, and that is where 10, 11, 12 or 16 bits end: +-1023, 2047, 2048, 4095,
 *   32767 or 32768;
 * - for the fifth sample, and no axis has ever told more in that direction.
 * A sample that is in all three axes the one before is that one again (a sensor that is asked more
 * often than it measures), and no more clipped than it. So the first two or four at the end of a
 * range are not told, nor what has an offset: of 0 of 0..1023 it cannot be known that it is no
 * rest. */
gboolean wg_clip_finder_take(WgClipFinder *self, const float values[3], double units_per_g);

G_END_DECLS
