/* One assumption of the battery's days: its value, to be changed, and where it is from. */
#pragma once

#include <gtk/gtk.h>

#include "workbench/energy.h"

G_BEGIN_DECLS

#define WG_TYPE_ASSUMPTION_ROW (wg_assumption_row_get_type())
G_DECLARE_FINAL_TYPE(WgAssumptionRow, wg_assumption_row, WG, ASSUMPTION_ROW, GtkBox)

/* Signal "changed" when the user has set another value. */
WgAssumptionRow *wg_assumption_row_new(WgAssumption which);
WgAssumption wg_assumption_row_get_which(WgAssumptionRow *self);
double wg_assumption_row_get_value(WgAssumptionRow *self);
void wg_assumption_row_show(WgAssumptionRow *self, const WgAssumed *assumed);

G_END_DECLS
