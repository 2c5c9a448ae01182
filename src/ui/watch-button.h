/* The watch in the header bar: its name and state, and a popover to connect to another. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_WATCH_BUTTON (wg_watch_button_get_type())
G_DECLARE_FINAL_TYPE(WgWatchButton, wg_watch_button, WG, WATCH_BUTTON, GtkMenuButton)

void wg_watch_button_set_desk(WgWatchButton *self, WgDesk *desk);
/* Connects the watch that was chosen last, once it is seen near; the virtual one at once. FALSE:
 * none was chosen yet. */
gboolean wg_watch_button_connect_last(WgWatchButton *self);

G_END_DECLS
