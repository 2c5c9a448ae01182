/* Five short hints that point at the real controls, one after another; they can be left. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Begins, or begins anew, with the first. A project must be open. */
void wg_tour_start(WgWindow *window);
/* Begins it where it was neither taken nor left before. */
void wg_tour_offer(WgWindow *window);

G_END_DECLS
