/* One take in full, with two handles that say which part of it counts. */
#pragma once

#include "dataset/motion.h"
#include "dataset/recording.h"
#include "dataset/windowing.h"
#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_TAKE_PLOT (wg_take_plot_get_type())
G_DECLARE_FINAL_TYPE(WgTakePlot, wg_take_plot, WG, TAKE_PLOT, WgChart)

/* Signal "trimmed" (int first, int n): a handle was let go elsewhere, in samples of the whole.
 *
 * `whole` has all samples that were recorded (NULL: nothing is shown), of which n from `first`
 * count. What the network sees of them by `window` is shaded. */
void wg_take_plot_set_take(WgTakePlot *self, WgRecording *whole, int first, int n,
                           const WgWindowOptions *window);
/* Velocity and position are of the part that counts alone. */
void wg_take_plot_set_motion(WgTakePlot *self, WgMotion what);

G_END_DECLS
