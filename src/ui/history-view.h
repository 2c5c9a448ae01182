/* The trainings of the project, the newest first, of which one is looked at. */
#pragma once

#include <json-glib/json-glib.h>

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_HISTORY_VIEW (wg_history_view_get_type())
G_DECLARE_FINAL_TYPE(WgHistoryView, wg_history_view, WG, HISTORY_VIEW, GtkBox)

/* Signal "chosen": another run is looked at, or the runs are others. */
void wg_history_view_set_desk(WgHistoryView *self, WgDesk *desk);
/* As "runs" gives them; transfer none, NULL: there is none. */
JsonObject *wg_history_view_get_chosen(WgHistoryView *self);
JsonObject *wg_history_view_get_used(WgHistoryView *self);
/* The one that the others are held against: the one in use unless another is held. NULL: none. */
JsonObject *wg_history_view_get_against(WgHistoryView *self);
/* Holds the others against the chosen one from now on; FALSE: against the one in use. */
void wg_history_view_hold(WgHistoryView *self, gboolean is_held);
gboolean wg_history_view_is_held(WgHistoryView *self);
/* Back to the one in use, also once it is another. */
void wg_history_view_choose_used(WgHistoryView *self);

G_END_DECLS
