/* Two curves over the epochs of a training: of the training takes and of the validation takes. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_CURVES (wg_curves_get_type())
G_DECLARE_FINAL_TYPE(WgCurves, wg_curves, WG, CURVES, WgChart)

/* Property "is-share" (of the template): values are shares of 1, shown as per cent. */
void wg_curves_clear(WgCurves *self, int n_epochs_at_most);
/* One epoch; NaN: no value. */
void wg_curves_add(WgCurves *self, double train, double validation);
/* The same of the training in use, drawn behind where another one is looked at. */
void wg_curves_add_beside(WgCurves *self, double train, double validation);

G_END_DECLS
