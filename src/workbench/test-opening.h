/* How often a project's test takes were looked at. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

/* The test is worth less each time it is looked at: counts one more in the project (not in one that
 * is read-only) and gives how often that is. Errors are those of writing. On the
 * job's thread, not the main one: where another program writes the project it waits (patience.h).
 */
gboolean wg_test_count_opening(WgJob *job, gint64 *n_opened, GError **error);

G_END_DECLS
