/* A slider for how sure the model must be before it answers, and what that does, live. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_THRESHOLD_VIEW (wg_threshold_view_get_type())
G_DECLARE_FINAL_TYPE(WgThresholdView, wg_threshold_view, WG, THRESHOLD_VIEW, GtkBox)

void wg_threshold_view_set_desk(WgThresholdView *self, WgDesk *desk);

G_END_DECLS
