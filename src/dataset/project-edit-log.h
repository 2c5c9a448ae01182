/* What an edit changed, field by field, while it is made and undone. Inside dataset/ only. */
#pragma once

#include "dataset/database.h"
#include "dataset/project-edits.h"

G_BEGIN_DECLS

/* The field “deleted” of a recording of which adding was undone. */
#define WG_NOT_ADDED "2"

WgEditLog *wg_edit_log_new(sqlite3 *db);
void wg_edit_log_free(WgEditLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgEditLog, wg_edit_log_free)

sqlite3 *wg_edit_log_get_db(WgEditLog *log);
/* The field as text; `is_there` FALSE: there is no such recording. */
gboolean wg_edit_log_get(WgEditLog *log, const char *field, gint64 id, char **value,
                         gboolean *is_there, GError **error);
/* Notes a change that was made already. */
void wg_edit_log_note(WgEditLog *log, const char *field, gint64 id, const char *from,
                      const char *to);
/* Stores it as the newest edit. */
gboolean wg_edit_log_store(WgEditLog *log, const char *kind, const char *detail, GError **error);
gboolean wg_edit_log_is_empty(WgEditLog *log);
/* Stores it unless it changed nothing, and forgets what can no longer be made again. */
gboolean wg_edit_log_close(WgEditLog *log, const char *kind, const char *detail, GError **error);
/* Sets all that is in `changes` (as stored) from or back; those that were changed since are left
 * out of `rest` (NULL: none were). */
gboolean wg_edit_log_apply(WgEditLog *log, GBytes *changes, gboolean forward, GBytes **rest,
                           GError **error);

G_END_DECLS
