/* The takes of a report that are most like one of them. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/recording.h"

G_BEGIN_DECLS

/* Of the report's takes that were rightly answered with its label of number `label`, the `n` whose
 * windows, as the watch sees them, are nearest to that of `take` by Euclid's distance; the nearest
 * first, itself left out. `recordings`: GPtrArray of WgRecording, in which the takes are found by
 * their id. Transfer full, GPtrArray of WgRecording. */
GPtrArray *wg_nearest_takes_new(WgRecording *take, GPtrArray *recordings, JsonObject *report,
                                int label, int n);

G_END_DECLS
