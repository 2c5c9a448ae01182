/* The write-ahead log that a killed program left beside a project. Inside dataset/ only. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "dataset/project-lock.h"

G_BEGIN_DECLS

/* Whether the log beside a project is not its own. Nothing is changed. */
gboolean wg_database_log_is_foreign(const char *path);

/* Before a project is opened: SQLite applies whatever log lies beside a file, also that of another
 * project or of a later state of this one, which somebody has put back since. Such a log, by which
 * the project would be damaged or would lose recordings, is put aside. Of one that is damaged
 * itself a copy is kept, as SQLite applies what comes before the damage and drops the rest. `note`
 * (transfer full, NULL: nothing was done) says so in a sentence. Nothing is done while anybody has
 * the project open. Reads the file twice where there is a log. `lock` gets what keeps other
 * programs from opening it (NULL: there is no log): to be freed once the project is open.
 * WG_ERROR_STORAGE: what has to be put aside cannot be. */
gboolean wg_database_settle_log(const char *path, WgProjectLock **lock, char **note,
                                GError **error);
/* Before a project is made: a log in its place is of one that was moved away. Puts it aside. */
gboolean wg_database_settle_stray_log(const char *path, char **note, GError **error);

/* To be called in each transaction that changes a project: notes in which session of which program
 * it was made and which it is in its row, by which a log is told from one of another project, of
 * another copy or of a later state. `session`: of one opening, a random word. */
gboolean wg_database_mark(sqlite3 *db, const char *session, GError **error);

G_END_DECLS
