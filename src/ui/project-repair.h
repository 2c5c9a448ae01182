/* A project that is damaged: it is noticed when it is opened, and what can be read is saved. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Looks in the background whether the project that the window has just opened is whole, and offers
 * what can be done where it is not. */
void wg_project_repair_look(WgWindow *window);
/* Of one that could not be opened, and why. FALSE: nothing can be done about that, and nothing was
 * said. */
gboolean wg_project_repair_offer(WgWindow *window, const char *path, const GError *error);

G_END_DECLS
