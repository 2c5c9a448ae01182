/* Samples in as little room as gives back the very same floats. */
#include "dataset/packed-samples.h"

#include <string.h>

struct _WgPackedSamples {
    float step;  /* of the integers */
    int n_bytes; /* a value: 1 or 2 (integers), 4 (floats) */
    guint8 data[];
};

/* Steps a g that values are tried as multiples of: the watch's history (WG_UNITS_PER_G), and raw
 * units. Powers of two, so that nothing is rounded. */
static const float steps[] = {1.0F / 64, 1};

static gboolean
fit(const float *values, gsize n, float step, int limit)
{
    for (gsize i = 0; i < n; i++) {
        const float scaled = values[i] / step;
        float again;

        /* also not a number fails it */
        if (!(scaled >= -(float)limit && scaled < (float)limit))
            return FALSE;
        again = (float)(int)scaled * step;
        if (memcmp(&again, &values[i], sizeof again) != 0) /* a negative zero is another value */
            return FALSE;
    }
    return TRUE;
}

WgPackedSamples *
wg_packed_samples_new(const float *values, gsize n)
{
    float step = 1;
    int n_bytes = 4;
    WgPackedSamples *self;

    for (int width = 1; width <= 2 && n_bytes == 4; width++) {
        for (gsize i = 0; i < G_N_ELEMENTS(steps) && n_bytes == 4; i++) {
            if (!fit(values, n, steps[i], width == 1 ? 128 : 32768))
                continue;
            n_bytes = width;
            step = steps[i];
        }
    }
    self = g_malloc(sizeof *self + n * (gsize)n_bytes);
    self->step = step;
    self->n_bytes = n_bytes;
    if (n_bytes == 4)
        memcpy(self->data, values, n * sizeof *values);
    for (gsize i = 0; i < n && n_bytes < 4; i++) {
        const int scaled = (int)(values[i] / step);
        const gint8 narrow = (gint8)scaled;
        const gint16 wide = (gint16)scaled;

        memcpy(self->data + i * (gsize)n_bytes,
               n_bytes == 1 ? (const void *)&narrow : (const void *)&wide, (gsize)n_bytes);
    }
    return self;
}

void
wg_packed_samples_unpack(const WgPackedSamples *self, gsize n, float *values)
{
    const gint8 *narrow = (const gint8 *)self->data;
    const gint16 *wide = (const gint16 *)(const void *)self->data; /* 8 bytes from the start */

    if (self->n_bytes == 4)
        memcpy(values, self->data, n * sizeof *values);
    else if (self->n_bytes == 2)
        for (gsize i = 0; i < n; i++)
            values[i] = (float)wide[i] * self->step;
    else
        for (gsize i = 0; i < n; i++)
            values[i] = (float)narrow[i] * self->step;
}
