/* How often a project's test takes were looked at, and what was changed after. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

/* The test is worth less each time it is looked at: counts one more in the project (not in one that
 * is read-only) and gives how often that is. Errors are those of writing. On the
 * job's thread, not the main one: where another program writes the project it waits (patience.h).
 */
gboolean wg_test_count_opening(WgJob *job, gint64 *n_opened, GError **error);

/* The same, and says more in the job's result: "test_opened" (how often), "test_changed" (of
 * "takes", "labels", "model", "settings" those that are others than when it was first opened, by
 * digest) and "test_note", a sentence for the user. What was so is kept in the project at the first
 * opening; where an earlier version opened it first, from this opening on. */
gboolean wg_test_open(WgJob *job, JsonObject *result, GError **error);

G_END_DECLS
