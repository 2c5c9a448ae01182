/* Training: one button, what it will be on the watch, the curves while it learns, what they mean,
 * and the trainings before. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_LEARN_VIEW (wg_learn_view_get_type())
G_DECLARE_FINAL_TYPE(WgLearnView, wg_learn_view, WG, LEARN_VIEW, GtkBox)

void wg_learn_view_set_desk(WgLearnView *self, WgDesk *desk);
/* Which network it begins with; may be NULL. */
void wg_learn_view_set_settings(WgLearnView *self, GSettings *settings);
/* Takes or presets may be others. */
void wg_learn_view_show(WgLearnView *self);

G_END_DECLS
