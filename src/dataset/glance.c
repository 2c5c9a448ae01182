/* A few takes of a project file from outside, for its picture: nothing is ever written, and nothing
 * in the file is trusted. One of an older form has no picture until it was opened. */
#include "dataset/glance.h"

#include "base/error.h"
#include "dataset/project-reload.h"
#include "dataset/project.h"

#include <glib/gi18n.h>

#define PATIENCE_US (2 * G_USEC_PER_SEC)
#define STEPS_BETWEEN 10000      /* of SQLite's machine, about a millisecond */
#define BYTES_AT_MOST (64 << 20) /* of one text or blob */

typedef struct {
    gint64 end_us;
} Patience;

/* What a hostile file makes of its tables need not end by itself. */
static int
is_late(void *data)
{
    return g_get_monotonic_time() > ((const Patience *)data)->end_us;
}

/* As a file that does not change: no lock, no log and no memory beside it is made or looked at. */
static sqlite3 *
open_untouched(const char *path, Patience *patience, GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *escaped = g_uri_escape_string(absolute, "/", FALSE);
    g_autofree char *uri = g_strdup_printf("file://%s?immutable=1", escaped);
    sqlite3 *db = NULL;

    if (sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) != SQLITE_OK) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be read: %s"), path,
                    db ? g_strerror(sqlite3_system_errno(db)) : _("no memory"));
        sqlite3_close(db);
        return NULL;
    }
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, BYTES_AT_MOST);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    patience->end_us = g_get_monotonic_time() + PATIENCE_US;
    sqlite3_progress_handler(db, STEPS_BETWEEN, is_late, patience);
    return db;
}

static gboolean
is_project(sqlite3 *db)
{
    g_autoptr(sqlite3_stmt) ask = wg_database_prepare(db, "PRAGMA application_id", NULL);

    return ask && sqlite3_step(ask) == SQLITE_ROW &&
           sqlite3_column_int64(ask, 0) == WG_PROJECT_APPLICATION_ID;
}

/* Ids of the first takes of the first labels. */
static GArray *
find_takes(sqlite3 *db, int n_labels, int n_takes, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(sqlite3_stmt) labels =
        wg_database_prepare(db,
                            "SELECT label FROM takes WHERE NOT deleted GROUP BY label "
                            "ORDER BY min(recording) LIMIT ?1",
                            error);
    g_autoptr(sqlite3_stmt) takes =
        wg_database_prepare(db,
                            "SELECT recording FROM takes WHERE label = ?1 AND NOT deleted "
                            "ORDER BY recording LIMIT ?2",
                            error);
    int code;

    if (!labels || !takes)
        return NULL;
    sqlite3_bind_int(labels, 1, n_labels);
    sqlite3_bind_int(takes, 2, n_takes);
    while ((code = sqlite3_step(labels)) == SQLITE_ROW) {
        wg_database_bind_text(takes, 1, (const char *)sqlite3_column_text(labels, 0));
        while ((code = sqlite3_step(takes)) == SQLITE_ROW) {
            const gint64 id = sqlite3_column_int64(takes, 0);

            g_array_append_val(ids, id);
        }
        sqlite3_reset(takes);
        if (code != SQLITE_DONE)
            break;
    }
    if (code == SQLITE_DONE)
        return g_steal_pointer(&ids);
    wg_database_fail(db, "the recordings", error);
    return NULL;
}

static gboolean
read_takes(sqlite3 *db, GArray *ids, GPtrArray *takes, GError **error)
{
    for (guint i = 0; i < ids->len; i++) {
        const WgReading what = {.id = g_array_index(ids, gint64, i), .of = WG_TAKES_OWN};

        if (what.id > 0 && !wg_recordings_read(db, &what, takes, error))
            return FALSE;
    }
    return TRUE;
}

GPtrArray *
wg_glance_read(const char *path, int n_labels, int n_takes, GError **error)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GArray) ids = NULL;
    Patience patience;
    sqlite3 *db = open_untouched(path, &patience, error);
    gboolean is_read = FALSE;

    if (!db)
        return NULL;
    if (!is_project(db))
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s is no Waggle project"), path);
    else
        ids = find_takes(db, n_labels, n_takes, error);
    is_read = ids && read_takes(db, ids, takes, error);
    sqlite3_close(db);
    return is_read ? g_steal_pointer(&takes) : NULL;
}
