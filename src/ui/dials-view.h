/* Dials for noise, turn and pace: how the model does on takes that are changed so, live. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_DIALS_VIEW (wg_dials_view_get_type())
G_DECLARE_FINAL_TYPE(WgDialsView, wg_dials_view, WG, DIALS_VIEW, GtkBox)

void wg_dials_view_set_desk(WgDialsView *self, WgDesk *desk);

G_END_DECLS
