/* What many takes have in common: their mean and the band that holds most of them. */
#include "dataset/envelope.h"

#include "dataset/window-features.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AXES 3

static int
compare_floats(gconstpointer a, gconstpointer b)
{
    const float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

/* Of n sorted values, type 7: linear between those at floor and ceil of (n - 1) share. */
static float
get_quantile(const float *sorted, int n, double share)
{
    const double place = (n - 1) * share;
    const int below = (int)floor(place);
    const double rest = place - below;

    return below + 1 < n ? (float)(sorted[below] * (1 - rest) + sorted[below + 1] * rest)
                         : sorted[below];
}

/* The longest prefix that at least half of the takes fill. */
static int
find_length(const int *n_samples, int n, int longest)
{
    int length = 0;

    for (int step = 0; step < longest; step++) {
        int n_there = 0;

        for (int i = 0; i < n; i++)
            n_there += n_samples[i] > step;
        if (2 * n_there < n || n_there == 0)
            break;
        length = step + 1;
    }
    return length;
}

/* `values`: of each take, its n_samples x 3; `column` has room for one value a take. */
static void
sum_up(WgEnvelope *self, float *const *values, const int *n_samples, float *column)
{
    for (int step = 0; step < self->length; step++) {
        for (int axis = 0; axis < AXES; axis++) {
            const int place = step * AXES + axis;
            double sum = 0;
            int n = 0;

            for (int i = 0; i < self->n_takes; i++) {
                if (n_samples[i] <= step)
                    continue;
                column[n] = values[i][place];
                sum += column[n++];
            }
            qsort(column, (gsize)n, sizeof *column, compare_floats);
            self->mean[place] = (float)(sum / n);
            self->low[place] = get_quantile(column, n, WG_ENVELOPE_LOW);
            self->high[place] = get_quantile(column, n, WG_ENVELOPE_HIGH);
            self->counts[step] = n;
        }
    }
}

WgEnvelope *
wg_envelope_new(const WgWindows *windows, WgMotion what)
{
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    WgEnvelope *self = g_new0(WgEnvelope, 1);
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    g_autofree int *n_samples = g_new0(int, windows->n + 1);
    g_autofree float *column = g_new(float, windows->n + 1);

    self->rate_hz = windows->rate_hz;
    self->n_takes = windows->n;
    for (int i = 0; i < windows->n; i++) {
        n_samples[i] = wg_window_get_n_samples(windows, i);
        g_ptr_array_add(values, wg_motion_new(windows->x + (gsize)i * size, n_samples[i],
                                              windows->channels, windows->rate_hz, what));
    }
    self->length = find_length(n_samples, windows->n, windows->length);
    self->mean = g_new0(float, (gsize)self->length *AXES + 1);
    self->low = g_new0(float, (gsize)self->length *AXES + 1);
    self->high = g_new0(float, (gsize)self->length *AXES + 1);
    self->counts = g_new0(int, self->length + 1);
    sum_up(self, (float *const *)values->pdata, n_samples, column);
    return self;
}

void
wg_envelope_free(WgEnvelope *self)
{
    g_free(self->mean);
    g_free(self->low);
    g_free(self->high);
    g_free(self->counts);
    g_free(self);
}
