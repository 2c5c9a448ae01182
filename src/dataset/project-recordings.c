/* The recordings of the project file, as they are read. */
#include "base/error.h"
#include "dataset/project-edit-log.h"
#include "dataset/project-growing.h"
#include "dataset/project-reload.h"
#include "dataset/project-spans.h"
#include "dataset/project-trim.h"
#include "dataset/recording-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* Of SHA-1 in hexadecimal. */
#define DIGEST_LENGTH 40

/* Samples are stored as 32-bit floats, little endian; hosts of another order would swap here. */
G_STATIC_ASSERT(G_BYTE_ORDER == G_LITTLE_ENDIAN);

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *row, *spans, *gaps;
    GHashTable *with_spans, *with_gaps; /* of ids */
    const WgReading *what;
} Reading;

/* So that nothing is looked up for the many that have none. */
static GHashTable *
find_owners(sqlite3 *db, const char *sql)
{
    GHashTable *ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(sqlite3_stmt) select = wg_database_prepare(db, sql, NULL);

    while (select && sqlite3_step(select) == SQLITE_ROW) {
        const gint64 id = sqlite3_column_int64(select, 0);

        g_hash_table_add(ids, g_memdup2(&id, sizeof id));
    }
    return ids;
}

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
    const gint64 id = sqlite3_column_int64(row, 0);
    const gboolean has_spans = g_hash_table_contains(reading->with_spans, &id);
    const gboolean has_gaps = g_hash_table_contains(reading->with_gaps, &id);
    g_autoptr(GArray) spans = wg_spans_read(has_spans ? reading->spans : NULL, id);
    g_autoptr(GArray) gaps = wg_gaps_read(has_gaps ? reading->gaps : NULL, id);
    g_autofree float *samples = NULL, *original = NULL;
    const char *digest = (const char *)sqlite3_column_text(row, 15);
    WgTrim trim = {sqlite3_column_int(row, 17), sqlite3_column_int(row, 18), 0};
    WgRecordingSpec spec = {
        .id = id,
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
        .wrist = wg_wrist_find((const char *)sqlite3_column_text(row, 16)),
        .spans = (const WgLabelSpan *)(gpointer)spans->data,
        .n_spans = (int)spans->len,
        .gaps = (const WgGap *)(gpointer)gaps->data,
        .n_gaps = (int)gaps->len,
    };

    *is_empty = FALSE;
    /* one that still grows has none yet */
    if (digest && strlen(digest) != DIGEST_LENGTH)
        digest = NULL;
    /* what a damaged or hand-made file says is not believed */
    if (spec.n_samples < 0 || spec.n_channels < 3 || spec.n_channels > 6 || !spec.label ||
        spec.rate_hz <= 0 || !read_samples(reading, &spec, &samples, &original))
        return NULL;
    *is_empty = spec.n_samples == 0;
    if (*is_empty || !wg_label_spans_check(spec.spans, spec.n_spans, spec.n_samples, NULL) ||
        !wg_gaps_are_sound(spec.gaps, spec.n_gaps, spec.n_samples))
        return NULL;
    trim.n_whole = spec.n_samples;
    if (wg_trim_is_sound(&trim) && !reading->what->is_whole)
        return wg_recording_new_part(&spec, digest, trim.first, trim.n);
    return reading->what->is_packed && !samples ? wg_recording_new_packed(&spec, digest)
                                                : wg_recording_new_stored(&spec, digest);
}

/* The columns of a recording and of what people say of it, which has the alias `t`. */
#define COLUMNS                                                                                    \
    "SELECT id, t.label, t.person, device, file, line, rate_hz, n_samples, n_channels, "           \
    "units_per_g, n_clipped, samples, original, t.disabled, "
/* ?3: of whom, a WgTakesOf */
#define ROWS(held_back)                                                                            \
    " WHERE id BETWEEN ?1 AND ?2 AND NOT t.deleted "                                               \
    "AND (?3 = 2 OR (" held_back " IS '" WG_HELD_BACK_GUEST "') = ?3) ORDER BY id"
#define TAKES " FROM recordings r JOIN takes t ON t.recording = r.id"
#define OLD_TAKES " FROM recordings t"

/* A project of an older form on a medium that cannot be written lacks the newer tables and columns.
 */
static sqlite3_stmt *
select_rows(sqlite3 *db, const WgReading *what, GError **error)
{
    const char *sql = wg_database_has_table(db, "takes") ? COLUMNS
                          "held_back, digest, wrist, trim_first, trim_n" TAKES ROWS("held_back")
                      : wg_database_has_table(db, "gaps") ? COLUMNS
                          "held_back, digest, NULL, NULL, NULL" OLD_TAKES ROWS("held_back")
                                                          : COLUMNS
                          "NULL, digest, NULL, NULL, NULL" OLD_TAKES ROWS("NULL");
    sqlite3_stmt *row = wg_database_prepare(db, sql, error);

    if (row) {
        sqlite3_bind_int64(row, 1, what->id > 0 ? what->id : what->from);
        sqlite3_bind_int64(row, 2, what->id > 0 ? what->id : what->to > 0 ? what->to : G_MAXINT64);
        sqlite3_bind_int(row, 3, (int)what->of);
    }
    return row;
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
    with_spans = find_owners(db, select_spans ? "SELECT DISTINCT recording FROM spans" : "");
    with_gaps = find_owners(db, select_gaps ? "SELECT DISTINCT recording FROM gaps" : "");
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        Reading reading = {db, row, select_spans, select_gaps, with_spans, with_gaps, what};
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
