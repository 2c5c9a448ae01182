/* What the virtual watch is to perform: a sample gesture, once or again and again while recording.
 */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_PERFORM_BAR (wg_perform_bar_get_type())
G_DECLARE_FINAL_TYPE(WgPerformBar, wg_perform_bar, WG, PERFORM_BAR, GtkBox)

/* Visible only while the virtual watch is connected. Signal "chosen" (const char *label): by the
 * user. */
void wg_perform_bar_set_desk(WgPerformBar *self, WgDesk *desk);
/* Chooses the sample of that label where there is one. */
void wg_perform_bar_choose(WgPerformBar *self, const char *label);
/* While it records, the watch performs by itself, where that is switched on. */
void wg_perform_bar_set_recording(WgPerformBar *self, gboolean is_recording);
/* A take came: the next one, where that is switched on. */
void wg_perform_bar_next(WgPerformBar *self);

G_END_DECLS
