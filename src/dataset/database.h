/* SQLite as the project file uses it: opening, migrating, and errors in words. Inside dataset/
 * only. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Another program's write lock is waited for so long. */
#define WG_DATABASE_BUSY_MS 5000

/* Opens the file at `path` (made where `create`), checks that it is a project, and migrates it.
 * Where nothing can be written it is opened to be read. */
sqlite3 *wg_database_open(const char *path, gboolean create, gboolean *is_read_only,
                          GError **error);
/* Sets the error from the connection's last one; always gives FALSE. */
gboolean wg_database_fail(sqlite3 *db, const char *what, GError **error);
gboolean wg_database_exec(sqlite3 *db, const char *sql, GError **error);
/* NULL with the error set. */
sqlite3_stmt *wg_database_prepare(sqlite3 *db, const char *sql, GError **error);
/* Runs a statement that gives no rows, and resets it. */
gboolean wg_database_step(sqlite3 *db, sqlite3_stmt *statement, GError **error);
/* A project of an older form on a medium that cannot be written lacks the newer tables. */
gboolean wg_database_has_table(sqlite3 *db, const char *name);
/* NULL text binds NULL. */
void wg_database_bind_text(sqlite3_stmt *statement, int index, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
