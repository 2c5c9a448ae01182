/* The live plot: the last seconds of a watch's accelerometer, with what its detector cut marked. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_TRACE (wg_trace_get_type())
G_DECLARE_FINAL_TYPE(WgTrace, wg_trace, WG, TRACE, WgChart)

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
