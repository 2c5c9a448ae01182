/* Edits of the project as the file keeps them: made, taken back, and made again. */
#include "dataset/project-edit-log.h"
#include "dataset/project-private.h"

void
wg_edit_note_free(WgEditNote *note)
{
    g_free(note->kind);
    g_free(note->detail);
    g_free(note);
}

/* What was taken back is gone for good once something else is done; the oldest go where there are
 * many. */
static gboolean
cut(sqlite3 *db, GError **error)
{
    g_autofree char *prune = g_strdup_printf(
        "DELETE FROM edits WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER newer AS n, "
        "sum(length(changes)) OVER newer AS n_bytes FROM edits WINDOW newer AS (ORDER BY id DESC)) "
        "WHERE n > %d OR (n > 1 AND n_bytes > %d))",
        WG_EDITS_MAX, WG_EDITS_MAX_BYTES);

    return wg_database_exec(db, "DELETE FROM edits WHERE is_undone", error) &&
           wg_database_exec(db, prune, error);
}

gboolean
wg_edit_log_close(WgEditLog *log, const char *kind, const char *detail, GError **error)
{
    sqlite3 *db = wg_edit_log_get_db(log);

    return wg_edit_log_is_empty(log) ||
           (wg_edit_log_store(log, kind, detail, error) && cut(db, error));
}

typedef struct {
    const char *kind, *detail;
    WgEditFunc func;
    gpointer data;
} Editing;

static gboolean
edit(sqlite3 *db, gpointer data, GError **error)
{
    const Editing *editing = data;
    g_autoptr(WgEditLog) log = wg_edit_log_new(db);

    return editing->func(log, editing->data, error) &&
           wg_edit_log_close(log, editing->kind, editing->detail, error);
}

gboolean
wg_project_edit(WgProject *self, const char *kind, const char *detail, WgEditFunc func,
                gpointer data, GError **error)
{
    Editing editing = {kind, detail, func, data};

    return wg_project_work(self, TRUE, edit, &editing, error);
}

/* The newest that is in force, or the oldest that was taken back. */
#define UNDO_SQL "FROM edits WHERE NOT is_undone ORDER BY id DESC LIMIT 1"
#define REDO_SQL "FROM edits WHERE is_undone ORDER BY id LIMIT 1"

typedef struct {
    WgEditNote *undo, *redo;
} Noting;

static gboolean
load_note(sqlite3 *db, const char *sql, WgEditNote **note, GError **error)
{
    g_autoptr(sqlite3_stmt) row = wg_database_prepare(db, sql, error);

    if (!row)
        return FALSE;
    if (sqlite3_step(row) != SQLITE_ROW)
        return TRUE;
    *note = g_new0(WgEditNote, 1);
    (*note)->id = sqlite3_column_int64(row, 0);
    (*note)->kind = wg_database_dup_text(row, 1);
    if (sqlite3_column_type(row, 2) != SQLITE_NULL)
        (*note)->detail = wg_database_dup_text(row, 2);
    (*note)->n = sqlite3_column_int(row, 3);
    return TRUE;
}

static gboolean
load(sqlite3 *db, gpointer data, GError **error)
{
    Noting *noting = data;

    return load_note(db, "SELECT id, kind, detail, n " UNDO_SQL, &noting->undo, error) &&
           load_note(db, "SELECT id, kind, detail, n " REDO_SQL, &noting->redo, error);
}

gboolean
wg_project_load_edits(WgProject *self, WgEditNote **undo, WgEditNote **redo, GError **error)
{
    Noting noting = {NULL, NULL};
    const gboolean is_loaded = wg_project_work(self, FALSE, load, &noting, error);

    *undo = is_loaded ? noting.undo : NULL;
    *redo = is_loaded ? noting.redo : NULL;
    return is_loaded;
}

static gboolean
store_turned(sqlite3 *db, gint64 id, gboolean forward, GBytes *rest, GError **error)
{
    g_autoptr(sqlite3_stmt) update = wg_database_prepare(
        db, "UPDATE edits SET is_undone = ?2, changes = coalesce(?3, changes) WHERE id = ?1",
        error);

    if (!update)
        return FALSE;
    sqlite3_bind_int64(update, 1, id);
    sqlite3_bind_int(update, 2, !forward);
    if (rest && g_bytes_get_size(rest) > 0)
        sqlite3_bind_blob64(update, 3, g_bytes_get_data(rest, NULL), g_bytes_get_size(rest),
                            SQLITE_STATIC);
    else if (rest)
        sqlite3_bind_zeroblob(update, 3, 0);
    return wg_database_step(db, update, error);
}

static gboolean
turn(sqlite3 *db, gpointer data, GError **error)
{
    const gboolean forward = *(const gboolean *)data;
    g_autoptr(WgEditLog) log = wg_edit_log_new(db);
    g_autoptr(sqlite3_stmt) row = wg_database_prepare(
        db, forward ? "SELECT id, changes " REDO_SQL : "SELECT id, changes " UNDO_SQL, error);
    g_autoptr(GBytes) changes = NULL, rest = NULL;
    gint64 id;

    if (!row)
        return FALSE;
    if (sqlite3_step(row) != SQLITE_ROW)
        return TRUE;
    id = sqlite3_column_int64(row, 0);
    changes = g_bytes_new(sqlite3_column_blob(row, 1), (gsize)sqlite3_column_bytes(row, 1));
    sqlite3_reset(row);
    return wg_edit_log_apply(log, changes, forward, &rest, error) &&
           store_turned(db, id, forward, rest, error);
}

gboolean
wg_project_undo(WgProject *self, GError **error)
{
    gboolean forward = FALSE;

    return wg_project_work(self, TRUE, turn, &forward, error);
}

gboolean
wg_project_redo(WgProject *self, GError **error)
{
    gboolean forward = TRUE;

    return wg_project_work(self, TRUE, turn, &forward, error);
}
