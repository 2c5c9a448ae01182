/* A row of the gesture list. */
#pragma once

#include "ui/gesture.h"

G_BEGIN_DECLS

#define WG_TYPE_GESTURE_ROW (wg_gesture_row_get_type())
G_DECLARE_FINAL_TYPE(WgGestureRow, wg_gesture_row, WG, GESTURE_ROW, GtkListBoxRow)

/* Signal "rename" (const char *name): a person gives the gesture another name. */
GtkWidget *wg_gesture_row_new(WgGesture *gesture);
WgGesture *wg_gesture_row_get_gesture(WgGestureRow *self);
/* Asks for another name. */
void wg_gesture_row_edit(WgGestureRow *self);

G_END_DECLS
