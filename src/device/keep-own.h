/* Keeps a model that somebody else put where the firmware's own recogniser reads it. */
#pragma once

#include "device/survey.h"

G_BEGIN_DECLS

/* Whether the watch has such a model, of which Waggle would know nothing any more once it puts
 * another one there. */
gboolean wg_keep_own_is_needed(const WgSurvey *survey);
/* Of Storage, to keep it. */
gint64 wg_keep_own_count_bytes(const WgSurvey *survey);
/* Reads the model and its .tfnames, copies it on the watch to a slot, and says so in a record.
 * Beside an app of ours that is in use, the app's record tells of it; else it becomes the
 * deployment in use (WgCarried's is_own), and what Waggle put there before it the former one. What
 * is no model of schema version 3 is not kept: no watch could run it. The rest of Storage stays as
 * it is, and a cut at any byte leaves it as it was or kept. `date` as WgDeployment has it; takes
 * the survey, which is out of date afterwards. WG_ERROR_STORAGE: there is no room, and nothing
 * changed. */
void wg_keep_own_async(WgWatch *watch, WgSurvey *survey, const char *date,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_keep_own_finish(WgWatch *watch, GAsyncResult *result, GError **error);

G_END_DECLS
