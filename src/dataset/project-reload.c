/* The recordings of a project again after a change, of which only those that changed are read. */
#include "dataset/project-reload.h"

#include "dataset/ids.h"
#include "dataset/project-loading.h"

#define MARK(id) " BEGIN INSERT OR IGNORE INTO changed_recordings VALUES (" id "); END;"
#define WATCH(table, id)                                                                           \
    "CREATE TEMP TRIGGER " table "_added AFTER INSERT ON " table MARK(                             \
        "NEW." id) "CREATE TEMP TRIGGER " table                                                    \
                   "_altered AFTER UPDATE ON " table MARK(                                         \
                       "NEW." id) "CREATE TEMP TRIGGER " table                                     \
                                  "_removed AFTER DELETE ON " table MARK("OLD." id)

struct _WgChanges {
    sqlite3 *db;
    GArray *ids;         /* gint64, in any order */
    gint n_ids;          /* atomic: of them, for other threads */
    GHashTable *damaged; /* of ids (gint64) */
};

/* The rows of both tables have the number of their recording; SQLite tells of them itself, which
 * costs less than a trigger. */
static void
note(gpointer data, int operation, const char *database, const char *table, sqlite3_int64 row)
{
    GArray *ids = ((WgChanges *)data)->ids;
    const gint64 id = row;

    if ((g_str_equal(table, "takes") || g_str_equal(table, "recordings")) &&
        (ids->len == 0 || g_array_index(ids, gint64, ids->len - 1) != id)) {
        g_array_append_val(ids, id);
        g_atomic_int_set(&((WgChanges *)data)->n_ids, (gint)ids->len);
    }
}

WgChanges *
wg_changes_new(sqlite3 *db, gboolean is_read_only, GError **error)
{
    g_autoptr(WgChanges) self = g_new0(WgChanges, 1);

    self->db = db;
    self->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    self->damaged = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    if (!wg_database_exec(db,
                          "PRAGMA temp_store = MEMORY;"
                          "CREATE TEMP TABLE changed_recordings (id INTEGER PRIMARY KEY)",
                          error) ||
        (!is_read_only && !wg_database_exec(db,
                                            WATCH("spans", "recording") WATCH("gaps", "recording")
                                                WATCH("blocks", "recording"),
                                            error)))
        return NULL;
    sqlite3_update_hook(db, note, self);
    return g_steal_pointer(&self);
}

void
wg_changes_free(WgChanges *self)
{
    g_array_unref(self->ids);
    g_hash_table_unref(self->damaged);
    g_free(self);
}

GHashTable *
wg_changes_get_damaged(WgChanges *self)
{
    return self->damaged;
}

typedef struct {
    WgChanges *changes;
    GPtrArray *before, *after;
    gint64 version; /* of the file as others write it */
} Reloading;

/* In their order, each once. */
static GArray *
dup_changed(WgChanges *changes, GError **error)
{
    g_autoptr(GArray) ids = g_array_copy(changes->ids);
    g_autoptr(sqlite3_stmt) select =
        wg_database_prepare(changes->db, "SELECT id FROM changed_recordings", error);

    if (!select)
        return NULL;
    while (sqlite3_step(select) == SQLITE_ROW) {
        const gint64 id = sqlite3_column_int64(select, 0);

        g_array_append_val(ids, id);
    }
    wg_ids_sort(ids);
    return g_steal_pointer(&ids);
}

static gboolean
forget(WgChanges *changes, GError **error)
{
    g_array_set_size(changes->ids, 0);
    g_atomic_int_set(&changes->n_ids, 0);
    return wg_database_exec(changes->db, "DELETE FROM changed_recordings", error);
}

static gint64
get_id(GPtrArray *recordings, guint i)
{
    return wg_recording_get_facts(g_ptr_array_index(recordings, i))->id;
}

static gboolean
read_packed(WgChanges *changes, gint64 id, GPtrArray *recordings, GError **error)
{
    const WgReading what = {.id = id, .of = WG_TAKES_OWN, .damaged = changes->damaged};

    return wg_recordings_read(changes->db, &what, recordings, error);
}

/* Both are in the order of id. */
static gboolean
merge(Reloading *reloading, GArray *changed, GError **error)
{
    guint at = 0;

    for (guint i = 0; i <= changed->len; i++) {
        const gint64 id = i < changed->len ? g_array_index(changed, gint64, i) : G_MAXINT64;

        for (; at < reloading->before->len && get_id(reloading->before, at) < id; at++)
            g_ptr_array_add(reloading->after,
                            wg_recording_ref(g_ptr_array_index(reloading->before, at)));
        if (at < reloading->before->len && get_id(reloading->before, at) == id)
            at++;
        if (i < changed->len && !read_packed(reloading->changes, id, reloading->after, error))
            return FALSE;
    }
    return TRUE;
}

/* One that is looked up costs as many as 20 that are read one after the other. */
static gboolean
are_many(const Reloading *reloading, const GArray *changed)
{
    return changed->len > 20 + reloading->before->len / 20;
}

/* Reads all of them, and keeps those that did not change. */
static gboolean
read_all_but(Reloading *reloading, GArray *changed, GError **error)
{
    GPtrArray *before = reloading->before, *after = reloading->after;
    guint at = 0, at_changed = 0;

    if (!read_packed(reloading->changes, 0, after, error))
        return FALSE;
    for (guint i = 0; i < after->len; i++) {
        const gint64 id = get_id(after, i);

        while (at < before->len && get_id(before, at) < id)
            at++;
        while (at_changed < changed->len && g_array_index(changed, gint64, at_changed) < id)
            at_changed++;
        if (at == before->len || get_id(before, at) != id ||
            (at_changed < changed->len && g_array_index(changed, gint64, at_changed) == id))
            continue;
        wg_recording_unref(g_ptr_array_index(after, i));
        g_ptr_array_index(after, i) = wg_recording_ref(g_ptr_array_index(before, at));
    }
    return TRUE;
}

static gboolean
read_version(sqlite3 *db, gint64 *version, GError **error)
{
    g_autoptr(sqlite3_stmt) select = wg_database_prepare(db, "PRAGMA data_version", error);

    if (!select)
        return FALSE;
    if (sqlite3_step(select) != SQLITE_ROW)
        return wg_database_fail(db, "the project file", error);
    *version = sqlite3_column_int64(select, 0);
    return TRUE;
}

gboolean
wg_reload_begin(WgChanges *changes, GArray **changed, gint64 *version, GError **error)
{
    const gint64 before = *version;

    if (!read_version(changes->db, version, error))
        return FALSE;
    if (changed && *version == before) {
        *changed = dup_changed(changes, error);
        if (!*changed)
            return FALSE;
    }
    return forget(changes, error);
}

static gpointer
copy_recording(gconstpointer recording, gpointer unused)
{
    return wg_recording_ref((WgRecording *)recording);
}

void
wg_reload_add_unchanged(GPtrArray *before, const GArray *changed, GPtrArray *recordings)
{
    g_autoptr(GPtrArray) read = g_ptr_array_copy(recordings, copy_recording, NULL);
    guint at = 0, at_changed = 0;

    g_ptr_array_set_size(recordings, 0);
    for (guint i = 0; i < before->len; i++) {
        const gint64 id = get_id(before, i);

        for (; at < read->len && get_id(read, at) < id; at++)
            g_ptr_array_add(recordings, wg_recording_ref(g_ptr_array_index(read, at)));
        while (at_changed < changed->len && g_array_index(changed, gint64, at_changed) < id)
            at_changed++;
        if (at_changed == changed->len || g_array_index(changed, gint64, at_changed) != id)
            g_ptr_array_add(recordings, wg_recording_ref(g_ptr_array_index(before, i)));
    }
    for (; at < read->len; at++)
        g_ptr_array_add(recordings, wg_recording_ref(g_ptr_array_index(read, at)));
}

int
wg_project_count_changed(WgProject *self)
{
    return g_atomic_int_get(&wg_project_get_changes(self)->n_ids);
}

static gboolean
reload(sqlite3 *db, gpointer data, GError **error)
{
    Reloading *reloading = data;
    g_autoptr(GArray) changed = dup_changed(reloading->changes, error);
    gint64 version = 0;

    if (!changed || !read_version(db, &version, error))
        return FALSE;
    if (reloading->before && version == reloading->version) {
        if (are_many(reloading, changed) ? !read_all_but(reloading, changed, error)
                                         : !merge(reloading, changed, error))
            return FALSE;
    } else if (!read_packed(reloading->changes, 0, reloading->after, error)) {
        return FALSE;
    }
    reloading->version = version;
    return forget(reloading->changes, error);
}

GPtrArray *
wg_project_reload_recordings(WgProject *self, GPtrArray *before, gint64 *version, GError **error)
{
    g_autoptr(GPtrArray) after =
        g_ptr_array_new_full(before ? before->len : 0, (GDestroyNotify)wg_recording_unref);
    Reloading reloading = {wg_project_get_changes(self), before, after, *version};

    if (!wg_project_work(self, FALSE, reload, &reloading, error))
        return NULL;
    *version = reloading.version;
    return g_steal_pointer(&after);
}

typedef struct {
    WgChanges *changes;
    int n;
} Counting;

static gboolean
count_damaged(sqlite3 *db, gpointer data, GError **error)
{
    Counting *counting = data;

    counting->n = (int)g_hash_table_size(counting->changes->damaged);
    return TRUE;
}

int
wg_project_count_damaged(WgProject *self)
{
    Counting counting = {wg_project_get_changes(self), 0};

    wg_project_work(self, FALSE, count_damaged, &counting, NULL);
    return counting.n;
}
