/* SQLite as the project file uses it: opening, migrating, and errors in words. */
#include "dataset/database.h"

#include "base/error.h"
#include "dataset/database-log.h"
#include "dataset/database-migration.h"
#include "dataset/database-safety.h"
#include "dataset/project-file.h"
#include "dataset/project.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdlib.h>

/* In KiB, as a negative number: with less an import of half a million takes writes its pages twice.
 */
#define CACHE_SIZE "-65536"
#define LOOKED_EVERY 100000 /* steps of SQLite: some milliseconds */

/* SQLite says "disk I/O error" of a disk that is full as well. */
static void
fail_of_disk(sqlite3 *db, const char *what, GError **error)
{
    const int reason = sqlite3_system_errno(db);

    if (reason == ENOSPC || reason == EDQUOT)
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("%s cannot be written: the disk is full; make room and try again"), what);
    else
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("%s cannot be read or written: the disk reports an error (%s); copy the "
                      "project to another disk"),
                    what, g_strerror(reason ? reason : EIO));
}

gboolean
wg_database_fail(sqlite3 *db, const char *what, GError **error)
{
    const int code = sqlite3_errcode(db) & 0xff;

    switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_ERROR: /* what we ask is as our tables are */
        g_set_error_literal(
            error, WG_ERROR, WG_ERROR_DAMAGED,
            _("the project file is damaged; nothing was changed in it: save what can "
              "be read of it"));
        break;
    case SQLITE_FULL:
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("%s cannot be written: the disk is full; make room and try again"), what);
        break;
    case SQLITE_IOERR:
        fail_of_disk(db, what, error);
        break;
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG: /* wg_database_bind_text() had none */
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("%s cannot be read or written: no memory is left; close other programs and "
                      "try again"),
                    what);
        break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be written"), what);
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        g_set_error_literal(error, WG_ERROR, WG_ERROR_BUSY,
                            _("another program is writing the project; close it there"));
        break;
    default:
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, "%s: %s", what, sqlite3_errmsg(db));
        break;
    }
    return FALSE;
}

gboolean
wg_database_exec(sqlite3 *db, const char *sql, GError **error)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return TRUE;
    return wg_database_fail(db, "the project file", error);
}

sqlite3_stmt *
wg_database_prepare(sqlite3 *db, const char *sql, GError **error)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK)
        return statement;
    wg_database_fail(db, "the project file", error);
    return NULL;
}

/* SQLite ends a transaction by itself where it has no memory or the disk fails, also while reading;
 * what would then be written alone, and stay, is not. */
static gboolean
check_transaction(sqlite3 *db, GError **error)
{
    if (!sqlite3_get_autocommit(db))
        return TRUE;
    g_set_error_literal(error, WG_ERROR, WG_ERROR_STORAGE,
                        _("the project file could not be read while it was written: nothing was "
                          "changed in it; try again"));
    return FALSE;
}

gboolean
wg_database_commit(sqlite3 *db, GError **error)
{
    return check_transaction(db, error) && wg_database_exec(db, "COMMIT", error);
}

static int
is_cancelled(gpointer cancellable)
{
    return g_cancellable_is_cancelled(cancellable);
}

void
wg_database_stop_when(sqlite3 *db, GCancellable *cancellable)
{
    if (cancellable)
        sqlite3_progress_handler(db, LOOKED_EVERY, is_cancelled, cancellable);
}

gboolean
wg_database_step(sqlite3 *db, sqlite3_stmt *statement, GError **error)
{
    const gboolean may_run = sqlite3_stmt_readonly(statement) || check_transaction(db, error);
    const gboolean is_done = may_run && sqlite3_step(statement) == SQLITE_DONE;

    if (may_run && !is_done)
        wg_database_fail(db, "the project file", error);
    sqlite3_reset(statement);
    return is_done;
}

char *
wg_database_dup_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return g_utf8_make_valid(text ? text : "", -1);
}

void
wg_database_bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    if (!text)
        sqlite3_bind_null(statement, index);
    else if (sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT) != SQLITE_OK)
        /* no memory: nothing must be stored in place of the text, and this is too big to be */
        sqlite3_bind_zeroblob(statement, index, G_MAXINT);
}

gboolean
wg_database_read_number(sqlite3 *db, const char *pragma, gint64 *number, GError **error)
{
    g_autoptr(sqlite3_stmt) statement = wg_database_prepare(db, pragma, error);

    if (!statement)
        return FALSE;
    if (sqlite3_step(statement) != SQLITE_ROW)
        return wg_database_fail(db, "the project file", error);
    *number = sqlite3_column_int64(statement, 0);
    return TRUE;
}

/* Of a file that is cut short SQLite says only that it is malformed: its first bytes tell how long
 * it was. Pages still in the write-ahead log make it shorter too, but then the log is there. */
static gboolean
check_size(const char *path, GError **error)
{
    g_autofree char *real = realpath(path, NULL); /* of a link, as SQLite names what is beside */
    g_autofree char *log_path = g_strconcat(real ? real : path, "-wal", NULL);
    GStatBuf facts, log_facts;
    WgProjectHeader header;

    if (g_stat(path, &facts) != 0 || (g_stat(log_path, &log_facts) == 0 && log_facts.st_size > 0) ||
        !wg_project_read_header(path, &header) || facts.st_size >= header.n_bytes)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_DAMAGED,
                _("%s is cut short: %" PRId64 " of %" PRId64
                  " bytes are there; copy it anew from where it came, or save what can be read of "
                  "it"),
                path, (gint64)facts.st_size, header.n_bytes);
    return FALSE;
}

/* A file that is no project must not become one by being opened. */
static gboolean
check_application(sqlite3 *db, const char *path, GError **error)
{
    gint64 application = 0;

    const gboolean is_read =
        wg_database_read_number(db, "PRAGMA application_id", &application, error);

    if (is_read && application == WG_PROJECT_APPLICATION_ID)
        return TRUE;
    if (!is_read && (sqlite3_errcode(db) & 0xff) != SQLITE_NOTADB) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    g_clear_error(error);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s is no Waggle project"), path);
    return FALSE;
}

static sqlite3 *
open_connection(const char *path, const char *name, int flags, GError **error)
{
    /* a name that SQLite would take for something else, as “:memory:” */
    g_autofree char *plain =
        name == path && !g_path_is_absolute(path) ? g_strconcat("./", path, NULL) : g_strdup(name);
    sqlite3 *db = NULL;

    if (!wg_database_check_beside(path, error))
        return NULL;
    /* one thread alone uses a connection */
    if (sqlite3_open_v2(plain, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
        wg_database_distrust(db);
        sqlite3_busy_timeout(db, WG_DATABASE_BUSY_MS);
        return db;
    }
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                flags & SQLITE_OPEN_CREATE ? _("%s cannot be made: %s")
                                           : _("%s cannot be read: %s"),
                path, db ? g_strerror(sqlite3_system_errno(db)) : g_strerror(ENOMEM));
    sqlite3_close(db);
    return NULL;
}

/* To read a file with a write-ahead log SQLite makes files beside it. */
static gboolean
lacks_room_beside(sqlite3 *db)
{
    int code;

    sqlite3_exec(db, "PRAGMA application_id", NULL, NULL, NULL);
    code = sqlite3_errcode(db) & 0xff;
    return code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
}

/* FALSE where the file could be written and its write-ahead log could not; another writer or a full
 * disk is no such reason. */
static gboolean
can_begin(sqlite3 *db)
{
    gboolean is_full;
    int code;

    sqlite3_busy_timeout(db, 0);
    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    code = sqlite3_errcode(db) & 0xff;
    is_full = sqlite3_system_errno(db) == ENOSPC;
    if (code == SQLITE_OK)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_busy_timeout(db, WG_DATABASE_BUSY_MS);
    return is_full || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY);
}

static sqlite3 *
open_as_it_lies(const char *path, const char *real, GError **error)
{
    g_autofree char *escaped = g_uri_escape_string(real, "/", FALSE);
    g_autofree char *uri = g_strdup_printf("file://%s?immutable=1", escaped);

    return open_connection(path, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

sqlite3 *
wg_database_open_without_log(const char *path)
{
    g_autofree char *real = realpath(path, NULL);

    return real ? open_as_it_lies(path, real, NULL) : NULL;
}

/* Opens a file beside which nothing can be written, as one that does not change. That is only true
 * where no writer left anything beside it. */
static sqlite3 *
open_immutable(const char *path, GError **error)
{
    static const char *const endings[] = {"-wal", "-journal"};
    g_autofree char *real = realpath(path, NULL); /* of a link, as SQLite names what is beside */

    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *beside = g_strconcat(real ? real : path, endings[i], NULL);
        GStatBuf facts;

        if (g_stat(beside, &facts) != 0 || facts.st_size == 0)
            continue;
        g_set_error(
            error, WG_ERROR, WG_ERROR_STORAGE,
            _("%s was not closed well: what was written last is in %s, and is not read where "
              "nothing can be written: copy both to such a place"),
            path, beside);
        return NULL;
    }
    return open_as_it_lies(path, real ? real : path, error);
}

static gboolean
is_beside(const char *path, const char *ending)
{
    g_autofree char *beside = g_strconcat(path, ending, NULL);

    return g_file_test(beside, G_FILE_TEST_EXISTS);
}

sqlite3 *
wg_database_open_to_read(const char *path, gboolean is_alone, GError **error)
{
    sqlite3 *db;

    /* a connection that can only read would leave a log and its index behind */
    if (is_alone && !is_beside(path, "-wal") && !is_beside(path, "-journal"))
        return open_immutable(path, error);
    db = open_connection(path, path, SQLITE_OPEN_READONLY, error);
    if (db && lacks_room_beside(db)) {
        sqlite3_close(db);
        db = open_immutable(path, error);
    }
    return db;
}

void
wg_database_opening_clear(WgDatabaseOpening *self)
{
    g_clear_pointer(&self->former, g_free);
    g_clear_pointer(&self->log_note, g_free);
}

sqlite3 *
wg_database_open(const char *path, gboolean create, WgDatabaseOpening *opening, GError **error)
{
    WgProjectLock *lock = NULL;
    sqlite3 *db = NULL;
    gboolean is_ready;

    *opening = (WgDatabaseOpening){FALSE, NULL, NULL};
    if (wg_database_check_beside(path, error) &&
        (create ? wg_database_settle_stray_log(path, &opening->log_note, error)
                : wg_database_settle_log(path, &lock, &opening->log_note, error)))
        db = open_connection(path, path, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0),
                             error);
    if (db && !create && lacks_room_beside(db)) {
        sqlite3_close(db);
        db = open_immutable(path, error);
    }
    g_clear_pointer(&lock, wg_project_lock_free); /* the log has been read, and is ours as well */
    if (!db)
        return NULL;
    opening->is_read_only = sqlite3_db_readonly(db, "main") == 1 || (!create && !can_begin(db));
    is_ready = (create || (check_size(path, error) && check_application(db, path, error))) &&
               wg_database_check_schema(db, path, error) &&
               wg_database_migrate(&db, path, opening->is_read_only, &opening->former, error);
    if (is_ready && !opening->is_read_only) {
        /* where the file system has no shared memory, WAL is refused and the rollback journal stays
         */
        sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        is_ready = wg_database_exec(db, "PRAGMA synchronous = FULL", error);
    }
    is_ready =
        is_ready &&
        wg_database_exec(db, "PRAGMA foreign_keys = ON; PRAGMA cache_size = " CACHE_SIZE, error);
    if (!is_ready) {
        sqlite3_close(db);
        return NULL;
    }
    return db;
}
