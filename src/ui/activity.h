/* Runs a job and shows how far it is, how long still, and a way to stop it. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_ACTIVITY (wg_activity_get_type())
G_DECLARE_FINAL_TYPE(WgActivity, wg_activity, WG, ACTIVITY, GtkBox)

/* `result` (transfer none) is NULL when it failed; then `error` says why. The owner may be
 * destroyed, but not freed, by then. */
typedef void (*WgActivityDone)(gpointer owner, JsonObject *result, const GError *error);

/* One at a time. Takes the job; NULL does nothing. The desk knows of it while it runs. Holds
 * `owner` (a widget) until it is done. It is visible only while a job runs. */
void wg_activity_run(WgActivity *self, WgDesk *desk, WgJob *job, const char *text,
                     WgActivityDone done, gpointer owner);
gboolean wg_activity_is_running(WgActivity *self);
void wg_activity_stop(WgActivity *self);
/* Property "running" notifies. */

G_END_DECLS
