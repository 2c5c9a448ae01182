/* The labelled spans of continuous recordings in the project file. */
#include "dataset/project-spans.h"

#include "base/error.h"

gboolean
wg_spans_check(const WgLabelSpan *spans, int n, int n_samples, GError **error)
{
    int end = 0;

    for (int i = 0; i < n; i++) {
        const WgLabelSpan *span = &spans[i];

        if (span->first < end || span->n_samples <= 0 ||
            span->n_samples > n_samples - span->first || !span->label || !*span->label) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        "span %d (samples %d to %d, “%s”) overlaps another, has no label, or "
                        "leaves the recording's %d samples",
                        i + 1, span->first, span->first + span->n_samples,
                        span->label ? span->label : "", n_samples);
            return FALSE;
        }
        end = span->first + span->n_samples;
    }
    return TRUE;
}

gboolean
wg_spans_insert(sqlite3 *db, gint64 recording, const WgLabelSpan *spans, int n, GError **error)
{
    g_autoptr(sqlite3_stmt) insert = NULL;

    if (n == 0)
        return TRUE;
    insert = wg_database_prepare(
        db, "INSERT INTO spans (recording, first, n_samples, label) VALUES (?1, ?2, ?3, ?4)",
        error);
    for (int i = 0; insert && i < n; i++) {
        sqlite3_bind_int64(insert, 1, recording);
        sqlite3_bind_int(insert, 2, spans[i].first);
        sqlite3_bind_int(insert, 3, spans[i].n_samples);
        wg_database_bind_text(insert, 4, spans[i].label);
        if (!wg_database_step(db, insert, error))
            return FALSE;
    }
    return insert != NULL;
}

static void
clear_span(gpointer data)
{
    g_free((gpointer)((WgLabelSpan *)data)->label);
}

gboolean
wg_spans_prepare(sqlite3 *db, sqlite3_stmt **select, GError **error)
{
    /* a project of an older form on a medium that cannot be written has no such table */
    g_autoptr(sqlite3_stmt) find = wg_database_prepare(
        db, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'spans'", error);

    *select = NULL;
    if (!find)
        return FALSE;
    if (sqlite3_step(find) != SQLITE_ROW)
        return TRUE;
    *select = wg_database_prepare(
        db, "SELECT first, n_samples, label FROM spans WHERE recording = ?1 ORDER BY first", error);
    return *select != NULL;
}

GArray *
wg_spans_read(sqlite3_stmt *select, gint64 recording)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));

    g_array_set_clear_func(spans, clear_span);
    if (!select)
        return spans;
    sqlite3_bind_int64(select, 1, recording);
    while (sqlite3_step(select) == SQLITE_ROW) {
        const WgLabelSpan span = {
            .first = sqlite3_column_int(select, 0),
            .n_samples = sqlite3_column_int(select, 1),
            .label = g_strdup((const char *)sqlite3_column_text(select, 2)),
        };

        g_array_append_val(spans, span);
    }
    sqlite3_reset(select);
    return spans;
}

typedef struct {
    gint64 recording;
    const WgLabelSpan *spans;
    int n;
} Setting;

static gboolean
set_spans(sqlite3 *db, gpointer data, GError **error)
{
    const Setting *setting = data;
    g_autoptr(sqlite3_stmt) find =
        wg_database_prepare(db, "SELECT n_samples FROM recordings WHERE id = ?1", error);
    g_autoptr(sqlite3_stmt) remove =
        find ? wg_database_prepare(db, "DELETE FROM spans WHERE recording = ?1", error) : NULL;

    if (!remove)
        return FALSE;
    sqlite3_bind_int64(find, 1, setting->recording);
    sqlite3_bind_int64(remove, 1, setting->recording);
    if (sqlite3_step(find) != SQLITE_ROW) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "there is no recording %" G_GINT64_FORMAT,
                    setting->recording);
        return FALSE;
    }
    return wg_spans_check(setting->spans, setting->n, sqlite3_column_int(find, 0), error) &&
           wg_database_step(db, remove, error) &&
           wg_spans_insert(db, setting->recording, setting->spans, setting->n, error);
}

gboolean
wg_project_set_spans(WgProject *self, gint64 id, const WgLabelSpan *spans, int n, GError **error)
{
    Setting setting = {id, spans, n};

    return wg_project_work(self, TRUE, set_spans, &setting, error);
}
