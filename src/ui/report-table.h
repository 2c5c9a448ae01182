/* The report of an evaluation as a table: precision, recall, F1 and support of each gesture. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WG_TYPE_REPORT_TABLE (wg_report_table_get_type())
G_DECLARE_FINAL_TYPE(WgReportTable, wg_report_table, WG, REPORT_TABLE, GtkGrid)

/* The result of the job "evaluate"; NULL clears it. */
void wg_report_table_set(WgReportTable *self, JsonObject *report);

G_END_DECLS
