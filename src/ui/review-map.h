/* All takes as a map: alike ones near one another, and one of them over its neighbours. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_REVIEW_MAP (wg_review_map_get_type())
G_DECLARE_FINAL_TYPE(WgReviewMap, wg_review_map, WG, REVIEW_MAP, GtkBox)

void wg_review_map_set_desk(WgReviewMap *self, WgDesk *desk);

G_END_DECLS
