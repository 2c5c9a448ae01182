/* Takes over one another: what they have in common and which is unlike the others. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_OVERLAY (wg_overlay_get_type())
G_DECLARE_FINAL_TYPE(WgOverlay, wg_overlay, WG, OVERLAY, WgChart)

/* GPtrArray of WgRecording; all are drawn faintly, with one alone in full. NULL: none. */
void wg_overlay_set_takes(WgOverlay *self, GPtrArray *takes);

G_END_DECLS
