/* A row of the gesture list. */
#pragma once

#include "ui/gesture.h"

G_BEGIN_DECLS

#define WG_TYPE_GESTURE_ROW (wg_gesture_row_get_type())
G_DECLARE_FINAL_TYPE(WgGestureRow, wg_gesture_row, WG, GESTURE_ROW, GtkListBoxRow)

GtkWidget *wg_gesture_row_new(WgGesture *gesture);
WgGesture *wg_gesture_row_get_gesture(WgGestureRow *self);

G_END_DECLS
