/* The labelled spans of continuous recordings in the project file. */
#include "dataset/project-spans.h"

#include "dataset/project-edit-log.h"
#include "dataset/project-trim.h"

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
            .label = wg_database_dup_text(select, 2),
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

/* The stretches of the whole recording: those given, which count from where its trim begins, and
 * what lies outside of that as it was. */
static GArray *
merge(GArray *before, const Setting *setting, const WgTrim *trim)
{
    GArray *merged = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));
    const int ends[] = {trim->first, trim->first + trim->n, G_MAXINT};

    for (int part = 0; part < 3; part++) {
        const int start = part == 0 ? 0 : ends[part - 1];

        for (guint i = 0; part != 1 && i < before->len; i++) {
            WgLabelSpan span = g_array_index(before, WgLabelSpan, i);
            const int end = MIN(span.first + span.n_samples, ends[part]);

            span.first = MAX(span.first, start);
            span.n_samples = end - span.first;
            if (span.n_samples > 0)
                g_array_append_val(merged, span);
        }
        for (int i = 0; part == 1 && i < setting->n; i++) {
            WgLabelSpan span = setting->spans[i];

            span.first += trim->first;
            g_array_append_val(merged, span);
        }
    }
    return merged;
}

static gboolean
replace(sqlite3 *db, gint64 recording, const GArray *spans, GError **error)
{
    g_autoptr(sqlite3_stmt) remove =
        wg_database_prepare(db, "DELETE FROM spans WHERE recording = ?1", error);

    if (!remove)
        return FALSE;
    sqlite3_bind_int64(remove, 1, recording);
    return wg_database_step(db, remove, error) &&
           wg_spans_insert(db, recording, (const WgLabelSpan *)(gpointer)spans->data,
                           (int)spans->len, error);
}

gboolean
wg_edit_log_set_spans(WgEditLog *log, gint64 id, const WgLabelSpan *spans, int n, GError **error)
{
    const Setting setting = {id, spans, n};
    sqlite3 *db = wg_edit_log_get_db(log);
    g_autoptr(sqlite3_stmt) select = NULL;
    g_autoptr(GArray) before = NULL, after = NULL;
    g_autofree char *from = NULL, *to = NULL;
    gboolean is_there;
    WgTrim trim;

    if (!wg_trim_load(db, id, &trim, error) || !wg_label_spans_check(spans, n, trim.n, error) ||
        !wg_edit_log_get(log, "spans", id, &from, &is_there, error) ||
        !wg_spans_prepare(db, &select, error))
        return FALSE;
    before = wg_spans_read(select, id);
    after = merge(before, &setting, &trim);
    if (!replace(db, id, after, error) || !wg_edit_log_get(log, "spans", id, &to, &is_there, error))
        return FALSE;
    if (g_strcmp0(from, to) != 0)
        wg_edit_log_note(log, "spans", id, from, to);
    return TRUE;
}

static gboolean
set_spans(WgEditLog *log, gpointer data, GError **error)
{
    const Setting *setting = data;

    return wg_edit_log_set_spans(log, setting->recording, setting->spans, setting->n, error);
}

gboolean
wg_project_set_spans(WgProject *self, gint64 id, const WgLabelSpan *spans, int n, GError **error)
{
    Setting setting = {id, spans, n};

    return wg_project_edit(self, WG_EDIT_SPANS, NULL, set_spans, &setting, error);
}
