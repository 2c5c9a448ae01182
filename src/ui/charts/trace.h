/* The live plot: the last seconds of a watch's accelerometer, with what its detector cut marked. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_TRACE (wg_trace_get_type())
G_DECLARE_FINAL_TYPE(WgTrace, wg_trace, WG, TRACE, WgChart)

#define WG_TRACE_CHANNELS 6

/* What runs through: n_channels 3 (acceleration in g) or 6 (and angular rate in degrees a second
 * below it), so many samples a second, `seconds` of them across; clears it. At first as a
 * Bangle.js: 3, 12.5 a second, 12 s. */
void wg_trace_set_stream(WgTrace *self, int n_channels, double rate_hz, double seconds);
/* One sample of n_channels values; `number` as below. */
void wg_trace_add_sample(WgTrace *self, int number, const float *values);
/* One sample, in g. `number` counts at the watch: a jump of n shows a gap of n - 1. */
void wg_trace_add(WgTrace *self, int number, double x, double y, double z);
/* The detector has just cut the last n_samples as a gesture. */
void wg_trace_mark(WgTrace *self, int n_samples, gboolean is_good);
void wg_trace_clear(WgTrace *self);
/* Said in the empty plot: what will appear and how. */
void wg_trace_set_hint(WgTrace *self, const char *hint);
/* NULL, or large over the plot ("3"). */
void wg_trace_set_banner(WgTrace *self, const char *banner);
int wg_trace_get_n_missing(WgTrace *self);

G_END_DECLS
