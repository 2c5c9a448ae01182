/* Takes a stretch of given length out of a stream, with the gaps that are in it. */
#include "workbench/take-collector.h"

#include "dataset/window.h"

#include <math.h>

void
wg_take_collector_init(WgTakeCollector *self)
{
    *self = (WgTakeCollector){.samples = g_array_new(FALSE, FALSE, sizeof(float)),
                              .gaps = g_array_new(FALSE, FALSE, sizeof(WgGap))};
}

void
wg_take_collector_clear(WgTakeCollector *self)
{
    g_clear_pointer(&self->samples, g_array_unref);
    g_clear_pointer(&self->gaps, g_array_unref);
}

void
wg_take_collector_begin(WgTakeCollector *self, int first, int length)
{
    self->first = self->next = first;
    self->length = length;
    self->n_clipped = 0;
    g_array_set_size(self->samples, 0);
    g_array_set_size(self->gaps, 0);
}

void
wg_take_collector_shorten(WgTakeCollector *self, int end)
{
    if (self->length > 0 && end > self->first)
        self->length = MIN(self->length, end - self->first);
}

gboolean
wg_take_collector_is_busy(const WgTakeCollector *self)
{
    return self->length > 0;
}

gboolean
wg_take_collector_add(WgTakeCollector *self, int number, const float sample[3], gboolean is_clipped)
{
    if (self->length == 0 || number < self->first)
        return FALSE;
    if (number > self->next) {
        const WgGap gap = {(int)self->samples->len / 3, number - self->next};

        g_array_append_val(self->gaps, gap);
    }
    g_array_append_vals(self->samples, sample, 3);
    self->n_clipped += is_clipped;
    self->next = number + 1;
    if (self->next < self->first + self->length)
        return FALSE;
    self->length = 0;
    return TRUE;
}

int
wg_take_collector_count_clipped(const WgTakeCollector *self, double end_g)
{
    int n = 0;

    for (guint i = 0; i < self->samples->len; i++)
        n += fabs((double)g_array_index(self->samples, float, i)) >= end_g;
    return MAX(n, self->n_clipped);
}

float *
wg_take_read_history(GBytes *history, int *n_clipped)
{
    gsize n = 0;
    const gint8 *values = g_bytes_get_data(history, &n);
    float *samples = g_new(float, n);

    *n_clipped = 0;
    for (gsize i = 0; i < n; i++) {
        samples[i] = (float)values[i] / WG_UNITS_PER_G;
        *n_clipped += values[i] == G_MININT8 || values[i] == G_MAXINT8;
    }
    return samples;
}
