/* The sticks and cards that are plugged in, as places where a room's packs may be. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The button's menu lists them, each with the action win.room-at, and it is there only while there
 * are any. */
void wg_room_places_offer(GtkMenuButton *button);

G_END_DECLS
