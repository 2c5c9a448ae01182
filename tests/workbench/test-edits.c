/* Edits of the project, each of them one entry that can be undone and made again. */
#include "edits-fixture.h"

#include "base/random.h"
#include "dataset/project-edits.h"
#include "workbench/actions.h"

#include <sqlite3.h>

static gint64
get_id(WgEditsFixture *f, guint at)
{
    g_autoptr(GPtrArray) recordings = wg_project_load_recordings(f->project, NULL);

    g_assert_cmpuint(at, <, recordings->len);
    return wg_recording_get(g_ptr_array_index(recordings, at))->id;
}

static int
count(WgEditsFixture *f, const char *label)
{
    g_autoptr(GPtrArray) recordings = wg_project_load_recordings(f->project, NULL);
    int n = 0;

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));

        n += g_str_equal(spec->label, label);
        for (int j = 0; j < spec->n_spans; j++)
            n += g_str_equal(spec->spans[j].label, label);
    }
    return n;
}

static void
test_rename(WgEditsFixture *f, gconstpointer data)
{
    const int n_circles = count(f, "circle");
    g_autoptr(GHashTable) actions = g_hash_table_new(g_str_hash, g_str_equal), after = NULL;
    g_autofree char *before = NULL, *undone = NULL;

    g_hash_table_insert(actions, (gpointer) "circle", (gpointer) "media:next");
    g_assert_true(wg_edits_set_actions(f->edits, actions, NULL));
    before = wg_edits_fixture_dup_state(f);
    g_assert_true(wg_edits_rename(f->edits, "circle", "ring", NULL));
    g_assert_cmpint(count(f, "ring"), ==, n_circles);
    g_assert_cmpint(count(f, "circle"), ==, 0);
    after = wg_actions_load(f->project);
    g_assert_cmpstr(g_hash_table_lookup(after, "ring"), ==, "media:next");
    g_assert_false(g_hash_table_contains(after, "circle"));
    g_assert_cmpstr(wg_edits_get_undo_text(f->edits), ==, "Rename “circle”");
    g_assert_true(wg_edits_undo(f->edits, NULL));
    undone = wg_edits_fixture_dup_state(f);
    g_assert_cmpstr(undone, ==, before);
}

static void
test_later_changes_stay(WgEditsFixture *f, gconstpointer data)
{
    g_autofree char *changed = NULL, *undone = NULL, *redone = NULL;

    g_assert_true(wg_edits_set_fact(f->edits, "threshold", "0.5", "Set the threshold", NULL));
    /* a job stores its own, and then again what was there before */
    g_assert_true(wg_project_set_fact(f->project, "threshold", "0.9", NULL));
    changed = wg_edits_fixture_dup_state(f);
    g_assert_true(wg_edits_undo(f->edits, NULL));
    undone = wg_edits_fixture_dup_state(f);
    g_assert_cmpstr(undone, ==, changed);
    g_assert_true(wg_project_set_fact(f->project, "threshold", NULL, NULL));
    g_assert_true(wg_edits_redo(f->edits, NULL));
    redone = wg_project_dup_fact(f->project, "threshold");
    g_assert_null(redone);
}

static void
test_unknown_take(WgEditsFixture *f, gconstpointer data)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    const gint64 known = get_id(f, 0), unknown = 4711, newest = wg_edits_fixture_get_newest(f);
    g_autofree char *before = wg_edits_fixture_dup_state(f), *after = NULL;
    g_autoptr(GError) error = NULL;

    g_array_append_val(ids, known);
    g_array_append_val(ids, unknown);
    g_assert_false(wg_edits_relabel(f->edits, ids, "new", &error));
    g_assert_nonnull(strstr(error->message, "4711"));
    after = wg_edits_fixture_dup_state(f);
    g_assert_cmpstr(after, ==, before);
    g_assert_cmpint(wg_edits_fixture_get_newest(f), ==, newest);
}

static void
test_many_are_one(WgEditsFixture *f, gconstpointer data)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(f->project, NULL);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint i = 0; i < all->len; i++)
        g_array_append_val(ids, wg_recording_get(g_ptr_array_index(all, i))->id);
    g_assert_true(wg_edits_delete(f->edits, ids, NULL));
    g_assert_cmpstr(wg_edits_get_undo_text(f->edits), ==, "Delete 9 takes");
    g_assert_true(wg_edits_undo(f->edits, NULL));
    g_assert_cmpstr(wg_edits_get_redo_text(f->edits), ==, "Delete 9 takes");
    g_assert_cmpstr(wg_edits_get_undo_text(f->edits), ==, "Record 1 take");
}

/* What was deleted stays so when it is imported again; what was undone is as if it had not been. */
static void
test_import_again(WgEditsFixture *f, gconstpointer data)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(f->project, NULL), left = NULL;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    const gint64 first = get_id(f, 0);
    gint64 again[9];
    int n_added = -1;

    while (wg_edits_get_undo_text(f->edits))
        g_assert_true(wg_edits_undo(f->edits, NULL));
    left = wg_project_load_recordings(f->project, NULL);
    g_assert_cmpuint(left->len, ==, 0);
    g_assert_true(wg_project_add_recordings(f->project, all, again, &n_added, NULL));
    g_assert_cmpint(n_added, ==, 9);
    g_assert_cmpint(again[0], ==, first);
    wg_edits_fixture_settle();
    g_array_append_val(ids, first);
    g_assert_true(wg_edits_delete(f->edits, ids, NULL));
    g_assert_true(wg_project_add_recordings(f->project, all, again, &n_added, NULL));
    g_assert_cmpint(n_added, ==, 0);
    g_assert_cmpint(get_id(f, 0), !=, first);
}

static gint64
get_current(WgEditsFixture *f, const char *kind)
{
    g_autoptr(WgModelRecord) record = wg_project_load_model(f->project, kind, NULL);

    g_assert_nonnull(record);
    return record->id;
}

/* The models are float 1, of that int8 2 and 3, float 4, of that int8 5. */
static void
test_choose_model(WgEditsFixture *f, gconstpointer data)
{
    WgModelRecord next = {.kind = (char *)"float",
                          .preset = (char *)"waggle",
                          .meta = (char *)"{}",
                          .data = g_bytes_new_static("x", 1)};

    g_assert_cmpint(get_current(f, "float"), ==, 4);
    g_assert_cmpint(get_current(f, "int8"), ==, 5);
    g_assert_true(wg_edits_choose_model(f->edits, 1, NULL));
    g_assert_cmpint(get_current(f, "float"), ==, 1);
    g_assert_cmpint(get_current(f, "int8"), ==, 3);
    g_assert_true(wg_edits_choose_model(f->edits, 2, NULL));
    g_assert_cmpint(get_current(f, "float"), ==, 1);
    g_assert_cmpint(get_current(f, "int8"), ==, 2);
    g_assert_false(wg_edits_choose_model(f->edits, 99, NULL));
    g_assert_true(wg_edits_undo(f->edits, NULL));
    g_assert_cmpint(get_current(f, "int8"), ==, 3);
    g_assert_true(wg_project_store_model(f->project, &next, NULL));
    g_assert_cmpint(get_current(f, "float"), ==, next.id);
    g_assert_true(wg_edits_undo(f->edits, NULL));
    g_assert_cmpint(get_current(f, "float"), ==, next.id);
    g_bytes_unref(next.data);
    g_free(next.created);
}

static void
test_oldest_go(WgEditsFixture *f, gconstpointer data)
{
    int n = 0;

    for (int i = 0; i < WG_EDITS_MAX + 5; i++) {
        g_autofree char *value = g_strdup_printf("%d", i);

        g_assert_true(wg_edits_set_fact(f->edits, "threshold", value, "Set the threshold", NULL));
    }
    for (; wg_edits_get_undo_text(f->edits); n++)
        g_assert_true(wg_edits_undo(f->edits, NULL));
    g_assert_cmpint(n, ==, WG_EDITS_MAX);
    g_autofree char *left = wg_project_dup_fact(f->project, "threshold");
    g_assert_cmpstr(left, ==, "4");
}

/* What a damaged file says was changed is not believed. */
static void
test_damaged_history(WgEditsFixture *f, gconstpointer data)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    const gint64 id = get_id(f, 0);
    WgRandom random;

    g_array_append_val(ids, id);
    wg_random_init(&random, 3, 0);
    for (int turn = 0; turn < 60; turn++) {
        static const char *const instead[] = {"", "00", "6c", "ff", "0000", "ff41"};
        const guint n_kept = wg_random_below(&random, 30), from = wg_random_below(&random, 30);
        const char *put = instead[wg_random_below(&random, G_N_ELEMENTS(instead))];
        /* a new one: what changes nothing is no entry, and the import would be undone instead */
        g_autofree char *label = g_strdup_printf("label-%d", turn);
        g_autofree char *sql = g_strdup_printf(
            "UPDATE edits SET changes = substr(changes, 1, %u) || x'%s' || substr(changes, %u) "
            "WHERE id = (SELECT max(id) FROM edits)",
            n_kept, put, 1 + from);
        g_autoptr(GError) error = NULL;
        sqlite3 *db = NULL;

        g_assert_true(wg_edits_relabel(f->edits, ids, label, NULL));
        g_assert_cmpint(sqlite3_open(f->path, &db), ==, SQLITE_OK);
        g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
        sqlite3_close(db);
        if (!wg_edits_undo(f->edits, &error))
            g_assert_null(strchr(error->message, '\n'));
        g_assert_cmpint(get_id(f, 0), ==, id);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/workbench/edits/a-gesture-is-renamed-with-stretches-and-action", WgEditsFixture,
               NULL, wg_edits_fixture_set_up, test_rename, wg_edits_fixture_tear_down);
    g_test_add("/workbench/edits/what-a-job-changed-since-stays", WgEditsFixture, NULL,
               wg_edits_fixture_set_up, test_later_changes_stay, wg_edits_fixture_tear_down);
    g_test_add("/workbench/edits/an-unknown-take-leaves-all-as-it-was", WgEditsFixture, NULL,
               wg_edits_fixture_set_up, test_unknown_take, wg_edits_fixture_tear_down);
    g_test_add("/workbench/edits/many-takes-are-one-entry", WgEditsFixture, NULL,
               wg_edits_fixture_set_up, test_many_are_one, wg_edits_fixture_tear_down);
    g_test_add("/workbench/edits/what-was-undone-can-be-imported-again", WgEditsFixture, NULL,
               wg_edits_fixture_set_up, test_import_again, wg_edits_fixture_tear_down);
    g_test_add("/workbench/edits/a-chosen-model-counts-until-one-is-trained", WgEditsFixture, NULL,
               wg_edits_fixture_set_up, test_choose_model, wg_edits_fixture_tear_down);
    g_test_add("/workbench/edits/the-oldest-go-where-there-are-many", WgEditsFixture, NULL,
               wg_edits_fixture_set_up, test_oldest_go, wg_edits_fixture_tear_down);
    g_test_add("/workbench/edits/a-damaged-history-harms-nothing", WgEditsFixture, NULL,
               wg_edits_fixture_set_up, test_damaged_history, wg_edits_fixture_tear_down);
    return g_test_run();
}
