/* The blocks of recordings that grow in the project file. */
#include "dataset/project-growing.h"

#include "dataset/digest.h"
#include "dataset/project-edit-log.h"
#include "dataset/recording-parts.h"
#include "dataset/recording-private.h"

#include <string.h>

/* Of those behind ?1. What has samples of its own is a damaged take, and not one that grows. */
#define LEFT_SQL                                                                                   \
    "SELECT id, rate_hz FROM recordings r WHERE id > ?1 AND n_samples = 0 AND length(original) "   \
    "<= 1 AND coalesce((SELECT max(added) FROM blocks WHERE recording = r.id), "                   \
    "CAST(strftime('%s', added) AS INTEGER)) + 60 < CAST(strftime('%s', 'now') AS INTEGER) "       \
    "ORDER BY id LIMIT 1"

#define SAMPLE_BYTES ((int)(3 * sizeof(float)))

float *
wg_growing_read(sqlite3 *db, gint64 recording, int *n)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(sqlite3_stmt) select = wg_database_prepare(
        db, "SELECT original FROM blocks WHERE recording = ?1 ORDER BY first", NULL);

    *n = 0;
    if (!select)
        return NULL;
    sqlite3_bind_int64(select, 1, recording);
    while (sqlite3_step(select) == SQLITE_ROW) {
        const int n_bytes = sqlite3_column_bytes(select, 0);

        /* what a damaged file says is not believed */
        if (n_bytes > 0 && n_bytes % SAMPLE_BYTES == 0)
            g_byte_array_append(bytes, sqlite3_column_blob(select, 0), (guint)n_bytes);
    }
    if (bytes->len == 0)
        return NULL;
    *n = (int)bytes->len / SAMPLE_BYTES;
    return g_memdup2(bytes->data, bytes->len);
}

static gboolean
run(sqlite3 *db, const char *sql, gint64 recording, GError **error)
{
    g_autoptr(sqlite3_stmt) statement = wg_database_prepare(db, sql, error);

    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, recording);
    return wg_database_step(db, statement, error);
}

/* The id of another recording with this digest, 0: none. */
static gint64
find_same(sqlite3 *db, const guint8 *digest)
{
    g_autoptr(sqlite3_stmt) find =
        wg_database_prepare(db, "SELECT id FROM recordings WHERE digest = ?1", NULL);

    if (!find)
        return 0;
    sqlite3_bind_blob(find, 1, digest, WG_DIGEST_BYTES, SQLITE_STATIC);
    return sqlite3_step(find) == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
}

static gboolean
store(sqlite3 *db, gint64 id, WgRecording *joined, const guint8 *digest, GError **error)
{
    const WgRecordingSpec *spec = wg_recording_get(joined);
    g_autoptr(GByteArray) room = g_byte_array_new();
    WgPackedParts parts;
    g_autoptr(sqlite3_stmt) update = wg_database_prepare(
        db,
        "UPDATE recordings SET digest = ?2, rate_hz = ?3, n_samples = ?4, n_clipped = ?5, "
        "rule = ?6, samples = ?7, original = ?8 WHERE id = ?1",
        error);

    if (!update)
        return FALSE;
    sqlite3_bind_int64(update, 1, id);
    wg_recording_get_parts(joined, room, &parts);
    sqlite3_bind_blob(update, 2, digest, WG_DIGEST_BYTES, SQLITE_STATIC);
    sqlite3_bind_double(update, 3, spec->rate_hz);
    sqlite3_bind_int(update, 4, spec->n_samples);
    sqlite3_bind_int(update, 5, spec->n_clipped);
    wg_parts_bind(&parts, update, 6, 7, 8);
    return wg_database_step(db, update, error) &&
           run(db, "DELETE FROM blocks WHERE recording = ?1", id, error);
}

/* A new recording can be taken back as others. One that it equals comes back with its label where
 * adding that was taken back. */
static gboolean
note_added(sqlite3 *db, gint64 id, gint64 same, GError **error)
{
    static const char *const fields[] = {WG_FIELD_LABEL, WG_FIELD_PERSON, "device",
                                         WG_FIELD_DELETED};
    g_autoptr(WgEditLog) log = wg_edit_log_new(db);
    g_autofree char *deleted = NULL;
    gboolean is_there;

    if (!wg_edit_log_get(log, WG_FIELD_DELETED, same, &deleted, &is_there, error))
        return FALSE;
    if (id == same)
        wg_edit_log_note(log, WG_FIELD_DELETED, id, WG_NOT_ADDED, "0");
    for (gsize i = 0; g_strcmp0(deleted, WG_NOT_ADDED) == 0 && i < G_N_ELEMENTS(fields); i++) {
        g_autofree char *value = NULL;

        if (!wg_edit_log_get(log, fields[i], id, &value, &is_there, error) ||
            !wg_edit_log_set(log, fields[i], same, value, error))
            return FALSE;
    }
    return wg_edit_log_close(log, WG_EDIT_RECORD, NULL, error);
}

gboolean
wg_growing_finish(sqlite3 *db, gint64 *recording, double rate_hz, int n_clipped, gboolean *is_known,
                  GError **error)
{
    const gint64 id = *recording;
    g_autoptr(sqlite3_stmt) select =
        wg_database_prepare(db, "SELECT units_per_g FROM recordings WHERE id = ?1", error);
    g_autofree float *original = NULL, *samples = NULL;
    g_autoptr(WgRecording) joined = NULL;
    guint8 digest[WG_DIGEST_BYTES];
    double units_per_g;
    gint64 same;
    int n = 0;

    if (!select)
        return FALSE;
    sqlite3_bind_int64(select, 1, id);
    if (sqlite3_step(select) != SQLITE_ROW)
        return TRUE;
    units_per_g = sqlite3_column_double(select, 0);
    original = wg_growing_read(db, id, &n);
    *is_known = FALSE;
    if (!original) {
        *recording = 0;
        return run(db, "DELETE FROM recordings WHERE id = ?1", id, error);
    }
    samples = g_new(float, (gsize)n * 3);
    wg_samples_rule_apply(WG_SAMPLES_SCALED, original, (gsize)n, 3, units_per_g, samples);
    joined = wg_recording_new(&(WgRecordingSpec){.label = "",
                                                 .rate_hz = rate_hz,
                                                 .n_samples = n,
                                                 .n_channels = 3,
                                                 .samples = samples,
                                                 .original = original,
                                                 .original_units_per_g = units_per_g,
                                                 .n_clipped = n_clipped});
    wg_digest_read_hex(wg_recording_get_digest(joined), digest);
    same = find_same(db, digest);
    if (same == 0)
        return store(db, id, joined, digest, error) && note_added(db, id, id, error);
    *recording = same;
    *is_known = TRUE;
    return note_added(db, id, same, error) &&
           run(db, "DELETE FROM recordings WHERE id = ?1", id, error);
}

gboolean
wg_growing_is_left(sqlite3 *db, gpointer is_left, GError **error)
{
    g_autoptr(sqlite3_stmt) find = wg_database_prepare(db, LEFT_SQL, error);

    if (find && sqlite3_bind_int64(find, 1, G_MININT64) == SQLITE_OK)
        *(gboolean *)is_left = sqlite3_step(find) == SQLITE_ROW;
    return find != NULL;
}

gboolean
wg_growing_finish_left(sqlite3 *db, gpointer unused, GError **error)
{
    /* each once, also in a damaged file, where one stays what it was and ids are in no order */
    for (gint64 last = G_MININT64;;) {
        g_autoptr(sqlite3_stmt) find = wg_database_prepare(db, LEFT_SQL, error);
        gboolean is_known = FALSE;
        double rate_hz;
        gint64 id;

        if (!find)
            return FALSE;
        sqlite3_bind_int64(find, 1, last);
        if (sqlite3_step(find) != SQLITE_ROW || sqlite3_column_int64(find, 0) <= last)
            return TRUE;
        last = id = sqlite3_column_int64(find, 0);
        rate_hz = sqlite3_column_double(find, 1);
        sqlite3_reset(find);
        if (!wg_growing_finish(db, &id, rate_hz, 0, &is_known, error))
            return FALSE;
    }
}
