/* The edits of recordings' fields and of facts, each of them one entry that can be undone. */
#include "dataset/project-edit-log.h"

#include "base/error.h"
#include "base/name.h"

#include <glib/gi18n.h>

typedef struct {
    const char *field;
    const gint64 *ids;
    int n;
    const char *value;
} Setting;

static gboolean
set(WgEditLog *log, gpointer data, GError **error)
{
    const Setting *setting = data;

    for (int i = 0; i < setting->n; i++) {
        if (!wg_edit_log_set(log, setting->field, setting->ids[i], setting->value, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_project_relabel(WgProject *self, const gint64 *ids, int n, const char *label, GError **error)
{
    Setting setting = {WG_FIELD_LABEL, ids, n, label};

    return wg_name_check(label, error) &&
           wg_project_edit(self, WG_EDIT_RELABEL, label, set, &setting, error);
}

gboolean
wg_project_set_person(WgProject *self, const gint64 *ids, int n, const char *person, GError **error)
{
    Setting setting = {WG_FIELD_PERSON, ids, n, person};

    return (!person || wg_name_check(person, error)) &&
           wg_project_edit(self, WG_EDIT_PERSON, person, set, &setting, error);
}

gboolean
wg_project_set_wrist(WgProject *self, const gint64 *ids, int n, WgWrist wrist, GError **error)
{
    const char *name = wg_wrist_get_name(wrist);
    Setting setting = {WG_FIELD_WRIST, ids, n, name};

    return wg_project_edit(self, WG_EDIT_WRIST, name, set, &setting, error);
}

gboolean
wg_project_set_deleted(WgProject *self, const gint64 *ids, int n, gboolean deleted, GError **error)
{
    Setting setting = {WG_FIELD_DELETED, ids, n, deleted ? "1" : "0"};

    return wg_project_edit(self, deleted ? WG_EDIT_DELETE : WG_EDIT_TAKE_BACK, NULL, set, &setting,
                           error);
}

gboolean
wg_project_set_disabled(WgProject *self, const gint64 *ids, int n, gboolean disabled,
                        GError **error)
{
    Setting setting = {WG_FIELD_DISABLED, ids, n, disabled ? "1" : "0"};

    return wg_project_edit(self, disabled ? WG_EDIT_DISABLE : WG_EDIT_ENABLE, NULL, set, &setting,
                           error);
}

gboolean
wg_project_keep(WgProject *self, const gint64 *ids, int n, GError **error)
{
    Setting setting = {WG_FIELD_DISABLED, ids, n, "0"};

    return wg_project_edit(self, WG_EDIT_KEEP, NULL, set, &setting, error);
}

/* The recordings that a query finds by a label. */
static GArray *
find_by_label(sqlite3 *db, const char *sql, const char *label, GError **error)
{
    g_autoptr(sqlite3_stmt) find = wg_database_prepare(db, sql, error);
    GArray *ids;

    if (!find)
        return NULL;
    ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    wg_database_bind_text(find, 1, label);
    while (sqlite3_step(find) == SQLITE_ROW) {
        const gint64 id = sqlite3_column_int64(find, 0);

        g_array_append_val(ids, id);
    }
    return ids;
}

static gboolean
rename_spans(WgEditLog *log, gint64 id, const char *from, const char *to, GError **error)
{
    g_autoptr(sqlite3_stmt) update = wg_database_prepare(
        wg_edit_log_get_db(log), "UPDATE spans SET label = ?3 WHERE recording = ?1 AND label = ?2",
        error);
    g_autofree char *before = NULL, *after = NULL;
    gboolean is_there;

    if (!update || !wg_edit_log_get(log, "spans", id, &before, &is_there, error))
        return FALSE;
    sqlite3_bind_int64(update, 1, id);
    wg_database_bind_text(update, 2, from);
    wg_database_bind_text(update, 3, to);
    if (!wg_database_step(wg_edit_log_get_db(log), update, error) ||
        !wg_edit_log_get(log, "spans", id, &after, &is_there, error))
        return FALSE;
    wg_edit_log_note(log, "spans", id, before, after);
    return TRUE;
}

gboolean
wg_edit_log_rename(WgEditLog *log, const char *from, const char *to, GError **error)
{
    sqlite3 *db = wg_edit_log_get_db(log);
    g_autoptr(GArray) takes = find_by_label(
        db, "SELECT recording FROM takes WHERE label = ?1 AND NOT deleted ORDER BY 1", from, error);
    g_autoptr(GArray) streams =
        takes ? find_by_label(db,
                              "SELECT DISTINCT t.recording FROM takes t JOIN spans s USING "
                              "(recording) WHERE s.label = ?1 AND NOT deleted ORDER BY 1",
                              from, error)
              : NULL;

    if (!streams || !*to || g_str_equal(from, to)) {
        if (streams && !*to)
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("a gesture needs a name: “%s” keeps its"), from);
        return streams && *to;
    }
    if (!wg_name_check(to, error))
        return FALSE;
    for (guint i = 0; i < takes->len; i++) {
        if (!wg_edit_log_set(log, WG_FIELD_LABEL, g_array_index(takes, gint64, i), to, error))
            return FALSE;
    }
    for (guint i = 0; i < streams->len; i++) {
        if (!rename_spans(log, g_array_index(streams, gint64, i), from, to, error))
            return FALSE;
    }
    return TRUE;
}
