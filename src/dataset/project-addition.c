/* Recordings that are added block by block, as one edit of which all or nothing is done. */
#include "dataset/project-addition.h"

#include "base/error.h"
#include "dataset/project-adding.h"
#include "dataset/project-private.h"

#include <gio/gio.h>

/* So many wait to be written, so that neither side waits for the other. */
#define BLOCKS_MAX 3

/* What is handed over. */
typedef struct {
    GPtrArray *recordings; /* NULL: this is the end */
    GHashTable *renamed;
    gboolean is_cancelled;
} Block;

struct _WgProjectAddition {
    WgProject *project;
    WgProjectRequest *request;
    GAsyncQueue *blocks; /* of Block */
    GAsyncQueue *room;   /* of anything: as many as may still be handed over */
    gint has_failed;
    int n_added;
};

static void
block_free(Block *block)
{
    g_clear_pointer(&block->recordings, g_ptr_array_unref);
    g_clear_pointer(&block->renamed, g_hash_table_unref);
    g_free(block);
}

static gboolean
end(WgEditLog *log, const Block *block, gint64 first, GError **error)
{
    GHashTableIter iter;
    gpointer from, to;

    if (block->is_cancelled) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
        return FALSE;
    }
    if (block->renamed) {
        g_hash_table_iter_init(&iter, block->renamed);
        while (g_hash_table_iter_next(&iter, &from, &to)) {
            if (!wg_adding_rename(wg_edit_log_get_db(log), first, from, to, error))
                return FALSE;
        }
    }
    return wg_edit_log_close(log, WG_EDIT_IMPORT, NULL, error);
}

/* On the project's thread: takes blocks until the end, also where one could not be added. */
static gboolean
add_blocks(sqlite3 *db, gpointer data, GError **error)
{
    WgProjectAddition *self = data;
    g_autoptr(WgEditLog) log = wg_edit_log_new(db);
    g_autoptr(WgAdding) adding = wg_adding_new(log, error);
    gboolean is_good = adding != NULL, is_last = FALSE;
    const gint64 first = is_good ? wg_adding_get_next(adding) : 0;

    while (!is_last) {
        Block *block = g_async_queue_pop(self->blocks);

        is_last = !block->recordings;
        if (is_good && !is_last)
            is_good = wg_adding_add(adding, block->recordings, FALSE, NULL, &self->n_added, error);
        else if (is_good)
            is_good = end(log, block, first, error);
        block_free(block);
        if (!is_good)
            g_atomic_int_set(&self->has_failed, TRUE);
        g_async_queue_push(self->room, self);
    }
    return is_good;
}

WgProjectAddition *
wg_project_addition_new(WgProject *project, GError **error)
{
    WgProjectAddition *self = g_new0(WgProjectAddition, 1);

    self->project = g_object_ref(project);
    self->blocks = g_async_queue_new();
    self->room = g_async_queue_new();
    for (int i = 0; i < BLOCKS_MAX; i++)
        g_async_queue_push(self->room, self);
    self->request = wg_project_begin_work(project, TRUE, add_blocks, self, error);
    if (self->request)
        return self;
    wg_project_addition_cancel(self);
    return NULL;
}

gboolean
wg_project_addition_push(WgProjectAddition *self, GPtrArray *recordings)
{
    Block *block = g_new0(Block, 1);

    block->recordings = recordings;
    g_async_queue_pop(self->room);
    g_async_queue_push(self->blocks, block);
    return !g_atomic_int_get(&self->has_failed);
}

static gboolean
finish(WgProjectAddition *self, Block *last, int *n_added, GError **error)
{
    gboolean is_done = FALSE;

    if (self->request) {
        g_async_queue_push(self->blocks, last);
        is_done = wg_project_end_work(self->project, self->request, error);
    } else {
        block_free(last);
    }
    if (n_added)
        *n_added = self->n_added;
    if (is_done)
        wg_project_announce_change(self->project);
    g_async_queue_unref(self->blocks);
    g_async_queue_unref(self->room);
    g_object_unref(self->project);
    g_free(self);
    return is_done;
}

gboolean
wg_project_addition_finish(WgProjectAddition *self, GHashTable *renamed, int *n_added,
                           GError **error)
{
    Block *last = g_new0(Block, 1);

    last->renamed = renamed ? g_hash_table_ref(renamed) : NULL;
    return finish(self, last, n_added, error);
}

void
wg_project_addition_cancel(WgProjectAddition *self)
{
    Block *last = g_new0(Block, 1);

    last->is_cancelled = TRUE;
    finish(self, last, NULL, NULL);
}
