/* Takes over one another: their mean and the band that holds most of them. */
#pragma once

#include "dataset/motion.h"
#include "dataset/recording.h"
#include "dataset/windowing.h"
#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_OVERLAY (wg_overlay_get_type())
G_DECLARE_FINAL_TYPE(WgOverlay, wg_overlay, WG, OVERLAY, WgChart)

/* GPtrArray of WgRecording (NULL: none), aligned as windows of those options see them: the mean a
 * line an axis, 10 to 90 of 100 takes a band about it, and single lines where there are few. Of
 * very many takes it draws some, evenly taken, and says so. */
void wg_overlay_set_takes(WgOverlay *self, GPtrArray *takes, const WgWindowOptions *window);
/* One more, drawn in full over the others; NULL: none. Set after the takes. */
void wg_overlay_set_highlight(WgOverlay *self, WgRecording *take);
/* Of how many it is drawn: fewer than were given where they are very many; 0: of none. */
guint wg_overlay_get_n_drawn(WgOverlay *self);
void wg_overlay_set_motion(WgOverlay *self, WgMotion what);

G_END_DECLS
