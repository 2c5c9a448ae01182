/* What is another between two trainings of a project. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Of two runs as wg_runs_list() gives them, with their "split": [{"name", "before", "after"}], a
 * setting each by its name in the run's "settings" and "window", or "preset", "seed", "how",
 * "method", "labels"; null where a run does not know it. Of the takes {"name": "takes", "before",
 * "after", "added", "removed"}: how many there were; with none added or removed their labels are
 * others. {"name": "split"} where the same takes were dealt out in another way. Any thread;
 * transfer full. */
JsonArray *wg_run_changes_new(JsonObject *before, JsonObject *after);
/* The second's confusion matrix less the first's, rows of integers; NULL unless both know one of
 * the same labels. Transfer full. */
JsonArray *wg_run_changes_get_confusion(JsonObject *before, JsonObject *after);

G_END_DECLS
