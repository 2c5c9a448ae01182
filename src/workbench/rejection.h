/* What a watch would leave unanswered of takes: gestures that should not be, and what is none. */
#pragma once

#include "workbench/decision.h"

G_BEGIN_DECLS

/* Of the windows (labels: the model's) by the decision as a watch applies it, in the app or, with
 * `is_builtin`, in the firmware's own recogniser, behind whose gestures memory lies as it was where
 * the model's input could not be moved to a clean place (wg_augment_leave_memory(), seeded by 1):
 * {"mode", "other", "thresholds" or "threshold", "confusion": n x (n + 1), the last column those
 * left unanswered, "gestures", "unanswered", "wrong", "others", "ignored", "unseen": [{"label",
 * "n", "ignored"}] of the project's takes whose label the model never saw}. Transfer full. Errors
 * of the project and of wg_reject_build(). Worker thread. */
JsonObject *wg_rejection_new(WgProject *project, const WgModel *model, const WgDecision *decision,
                             const WgWindows *windows, gboolean is_builtin, GError **error);
/* A copy of windows, memory behind each. Owner: caller. */
WgWindows *wg_rejection_leave_memory(const WgWindows *windows, guint64 seed);

G_END_DECLS
