/* The part of a recording that counts as the take; the rest stays in the file. */
#include "dataset/project-trim.h"

#include "base/error.h"
#include "dataset/project-edit-log.h"

#include <glib/gi18n.h>
#include <inttypes.h>

gboolean
wg_trim_is_sound(const WgTrim *trim)
{
    return trim->first >= 0 && trim->n > 0 && trim->n < trim->n_whole &&
           trim->first <= trim->n_whole - trim->n;
}

gboolean
wg_trim_load(sqlite3 *db, gint64 id, WgTrim *trim, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        wg_database_prepare(db,
                            "SELECT n_samples, trim_first, trim_n FROM recordings JOIN takes ON "
                            "recording = id WHERE id = ?1",
                            error);

    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 1, id);
    if (sqlite3_step(row) != SQLITE_ROW) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("there is no recording %" PRId64), id);
        return FALSE;
    }
    *trim = (WgTrim){sqlite3_column_int(row, 1), sqlite3_column_int(row, 2),
                     sqlite3_column_int(row, 0)};
    if (trim->n_whole == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("recording %" PRId64 " is still being made: wait for its end"), id);
        return FALSE;
    }
    if (!wg_trim_is_sound(trim)) {
        trim->first = 0;
        trim->n = trim->n_whole;
    }
    return TRUE;
}

gboolean
wg_edit_log_trim(WgEditLog *log, gint64 id, int first, int n, GError **error)
{
    g_autofree char *value = g_strdup_printf("%d %d", first, n);
    WgTrim trim;

    if (!wg_trim_load(wg_edit_log_get_db(log), id, &trim, error))
        return FALSE;
    trim.first = first;
    trim.n = n;
    if ((first == 0 && n == 0) || (first == 0 && n == trim.n_whole))
        return wg_edit_log_set(log, "trim", id, NULL, error);
    if (wg_trim_is_sound(&trim))
        return wg_edit_log_set(log, "trim", id, value, error);
    g_set_error(
        error, WG_ERROR, WG_ERROR_INPUT,
        _("%d samples from %d cannot be the take: the recording has %d, and one at least stays"), n,
        first, trim.n_whole);
    return FALSE;
}

typedef struct {
    gint64 id;
    int first, n;
} Trimming;

static gboolean
run_trim(WgEditLog *log, gpointer data, GError **error)
{
    const Trimming *trimming = data;

    return wg_edit_log_trim(log, trimming->id, trimming->first, trimming->n, error);
}

gboolean
wg_project_trim(WgProject *self, gint64 id, int first, int n, GError **error)
{
    Trimming trimming = {id, first, n};

    return wg_project_edit(self, n == 0 ? WG_EDIT_UNTRIM : WG_EDIT_TRIM, NULL, run_trim, &trimming,
                           error);
}
