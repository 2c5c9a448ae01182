/* Makes a project of the rows that were saved of a damaged one. */
#include "dataset/salvage-joining.h"

#include "dataset/database.h"
#include "dataset/digest.h"
#include "dataset/project-reload.h"
#include "dataset/recording-private.h"
#include "dataset/verification.h"

typedef struct {
    sqlite3 *db;
    const GArray *lost;
    WgSalvage *salvage;
} Joining;

static gboolean
count(sqlite3 *db, const char *sql, int *n, GError **error)
{
    gint64 number = 0;

    if (!wg_database_read_number(db, sql, &number, error))
        return FALSE;
    *n = (int)number;
    return TRUE;
}

#define IN_TAKES "(SELECT recording FROM takes)"
#define IN_RECORDINGS "(SELECT id FROM recordings)"

/* Those that could not be looked up, and that no page had. */
static gboolean
note_lost(const Joining *self, GError **error)
{
    g_autoptr(sqlite3_stmt) select = wg_database_prepare(
        self->db,
        "SELECT EXISTS (SELECT 1 FROM recordings WHERE id = ?1) OR EXISTS (SELECT 1 FROM takes "
        "WHERE recording = ?1)",
        error);

    if (!select ||
        !count(self->db, "SELECT count(*) FROM takes WHERE recording NOT IN " IN_RECORDINGS,
               &self->salvage->n_lost, error))
        return FALSE;
    for (guint i = 0; i < self->lost->len; i++) {
        sqlite3_bind_int64(select, 1, g_array_index(self->lost, gint64, i));
        self->salvage->n_lost +=
            sqlite3_step(select) == SQLITE_ROW && !sqlite3_column_int(select, 0);
        sqlite3_reset(select);
    }
    return TRUE;
}

/* What belongs to nothing any more goes; recordings of which nothing is said get a label. */
static gboolean
join(const Joining *self, GError **error)
{
    return note_lost(self, error) &&
           count(self->db, "SELECT count(*) FROM recordings WHERE id NOT IN " IN_TAKES,
                 &self->salvage->n_nameless, error) &&
           wg_database_exec(
               self->db,
               "DELETE FROM takes WHERE recording NOT IN " IN_RECORDINGS ";"
               "DELETE FROM spans WHERE recording NOT IN " IN_RECORDINGS ";"
               "DELETE FROM gaps WHERE recording NOT IN " IN_RECORDINGS ";"
               "DELETE FROM blocks WHERE recording NOT IN " IN_RECORDINGS ";"
               "UPDATE recordings SET held_back = '" WG_HELD_BACK_DAMAGED
               "' WHERE id NOT IN " IN_TAKES ";"
               "INSERT INTO takes (recording, label, disabled) SELECT id, '" WG_LABEL_RECOVERED
               "', 1 FROM recordings WHERE id NOT IN " IN_TAKES ";"
               "UPDATE models SET parent = NULL WHERE parent NOT IN (SELECT id FROM models);",
               error);
}

/* What is no text is no label and no name. */
static gboolean
mend_texts(const Joining *self, GError **error)
{
    g_autoptr(sqlite3_stmt) select =
        wg_database_prepare(self->db, "SELECT recording, label, person FROM takes", error);
    g_autoptr(sqlite3_stmt) nameless = wg_database_prepare(
        self->db,
        "UPDATE takes SET label = '" WG_LABEL_RECOVERED "', disabled = 1 WHERE recording = ?1",
        error);
    g_autoptr(sqlite3_stmt) apart = wg_database_prepare(
        self->db, "UPDATE recordings SET held_back = '" WG_HELD_BACK_DAMAGED "' WHERE id = ?1",
        error);
    g_autoptr(sqlite3_stmt) nobody =
        wg_database_prepare(self->db, "UPDATE takes SET person = NULL WHERE recording = ?1", error);

    if (!select || !nameless || !apart || !nobody)
        return FALSE;
    while (sqlite3_step(select) == SQLITE_ROW) {
        const char *label = (const char *)sqlite3_column_text(select, 1);
        const char *person = (const char *)sqlite3_column_text(select, 2);
        const gint64 id = sqlite3_column_int64(select, 0);

        if (!label || !*label || !g_utf8_validate(label, -1, NULL)) {
            sqlite3_bind_int64(nameless, 1, id);
            sqlite3_bind_int64(apart, 1, id);
            if (!wg_database_step(self->db, nameless, error) ||
                !wg_database_step(self->db, apart, error))
                return FALSE;
            self->salvage->n_nameless++;
        }
        if (person && !g_utf8_validate(person, -1, NULL)) {
            sqlite3_bind_int64(nobody, 1, id);
            if (!wg_database_step(self->db, nobody, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
run_with_id(sqlite3 *db, const char *sql, gint64 id, GError **error)
{
    g_autoptr(sqlite3_stmt) statement = wg_database_prepare(db, sql, error);

    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, id);
    return wg_database_step(db, statement, error);
}

/* Takes, spans, gaps and blocks go with it. */
static gboolean
remove_recording(sqlite3 *db, gint64 id, GError **error)
{
    return run_with_id(db, "DELETE FROM recordings WHERE id = ?1", id, error);
}

static gboolean
remove_model(sqlite3 *db, gint64 id, GError **error)
{
    return run_with_id(db, "UPDATE models SET parent = NULL WHERE parent = ?1", id, error) &&
           run_with_id(db, "DELETE FROM models WHERE id = ?1", id, error);
}

/* With the digest of what it holds now, and aside until somebody has looked at it. */
static gboolean
keep_changed(sqlite3 *db, gint64 id, GError **error)
{
    const WgReading what = {.id = id, .of = WG_TAKES_ALL, .is_whole = TRUE};
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(sqlite3_stmt) update = wg_database_prepare(
        db,
        "UPDATE OR IGNORE recordings SET digest = ?2, held_back = '" WG_HELD_BACK_DAMAGED
        "' WHERE id = ?1",
        error);
    g_autofree char *hex = NULL;
    guint8 digest[WG_DIGEST_BYTES];

    if (!update || !wg_recordings_read(db, &what, recordings, error) || recordings->len != 1)
        return FALSE;
    hex = wg_recording_compute_digest(g_ptr_array_index(recordings, 0));
    wg_digest_read_hex(hex, digest);
    sqlite3_bind_int64(update, 1, id);
    sqlite3_bind_blob(update, 2, digest, sizeof digest, SQLITE_STATIC);
    if (!wg_database_step(db, update, error))
        return FALSE;
    if (sqlite3_changes(db) == 0) /* another one is just that */
        return remove_recording(db, id, error);
    return run_with_id(db, "UPDATE takes SET disabled = 1 WHERE recording = ?1", id, error);
}

static gboolean
set_apart(const Joining *self, const WgVerification *found, GError **error)
{
    for (guint i = 0; i < found->unreadable->len; i++) {
        if (!remove_recording(self->db, g_array_index(found->unreadable, gint64, i), error))
            return FALSE;
    }
    for (guint i = 0; i < found->changed->len; i++) {
        if (!keep_changed(self->db, g_array_index(found->changed, gint64, i), error))
            return FALSE;
    }
    for (guint i = 0; i < found->models->len; i++) {
        if (!remove_model(self->db, g_array_index(found->models, gint64, i), error))
            return FALSE;
    }
    self->salvage->n_models_lost = (int)found->models->len;
    self->salvage->n_lost += (int)found->unreadable->len;
    self->salvage->n_changed = (int)found->changed->len;
    return TRUE;
}

gboolean
wg_salvage_join(sqlite3 *db, const GArray *lost, WgSalvage *salvage, WgProgress *progress,
                GCancellable *cancellable, GError **error)
{
    const Joining self = {db, lost, salvage};
    g_autoptr(WgVerification) found = wg_verification_new();

    return wg_database_exec(db, "BEGIN IMMEDIATE", error) && join(&self, error) &&
           mend_texts(&self, error) &&
           wg_verification_read(db, found, progress, cancellable, error) &&
           set_apart(&self, found, error) && wg_database_commit(db, error) &&
           count(db, "SELECT count(*) FROM takes WHERE NOT deleted", &salvage->n_recordings,
                 error) &&
           count(db, "SELECT count(*) FROM models", &salvage->n_models, error);
}
