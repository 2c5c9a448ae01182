/* All recordings of a large project, read a block after another while others may ask it too. */
#include "dataset/project-loading.h"

#include "dataset/project-reload.h"

#include <malloc.h>

/* So many are read in a few milliseconds: what the window asks of the file waits no longer. */
#define BLOCK 500
/* And so many between two words of how far it is. */
#define TOLD_EVERY 10

static void
clear_count(gpointer count)
{
    g_free(((WgLabelCount *)count)->label);
}

static gboolean
count_labels(sqlite3 *db, gpointer data, GError **error)
{
    /* takes of guests are counted too: who they are of stands beside the samples, all of which
     * would have to be passed over */
    g_autoptr(sqlite3_stmt) select =
        wg_database_prepare(db,
                            "SELECT label, count(*) FROM takes WHERE NOT deleted GROUP BY label "
                            "ORDER BY min(recording)",
                            error);
    int code;

    if (!select)
        return FALSE;
    while ((code = sqlite3_step(select)) == SQLITE_ROW) {
        const WgLabelCount count = {g_strdup((const char *)sqlite3_column_text(select, 0)),
                                    sqlite3_column_int(select, 1)};

        g_array_append_val((GArray *)data, count);
    }
    return code == SQLITE_DONE || wg_database_fail(db, "the recordings", error);
}

GArray *
wg_project_count_labels(WgProject *self, GError **error)
{
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(WgLabelCount));

    g_array_set_clear_func(counts, clear_count);
    return wg_project_work(self, FALSE, count_labels, counts, error) ? g_steal_pointer(&counts)
                                                                     : NULL;
}

typedef struct {
    GPtrArray *recordings;
    WgChanges *changes;
    gint64 version, from; /* the next id to be read, -1: none is left */
    int n_all;
    WgLoadingTold told;
    gpointer user_data;
} Loading;

static void
loading_free(gpointer data)
{
    g_clear_pointer(&((Loading *)data)->recordings, g_ptr_array_unref);
    g_free(data);
}

static gboolean
begin(sqlite3 *db, gpointer data, GError **error)
{
    Loading *self = data;
    g_autoptr(sqlite3_stmt) count = NULL;

    if (!wg_reload_begin(self->changes, &self->version, error))
        return FALSE;
    count = wg_database_prepare(db, "SELECT count(*) FROM takes", error);
    if (!count)
        return FALSE;
    if (sqlite3_step(count) != SQLITE_ROW)
        return wg_database_fail(db, "the recordings", error);
    self->n_all = sqlite3_column_int(count, 0);
    return TRUE;
}

/* Ids may be missing, by far: the block's end is looked up. */
static gboolean
read_block(sqlite3 *db, gpointer data, GError **error)
{
    Loading *self = data;
    WgReading what = {.from = self->from, .of = WG_TAKES_OWN};
    g_autoptr(sqlite3_stmt) end = wg_database_prepare(
        db, "SELECT id FROM recordings WHERE id >= ?1 ORDER BY id LIMIT 1 OFFSET ?2", error);

    if (!end)
        return FALSE;
    sqlite3_bind_int64(end, 1, self->from);
    sqlite3_bind_int(end, 2, BLOCK - 1);
    what.to = sqlite3_step(end) == SQLITE_ROW ? sqlite3_column_int64(end, 0) : 0;
    self->from = what.to > 0 ? what.to + 1 : -1;
    return wg_recordings_read(db, &what, self->recordings, error);
}

typedef struct {
    GTask *task;
    int n, n_all;
} Word;

static gboolean
tell(gpointer user_data)
{
    const Word *word = user_data;
    const Loading *loading = g_task_get_task_data(word->task);

    if (!g_cancellable_is_cancelled(g_task_get_cancellable(word->task)))
        loading->told(word->n, word->n_all, loading->user_data);
    return G_SOURCE_REMOVE;
}

static void
word_free(gpointer word)
{
    g_object_unref(((Word *)word)->task);
    g_free(word);
}

static void
say(GTask *task, const Loading *loading)
{
    g_autoptr(GSource) source = g_idle_source_new();
    Word *word = g_new(Word, 1);

    *word = (Word){g_object_ref(task), (int)loading->recordings->len, loading->n_all};
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, tell, word, word_free);
    g_source_attach(source, g_task_get_context(task));
}

static void
run(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    WgProject *project = WG_PROJECT(source);
    Loading *loading = data;
    GError *error = NULL;

    if (!wg_project_work(project, FALSE, begin, loading, &error)) {
        g_task_return_error(task, error);
        return;
    }
    for (int block = 1; loading->from >= 0; block++) {
        if (g_task_return_error_if_cancelled(task))
            return;
        if (!wg_project_work(project, FALSE, read_block, loading, &error)) {
            g_task_return_error(task, error);
            return;
        }
        if (block % TOLD_EVERY == 0)
            say(task, loading);
    }
    malloc_trim(0); /* what it took to read them */
    g_task_return_pointer(task, g_steal_pointer(&loading->recordings),
                          (GDestroyNotify)g_ptr_array_unref);
}

void
wg_project_load_packed_async(WgProject *self, GCancellable *cancellable, WgLoadingTold told,
                             GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    Loading *loading = g_new0(Loading, 1);

    loading->recordings = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    loading->changes = wg_project_get_changes(self);
    loading->told = told;
    loading->user_data = user_data;
    g_task_set_task_data(task, loading, loading_free);
    g_task_run_in_thread(task, run);
}

GPtrArray *
wg_project_load_packed_finish(WgProject *self, GAsyncResult *result, gint64 *version,
                              GError **error)
{
    const Loading *loading = g_task_get_task_data(G_TASK(result));

    *version = loading->version;
    return g_task_propagate_pointer(G_TASK(result), error);
}
