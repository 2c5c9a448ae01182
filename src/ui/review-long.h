/* Long recordings along their time: stretches are marked, labelled and moved. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_REVIEW_LONG (wg_review_long_get_type())
G_DECLARE_FINAL_TYPE(WgReviewLong, wg_review_long, WG, REVIEW_LONG, GtkBox)

void wg_review_long_set_desk(WgReviewLong *self, WgDesk *desk);
/* How many there are. */
guint wg_review_long_count(WgDesk *desk);

G_END_DECLS
