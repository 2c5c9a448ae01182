/* One gesture, and what the watch does at it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_ACTION_ROW (wg_action_row_get_type())
G_DECLARE_FINAL_TYPE(WgActionRow, wg_action_row, WG, ACTION_ROW, GtkBox)

/* Signal "chosen": the user chose another. `action` as watch-actions.h has it; one that the list
 * does not offer is added to it. */
WgActionRow *wg_action_row_new(const char *gesture, const char *action);
const char *wg_action_row_get_gesture(WgActionRow *self);
const char *wg_action_row_get_action(WgActionRow *self);

G_END_DECLS
