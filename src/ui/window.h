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
/* NULL: nothing is kept. */
GSettings *wg_window_get_settings(WgWindow *self);
/* Opens or makes the project; says why not. Where another window has it, that one comes to the
 * front. */
gboolean wg_window_open(WgWindow *self, const char *path);
/* Opens the sample project; makes it of the sample recordings the first time. */
void wg_window_open_sample(WgWindow *self);
/* Where the program begins: the list of projects. */
void wg_window_show_start(WgWindow *self);
/* Leaves that for the project that is open. */
void wg_window_show_project(WgWindow *self);
/* What attendees handed in; in that folder, NULL: the one of last time. */
void wg_window_show_room(WgWindow *self, const char *folder);
/* No project shows: the list of them, or the room. */
gboolean wg_window_is_at_start(WgWindow *self);
/* The page that shows, "start" or "room" where no project does. */
const char *wg_window_get_page(WgWindow *self);
/* The part that bears that name in the page's template, or the window's where `page` is NULL; NULL:
 * there is none. */
GtkWidget *wg_window_find_control(WgWindow *self, const char *page, const char *name);
/* What is clicked to come to that page. */
GtkWidget *wg_window_find_tab(WgWindow *self, const char *page);

G_END_DECLS
