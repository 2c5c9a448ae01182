/* Files that are dropped onto the window or named on its command line: models, projects, packs and
 * recordings. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* The window takes files from now on. */
void wg_dropping_add(WgWindow *window);
/* Does with these (NULL-terminated) what their kinds are for: opens a project or a model, adds
 * packs, asks how recordings and folders of them are to be imported. Says what cannot be. TRUE: a
 * project was opened. */
gboolean wg_dropping_take(WgWindow *window, const char *const *uris);
/* Shown in place of a project, not beside or in one: a project or a pack, by its name. */
gboolean wg_dropping_is_own(const char *path);

G_END_DECLS
