/* The window: header bar, page switcher, gestures at the side, messages. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_WINDOW (wg_window_get_type())
G_DECLARE_FINAL_TYPE(WgWindow, wg_window, WG, WINDOW, GtkApplicationWindow)

WgWindow *wg_window_new(GtkApplication *application);
WgDesk *wg_window_get_desk(WgWindow *self);
/* As wg_watch_button_connect_last(). */
gboolean wg_window_connect_last_watch(WgWindow *self);
/* Opens or makes the project; says why not. */
gboolean wg_window_open(WgWindow *self, const char *path);
/* Opens the sample project; makes it of the sample recordings the first time. */
void wg_window_open_sample(WgWindow *self);

G_END_DECLS
