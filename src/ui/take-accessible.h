/* One take of a grid as a screen reader meets it; there only while the take is in view. */
#pragma once

#include "ui/take-grid.h"

#include <gtk/gtk-a11y.h>

G_BEGIN_DECLS

#define WG_TYPE_TAKE_ACCESSIBLE (wg_take_accessible_get_type())
G_DECLARE_FINAL_TYPE(WgTakeAccessible, wg_take_accessible, WG, TAKE_ACCESSIBLE, AtkObject)

/* It knows the take by its id; where it stands now is told by wg_take_accessible_move. */
AtkObject *wg_take_accessible_new(WgTakeGrid *grid, AtkObject *parent, gint64 id);
gint64 wg_take_accessible_get_id(WgTakeAccessible *self);
guint wg_take_accessible_get_index(WgTakeAccessible *self); /* in the grid */
/* Take `index` of the grid now, as child `position`; what changed about it is told. */
void wg_take_accessible_move(WgTakeAccessible *self, guint index, int position);
/* It is out of view or gone. */
void wg_take_accessible_leave(WgTakeAccessible *self);

G_END_DECLS
