/* The takes that a recording job has stored: added to the project, told, counted. */
#pragma once

#include "dataset/recording.h"
#include "workbench/job.h"

G_BEGIN_DECLS

typedef struct {
    WgJob *job;  /* not held */
    GArray *ids; /* gint64, of those that are new in the project */
    int n_known, n_held_back;
} WgTakeStore;

void wg_take_store_init(WgTakeStore *self, WgJob *job);
void wg_take_store_clear(WgTakeStore *self);
/* Adds the take to the job's project and tells it. A doubtful one (gaps, clipping) is stored, but
 * takes no part until somebody says so: the spec's `held_back` and `disabled` are set here. */
gboolean wg_take_store_add(WgTakeStore *self, WgRecordingSpec *spec, GError **error);
/* Counts and tells what is in the project already, as its recording `id`. */
void wg_take_store_count(WgTakeStore *self, const WgRecordingSpec *spec, gint64 id,
                         gboolean is_known, int n_missing);
/* Adds "recordings", "known", "held_back" and "ids" to the job's result. */
void wg_take_store_describe(const WgTakeStore *self, JsonObject *result);

G_END_DECLS
