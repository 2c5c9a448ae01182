/* What the watch does at each gesture of the model, kept in the project. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_ACTION_LIST (wg_action_list_get_type())
G_DECLARE_FINAL_TYPE(WgActionList, wg_action_list, WG, ACTION_LIST, GtkBox)

void wg_action_list_set_desk(WgActionList *self, WgDesk *desk);
/* For the gestures of this model, as the project has them now. */
void wg_action_list_show(WgActionList *self, const char *const *gestures);

G_END_DECLS
