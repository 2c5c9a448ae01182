/* A row of the projects: what it is called, where it lies, how much is in it, when it was open. */
#pragma once

#include "ui/projects.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_PROJECT_ROW (wg_project_row_get_type())
G_DECLARE_FINAL_TYPE(WgProjectRow, wg_project_row, WG, PROJECT_ROW, GtkListBoxRow)

/* Signal "forget": take it off the list; only for one that is missing. */
GtkWidget *wg_project_row_new(const WgProjectNote *note);
const char *wg_project_row_get_path(WgProjectRow *self);

G_END_DECLS
