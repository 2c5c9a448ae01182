/* The page Record: the live trace, what to record and how much, and the takes as they come. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_PAGE_RECORD (wg_page_record_get_type())
G_DECLARE_FINAL_TYPE(WgPageRecord, wg_page_record, WG, PAGE_RECORD, GtkBox)

void wg_page_record_set_desk(WgPageRecord *self, WgDesk *desk);
/* As wg_record_way_set_settings(). */
void wg_page_record_set_settings(WgPageRecord *self, GSettings *settings);

G_END_DECLS
