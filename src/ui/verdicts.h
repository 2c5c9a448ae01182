/* What the model was judged to do, on which takes, before and after a training in place. */
#pragma once

#include "ui/activity.h"

G_BEGIN_DECLS

#define WG_TYPE_VERDICTS (wg_verdicts_get_type())
G_DECLARE_FINAL_TYPE(WgVerdicts, wg_verdicts, WG, VERDICTS, GObject)

/* Judges on "validation" (the takes kept aside), "folds" (all in turn), "persons" (each person in
 * turn) or "test". Signal "changed": another report, another source, or it has begun or ended to
 * work. `activity` shows what takes long. */
WgVerdicts *wg_verdicts_new(WgDesk *desk, WgActivity *activity);
/* While it is not wanted it judges nothing by itself. */
void wg_verdicts_set_wanted(WgVerdicts *self, gboolean is_wanted);
/* Judges on that; what was judged before stays to be shown until it is done, and after if it fails.
 * `with_float`: the model as it was trained too. */
void wg_verdicts_ask(WgVerdicts *self, const char *source, gboolean with_float);
/* Trains again as the model was, on the takes as they are now, makes the watch's model, and judges
 * on the same source. */
void wg_verdicts_retrain(WgVerdicts *self);

/* Of what is shown, as "evaluate" gives it; NULL: nothing yet. Transfer none. */
JsonObject *wg_verdicts_get_report(WgVerdicts *self, gboolean is_float);
/* What the last training in place has changed, as wg_report_compare() has it; NULL: there was none
 * since. Transfer none. */
JsonObject *wg_verdicts_get_change(WgVerdicts *self);
const char *wg_verdicts_get_source(WgVerdicts *self);
gboolean wg_verdicts_is_busy(WgVerdicts *self);
/* Takes or model are others than those that were judged. */
gboolean wg_verdicts_is_stale(WgVerdicts *self);

G_END_DECLS
