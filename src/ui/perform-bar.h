/* What the virtual watch is to perform: a sample gesture, once or again and again while recording.
 */
#pragma once

#include "ui/desk.h"
#include "workbench/record-plan.h"

G_BEGIN_DECLS

#define WG_TYPE_PERFORM_BAR (wg_perform_bar_get_type())
G_DECLARE_FINAL_TYPE(WgPerformBar, wg_perform_bar, WG, PERFORM_BAR, GtkBox)

/* Visible only while the virtual watch is connected. Signals: "chosen" (const char *label): by the
 * user; "switched": wg_perform_bar_is_by_itself() may be another. */
void wg_perform_bar_set_desk(WgPerformBar *self, WgDesk *desk);
/* Chooses the sample of that label; FALSE: there is none. */
gboolean wg_perform_bar_choose(WgPerformBar *self, const char *label);
/* Whether the virtual watch is connected and switched to perform while it records. */
gboolean wg_perform_bar_is_by_itself(WgPerformBar *self);
/* What begins a take: of ordinary movement it performs no gesture while it is recorded; where it is
 * the button, the watch presses it before it performs. */
void wg_perform_bar_set_trigger(WgPerformBar *self, WgTrigger trigger);
/* While it records, the watch performs by itself, where that is switched on. */
void wg_perform_bar_set_recording(WgPerformBar *self, gboolean is_recording);
/* A take came: the next one, where that is switched on. */
void wg_perform_bar_next(WgPerformBar *self);

G_END_DECLS
