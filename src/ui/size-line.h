/* What the next model will be on the connected watch, before it is trained. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_SIZE_LINE (wg_size_line_get_type())
G_DECLARE_FINAL_TYPE(WgSizeLine, wg_size_line, WG, SIZE_LINE, GtkBox)

/* Sets the options of a job that takes those of "train". */
typedef gboolean (*WgSizeLineApplyFunc)(gpointer owner, WgJob *job, GError **error);

/* Looks anew when the watch, the takes or the presets change. */
void wg_size_line_set_desk(WgSizeLine *self, WgDesk *desk, WgSizeLineApplyFunc apply,
                           gpointer owner);
/* The choice is another. */
void wg_size_line_look(WgSizeLine *self);

G_END_DECLS
