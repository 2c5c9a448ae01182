/* The takes that a recording job has stored: added to the project, told, counted. */
#pragma once

#include "dataset/recording.h"
#include "workbench/job.h"

G_BEGIN_DECLS

typedef struct {
    WgJob *job;  /* not held */
    GArray *ids; /* gint64, of those that are new in the project */
    int n_known, n_held_back;
    gboolean is_guest; /* set before the first: all are another person's test */
    /* within */
    GQueue waiting; /* WgRecording; the first is on its way where is_writing */
    gboolean is_writing;
    int n_rounds;
    void (*failed)(GError *error, gpointer user_data);
    void (*drained)(gpointer user_data);
    gpointer user_data;
} WgTakeStore;

/* `failed` (takes the error) when a take cannot be stored; those behind it are not tried any more.
 */
void wg_take_store_init(WgTakeStore *self, WgJob *job,
                        void (*failed)(GError *error, gpointer user_data), gpointer user_data);
/* After it was drained. */
void wg_take_store_clear(WgTakeStore *self);
/* Adds the take to the job's project, never on the main loop and one after the other, and tells it
 * once it is there. While another program writes the project it is kept (patience.h). A doubtful
 * one (gaps, clipping), and each of a guest, is stored, but takes no part until somebody says so:
 * the spec's `held_back` and `disabled` are set here. */
void wg_take_store_add(WgTakeStore *self, WgRecordingSpec *spec);
/* `drained` is called, not at once, when all are stored or `failed` was; no more are added. */
void wg_take_store_drain(WgTakeStore *self, void (*drained)(gpointer user_data));
/* Counts and tells what is in the project already, as its recording `id`. */
void wg_take_store_count(WgTakeStore *self, const WgRecordingSpec *spec, gint64 id,
                         gboolean is_known, int n_missing);
/* Adds "recordings", "known", "held_back" and "ids" to the job's result. */
void wg_take_store_describe(const WgTakeStore *self, JsonObject *result);

G_END_DECLS
