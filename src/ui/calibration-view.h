/* What the watch's numbers were fitted to: the takes, the range of each layer, and what that costs.
 */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_CALIBRATION_VIEW (wg_calibration_view_get_type())
G_DECLARE_FINAL_TYPE(WgCalibrationView, wg_calibration_view, WG, CALIBRATION_VIEW, GtkBox)

void wg_calibration_view_set_desk(WgCalibrationView *self, WgDesk *desk);

G_END_DECLS
