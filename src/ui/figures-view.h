/* "On the watch": what the newest model takes of the connected watch, and what that assumes. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_FIGURES_VIEW (wg_figures_view_get_type())
G_DECLARE_FINAL_TYPE(WgFiguresView, wg_figures_view, WG, FIGURES_VIEW, GtkBox)

void wg_figures_view_set_desk(WgFiguresView *self, WgDesk *desk);
/* Whether the figures are those of the firmware's own recogniser instead of our app. */
void wg_figures_view_set_builtin(WgFiguresView *self, gboolean is_builtin);
/* As model, project and watch are now; nothing is shown where there is no model. */
void wg_figures_view_show(WgFiguresView *self);

G_END_DECLS
