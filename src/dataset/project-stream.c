/* A recording that grows in the project file: blocks of samples, joined when it is finished. */
#include "dataset/project-stream.h"

#include "base/error.h"
#include "dataset/project-growing.h"

typedef struct {
    const WgRecordingSpec *spec;
    gint64 id;
} Beginning;

static gboolean
begin(sqlite3 *db, gpointer data, GError **error)
{
    Beginning *beginning = data;
    const WgRecordingSpec *spec = beginning->spec;
    g_autoptr(sqlite3_stmt) insert = wg_database_prepare(
        db,
        "INSERT INTO recordings (digest, device, rate_hz, n_samples, n_channels, units_per_g, "
        "rule, original) VALUES ('growing ' || hex(randomblob(16)), ?1, ?2, 0, 3, ?3, 1, x'')",
        error);
    g_autoptr(sqlite3_stmt) say =
        insert ? wg_database_prepare(
                     db, "INSERT INTO takes (recording, label, person) VALUES (?1, ?2, ?3)", error)
               : NULL;

    if (!say)
        return FALSE;
    wg_database_bind_text(insert, 1, spec->device);
    sqlite3_bind_double(insert, 2, spec->rate_hz);
    sqlite3_bind_double(insert, 3, spec->original_units_per_g);
    if (!wg_database_step(db, insert, error))
        return FALSE;
    beginning->id = sqlite3_last_insert_rowid(db);
    sqlite3_bind_int64(say, 1, beginning->id);
    wg_database_bind_text(say, 2, spec->label);
    wg_database_bind_text(say, 3, spec->person);
    return wg_database_step(db, say, error);
}

gboolean
wg_project_begin_stream(WgProject *self, const WgRecordingSpec *spec, gint64 *id, GError **error)
{
    Beginning beginning = {spec, 0};

    if (!wg_project_work_silently(self, begin, &beginning, error))
        return FALSE;
    *id = beginning.id;
    return TRUE;
}

typedef struct {
    gint64 id;
    int first, n;
    const float *original;
    const WgGap *gaps;
    int n_gaps;
} Appending;

static gboolean
append(sqlite3 *db, gpointer data, GError **error)
{
    const Appending *appending = data;
    g_autoptr(sqlite3_stmt) insert = wg_database_prepare(
        db, "INSERT INTO blocks (recording, first, original) VALUES (?1, ?2, ?3)", error);

    if (!insert)
        return FALSE;
    sqlite3_bind_int64(insert, 1, appending->id);
    sqlite3_bind_int(insert, 2, appending->first);
    sqlite3_bind_blob64(insert, 3, appending->original,
                        (sqlite3_uint64)appending->n * 3 * sizeof(float), SQLITE_STATIC);
    return wg_database_step(db, insert, error) &&
           wg_gaps_insert(db, appending->id, appending->gaps, appending->n_gaps, error);
}

gboolean
wg_project_append_stream(WgProject *self, gint64 id, int first, const float *original, int n,
                         const WgGap *gaps, int n_gaps, GError **error)
{
    Appending appending = {id, first, n, original, gaps, n_gaps};

    return wg_project_work_silently(self, append, &appending, error);
}

typedef struct {
    gint64 id;
    double rate_hz;
    int n_clipped;
    gboolean is_known;
} Finishing;

static gboolean
finish(sqlite3 *db, gpointer data, GError **error)
{
    Finishing *finishing = data;

    return wg_growing_finish(db, &finishing->id, finishing->rate_hz, finishing->n_clipped,
                             &finishing->is_known, error);
}

gboolean
wg_project_finish_stream(WgProject *self, gint64 *id, double rate_hz, int n_clipped,
                         gboolean *is_known, GError **error)
{
    Finishing finishing = {*id, rate_hz, n_clipped, FALSE};

    if (!wg_project_work(self, TRUE, finish, &finishing, error))
        return FALSE;
    *id = finishing.id;
    if (is_known)
        *is_known = finishing.is_known;
    return TRUE;
}
