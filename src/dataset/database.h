/* SQLite as the project file uses it: opening, migrating, and errors in words. Inside dataset/
 * only. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Another program's write lock is waited for so long. */
#define WG_DATABASE_BUSY_MS 5000

/* What opening a project has come to. */
typedef struct {
    gboolean is_read_only;
    char *former;   /* where the copy is of how it was before it was migrated; NULL: it was not */
    char *log_note; /* what became of a log that a killed program left; NULL: it is as it should be
                     */
} WgDatabaseOpening;

void wg_database_opening_clear(WgDatabaseOpening *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WgDatabaseOpening, wg_database_opening_clear)

/* Opens the file at `path` (made where `create`), checks that it is a project, and migrates it.
 * Where nothing can be written it is opened to be read. `opening` is filled in, and cleared by the
 * caller. */
sqlite3 *wg_database_open(const char *path, gboolean create, WgDatabaseOpening *opening,
                          GError **error);
/* Only to look at it: nothing is migrated, and nothing but that the file is there is checked.
 * `is_alone`: nobody writes it meanwhile; then nothing is left beside it. */
sqlite3 *wg_database_open_to_read(const char *path, gboolean is_alone, GError **error);
/* As the file is without the log beside it; NULL: it cannot be read. */
sqlite3 *wg_database_open_without_log(const char *path);
/* Sets the error from the connection's last one; always gives FALSE. */
gboolean wg_database_fail(sqlite3 *db, const char *what, GError **error);
gboolean wg_database_exec(sqlite3 *db, const char *sql, GError **error);
/* Ends the transaction that "BEGIN" began. */
gboolean wg_database_commit(sqlite3 *db, GError **error);
/* What is asked of the connection from now on ends, as failed, soon after `cancellable` (may be
 * NULL, kept by the caller) is cancelled. */
void wg_database_stop_when(sqlite3 *db, GCancellable *cancellable);
/* NULL with the error set. */
sqlite3_stmt *wg_database_prepare(sqlite3 *db, const char *sql, GError **error);
/* Runs a statement that gives no rows, and resets it. */
gboolean wg_database_step(sqlite3 *db, sqlite3_stmt *statement, GError **error);
/* The first number that the statement gives. */
gboolean wg_database_read_number(sqlite3 *db, const char *sql, gint64 *number, GError **error);
/* The text of a column as UTF-8, never NULL: what a damaged file has there is not believed. Owner:
 * caller. */
char *wg_database_dup_text(sqlite3_stmt *row, int column);
/* NULL text binds NULL. */
void wg_database_bind_text(sqlite3_stmt *statement, int index, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
