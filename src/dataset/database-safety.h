/* What keeps a project file of somebody else from doing more than garble itself. */
#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

/* Before a file is opened. SQLite trusts what lies beside it: a rollback journal can name a file
 * that it deletes when it is done (https://www.sqlite.org/fileformat2.html#the_rollback_journal,
 * the super-journal), and a link in the place of a journal or log is written through.
 * WG_ERROR_INPUT naming that file. */
gboolean wg_database_check_beside(const char *path, GError **error);

/* Of a fresh connection: what the file itself says is not trusted
 * (https://www.sqlite.org/security.html). */
void wg_database_distrust(sqlite3 *db);

/* Triggers, views, virtual tables, computed columns and indexes are programs that run whenever a
 * project is read or written: only those that a migration of ours wrote, word by word, may be in
 * it. WG_ERROR_INPUT naming what is not. */
gboolean wg_database_check_schema(sqlite3 *db, const char *path, GError **error);

G_END_DECLS
