/* A box whose parts stand side by side where there is room, else below one another. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_TURNING_BOX (wg_turning_box_get_type())
G_DECLARE_FINAL_TYPE(WgTurningBox, wg_turning_box, WG, TURNING_BOX, GtkBox)

G_END_DECLS
