/* Has the model learn from takes that were corrected: offers it, shows before and after, keeps it.
 */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_ADAPT_BAR (wg_adapt_bar_get_type())
G_DECLARE_FINAL_TYPE(WgAdaptBar, wg_adapt_bar, WG, ADAPT_BAR, GtkBox)

/* Signal "deploy": the model that was kept is to go on the watch. */
void wg_adapt_bar_set_desk(WgAdaptBar *self, WgDesk *desk);
/* That take has the right label now; it counts until the model has learned, or that is undone. */
void wg_adapt_bar_offer(WgAdaptBar *self, gint64 take, const char *label);
/* Runs that job in the bar, as it did its own; `done` as wg_activity_run() has it. */
void wg_adapt_bar_run(WgAdaptBar *self, WgJob *job, const char *text,
                      void (*done)(gpointer owner, JsonObject *result, const GError *error),
                      gpointer owner);
/* What came of the deployment: the result of the job "deploy", or its error. */
void wg_adapt_bar_tell_deployed(WgAdaptBar *self, JsonObject *result, const GError *error);
/* Whether one of its buttons is what to do next. */
gboolean wg_adapt_bar_is_asking(WgAdaptBar *self);

G_END_DECLS
