/* The report beside the matrix: the most frequent mistakes, and a table of gestures or persons. */
#pragma once

#include <json-glib/json-glib.h>

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_REPORT_SIDE (wg_report_side_get_type())
G_DECLARE_FINAL_TYPE(WgReportSide, wg_report_side, WG, REPORT_SIDE, GtkBox)

/* Signal "cell-chosen" (int row, int column): one of the mistakes is to be looked at. */
void wg_report_side_set_desk(WgReportSide *self, WgDesk *desk);
/* As "evaluate" or "cross-validate" gives it. */
void wg_report_side_set(WgReportSide *self, JsonObject *report);

G_END_DECLS
