/* Probabilities of each gesture as bars: the watch's and this machine's, one under the other. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_BARS (wg_bars_get_type())
G_DECLARE_FINAL_TYPE(WgBars, wg_bars, WG, BARS, WgChart)

/* `labels` NULL-terminated, with the colour of each (theme.h); no values are shown until they are
 * set. */
void wg_bars_set_labels(WgBars *self, const char *const *labels, const int *colours);
/* Shares of 1, as many as there are labels, NULL: none; each one's threshold is drawn as a line,
 * where it is not above 1. */
void wg_bars_set_values(WgBars *self, const double *watch, const double *desktop,
                        const double *thresholds);

G_END_DECLS
