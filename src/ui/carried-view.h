/* Which model the connected watch has in use, and the way back to the one before it. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_CARRIED_VIEW (wg_carried_view_get_type())
G_DECLARE_FINAL_TYPE(WgCarriedView, wg_carried_view, WG, CARRIED_VIEW, GtkBox)

/* Asks the watch whenever one has become ready while the view can be seen. Signal "restore": the
 * button was clicked; the owner runs that job. */
void wg_carried_view_set_desk(WgCarriedView *self, WgDesk *desk);
/* Asks again, as after a deployment. */
void wg_carried_view_ask(WgCarriedView *self);
/* FALSE while a job goes on. */
void wg_carried_view_set_offering(WgCarriedView *self, gboolean is_offering);

G_END_DECLS
