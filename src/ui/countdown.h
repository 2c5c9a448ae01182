/* Three, two, one, large over the live trace. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _WgCountdown WgCountdown;

/* `label` is hidden but for the count; it must outlive it, or it be stopped before. `done` is
 * called when it is over, not when it was stopped. */
WgCountdown *wg_countdown_new(GtkLabel *label, void (*done)(gpointer user_data),
                              gpointer user_data);
void wg_countdown_start(WgCountdown *self, int seconds);
/* A count that somebody else keeps; 0: it is over, and nothing is shown. */
void wg_countdown_show(WgCountdown *self, int n);
void wg_countdown_stop(WgCountdown *self);
void wg_countdown_free(WgCountdown *self);

G_END_DECLS
