/* A training in the list of them. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WG_TYPE_RUN_ROW (wg_run_row_get_type())
G_DECLARE_FINAL_TYPE(WgRunRow, wg_run_row, WG, RUN_ROW, GtkListBoxRow)

/* Of an object as "runs" gives it. */
GtkWidget *wg_run_row_new(JsonObject *run);
JsonObject *wg_run_row_get_run(WgRunRow *self); /* transfer none */

G_END_DECLS
