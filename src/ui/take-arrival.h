/* Which takes of a grid have only just come: they fade in, so that one sees where they went. */
#pragma once

#include "ui/take-choice.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct WgTakeArrival WgTakeArrival;

/* `widget` is drawn again while a take fades in; it is not held and must outlive this. */
WgTakeArrival *wg_take_arrival_new(GtkWidget *widget);
void wg_take_arrival_free(WgTakeArrival *self);
/* The takes have changed: what is new beside takes that stay has come. Another gesture's takes are
 * there at once, and all are where the desktop wants no animations. */
void wg_take_arrival_update(WgTakeArrival *self, WgTakeChoice *choice);
/* How much of it shows now: 0 to 1. */
double wg_take_arrival_get_opacity(WgTakeArrival *self, gint64 id);

G_END_DECLS
