/* A button whose popover says when the watch answers: how sure it must be, how often it must say
 * so, and how long its battery lasts. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_SENSITIVITY (wg_sensitivity_get_type())
G_DECLARE_FINAL_TYPE(WgSensitivity, wg_sensitivity, WG, SENSITIVITY, GtkMenuButton)

/* Signal "changed": the user has set another and left it for a moment, or undone that: it is to be
 * put on the watch. */
void wg_sensitivity_set_desk(WgSensitivity *self, WgDesk *desk);
/* As the watch decides now, the event "started" of the job "listen"; NULL: nobody knows, and there
 * is nothing to set. */
void wg_sensitivity_show(WgSensitivity *self, JsonObject *rule);
/* Once nobody else has the watch: puts it there by the job "adjust", which keeps it in the project
 * as an edit. "done" follows, whatever became of it. */
void wg_sensitivity_put(WgSensitivity *self);

G_END_DECLS
