/* What ordinary movement sets off: every answer in such a recording is a false alarm. */
#pragma once

#include <json-glib/json-glib.h>

#include "workbench/stream-source.h"

G_BEGIN_DECLS

#define WG_ALARMS_LEVEL 0.95

/* {"seconds", "alarms", "per_hour", "low", "high" (per hour, of the exact 95 % interval),
 * "verdict": one sentence, "answers": [{"label", "confidence", "start_s", "end_s", "samples":
 * [[x, y, z], ..] in g}], in time's order}: all that is answered by the source's rule, whatever the
 * recording's own labels say. Transfer full; any thread. */
JsonObject *wg_alarms_new(const WgStreamSource *source, const WgReplay *replay);
/* Takes of it: GPtrArray of WgRecording, one an answer, labelled `label`. Transfer full. */
GPtrArray *wg_alarms_cut(const WgStreamSource *source, const WgReplay *replay, const char *label);

G_END_DECLS
