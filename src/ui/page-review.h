/* The page Review: the takes of a gesture, all of them as a map, and long recordings. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_PAGE_REVIEW (wg_page_review_get_type())
G_DECLARE_FINAL_TYPE(WgPageReview, wg_page_review, WG, PAGE_REVIEW, GtkBox)

void wg_page_review_set_desk(WgPageReview *self, WgDesk *desk);

G_END_DECLS
