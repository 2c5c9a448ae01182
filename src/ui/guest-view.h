/* Somebody else records a test: how the model does on their takes, beside how it does on your own.
 */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_GUEST_VIEW (wg_guest_view_get_type())
G_DECLARE_FINAL_TYPE(WgGuestView, wg_guest_view, WG, GUEST_VIEW, GtkBox)

void wg_guest_view_set_desk(WgGuestView *self, WgDesk *desk);

G_END_DECLS
