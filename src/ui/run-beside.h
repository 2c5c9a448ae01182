/* A training held against another, and the way back to it. */
#pragma once

#include <json-glib/json-glib.h>

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_RUN_BESIDE (wg_run_beside_get_type())
G_DECLARE_FINAL_TYPE(WgRunBeside, wg_run_beside, WG, RUN_BESIDE, GtkBox)

void wg_run_beside_set_desk(WgRunBeside *self, WgDesk *desk);
/* Of objects as "runs" gives them; hidden where one is NULL. `is_held`: others are held against
 * this run. Signal "held" (boolean): from now on they are, or no more. */
void wg_run_beside_set(WgRunBeside *self, JsonObject *run, JsonObject *other, gboolean is_held);

G_END_DECLS
