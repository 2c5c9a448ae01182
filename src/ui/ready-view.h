/* Whether the model can go on the connected watch: every check with its verdict, and what to do. */
#pragma once

#include "ui/charts/watch-picture.h"
#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_READY_VIEW (wg_ready_view_get_type())
G_DECLARE_FINAL_TYPE(WgReadyView, wg_ready_view, WG, READY_VIEW, GtkBox)

/* Draws into `picture` what the checks say as well. Signal "answered": they say something else. */
void wg_ready_view_set_desk(WgReadyView *self, WgDesk *desk, WgWatchPicture *picture);
/* Asks the watch and the model anew; where no watch is ready, or it is at work, the model alone.
 * `is_builtin`: for the firmware's own recogniser. */
void wg_ready_view_ask(WgReadyView *self, gboolean is_builtin);
/* FALSE also before the first answer. */
gboolean wg_ready_view_is_ready(WgReadyView *self);
/* What the job "ready" answered last; NULL: nothing yet. Transfer none. */
JsonObject *wg_ready_view_get_answer(WgReadyView *self);

G_END_DECLS
