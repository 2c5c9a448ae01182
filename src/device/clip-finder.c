/* Whether a board's samples sit at the end of its sensor's range. */
#include "device/clip-finder.h"

#include <math.h>
#include <string.h>

#define MIN_G 1.9
#define KNOWN_RUN 3
#define HIGHEST_RUN 5

static gboolean
is_known_end(double size)
{
    static const double ends[] = {1023, 2047, 2048, 4095, 32767, 32768};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
        if (size == ends[i]) /* whole numbers as printed: exact */
            return TRUE;
    return FALSE;
}

gboolean
wg_clip_finder_take(WgClipFinder *self, const float values[3], double units_per_g)
{
    /* the same bits: NOLINTNEXTLINE(*-suspicious-memory-comparison,cert-exp42-c,cert-flp37-c) */
    if (memcmp(values, self->last, sizeof self->last) == 0)
        return self->is_clipped;
    memcpy(self->last, values, sizeof self->last);
    self->is_clipped = FALSE;
    for (int axis = 0; axis < 3; axis++) {
        double *highest = &self->highest[values[axis] < 0];
        *highest = MAX(*highest, fabs((double)values[axis]));
    }
    for (int axis = 0; axis < 3; axis++) {
        const double size = fabs((double)values[axis]);
        /* as printed: exact */
        self->run[axis] = values[axis] == self->run_value[axis] ? self->run[axis] + 1 : 1;
        self->run_value[axis] = values[axis];
        if (size <= MIN_G * units_per_g)
            continue;
        self->is_clipped |= self->run[axis] >= KNOWN_RUN && is_known_end(size);
        self->is_clipped |=
            self->run[axis] >= HIGHEST_RUN && size >= self->highest[values[axis] < 0];
    }
    return self->is_clipped;
}
