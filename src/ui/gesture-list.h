/* The gestures at the left side: colour and letter, name, count, state. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_GESTURE_LIST (wg_gesture_list_get_type())
G_DECLARE_FINAL_TYPE(WgGestureList, wg_gesture_list, WG, GESTURE_LIST, GtkBox)

void wg_gesture_list_set_desk(WgGestureList *self, WgDesk *desk);

G_END_DECLS
