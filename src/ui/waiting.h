/* What a page that cannot be used yet says: what it waits for, and the way there. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_WAITING (wg_waiting_get_type())
G_DECLARE_FINAL_TYPE(WgWaiting, wg_waiting, WG, WAITING, GtkBox)

void wg_waiting_set(WgWaiting *self, WgDesk *desk, const char *title, const char *text,
                    const char *button, const char *page);

G_END_DECLS
