/* How many samples a second came, measured from their times. */
#include "device/rate-fit.h"

#include <stdlib.h>

#define MIN_POINTS 8

void
wg_rate_fit_init(WgRateFit *self)
{
    self->n_points = self->skip = 0;
    self->every = 1;
}

/* Every second of what is kept goes, and from now on of what comes. */
static void
thin(WgRateFit *self)
{
    for (int i = 0; 2 * i < self->n_points; i++) {
        self->numbers[i] = self->numbers[2 * i];
        self->times_s[i] = self->times_s[2 * i];
    }
    self->n_points = (self->n_points + 1) / 2;
    self->every *= 2;
}

void
wg_rate_fit_add(WgRateFit *self, gint64 number, double time_s)
{
    const int last = self->n_points - 1;
    if (last >= 0 && (number <= self->numbers[last] || time_s < self->times_s[last]))
        wg_rate_fit_init(self);
    if (self->skip > 0) {
        self->skip--;
        return;
    }
    if (self->n_points == WG_RATE_FIT_POINTS)
        thin(self);
    self->numbers[self->n_points] = number;
    self->times_s[self->n_points] = time_s;
    self->n_points++;
    self->skip = self->every - 1;
}

static int
compare_doubles(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double
wg_rate_fit_get_hz(const WgRateFit *self)
{
    double periods_s[WG_RATE_FIT_POINTS / 2 + 1];
    const int half = self->n_points / 2;
    int n = 0;
    if (self->n_points < MIN_POINTS)
        return 0;
    for (int i = 0; i + half < self->n_points; i++)
        periods_s[n++] = (self->times_s[i + half] - self->times_s[i]) /
                         (double)(self->numbers[i + half] - self->numbers[i]);
    qsort(periods_s, (size_t)n, sizeof *periods_s, compare_doubles);
    const double period_s = (periods_s[(n - 1) / 2] + periods_s[n / 2]) / 2;
    return period_s > 0 ? 1 / period_s : 0;
}
