/* Where the program begins: a new project, one of those there are, or a try without a watch. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_START_PAGE (wg_start_page_get_type())
G_DECLARE_FINAL_TYPE(WgStartPage, wg_start_page, WG, START_PAGE, GtkBox)

/* Signals: "create" (const char *name), "open" (const char *path), "try". */

/* `settings` may be NULL. */
void wg_start_page_set_settings(WgStartPage *self, GSettings *settings);
/* Looks anew which projects there are, offers a name, and gives it the focus. */
void wg_start_page_refresh(WgStartPage *self);

G_END_DECLS
