/* Inside the network: one take through the float network and the watch's, layer beside layer. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_INSIDE_VIEW (wg_inside_view_get_type())
G_DECLARE_FINAL_TYPE(WgInsideView, wg_inside_view, WG, INSIDE_VIEW, GtkBox)

void wg_inside_view_set_desk(WgInsideView *self, WgDesk *desk);
/* Looks at this take. */
void wg_inside_view_look(WgInsideView *self, gint64 take);

G_END_DECLS
