/* All takes of a large project, a block after another, in memory that does not grow with them. */
#include "dataset/project-each.h"

#include "dataset/project-reload.h"

/* So many are read in a few milliseconds: what the window asks of the file waits no longer. */
#define BLOCK 500

typedef struct {
    WgReading what;
    GPtrArray *recordings;
    gint64 next,
        last; /* ids: of the next block the first (-1: none is left), and the last of all */
    int n_read, n_all;
} Pass;

static gboolean
count_all(sqlite3 *db, gpointer data, GError **error)
{
    Pass *pass = data;
    g_autoptr(sqlite3_stmt) count = wg_database_prepare(
        db, "SELECT count(*) FROM takes WHERE recording BETWEEN ?1 AND ?2", error);

    if (!count)
        return FALSE;
    sqlite3_bind_int64(count, 1, pass->next);
    sqlite3_bind_int64(count, 2, pass->last);
    if (sqlite3_step(count) != SQLITE_ROW)
        return wg_database_fail(db, "the recordings", error);
    pass->n_all = sqlite3_column_int(count, 0);
    return TRUE;
}

static gboolean
read_block(sqlite3 *db, gpointer data, GError **error)
{
    Pass *pass = data;

    pass->what.from = pass->next;
    pass->what.to = MIN(wg_recordings_find_end(db, pass->next, BLOCK), pass->last);
    pass->next = pass->what.to < pass->last ? pass->what.to + 1 : -1;
    pass->n_read = pass->next >= 0 ? MIN(pass->n_read + BLOCK, pass->n_all) : pass->n_all;
    return wg_recordings_read(db, &pass->what, pass->recordings, error);
}

gboolean
wg_project_for_each_take(WgProject *self, const WgEachTake *each, GCancellable *cancellable,
                         GError **error)
{
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    Pass pass = {.what = {.of = each->of_guests ? WG_TAKES_OF_GUESTS : WG_TAKES_OWN,
                          .choose = each->choose,
                          .user_data = each->user_data,
                          .damaged = wg_changes_get_damaged(wg_project_get_changes(self))},
                 .recordings = recordings,
                 .next = each->first_id,
                 .last = each->last_id > 0 ? each->last_id : G_MAXINT64};

    if (!wg_project_work(self, FALSE, count_all, &pass, error))
        return FALSE;
    while (pass.next >= 0) {
        if (g_cancellable_set_error_if_cancelled(cancellable, error) ||
            !wg_project_work(self, FALSE, read_block, &pass, error) ||
            (each->block &&
             !each->block(recordings, pass.n_read, pass.n_all, each->user_data, error)))
            return FALSE;
        g_ptr_array_set_size(recordings, 0);
    }
    return TRUE;
}
