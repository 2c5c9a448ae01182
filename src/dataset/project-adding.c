/* Recordings that are added to the project file. */
#include "base/error.h"
#include "dataset/project-edit-log.h"
#include "dataset/project-growing.h"
#include "dataset/project-spans.h"
#include "dataset/project-trim.h"
#include "dataset/recording-private.h"

/* What the column “deleted” says beside 0. */
#define STATE_DELETED 1
#define STATE_NOT_ADDED 2 /* WG_NOT_ADDED */

static void
bind_recording(sqlite3_stmt *insert, WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    const int n_bytes = spec->n_samples * spec->n_channels * (int)sizeof(float);

    wg_database_bind_text(insert, 1, wg_recording_get_digest(recording));
    wg_database_bind_text(insert, 2, spec->label);
    wg_database_bind_text(insert, 3, spec->person);
    wg_database_bind_text(insert, 4, spec->device);
    wg_database_bind_text(insert, 5, spec->file);
    sqlite3_bind_int(insert, 6, spec->line);
    sqlite3_bind_double(insert, 7, spec->rate_hz);
    sqlite3_bind_int(insert, 8, spec->n_samples);
    sqlite3_bind_int(insert, 9, spec->n_channels);
    sqlite3_bind_double(insert, 10, spec->original_units_per_g);
    sqlite3_bind_int(insert, 11, spec->n_clipped);
    sqlite3_bind_blob(insert, 12, spec->samples, n_bytes, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 13, spec->original, n_bytes, SQLITE_STATIC);
    sqlite3_bind_int(insert, 14, spec->disabled);
    wg_database_bind_text(insert, 15, spec->held_back);
}

static gboolean
set_wrist(sqlite3 *db, gint64 id, WgWrist wrist, GError **error)
{
    g_autoptr(sqlite3_stmt) set =
        wg_database_prepare(db, "UPDATE takes SET wrist = ?2 WHERE recording = ?1", error);

    if (!set)
        return FALSE;
    sqlite3_bind_int64(set, 1, id);
    wg_database_bind_text(set, 2, wg_wrist_get_name(wrist));
    return wg_database_step(db, set, error);
}

static gboolean
insert_one(WgEditLog *log, sqlite3_stmt *insert, WgRecording *recording, gint64 *id, GError **error)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    sqlite3 *db = wg_edit_log_get_db(log);

    bind_recording(insert, recording);
    if (!wg_database_step(db, insert, error))
        return FALSE;
    *id = sqlite3_last_insert_rowid(db);
    wg_edit_log_note(log, WG_FIELD_DELETED, *id, WG_NOT_ADDED, "0");
    /* all else that people say of it the file's trigger copies */
    return (spec->wrist == WG_WRIST_UNKNOWN || set_wrist(db, *id, spec->wrist, error)) &&
           wg_spans_insert(db, *id, spec->spans, spec->n_spans, error) &&
           wg_gaps_insert(db, *id, spec->gaps, spec->n_gaps, error);
}

/* What is in the file but not in the project becomes what is added. */
static gboolean
take_back(WgEditLog *log, WgRecording *recording, gint64 id, GError **error)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    g_autofree char *line = g_strdup_printf("%d", spec->line);
    const char *const values[][2] = {
        {WG_FIELD_LABEL, spec->label},
        {WG_FIELD_PERSON, spec->person},
        {WG_FIELD_WRIST, wg_wrist_get_name(spec->wrist)},
        {"device", spec->device},
        {"file", spec->file},
        {"line", line},
        {"held_back", spec->held_back},
        {WG_FIELD_DISABLED, spec->disabled ? "1" : "0"},
        {WG_FIELD_DELETED, "0"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        if (!wg_edit_log_set(log, values[i][0], id, values[i][1], error))
            return FALSE;
    }
    return wg_edit_log_trim(log, id, 0, 0, error) &&
           wg_edit_log_set_spans(log, id, spec->spans, spec->n_spans, error);
}

/* What a trim left, as a recording that was never more. */
static WgRecording *
dup_untrimmed(WgRecording *recording)
{
    WgRecordingSpec spec = *wg_recording_get(recording);

    if (spec.n_whole == 0)
        return wg_recording_ref(recording);
    spec.trim_first = spec.n_whole = 0;
    return wg_recording_new(&spec);
}

gboolean
wg_edit_log_add(WgEditLog *log, GPtrArray *recordings, gboolean take_back_deleted, gint64 *ids,
                int *n_added, GError **error)
{
    sqlite3 *db = wg_edit_log_get_db(log);
    g_autoptr(sqlite3_stmt) find = wg_database_prepare(
        db, "SELECT id, t.deleted FROM recordings JOIN takes t ON recording = id WHERE digest = ?1",
        error);
    g_autoptr(sqlite3_stmt) insert =
        find ? wg_database_prepare(
                   db,
                   "INSERT INTO recordings (digest, label, person, device, file, line, rate_hz, "
                   "n_samples, n_channels, units_per_g, n_clipped, samples, original, disabled, "
                   "held_back) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
                   "?13, ?14, ?15)",
                   error)
             : NULL;

    if (!insert)
        return FALSE;
    *n_added = 0;
    for (guint i = 0; i < recordings->len; i++) {
        g_autoptr(WgRecording) recording = dup_untrimmed(g_ptr_array_index(recordings, i));
        gint64 id = 0;
        int state = 0;

        wg_database_bind_text(find, 1, wg_recording_get_digest(recording));
        if (sqlite3_step(find) == SQLITE_ROW) {
            id = sqlite3_column_int64(find, 0);
            state = sqlite3_column_int(find, 1);
        }
        sqlite3_reset(find);
        if (id == 0) {
            if (!insert_one(log, insert, recording, &id, error))
                return FALSE;
            ++*n_added;
        } else if (state == STATE_NOT_ADDED || (state == STATE_DELETED && take_back_deleted)) {
            if (!take_back(log, recording, id, error))
                return FALSE;
            ++*n_added;
        }
        if (ids)
            ids[i] = id;
    }
    return TRUE;
}

typedef struct {
    GPtrArray *recordings;
    gint64 *ids;
    int n_added;
} Adding;

static gboolean
add(WgEditLog *log, gpointer data, GError **error)
{
    Adding *adding = data;

    return wg_edit_log_add(log, adding->recordings, FALSE, adding->ids, &adding->n_added, error);
}

gboolean
wg_project_add_recordings(WgProject *self, GPtrArray *recordings, gint64 *ids, int *n_added,
                          GError **error)
{
    Adding adding = {recordings, ids, 0};
    const gboolean is_import =
        recordings->len > 0 && wg_recording_get(g_ptr_array_index(recordings, 0))->file;

    if (!wg_project_edit(self, is_import ? WG_EDIT_IMPORT : WG_EDIT_RECORD, NULL, add, &adding,
                         error))
        return FALSE;
    if (n_added)
        *n_added = adding.n_added;
    return TRUE;
}
