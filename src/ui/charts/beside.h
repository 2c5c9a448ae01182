/* A take as it was, faint, and as it was changed, over it. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_BESIDE (wg_beside_get_type())
G_DECLARE_FINAL_TYPE(WgBeside, wg_beside, WG, BESIDE, WgChart)

/* n x 3 values in g each; copied. `what`: said of it ("a take of wave"). */
void wg_beside_set(WgBeside *self, const char *what, double rate_hz, const float *before,
                   int n_before, const float *after, int n_after);

G_END_DECLS
