/* The room of a workshop: what attendees handed in, who is where, and their takes pooled. */
#pragma once

#include "ui/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_ROOM_PAGE (wg_room_page_get_type())
G_DECLARE_FINAL_TYPE(WgRoomPage, wg_room_page, WG, ROOM_PAGE, GtkBox)

/* `settings` may be NULL: then the folder is not kept. */
void wg_room_page_set_desk(WgRoomPage *self, WgDesk *desk, GSettings *settings);
/* Looks what is there, in that folder, or where NULL in the one of last time. */
void wg_room_page_look(WgRoomPage *self, const char *folder);

G_END_DECLS
