/* The action of the window that exports recordings for other tools. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* "export-data" asks in which format and where to, and writes. */
void wg_window_data_add(WgWindow *window);

G_END_DECLS
