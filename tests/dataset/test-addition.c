/* Recordings that are added block by block are one edit, of which all or nothing is done. */
#include "base/error.h"
#include "dataset/project-addition.h"
#include "dataset/project-edits.h"
#include "dataset/project-private.h"
#include "takes.h"

#define N_BLOCKS 20
#define N_A_BLOCK 30

static WgProject *
new_project(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
    WgProject *project = wg_project_create(path, NULL);

    g_assert_nonnull(project);
    return project;
}

static GPtrArray *
make_block(int number)
{
    GPtrArray *block = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < N_A_BLOCK; i++)
        g_ptr_array_add(block,
                        wg_test_take(i % 3 ? "flick" : "Circle", NULL, number * N_A_BLOCK + i, 20));
    return block;
}

static guint
count(WgProject *project)
{
    g_autoptr(GPtrArray) loaded = wg_project_load_recordings(project, NULL);

    return loaded->len;
}

static WgProjectAddition *
push_all(WgProject *project)
{
    WgProjectAddition *addition = wg_project_addition_new(project, NULL);

    for (int i = 0; i < N_BLOCKS; i++)
        g_assert_true(wg_project_addition_push(addition, make_block(i)));
    return addition;
}

static void
on_changed(WgProject *project, gpointer n)
{
    ++*(int *)n;
}

static void
test_one_edit(void)
{
    g_autoptr(WgProject) project = new_project();
    g_autoptr(WgEditNote) undo = NULL, redo = NULL;
    g_autoptr(GError) error = NULL;
    int n_added = 0, n_changed = 0;

    g_signal_connect(project, "changed", G_CALLBACK(on_changed), &n_changed);
    g_assert_true(wg_project_addition_finish(push_all(project), NULL, &n_added, &error));
    g_assert_no_error(error);
    g_assert_cmpint(n_added, ==, N_BLOCKS * N_A_BLOCK);
    g_assert_cmpuint(count(project), ==, N_BLOCKS * N_A_BLOCK);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpint(n_changed, ==, 1);
    /* all of it again is known */
    g_assert_true(wg_project_addition_finish(push_all(project), NULL, &n_added, &error));
    g_assert_cmpint(n_added, ==, 0);
    g_assert_true(wg_project_load_edits(project, &undo, &redo, NULL));
    g_assert_cmpint(undo->n, ==, N_BLOCKS * N_A_BLOCK);
    g_assert_null(redo);
    g_assert_true(wg_project_undo(project, &error));
    g_assert_cmpuint(count(project), ==, 0);
    /* what was taken back is added again, by the same numbers */
    g_assert_true(wg_project_addition_finish(push_all(project), NULL, &n_added, &error));
    g_assert_cmpint(n_added, ==, N_BLOCKS * N_A_BLOCK);
    g_assert_cmpuint(count(project), ==, N_BLOCKS * N_A_BLOCK);
}

static void
test_renamed(void)
{
    g_autoptr(WgProject) project = new_project();
    g_autoptr(GPtrArray) before =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GPtrArray) loaded = NULL;
    g_autoptr(GHashTable) renamed = g_hash_table_new(g_str_hash, g_str_equal);

    g_ptr_array_add(before, wg_test_take("Circle", NULL, 100000, 20));
    g_assert_true(wg_project_add_recordings(project, before, NULL, NULL, NULL));
    g_hash_table_insert(renamed, (gpointer) "Circle", (gpointer) "circle");
    g_assert_true(wg_project_addition_finish(push_all(project), renamed, NULL, NULL));
    loaded = wg_project_load_recordings(project, NULL);
    g_assert_cmpuint(loaded->len, ==, N_BLOCKS * N_A_BLOCK + 1);
    /* only those of this addition */
    g_assert_cmpstr(wg_recording_get(g_ptr_array_index(loaded, 0))->label, ==, "Circle");
    for (guint i = 1; i < loaded->len; i++)
        g_assert_cmpstr(wg_recording_get(g_ptr_array_index(loaded, i))->label, ==,
                        (i - 1) % N_A_BLOCK % 3 ? "flick" : "circle");
}

static void
test_cancelled(void)
{
    g_autoptr(WgProject) project = new_project();
    g_autoptr(WgEditNote) undo = NULL, redo = NULL;

    wg_project_addition_cancel(push_all(project));
    g_assert_cmpuint(count(project), ==, 0);
    g_assert_true(wg_project_load_edits(project, &undo, &redo, NULL));
    g_assert_null(undo);
}

static gboolean
limit_pages(sqlite3 *db, gpointer data, GError **error)
{
    return wg_database_exec(db, "PRAGMA max_page_count = 60", error);
}

/* A file that cannot grow: nothing of what came before is left, and it says why. */
static void
test_full(void)
{
    g_autoptr(WgProject) project = new_project();
    g_autoptr(GError) error = NULL;
    WgProjectAddition *addition;
    gboolean is_open = TRUE;
    int n_added = 0;

    g_assert_true(wg_project_work(project, FALSE, limit_pages, NULL, NULL));
    addition = wg_project_addition_new(project, &error);
    g_assert_no_error(error);
    for (int i = 0; i < 100 && is_open; i++)
        is_open = wg_project_addition_push(addition, make_block(i));
    g_assert_false(is_open);
    g_assert_false(wg_project_addition_finish(addition, NULL, &n_added, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_STORAGE);
    g_assert_cmpuint(count(project), ==, 0);
}

static void
test_closed(void)
{
    g_autoptr(WgProject) project = new_project();
    g_autoptr(GError) error = NULL;

    wg_project_close(project);
    g_assert_null(wg_project_addition_new(project, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/addition/is-one-edit", test_one_edit);
    g_test_add_func("/dataset/addition/labels-may-turn-out-otherwise", test_renamed);
    g_test_add_func("/dataset/addition/adds-nothing-when-cancelled", test_cancelled);
    g_test_add_func("/dataset/addition/adds-nothing-when-the-file-is-full", test_full);
    g_test_add_func("/dataset/addition/of-a-closed-project-says-so", test_closed);
    return g_test_run();
}
