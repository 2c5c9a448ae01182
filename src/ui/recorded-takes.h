/* The takes of the chosen gesture under the page Record: what came, kept or deleted. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_RECORDED_TAKES (wg_recorded_takes_get_type())
G_DECLARE_FINAL_TYPE(WgRecordedTakes, wg_recorded_takes, WG, RECORDED_TAKES, GtkBox)

void wg_recorded_takes_set_desk(WgRecordedTakes *self, WgDesk *desk);

G_END_DECLS
