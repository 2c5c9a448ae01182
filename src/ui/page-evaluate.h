/* The page Evaluate: how good the model is, looked at from several sides. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_PAGE_EVALUATE (wg_page_evaluate_get_type())
G_DECLARE_FINAL_TYPE(WgPageEvaluate, wg_page_evaluate, WG, PAGE_EVALUATE, GtkBox)

void wg_page_evaluate_set_desk(WgPageEvaluate *self, WgDesk *desk);

G_END_DECLS
