/* Somebody else's takes of the project's gestures: a test that never trains anything. */
#pragma once

#include "dataset/dataset.h"
#include "workbench/job.h"
#include "workbench/model.h"

G_BEGIN_DECLS

/* A job that adds takes lists it in its table, beside "person". */
#define WG_GUEST_OPTION                                                                            \
    {                                                                                              \
        "guest", WG_OPTION_FLAG, NULL, "a test by that person: never trained on", NULL             \
    }

/* WG_ERROR_USAGE where they are a guest's and the person is not named. */
gboolean wg_guest_check(WgJob *job, GError **error);
/* Makes guest's takes of GPtrArray of WgRecording. */
void wg_guest_mark(GPtrArray *recordings);

/* What guests performed of the model's gestures, as its windows see it; `person` NULL: all of them.
 * WG_ERROR_MISSING where there is nothing. Any thread. */
WgDataset *wg_guest_load(WgProject *project, const WgModel *model, const char *person,
                         GError **error);

/* Where guests differ: `theirs` is the report on their takes, `own` the one on takes of those it
 * was trained on. {"n", "correct", "accuracy", "own_accuracy", "label" (the gesture whose share of
 * right answers lies furthest below the own; absent where none does), "label_n", "label_correct",
 * "label_own", "words"}. `name`: who, for the words. Transfer full. */
JsonObject *wg_guest_compare(JsonObject *theirs, JsonObject *own, const char *name);
/* Each guest's name with takes (not deleted) in the project, and how many; transfer full. */
JsonArray *wg_guest_list(WgProject *project, GError **error);

G_END_DECLS
