/* How many samples a second came, measured from their times. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_RATE_FIT_POINTS 2048

typedef struct {
    int n_points, every, skip;
    gint64 numbers[WG_RATE_FIT_POINTS];
    double times_s[WG_RATE_FIT_POINTS];
} WgRateFit;

void wg_rate_fit_init(WgRateFit *self);
/* `number` counts the samples that are known to be missing too and grows; `time_s`: when it was
 * taken, or came. A number or a time that goes back (the board began anew) begins the measurement
 * anew. */
void wg_rate_fit_add(WgRateFit *self, gint64 number, double time_s);
/* Hz; 0 with fewer than eight samples, or where no time passed. The median slope between samples
 * half the measurement apart (Theil and Sen's estimate over n/2 of the pairs; Sen 1968,
 * 10.1080/01621459.1968.10480934): up to a quarter of the times may be late by any amount. */
double wg_rate_fit_get_hz(const WgRateFit *self);

G_END_DECLS
