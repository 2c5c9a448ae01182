/* What can be done with chosen takes: another gesture, left out or not, person and wrist, delete.
 */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_TAKE_ACTIONS (wg_take_actions_get_type())
G_DECLARE_FINAL_TYPE(WgTakeActions, wg_take_actions, WG, TAKE_ACTIONS, GtkBox)

void wg_take_actions_set_desk(WgTakeActions *self, WgDesk *desk);
/* GPtrArray of WgRecording; NULL or empty: nothing can be done. */
void wg_take_actions_set_takes(WgTakeActions *self, GPtrArray *takes);
void wg_take_actions_delete(WgTakeActions *self);

G_END_DECLS
