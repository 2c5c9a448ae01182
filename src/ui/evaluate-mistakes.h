/* The page Evaluate: what the model mixes up, and the takes behind each mistake. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_EVALUATE_MISTAKES (wg_evaluate_mistakes_get_type())
G_DECLARE_FINAL_TYPE(WgEvaluateMistakes, wg_evaluate_mistakes, WG, EVALUATE_MISTAKES, GtkBox)

void wg_evaluate_mistakes_set_desk(WgEvaluateMistakes *self, WgDesk *desk);

G_END_DECLS
