/* The confusion matrix of a report, or of two of them, in its chart. */
#pragma once

#include <json-glib/json-glib.h>

#include "ui/charts/matrix.h"

G_BEGIN_DECLS

/* Of objects with "labels" and "confusion" (rows true, columns answered), as "evaluate" and "runs"
 * give them. `before`, of the same labels: the signed difference is shown; NULL: the report alone.
 */
void wg_report_matrix_show(WgMatrix *matrix, JsonObject *report, JsonObject *before);
/* Marks how many each cell has more than before a training; `change`: as wg_report_compare() has
 * it, its labels those of the report that is shown and behind them others. */
void wg_report_matrix_mark(WgMatrix *matrix, JsonObject *report, JsonObject *change);

G_END_DECLS
