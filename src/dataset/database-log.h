/* The write-ahead log that a killed program left beside a project. Inside dataset/ only. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Before a project is opened: SQLite applies whatever log lies beside a file, also that of another
 * project or of a later state of this one, which somebody has put back since. Such a log, by which
 * the project would be damaged or would lose recordings, is put aside. Of one that is damaged
 * itself a copy is kept, as SQLite applies what comes before the damage and drops the rest. `note`
 * (transfer full, NULL: nothing was done) says so in a sentence. Nothing is done while anybody has
 * the project open. Reads the file twice where there is a log. WG_ERROR_STORAGE: what has to be put
 * aside cannot be. */
gboolean wg_database_settle_log(const char *path, char **note, GError **error);

/* To be called in each transaction that changes a project: notes whose it is and which in its row,
 * by which a log is told from one of another project or of a later state. */
gboolean wg_database_mark(sqlite3 *db, GError **error);

G_END_DECLS
