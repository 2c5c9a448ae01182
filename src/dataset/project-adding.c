/* Recordings that are added to the project file. */
#include "base/error.h"
#include "dataset/digest.h"
#include "dataset/project-edit-log.h"
#include "dataset/project-growing.h"
#include "dataset/project-spans.h"
#include "dataset/project-trim.h"
#include "dataset/recording-private.h"

/* What the column “deleted” says beside 0. */
#define STATE_DELETED 1
#define STATE_NOT_ADDED 2 /* WG_NOT_ADDED */

/* The statements that are run for each recording. */
typedef struct {
    sqlite3_stmt *insert, *say, *find;
    GByteArray *room;
    char *now;   /* when all of them are added */
    gint64 next; /* id; what was given once is not given again */
} Adder;

static void
adder_clear(Adder *adder)
{
    sqlite3_finalize(adder->insert);
    sqlite3_finalize(adder->say);
    sqlite3_finalize(adder->find);
    g_byte_array_unref(adder->room);
    g_free(adder->now);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Adder, adder_clear)

static gboolean
adder_init(Adder *adder, sqlite3 *db, GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();

    *adder =
        (Adder){.room = g_byte_array_new(), .now = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ")};
    adder->insert = wg_database_prepare(
        db,
        "INSERT INTO recordings (id, digest, device, file, line, rate_hz, n_samples, n_channels, "
        "units_per_g, n_clipped, held_back, rule, samples, original, added) VALUES (?1, ?2, ?3, "
        "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (digest) DO NOTHING",
        error);
    adder->say = adder->insert
                     ? wg_database_prepare(
                           db,
                           "INSERT INTO takes (recording, label, person, wrist, disabled) VALUES "
                           "(?1, ?2, ?3, ?4, ?5)",
                           error)
                     : NULL;
    adder->find = adder->say ? wg_database_prepare(db,
                                                   "SELECT id, deleted FROM recordings JOIN takes "
                                                   "ON recording = id WHERE digest = ?1",
                                                   error)
                             : NULL;
    return adder->find &&
           wg_database_read_number(db,
                                   "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = "
                                   "'recordings'), 0) + 1",
                                   &adder->next, error);
}

static void
bind_static(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC); /* NULL binds NULL */
}

/* `id` 0: there is one with its digest. */
static gboolean
insert_one(Adder *adder, WgEditLog *log, WgRecording *recording, const guint8 *digest, gint64 *id,
           GError **error)
{
    const WgRecordingSpec *spec = wg_recording_get_facts(recording);
    sqlite3 *db = wg_edit_log_get_db(log);
    WgPackedParts parts;

    wg_recording_get_parts(recording, adder->room, &parts);
    sqlite3_bind_int64(adder->insert, 1, adder->next);
    sqlite3_bind_blob(adder->insert, 2, digest, WG_DIGEST_BYTES, SQLITE_STATIC);
    bind_static(adder->insert, 3, spec->device);
    bind_static(adder->insert, 4, spec->file);
    sqlite3_bind_int(adder->insert, 5, spec->line);
    sqlite3_bind_double(adder->insert, 6, spec->rate_hz);
    sqlite3_bind_int(adder->insert, 7, spec->n_samples);
    sqlite3_bind_int(adder->insert, 8, spec->n_channels);
    sqlite3_bind_double(adder->insert, 9, spec->original_units_per_g);
    sqlite3_bind_int(adder->insert, 10, spec->n_clipped);
    bind_static(adder->insert, 11, spec->held_back);
    wg_parts_bind(&parts, adder->insert, 12, 13, 14);
    bind_static(adder->insert, 15, adder->now);
    *id = 0;
    if (!wg_database_step(db, adder->insert, error))
        return FALSE;
    if (sqlite3_changes(db) == 0)
        return TRUE;
    *id = adder->next++;
    sqlite3_bind_int64(adder->say, 1, *id);
    bind_static(adder->say, 2, spec->label);
    bind_static(adder->say, 3, spec->person);
    bind_static(adder->say, 4, wg_wrist_get_name(spec->wrist));
    sqlite3_bind_int(adder->say, 5, spec->disabled);
    wg_edit_log_note(log, WG_FIELD_DELETED, *id, WG_NOT_ADDED, "0");
    return wg_database_step(db, adder->say, error) &&
           wg_spans_insert(db, *id, spec->spans, spec->n_spans, error) &&
           wg_gaps_insert(db, *id, spec->gaps, spec->n_gaps, error);
}

static gint64
find_known(Adder *adder, const guint8 *digest, int *state)
{
    gint64 id = 0;

    sqlite3_bind_blob(adder->find, 1, digest, WG_DIGEST_BYTES, SQLITE_STATIC);
    if (sqlite3_step(adder->find) == SQLITE_ROW) {
        id = sqlite3_column_int64(adder->find, 0);
        *state = sqlite3_column_int(adder->find, 1);
    }
    sqlite3_reset(adder->find);
    return id;
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
    g_auto(Adder) adder;

    if (!adder_init(&adder, wg_edit_log_get_db(log), error))
        return FALSE;
    *n_added = 0;
    for (guint i = 0; i < recordings->len; i++) {
        g_autoptr(WgRecording) recording = dup_untrimmed(g_ptr_array_index(recordings, i));
        guint8 digest[WG_DIGEST_BYTES];
        int state = 0;
        gint64 id;

        wg_digest_read_hex(wg_recording_get_digest(recording), digest);
        if (!insert_one(&adder, log, recording, digest, &id, error))
            return FALSE;
        *n_added += id > 0;
        if (id == 0) {
            id = find_known(&adder, digest, &state);
            if (state == STATE_NOT_ADDED || (state == STATE_DELETED && take_back_deleted)) {
                if (!take_back(log, recording, id, error))
                    return FALSE;
                ++*n_added;
            }
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
