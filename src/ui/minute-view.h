/* A minute of ordinary movement: what it sets off, how often an hour that were, and the cure. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_MINUTE_VIEW (wg_minute_view_get_type())
G_DECLARE_FINAL_TYPE(WgMinuteView, wg_minute_view, WG, MINUTE_VIEW, GtkBox)

void wg_minute_view_set_desk(WgMinuteView *self, WgDesk *desk);

G_END_DECLS
