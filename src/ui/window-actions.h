/* The actions of the window: project, undo, import, pages. */
#pragma once

#include "ui/activity.h"
#include "ui/window.h"

G_BEGIN_DECLS

void wg_window_actions_add(WgWindow *window, WgDesk *desk);
/* Shows what concerns the whole project, as an import. */
WgActivity *wg_window_get_activity(WgWindow *self);

G_END_DECLS
