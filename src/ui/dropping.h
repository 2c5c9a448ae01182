/* Files that are dropped onto the window: models, projects and recordings. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* The window takes files from now on. */
void wg_dropping_add(WgWindow *window);

G_END_DECLS
