/* The takes of a cell of a confusion matrix, over those most like them, to be mended. */
#pragma once

#include <json-glib/json-glib.h>

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_CELL_TAKES (wg_cell_takes_get_type())
G_DECLARE_FINAL_TYPE(WgCellTakes, wg_cell_takes, WG, CELL_TAKES, GtkBox)

/* Signal "left": the report is to be seen again. */
void wg_cell_takes_set_desk(WgCellTakes *self, WgDesk *desk);
/* Of a report as "evaluate" gives it. Takes that were deleted or relabelled since are not shown. */
void wg_cell_takes_set(WgCellTakes *self, JsonObject *report, int row, int column,
                       gboolean is_editable);

G_END_DECLS
