/* The recordings of the project file. */
#include "dataset/project-growing.h"
#include "dataset/project-spans.h"

#include <string.h>

typedef struct {
    GPtrArray *recordings;
    gint64 *ids;
    int n_added;
} Adding;

/* Samples are stored as 32-bit floats, little endian; hosts of another order would swap here. */
G_STATIC_ASSERT(G_BYTE_ORDER == G_LITTLE_ENDIAN);

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
add(sqlite3 *db, gpointer data, GError **error)
{
    Adding *adding = data;
    g_autoptr(sqlite3_stmt) find =
        wg_database_prepare(db, "SELECT id FROM recordings WHERE digest = ?1", error);
    g_autoptr(sqlite3_stmt) insert =
        find ? wg_database_prepare(
                   db,
                   "INSERT INTO recordings (digest, label, person, device, file, line, rate_hz, "
                   "n_samples, n_channels, units_per_g, n_clipped, samples, original, disabled, "
                   "held_back) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
                   "?14, ?15)",
                   error)
             : NULL;

    if (!insert)
        return FALSE;
    for (guint i = 0; i < adding->recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(adding->recordings, i);
        gint64 id;

        wg_database_bind_text(find, 1, wg_recording_get_digest(recording));
        if (sqlite3_step(find) == SQLITE_ROW) {
            id = sqlite3_column_int64(find, 0);
        } else {
            bind_recording(insert, recording);
            if (!wg_database_step(db, insert, error))
                return FALSE;
            id = sqlite3_last_insert_rowid(db);
            if (!wg_spans_insert(db, id, wg_recording_get(recording)->spans,
                                 wg_recording_get(recording)->n_spans, error) ||
                !wg_gaps_insert(db, id, wg_recording_get(recording)->gaps,
                                wg_recording_get(recording)->n_gaps, error))
                return FALSE;
            adding->n_added++;
        }
        sqlite3_reset(find);
        if (adding->ids)
            adding->ids[i] = id;
    }
    return TRUE;
}

gboolean
wg_project_add_recordings(WgProject *self, GPtrArray *recordings, gint64 *ids, int *n_added,
                          GError **error)
{
    Adding adding = {recordings, ids, 0};

    if (!wg_project_work(self, TRUE, add, &adding, error))
        return FALSE;
    if (n_added)
        *n_added = adding.n_added;
    return TRUE;
}

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *row, *spans, *gaps;
} Reading;

/* A recording that still grows, or whose program was killed, has its samples in blocks. */
static gboolean
read_samples(Reading *reading, WgRecordingSpec *spec, float **samples, float **original)
{
    const int n_bytes = sqlite3_column_bytes(reading->row, 11);

    if (spec->n_samples > 0) {
        spec->samples = sqlite3_column_blob(reading->row, 11);
        spec->original = sqlite3_column_blob(reading->row, 12);
        return n_bytes == sqlite3_column_bytes(reading->row, 12) &&
               n_bytes == (gint64)spec->n_samples * spec->n_channels * (gint64)sizeof(float);
    }
    spec->original = *original = wg_growing_read(reading->db, spec->id, &spec->n_samples);
    spec->samples = *samples = g_new(float, (gsize)spec->n_samples * 3 + 1);
    for (int i = 0; i < 3 * spec->n_samples; i++)
        (*samples)[i] = (float)(spec->original[i] / spec->original_units_per_g);
    return spec->n_channels == 3;
}

/* NULL: it is damaged, or (is_empty) nothing was recorded yet. */
static WgRecording *
read_recording(Reading *reading, gboolean *is_empty)
{
    sqlite3_stmt *row = reading->row;
    g_autoptr(GArray) spans = wg_spans_read(reading->spans, sqlite3_column_int64(row, 0));
    g_autoptr(GArray) gaps = wg_gaps_read(reading->gaps, sqlite3_column_int64(row, 0));
    g_autofree float *samples = NULL, *original = NULL;
    WgRecordingSpec spec = {
        .id = sqlite3_column_int64(row, 0),
        .label = (const char *)sqlite3_column_text(row, 1),
        .person = (const char *)sqlite3_column_text(row, 2),
        .device = (const char *)sqlite3_column_text(row, 3),
        .file = (const char *)sqlite3_column_text(row, 4),
        .line = sqlite3_column_int(row, 5),
        .rate_hz = sqlite3_column_double(row, 6),
        .n_samples = sqlite3_column_int(row, 7),
        .n_channels = sqlite3_column_int(row, 8),
        .original_units_per_g = sqlite3_column_double(row, 9),
        .n_clipped = sqlite3_column_int(row, 10),
        .disabled = sqlite3_column_int(row, 13) != 0,
        .held_back = (const char *)sqlite3_column_text(row, 14),
        .spans = (const WgLabelSpan *)(gpointer)spans->data,
        .n_spans = (int)spans->len,
        .gaps = (const WgGap *)(gpointer)gaps->data,
        .n_gaps = (int)gaps->len,
    };

    *is_empty = FALSE;
    /* what a damaged or hand-made file says is not believed */
    if (spec.n_samples < 0 || spec.n_channels < 3 || spec.n_channels > 6 || !spec.label ||
        spec.rate_hz <= 0 || !read_samples(reading, &spec, &samples, &original))
        return NULL;
    *is_empty = spec.n_samples == 0;
    if (*is_empty || !wg_spans_check(spec.spans, spec.n_spans, spec.n_samples, NULL) ||
        !wg_gaps_are_sound(spec.gaps, spec.n_gaps, spec.n_samples))
        return NULL;
    return wg_recording_new(&spec);
}

static gboolean
load(sqlite3 *db, gpointer data, GError **error)
{
    GPtrArray *recordings = data;
    g_autoptr(sqlite3_stmt) row = NULL, select_spans = NULL, select_gaps = NULL;
    int code;

    if (!wg_spans_prepare(db, &select_spans, error) || !wg_gaps_prepare(db, &select_gaps, error))
        return FALSE;
    row = wg_database_prepare(
        db,
        select_gaps
            ? "SELECT id, label, person, device, file, line, rate_hz, n_samples, n_channels, "
              "units_per_g, n_clipped, samples, original, disabled, held_back FROM recordings "
              "WHERE NOT deleted ORDER BY id"
            : "SELECT id, label, person, device, file, line, rate_hz, n_samples, n_channels, "
              "units_per_g, n_clipped, samples, original, disabled, NULL FROM recordings "
              "WHERE NOT deleted ORDER BY id",
        error);
    if (!row)
        return FALSE;
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        Reading reading = {db, row, select_spans, select_gaps};
        gboolean is_empty;
        WgRecording *recording = read_recording(&reading, &is_empty);

        if (recording)
            g_ptr_array_add(recordings, recording);
        else if (!is_empty)
            g_warning("recording %d of the project is damaged and left out",
                      sqlite3_column_int(row, 0));
    }
    return code == SQLITE_DONE || wg_database_fail(db, "the recordings", error);
}

GPtrArray *
wg_project_load_recordings(WgProject *self, GError **error)
{
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    if (!wg_project_work(self, FALSE, load, recordings, error))
        return NULL;
    return g_steal_pointer(&recordings);
}

typedef struct {
    const char *sql; /* ?1 the value, ?2 the id */
    const gint64 *ids;
    int n;
    const char *text;
} Editing;

static gboolean
edit(sqlite3 *db, gpointer data, GError **error)
{
    Editing *editing = data;
    g_autoptr(sqlite3_stmt) update = wg_database_prepare(db, editing->sql, error);

    if (!update)
        return FALSE;
    for (int i = 0; i < editing->n; i++) {
        wg_database_bind_text(update, 1, editing->text);
        sqlite3_bind_int64(update, 2, editing->ids[i]);
        if (!wg_database_step(db, update, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_project_relabel(WgProject *self, const gint64 *ids, int n, const char *label, GError **error)
{
    Editing editing = {"UPDATE recordings SET label = ?1 WHERE id = ?2", ids, n, label};

    return wg_project_work(self, TRUE, edit, &editing, error);
}

gboolean
wg_project_set_person(WgProject *self, const gint64 *ids, int n, const char *person, GError **error)
{
    Editing editing = {"UPDATE recordings SET person = ?1 WHERE id = ?2", ids, n, person};

    return wg_project_work(self, TRUE, edit, &editing, error);
}

gboolean
wg_project_set_deleted(WgProject *self, const gint64 *ids, int n, gboolean deleted, GError **error)
{
    Editing editing = {"UPDATE recordings SET deleted = CAST(?1 AS INTEGER) WHERE id = ?2", ids, n,
                       deleted ? "1" : "0"};

    return wg_project_work(self, TRUE, edit, &editing, error);
}

gboolean
wg_project_set_disabled(WgProject *self, const gint64 *ids, int n, gboolean disabled,
                        GError **error)
{
    Editing editing = {"UPDATE recordings SET disabled = CAST(?1 AS INTEGER) WHERE id = ?2", ids, n,
                       disabled ? "1" : "0"};

    return wg_project_work(self, TRUE, edit, &editing, error);
}
