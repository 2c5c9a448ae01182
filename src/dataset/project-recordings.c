/* The recordings of the project file, as they are read. */
#include "base/error.h"
#include "dataset/digest.h"
#include "dataset/project-edit-log.h"
#include "dataset/project-growing.h"
#include "dataset/project-reload.h"
#include "dataset/project-spans.h"
#include "dataset/project-trim.h"
#include "dataset/recording-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *row, *spans, *gaps;
    GHashTable *with_spans, *with_gaps; /* of ids */
    const WgReading *what;
} Reading;

/* The ids that are read. */
#define RANGE "BETWEEN ?1 AND ?2"

static void
bind_range(sqlite3_stmt *select, const WgReading *what)
{
    sqlite3_bind_int64(select, 1, what->id > 0 ? what->id : what->from);
    sqlite3_bind_int64(select, 2, what->id > 0 ? what->id : what->to > 0 ? what->to : G_MAXINT64);
}

static void
add_id(GHashTable *ids, gint64 id)
{
    g_hash_table_add(ids, g_memdup2(&id, sizeof id));
}

/* So that nothing is looked up for the many that have none. */
static GHashTable *
find_owners(sqlite3 *db, const char *sql, const WgReading *what)
{
    GHashTable *ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(sqlite3_stmt) select = wg_database_prepare(db, sql, NULL);

    if (select)
        bind_range(select, what);
    while (select && sqlite3_step(select) == SQLITE_ROW)
        add_id(ids, sqlite3_column_int64(select, 0));
    return ids;
}

/* The columns of a recording and of what people say of it. */
enum {
    ID,
    LABEL,
    PERSON,
    DEVICE,
    FILE_NAME,
    LINE,
    RATE_HZ,
    N_SAMPLES,
    N_CHANNELS,
    UNITS_PER_G,
    N_CLIPPED,
    DISABLED,
    HELD_BACK,
    WRIST,
    TRIM_FIRST,
    TRIM_N,
    DIGEST,
    RULE,
    ORIGINAL,
    SAMPLES
};

/* ?3: of whom, a WgTakesOf */
#define ROWS                                                                                       \
    "SELECT id, label, person, device, file, line, rate_hz, n_samples, n_channels, units_per_g, "  \
    "n_clipped, disabled, held_back, wrist, trim_first, trim_n, digest, rule, original, samples "  \
    "FROM recordings JOIN takes ON recording = id WHERE id " RANGE " AND NOT deleted AND "         \
    "(?3 = 2 OR (held_back IS '" WG_HELD_BACK_GUEST "') = ?3) ORDER BY id"

/* What is damaged or made by hand is not believed. */
static gboolean
is_sound(const WgRecordingSpec *spec, const WgPackedParts *parts)
{
    return spec->n_samples >= 0 && spec->n_channels >= 3 && spec->n_channels <= 6 && spec->label &&
           spec->rate_hz > 0 && parts->rule <= WG_SAMPLES_HISTORY &&
           /* a byte a value at least, so that no number makes us ask for memory without end */
           (gsize)spec->n_samples * (gsize)spec->n_channels < parts->n_original &&
           wg_label_spans_check(spec->spans, spec->n_spans, spec->n_samples, NULL) &&
           wg_gaps_are_sound(spec->gaps, spec->n_gaps, spec->n_samples);
}

static const char *
read_text(const Reading *reading, int column)
{
    return (const char *)sqlite3_column_text(reading->row, column);
}

/* NULL also for what is no text: nobody could show it, or write it in a file. */
static const char *
read_name(const Reading *reading, int column)
{
    const char *text = read_text(reading, column);

    return text && g_utf8_validate(text, -1, NULL) ? text : NULL;
}

/* One that still grows, or whose program was killed, has its samples in blocks; NULL: nothing was
 * recorded yet. */
static WgRecording *
read_growing(const Reading *reading, WgRecordingSpec *spec)
{
    g_autofree float *original = wg_growing_read(reading->db, spec->id, &spec->n_samples);
    g_autofree float *samples = g_new(float, (gsize)spec->n_samples * 3 + 1);

    if (spec->n_samples == 0 || spec->n_channels != 3)
        return NULL;
    wg_samples_rule_apply(WG_SAMPLES_SCALED, original, (gsize)spec->n_samples, 3,
                          spec->original_units_per_g, samples);
    spec->samples = samples;
    spec->original = original;
    return wg_recording_new(spec);
}

static WgRecording *
read_part(const WgRecordingSpec *whole, const char *digest, const WgPackedParts *parts,
          const WgTrim *trim)
{
    const gsize n_values = (gsize)whole->n_samples * (gsize)whole->n_channels;
    g_autofree float *samples = g_new(float, 2 * n_values);
    WgRecordingSpec spec = *whole;

    spec.samples = samples;
    spec.original = samples + n_values;
    return wg_parts_unpack(whole, parts, samples + n_values, samples)
               ? wg_recording_new_part(&spec, digest, trim->first, trim->n)
               : NULL;
}

static gboolean
is_chosen(const WgReading *what, const WgRecordingSpec *facts)
{
    return !what->choose || what->choose(facts, what->user_data);
}

/* Of one whose facts are known only once it is read; takes it. */
static WgRecording *
choose_read(const WgReading *what, WgRecording *recording, gboolean *is_passed_over)
{
    if (!recording || is_chosen(what, wg_recording_get_facts(recording)))
        return recording;
    *is_passed_over = TRUE;
    wg_recording_unref(recording);
    return NULL;
}

/* NULL: it is damaged, or (is_passed_over) it was not chosen, or nothing was recorded yet. */
static WgRecording *
read_recording(Reading *reading, gboolean *is_passed_over)
{
    sqlite3_stmt *row = reading->row;
    const gint64 id = sqlite3_column_int64(row, ID);
    const gboolean has_spans = g_hash_table_contains(reading->with_spans, &id);
    const gboolean has_gaps = g_hash_table_contains(reading->with_gaps, &id);
    g_autoptr(GArray) spans = has_spans ? wg_spans_read(reading->spans, id) : NULL;
    g_autoptr(GArray) gaps = has_gaps ? wg_gaps_read(reading->gaps, id) : NULL;
    const WgTrim trim = {sqlite3_column_int(row, TRIM_FIRST), sqlite3_column_int(row, TRIM_N),
                         sqlite3_column_int(row, N_SAMPLES)};
    const WgPackedParts parts = {
        (WgSamplesRule)sqlite3_column_int(row, RULE), sqlite3_column_blob(row, ORIGINAL),
        (gsize)sqlite3_column_bytes(row, ORIGINAL), sqlite3_column_blob(row, SAMPLES),
        (gsize)sqlite3_column_bytes(row, SAMPLES)};
    WgRecordingSpec spec = {
        .id = id,
        .label = read_name(reading, LABEL),
        .person = read_name(reading, PERSON),
        .device = read_text(reading, DEVICE),
        .file = read_text(reading, FILE_NAME),
        .line = sqlite3_column_int(row, LINE),
        .rate_hz = sqlite3_column_double(row, RATE_HZ),
        .n_samples = trim.n_whole,
        .n_channels = sqlite3_column_int(row, N_CHANNELS),
        .original_units_per_g = sqlite3_column_double(row, UNITS_PER_G),
        .n_clipped = sqlite3_column_int(row, N_CLIPPED),
        .disabled = sqlite3_column_int(row, DISABLED) != 0,
        .held_back = read_text(reading, HELD_BACK),
        .wrist = wg_wrist_find(read_text(reading, WRIST)),
        .spans = spans ? (const WgLabelSpan *)(gpointer)spans->data : NULL,
        .n_spans = spans ? (int)spans->len : 0,
        .gaps = gaps ? (const WgGap *)(gpointer)gaps->data : NULL,
        .n_gaps = gaps ? (int)gaps->len : 0,
    };
    char digest[WG_DIGEST_LENGTH + 1];
    const gboolean has_digest = wg_digest_write_hex(sqlite3_column_blob(row, DIGEST),
                                                    sqlite3_column_bytes(row, DIGEST), digest);

    *is_passed_over = FALSE;
    if (spec.n_samples == 0 && spec.label && spec.rate_hz > 0) {
        WgRecording *growing = read_growing(reading, &spec);

        *is_passed_over = !growing;
        return choose_read(reading->what, growing, is_passed_over);
    }
    if (!is_sound(&spec, &parts))
        return NULL;
    if (wg_trim_is_sound(&trim) && !reading->what->is_whole)
        return choose_read(reading->what,
                           read_part(&spec, has_digest ? digest : NULL, &parts, &trim),
                           is_passed_over);
    *is_passed_over = wg_parts_check(&spec, &parts) && !is_chosen(reading->what, &spec);
    if (*is_passed_over) /* and nothing was unpacked */
        return NULL;
    return wg_recording_new_of_parts(&spec, has_digest ? digest : NULL, &parts);
}

static sqlite3_stmt *
select_rows(sqlite3 *db, const WgReading *what, GError **error)
{
    sqlite3_stmt *row = wg_database_prepare(db, ROWS, error);

    if (row) {
        bind_range(row, what);
        sqlite3_bind_int(row, 3, (int)what->of);
    }
    return row;
}

gint64
wg_recordings_find_end(sqlite3 *db, gint64 first, int n)
{
    g_autoptr(sqlite3_stmt) end = wg_database_prepare(
        db,
        "SELECT recording FROM takes WHERE recording >= ?1 ORDER BY recording LIMIT 1 OFFSET ?2",
        NULL);

    if (!end)
        return G_MAXINT64;
    sqlite3_bind_int64(end, 1, first);
    sqlite3_bind_int(end, 2, n - 1);
    return sqlite3_step(end) == SQLITE_ROW ? sqlite3_column_int64(end, 0) : G_MAXINT64;
}

gboolean
wg_recordings_read(sqlite3 *db, const WgReading *what, GPtrArray *recordings, GError **error)
{
    g_autoptr(sqlite3_stmt) row = NULL, select_spans = NULL, select_gaps = NULL;
    g_autoptr(GHashTable) with_spans = NULL, with_gaps = NULL;
    int code;

    if (!wg_spans_prepare(db, &select_spans, error) || !wg_gaps_prepare(db, &select_gaps, error))
        return FALSE;
    row = select_rows(db, what, error);
    if (!row)
        return FALSE;
    with_spans =
        find_owners(db, "SELECT DISTINCT recording FROM spans WHERE recording " RANGE, what);
    with_gaps = find_owners(db, "SELECT DISTINCT recording FROM gaps WHERE recording " RANGE, what);
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        Reading reading = {db, row, select_spans, select_gaps, with_spans, with_gaps, what};
        gboolean is_passed_over;
        WgRecording *recording = read_recording(&reading, &is_passed_over);

        if (recording)
            g_ptr_array_add(recordings, recording);
        else if (!is_passed_over && what->damaged)
            add_id(what->damaged, sqlite3_column_int64(row, ID));
    }
    return code == SQLITE_DONE || wg_database_fail(db, "the recordings", error);
}

typedef struct {
    WgReading what;
    GPtrArray *recordings;
} Loading;

static gboolean
load(sqlite3 *db, gpointer data, GError **error)
{
    const Loading *loading = data;

    return wg_recordings_read(db, &loading->what, loading->recordings, error);
}

static GPtrArray *
load_those(WgProject *self, const WgReading *what, GError **error)
{
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    Loading loading = {*what, recordings};

    loading.what.damaged = wg_changes_get_damaged(wg_project_get_changes(self));
    if (!wg_project_work(self, FALSE, load, &loading, error))
        return NULL;
    return g_steal_pointer(&recordings);
}

GPtrArray *
wg_project_load_recordings(WgProject *self, GError **error)
{
    const WgReading all = {.of = WG_TAKES_OWN};

    return load_those(self, &all, error);
}

GPtrArray *
wg_project_load_guests(WgProject *self, GError **error)
{
    const WgReading all = {.of = WG_TAKES_OF_GUESTS};

    return load_those(self, &all, error);
}

static WgRecording *
load_one(WgProject *self, gint64 id, gboolean is_whole, GError **error)
{
    const WgReading one = {.id = id, .of = WG_TAKES_ALL, .is_whole = is_whole};
    g_autoptr(GPtrArray) recordings = id > 0 ? load_those(self, &one, error) : NULL;

    if (id > 0 && !recordings)
        return NULL;
    if (recordings && recordings->len > 0)
        return g_ptr_array_steal_index(recordings, 0);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("there is no recording %" PRId64), id);
    return NULL;
}

WgRecording *
wg_project_load_recording(WgProject *self, gint64 id, GError **error)
{
    return load_one(self, id, FALSE, error);
}

WgRecording *
wg_project_load_whole(WgProject *self, gint64 id, GError **error)
{
    return load_one(self, id, TRUE, error);
}
