/* A row of the room: who handed in what, how far they are, and what is the matter. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WG_TYPE_ROOM_ROW (wg_room_row_get_type())
G_DECLARE_FINAL_TYPE(WgRoomRow, wg_room_row, WG, ROOM_ROW, GtkListBoxRow)

/* Of a row as the job "room" has it. */
GtkWidget *wg_room_row_new(JsonObject *row);

G_END_DECLS
