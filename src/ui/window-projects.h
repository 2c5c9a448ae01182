/* Which project a window shows: opening, making, and what is noted of it in the list. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Makes a project of that name where the person keeps theirs, and opens it; says why not. */
gboolean wg_window_create(WgWindow *self, const char *name);
/* There is a project to record or import into: one is made where none is open. Says why not. */
gboolean wg_window_ensure_project(WgWindow *self);
/* The sample project and the virtual watch. */
void wg_window_try_without_watch(WgWindow *self);
/* The window of that program which shows this project, NULL: none does. */
WgWindow *wg_window_find(GtkApplication *application, const char *path);
/* How much is in it now, for the list of projects. */
void wg_window_note_project(WgWindow *self);

G_END_DECLS
