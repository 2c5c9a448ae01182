/* How calls reach the one thread that owns the project file. Inside dataset/ only. */
#pragma once

#include "dataset/database.h"
#include "dataset/project.h"

G_BEGIN_DECLS

typedef gboolean (*WgProjectWork)(sqlite3 *db, gpointer data, GError **error);

/* Runs `work` on the project's thread and waits for it; in a transaction where `is_write`, and then
 * "changed" is emitted once it is committed. */
gboolean wg_project_work(WgProject *self, gboolean is_write, WgProjectWork work, gpointer data,
                         GError **error);
/* A write after which "changed" is not emitted. */
gboolean wg_project_work_silently(WgProject *self, WgProjectWork work, gpointer data,
                                  GError **error);

G_END_DECLS
