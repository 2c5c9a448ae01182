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

/* The same in two parts, between which the thread of the calls does something else. `data` must
 * live until the second, which frees the request and emits no signal. NULL: with the error set. */
typedef struct _WgProjectRequest WgProjectRequest;
WgProjectRequest *wg_project_begin_work(WgProject *self, gboolean is_write, WgProjectWork work,
                                        gpointer data, GError **error);
gboolean wg_project_end_work(WgProject *self, WgProjectRequest *request, GError **error);
/* Which recordings were changed through a connection; used on its thread. */
typedef struct _WgChanges WgChanges;

/* From now on it is kept in mind. `is_read_only`: nothing can be changed. Freed after the
 * connection is closed. In project-reload.c. */
WgChanges *wg_changes_new(sqlite3 *db, gboolean is_read_only, GError **error);
void wg_changes_free(WgChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgChanges, wg_changes_free)
WgChanges *wg_project_get_changes(WgProject *self);
/* The ids (gint64) of recordings that could not be read so far; used on the connection's thread. */
GHashTable *wg_changes_get_damaged(WgChanges *self);
/* Emits "changed" where the project was made. */
void wg_project_announce_change(WgProject *self);

G_END_DECLS
