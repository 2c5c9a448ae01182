/* The page Train: one button, the curves while it learns, and what came of it. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_PAGE_TRAIN (wg_page_train_get_type())
G_DECLARE_FINAL_TYPE(WgPageTrain, wg_page_train, WG, PAGE_TRAIN, GtkBox)

void wg_page_train_set_desk(WgPageTrain *self, WgDesk *desk);
/* As wg_learn_view_set_settings(). */
void wg_page_train_set_settings(WgPageTrain *self, GSettings *settings);

G_END_DECLS
