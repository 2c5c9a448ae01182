/* The actions of the window: projects, undo, import, pages, what a page is for.
 */
#pragma once

#include "ui/activity.h"
#include "ui/window.h"

G_BEGIN_DECLS

void wg_window_actions_add(WgWindow *window, WgDesk *desk);
/* Which of them can be used now. */
void wg_window_actions_show(WgWindow *window);
/* Shows what concerns the whole project, as an import. */
WgActivity *wg_window_get_activity(WgWindow *self);

G_END_DECLS
