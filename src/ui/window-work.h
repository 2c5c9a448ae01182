/* What work under way asks of the desktop: that the computer stays awake, and word of its end. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* From now on: a recording or a deployment keeps the computer from sleep, and any work that a
 * person would be sorry to lose keeps the session from its end. Long work that ends while the
 * window is not in use sends a notification, where the person wants that; clicking it shows the
 * page. */
void wg_window_work_follow(WgWindow *window);

G_END_DECLS
