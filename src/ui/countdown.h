/* Three, two, one, large over the live trace. */
#pragma once

#include "ui/charts/trace.h"

G_BEGIN_DECLS

typedef struct _WgCountdown WgCountdown;

/* The trace must outlive it, or it be stopped before. `done` is called when it is over, not when it
 * was stopped. */
WgCountdown *wg_countdown_new(WgTrace *trace, void (*done)(gpointer user_data), gpointer user_data);
void wg_countdown_start(WgCountdown *self);
void wg_countdown_stop(WgCountdown *self);
void wg_countdown_free(WgCountdown *self);

G_END_DECLS
