/* Notices that what lies in a folder is another. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WG_TYPE_ROOM_WATCH (wg_room_watch_get_type())
G_DECLARE_FINAL_TYPE(WgRoomWatch, wg_room_watch, WG, ROOM_WATCH, GObject)

/* Signal "changed": something in the folder was made, written or removed, and then nothing for half
 * a second. Where the file system tells nothing there is none. */
WgRoomWatch *wg_room_watch_new(const char *folder);

G_END_DECLS
