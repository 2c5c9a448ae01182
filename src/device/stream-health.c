/* How a stream of numbered, timed samples fares: rate, jitter, gaps, clipping. */
#include "device/stream-health.h"

#include <math.h>

#define RECENT_MS 3000.0
#define PERIOD_SHARE 0.01 /* of each new time in the mean */
#define JITTER_SHARE 0.05
#define DUE_SLACK 0.1 /* of a period: times come in whole ms */
#define LOST_MIN 2    /* at once; see the header */
#define LONG_AGO (-1e12)

void
wg_stream_health_init(WgStreamHealth *self, double nominal_hz)
{
    *self = (WgStreamHealth){
        .nominal_hz = nominal_hz,
        .period_ms = 1000 / nominal_hz,
        .last_number = -1,
        .last_trouble_ms = LONG_AGO,
        .last_clip_ms = LONG_AGO,
    };
}

/* Samples that the watch could not take before this one. It holds one at most, so that a sample
 * comes late by less than a period: `due_ms` follows the earliest times that fit. */
static int
count_lost_there(WgStreamHealth *self, double time_ms)
{
    const int n_late = (int)floor((time_ms - self->due_ms) / self->period_ms + DUE_SLACK);

    self->due_ms = (n_late > 0 ? time_ms : MIN(self->due_ms, time_ms)) + self->period_ms;
    return n_late >= LOST_MIN ? n_late : 0;
}

static void
follow_pace(WgStreamHealth *self, double step_ms)
{
    const double nominal_ms = 1000 / self->nominal_hz;

    self->jitter_ms += JITTER_SHARE * (fabs(step_ms - self->period_ms) - self->jitter_ms);
    if (step_ms > 0.5 * nominal_ms && step_ms < 2.5 * nominal_ms)
        self->period_ms += PERIOD_SHARE * (step_ms - self->period_ms);
}

int
wg_stream_health_take(WgStreamHealth *self, gint64 number, double time_ms, gboolean is_clipped)
{
    int n_missing = 0;

    if (number <= self->last_number)
        return -1;
    n_missing = (int)MIN(number - self->last_number - 1, G_MAXINT / 2);
    if (self->n_samples == 0)
        self->first_ms = time_ms - n_missing * self->period_ms;
    if (self->n_samples == 0 || n_missing > 0) {
        self->due_ms = time_ms + self->period_ms;
    } else {
        n_missing = self->is_numbered_whole ? 0 : count_lost_there(self, time_ms);
        self->n_lost_there += n_missing;
        if (n_missing == 0)
            follow_pace(self, time_ms - self->last_ms);
    }
    self->place = number + self->n_lost_there;
    self->last_number = number;
    self->last_ms = time_ms;
    self->n_samples++;
    if (n_missing > 0) {
        self->n_missing += n_missing;
        self->n_gaps++;
        self->last_trouble_ms = time_ms;
    }
    if (is_clipped) {
        self->n_clipped++;
        self->last_clip_ms = time_ms;
    }
    return n_missing;
}

double
wg_stream_health_get_rate_hz(const WgStreamHealth *self)
{
    const double span_ms = self->last_ms - self->first_ms;

    return self->place > 0 && span_ms > 0 ? (double)self->place * 1000 / span_ms : self->nominal_hz;
}

double
wg_stream_health_get_true_rate_hz(const WgStreamHealth *self)
{
    const double rate_hz = wg_stream_health_get_rate_hz(self);

    if (fabs(rate_hz / self->nominal_hz - 1) <= 0.01)
        return self->nominal_hz;
    return rint(rate_hz * 10) / 10;
}

WgHealthState
wg_stream_health_get_state(const WgStreamHealth *self)
{
    const double off = fabs(wg_stream_health_get_rate_hz(self) / self->nominal_hz - 1);
    const gboolean is_settled = self->last_ms - self->first_ms > 1000;

    if (self->last_ms - self->last_trouble_ms < RECENT_MS ||
        self->n_missing * 100 > self->n_samples + self->n_missing || (is_settled && off > 0.05))
        return WG_HEALTH_BAD;
    if (self->n_gaps > 0 || self->last_ms - self->last_clip_ms < RECENT_MS ||
        (is_settled && off > 0.02) || self->jitter_ms > self->period_ms / 2)
        return WG_HEALTH_DOUBTFUL;
    return WG_HEALTH_GOOD;
}

const char *
wg_health_state_get_name(WgHealthState state)
{
    static const char *const names[] = {"good", "doubtful", "bad"};

    return names[state];
}
