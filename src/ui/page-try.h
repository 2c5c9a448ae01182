/* The page Try: what the watch recognises, beside what this computer says. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_PAGE_TRY (wg_page_try_get_type())
G_DECLARE_FINAL_TYPE(WgPageTry, wg_page_try, WG, PAGE_TRY, GtkBox)

void wg_page_try_set_desk(WgPageTry *self, WgDesk *desk);

G_END_DECLS
