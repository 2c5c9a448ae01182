/* All recordings of a large project, read a block after another while others may ask it too. */
#include "dataset/project-loading.h"

#include "dataset/project-each.h"
#include "dataset/project-reload.h"

#include <malloc.h>

/* So many blocks come between two words of how far it is. */
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
        const WgLabelCount count = {wg_database_dup_text(select, 0), sqlite3_column_int(select, 1)};

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
    GPtrArray *before; /* NULL: nothing is there yet */
    GPtrArray *recordings;
    WgChanges *changes;
    GArray *changed; /* ids of those that are read; NULL: all */
    guint at;        /* of them */
    gint64 version;
    WgLoadingTold told;
    gpointer user_data;
    GTask *task; /* that it is the data of */
    int n_blocks;
} Loading;

static void
loading_free(gpointer data)
{
    Loading *self = data;

    g_clear_pointer(&self->before, g_ptr_array_unref);
    g_clear_pointer(&self->recordings, g_ptr_array_unref);
    g_clear_pointer(&self->changed, g_array_unref);
    g_free(self);
}

static gboolean
begin(sqlite3 *db, gpointer data, GError **error)
{
    Loading *self = data;

    return wg_reload_begin(self->changes, self->before ? &self->changed : NULL, &self->version,
                           error);
}

/* They come in the order of id. */
static gboolean
is_changed(const WgRecordingSpec *facts, gpointer user_data)
{
    Loading *self = user_data;

    while (self->at < self->changed->len &&
           g_array_index(self->changed, gint64, self->at) < facts->id)
        self->at++;
    return self->at < self->changed->len &&
           g_array_index(self->changed, gint64, self->at) == facts->id;
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
say(GTask *task, int n, int n_all)
{
    g_autoptr(GSource) source = g_idle_source_new();
    Word *word = g_new(Word, 1);

    *word = (Word){g_object_ref(task), n, n_all};
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, tell, word, word_free);
    g_source_attach(source, g_task_get_context(task));
}

static gboolean
take_block(GPtrArray *recordings, int n_read, int n_all, gpointer user_data, GError **error)
{
    Loading *self = user_data;

    for (guint i = 0; i < recordings->len; i++)
        g_ptr_array_add(self->recordings, wg_recording_ref(g_ptr_array_index(recordings, i)));
    if (++self->n_blocks % TOLD_EVERY == 0)
        say(self->task, n_read, n_all);
    return TRUE;
}

static gboolean
read_those(WgProject *project, Loading *self, GCancellable *cancellable, GError **error)
{
    WgEachTake each = {.block = take_block, .user_data = self};

    if (!self->changed)
        return wg_project_for_each_take(project, &each, cancellable, error);
    if (self->changed->len > 0) {
        each.choose = is_changed;
        each.first_id = g_array_index(self->changed, gint64, 0);
        each.last_id = g_array_index(self->changed, gint64, self->changed->len - 1);
        if (!wg_project_for_each_take(project, &each, cancellable, error))
            return FALSE;
    }
    wg_reload_add_unchanged(self->before, self->changed, self->recordings);
    return TRUE;
}

static void
run(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    WgProject *project = WG_PROJECT(source);
    Loading *loading = data;
    GError *error = NULL;

    if (!wg_project_work(project, FALSE, begin, loading, &error) ||
        !read_those(project, loading, cancellable, &error)) {
        g_task_return_error(task, error);
        return;
    }
    malloc_trim(0); /* what it took to read them */
    g_task_return_pointer(task, g_steal_pointer(&loading->recordings),
                          (GDestroyNotify)g_ptr_array_unref);
}

void
wg_project_load_packed_async(WgProject *self, GPtrArray *before, gint64 version,
                             GCancellable *cancellable, WgLoadingTold told,
                             GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    Loading *loading = g_new0(Loading, 1);

    loading->before = before ? g_ptr_array_ref(before) : NULL;
    loading->version = version;
    loading->recordings = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    loading->changes = wg_project_get_changes(self);
    loading->told = told;
    loading->user_data = user_data;
    loading->task = task;
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
