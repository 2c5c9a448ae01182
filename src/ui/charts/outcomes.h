/* What became of each gesture's takes, as a bar: right, left unanswered, wrong. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_OUTCOMES (wg_outcomes_get_type())
G_DECLARE_FINAL_TYPE(WgOutcomes, wg_outcomes, WG, OUTCOMES, WgChart)

typedef struct {
    int n_right, n_silent, n_wrong; /* takes */
} WgOutcome;

/* One a label (NULL-terminated); copied. `silent`: what those left unanswered are called; NULL:
 * there are none. */
void wg_outcomes_set(WgOutcomes *self, const char *const *labels, const WgOutcome *outcomes,
                     const char *silent);

G_END_DECLS
