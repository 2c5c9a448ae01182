/* Recordings that are added to the project file. */
#include "dataset/project-adding.h"

#include "base/error.h"
#include "dataset/digest.h"
#include "dataset/project-growing.h"
#include "dataset/project-spans.h"
#include "dataset/project-trim.h"
#include "dataset/recording-private.h"

/* What the column “deleted” says beside 0. */
#define STATE_DELETED 1
#define STATE_NOT_ADDED 2 /* WG_NOT_ADDED */

/* The statements that are run for each recording. */
struct _WgAdding {
    WgEditLog *log;
    sqlite3_stmt *insert, *say, *find;
    GByteArray *room;
    char *now;   /* when all of them are added */
    gint64 next; /* id; what was given once is not given again */
};

void
wg_adding_free(WgAdding *self)
{
    sqlite3_finalize(self->insert);
    sqlite3_finalize(self->say);
    sqlite3_finalize(self->find);
    g_byte_array_unref(self->room);
    g_free(self->now);
    g_free(self);
}

WgAdding *
wg_adding_new(WgEditLog *log, GError **error)
{
    static const char *const sql[] = {
        "INSERT INTO recordings (id, digest, device, file, line, rate_hz, n_samples, n_channels, "
        "units_per_g, n_clipped, held_back, rule, samples, original, added) VALUES (?1, ?2, ?3, "
        "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (digest) DO NOTHING",
        "INSERT INTO takes (recording, label, person, wrist, disabled) VALUES (?1, ?2, ?3, ?4, ?5)",
        "SELECT id, deleted FROM recordings JOIN takes ON recording = id WHERE digest = ?1"};
    sqlite3 *db = wg_edit_log_get_db(log);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(WgAdding) self = g_new0(WgAdding, 1);
    sqlite3_stmt **statements[] = {&self->insert, &self->say, &self->find};

    self->log = log;
    self->room = g_byte_array_new();
    self->now = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    for (gsize i = 0; i < G_N_ELEMENTS(sql); i++) {
        *statements[i] = wg_database_prepare(db, sql[i], error);
        if (!*statements[i])
            return NULL;
    }
    return wg_database_read_number(db,
                                   "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = "
                                   "'recordings'), 0) + 1",
                                   &self->next, error)
               ? g_steal_pointer(&self)
               : NULL;
}

gint64
wg_adding_get_next(WgAdding *self)
{
    return self->next;
}

static void
bind_static(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC); /* NULL binds NULL */
}

/* `id` 0: there is one with its digest. */
static gboolean
insert_one(WgAdding *self, WgRecording *recording, const guint8 *digest, gint64 *id, GError **error)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(recording);
    sqlite3 *db = wg_edit_log_get_db(self->log);
    WgPackedParts parts;

    wg_recording_get_parts(recording, self->room, &parts);
    sqlite3_bind_int64(self->insert, 1, self->next);
    sqlite3_bind_blob(self->insert, 2, digest, WG_DIGEST_BYTES, SQLITE_STATIC);
    bind_static(self->insert, 3, spec->device);
    bind_static(self->insert, 4, spec->file);
    sqlite3_bind_int(self->insert, 5, spec->line);
    sqlite3_bind_double(self->insert, 6, spec->rate_hz);
    sqlite3_bind_int(self->insert, 7, spec->n_samples);
    sqlite3_bind_int(self->insert, 8, spec->n_channels);
    sqlite3_bind_double(self->insert, 9, spec->original_units_per_g);
    sqlite3_bind_int(self->insert, 10, spec->n_clipped);
    bind_static(self->insert, 11, spec->held_back);
    wg_parts_bind(&parts, self->insert, 12, 13, 14);
    bind_static(self->insert, 15, self->now);
    *id = 0;
    if (!wg_database_step(db, self->insert, error))
        return FALSE;
    if (sqlite3_changes(db) == 0)
        return TRUE;
    *id = self->next++;
    sqlite3_bind_int64(self->say, 1, *id);
    bind_static(self->say, 2, spec->label);
    bind_static(self->say, 3, spec->person);
    bind_static(self->say, 4, wg_wrist_get_name(spec->wrist));
    sqlite3_bind_int(self->say, 5, spec->disabled);
    wg_edit_log_note(self->log, WG_FIELD_DELETED, *id, WG_NOT_ADDED, "0");
    return wg_database_step(db, self->say, error) &&
           wg_spans_insert(db, *id, spec->spans, spec->n_spans, error) &&
           wg_gaps_insert(db, *id, spec->gaps, spec->n_gaps, error);
}

/* `id` 0: there is none. */
static gboolean
find_known(WgAdding *self, const guint8 *digest, gint64 *id, int *state, GError **error)
{
    int code;

    sqlite3_bind_blob(self->find, 1, digest, WG_DIGEST_BYTES, SQLITE_STATIC);
    code = sqlite3_step(self->find);
    if (code == SQLITE_ROW) {
        *id = sqlite3_column_int64(self->find, 0);
        *state = sqlite3_column_int(self->find, 1);
    }
    sqlite3_reset(self->find);
    return code == SQLITE_ROW || code == SQLITE_DONE ||
           wg_database_fail(wg_edit_log_get_db(self->log), "the project file", error);
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
    WgRecordingSpec spec;

    if (wg_recording_get_facts(recording)->n_whole == 0)
        return wg_recording_ref(recording);
    spec = *wg_recording_get(recording);
    spec.trim_first = spec.n_whole = 0;
    return wg_recording_new(&spec);
}

gboolean
wg_adding_add(WgAdding *self, GPtrArray *recordings, gboolean take_back_deleted, gint64 *ids,
              int *n_added, GError **error)
{
    for (guint i = 0; i < recordings->len; i++) {
        g_autoptr(WgRecording) recording = dup_untrimmed(g_ptr_array_index(recordings, i));
        guint8 digest[WG_DIGEST_BYTES];
        int state = 0;
        gint64 id;

        wg_digest_read_hex(wg_recording_get_digest(recording), digest);
        if (!insert_one(self, recording, digest, &id, error))
            return FALSE;
        *n_added += id > 0;
        if (id == 0) {
            if (!find_known(self, digest, &id, &state, error))
                return FALSE;
            if (state == STATE_NOT_ADDED || (state == STATE_DELETED && take_back_deleted)) {
                if (!take_back(self->log, recording, id, error))
                    return FALSE;
                ++*n_added;
            }
        }
        if (ids)
            ids[i] = id;
    }
    return TRUE;
}

gboolean
wg_adding_rename(sqlite3 *db, gint64 first, const char *from, const char *to, GError **error)
{
    static const char *const sql[] = {
        "UPDATE takes SET label = ?3 WHERE recording >= ?1 AND label = ?2",
        "UPDATE spans SET label = ?3 WHERE recording >= ?1 AND label = ?2"};

    for (gsize i = 0; i < G_N_ELEMENTS(sql); i++) {
        g_autoptr(sqlite3_stmt) update = wg_database_prepare(db, sql[i], error);

        if (!update)
            return FALSE;
        sqlite3_bind_int64(update, 1, first);
        bind_static(update, 2, from);
        bind_static(update, 3, to);
        if (!wg_database_step(db, update, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_edit_log_add(WgEditLog *log, GPtrArray *recordings, gboolean take_back_deleted, gint64 *ids,
                int *n_added, GError **error)
{
    g_autoptr(WgAdding) adding = wg_adding_new(log, error);

    *n_added = 0;
    return adding && wg_adding_add(adding, recordings, take_back_deleted, ids, n_added, error);
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
