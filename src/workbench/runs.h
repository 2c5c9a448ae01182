/* The trainings of a project: its history. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/project.h"

G_BEGIN_DECLS

/* Of models (GPtrArray of WgModelRecord, newest first, as wg_project_list_models() gives them) each
 * float one as an object, newest first: {"id", "created", "preset", "is_used", "how": "trained",
 * "pruned", "filters_pruned", "distilled" or "personal", "seed", "epochs", "parameters",
 * "train_accuracy", "validation_accuracy" (of the float model), "takes": {"train", "validation",
 * "test"}, "settings", "window", "labels", "advice", "verdict", "curves", "digest", "split"}, and
 * of the newest int8 model made of it {"int8": its id, "n", "right", "confusion", "bytes",
 * "arena_bytes", "method"}; what a model of an earlier version did not keep is null. "changes": to
 * the run before it (run-changes.h), null for the first.  Any thread; transfer full. */
JsonArray *wg_runs_list(GPtrArray *models);
/* The run of that id, transfer none; NULL: there is none. */
JsonObject *wg_runs_find(JsonArray *runs, gint64 id);
/* Takes the lists of takes ("split") out of all: they are for comparing alone. */
void wg_runs_strip(JsonArray *runs);

G_END_DECLS
