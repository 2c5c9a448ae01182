/* How a stream of numbered, timed samples fares: rate, jitter, gaps, clipping. Pure numbers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { WG_HEALTH_GOOD, WG_HEALTH_DOUBTFUL, WG_HEALTH_BAD } WgHealthState;

/* To be read only; filled by the functions below. */
typedef struct {
    double nominal_hz;
    gboolean
        is_numbered_whole; /* set after init: the numbers count all, and times are of arrival */
    gint64 n_samples;      /* that came */
    gint64 n_missing;      /* that did not, and in so many gaps */
    int n_gaps;
    gint64 n_clipped; /* samples at the end of the sensor's range on any axis */
    gint64 place;     /* of the last sample in the stream, missing ones counted too */
    double jitter_ms; /* mean distance of the times between samples from their mean, of late */
    /* within */
    double period_ms, due_ms, first_ms, last_ms, last_trouble_ms, last_clip_ms;
    gint64 last_number, n_lost_there;
} WgStreamHealth;

void wg_stream_health_init(WgStreamHealth *self, double nominal_hz);
/* Sample `number` (from 0, as counted at the watch) measured at `time_ms` of the watch's clock.
 * Returns how many are missing before it, -1: it is a repeat and counts for nothing. Missing are
 * numbers that did not come; and samples that the watch's own program was too busy to take, which
 * the clock tells: two or more, for one alone also happens where the sensor measures a little
 * slower than it is asked. */
int wg_stream_health_take(WgStreamHealth *self, gint64 number, double time_ms, gboolean is_clipped);
/* Samples a second over the whole stream, gaps included; the nominal ones until there are two. */
double wg_stream_health_get_rate_hz(const WgStreamHealth *self);
/* The rate to store: the nominal one where the measured one is within a hundredth of it. */
double wg_stream_health_get_true_rate_hz(const WgStreamHealth *self);
/* Bad: samples went missing within the last 3 s, or more than a hundredth of all, or the rate is a
 * twentieth off. Doubtful: some went missing earlier, values were clipped within the last 3 s, the
 * rate is a fiftieth off, or the jitter is above half the time between samples. */
WgHealthState wg_stream_health_get_state(const WgStreamHealth *self);
const char *wg_health_state_get_name(WgHealthState state); /* "good", "doubtful", "bad" */

G_END_DECLS
