/* Which takes a project had, and as what: to tell later what was changed since. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/recording.h"

G_BEGIN_DECLS

typedef struct {
    int n_added, n_removed, n_relabelled;
    gboolean is_other; /* something else of them: a trim, the spans of a recording */
} WgTakesChange;

/* Of GPtrArray of WgRecording, those that take part: {"digest": as wg_model_dup_takes_digest,
 * "labels": {"circle": "1-10,17", ...}}, ids in ranges. Transfer full. Any thread. */
JsonObject *wg_takes_state_new(GPtrArray *recordings);
/* What is another now. FALSE where nothing is, or where `before` is no such object. */
gboolean wg_takes_state_compare(JsonObject *before, GPtrArray *recordings, WgTakesChange *change);
/* Ids of those that have another label now: gint64 * -> itself. Transfer full; empty where `before`
 * is NULL or no such object. */
GHashTable *wg_takes_state_list_relabelled(JsonObject *before, GPtrArray *recordings);
/* Likewise of those that were not there or took no part. */
GHashTable *wg_takes_state_list_added(JsonObject *before, GPtrArray *recordings);
/* "2 takes were relabelled, 1 take was added", for the user; transfer full. NULL: nothing. */
char *wg_takes_change_describe(const WgTakesChange *change);

G_END_DECLS
