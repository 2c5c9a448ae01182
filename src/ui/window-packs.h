/* The actions of the window about packs: handing in one's own, and the room of all. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* "pack" asks where to and saves, "room" shows the room, "room-at" ("ay") that of this folder. */
void wg_window_packs_add(WgWindow *window);
/* As a project of its own, called as the file: what was open before stays as it is. Says why not.
 */
void wg_window_open_pack(WgWindow *window, const char *path);

G_END_DECLS
