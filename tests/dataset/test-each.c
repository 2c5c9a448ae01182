/* A project's takes a block after another: each once, whole or as facts, and no more than asked. */
#include "dataset/project-each.h"
#include "dataset/project-edits.h"
#include "takes.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define N 1730 /* three blocks and a part */

typedef struct {
    char *path;
    WgProject *project;
} Fixture;

static void
add_takes(WgProject *project, int first, int n)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GError) error = NULL;

    for (int i = first; i < first + n; i++)
        g_ptr_array_add(takes, wg_test_take(i % 3 ? "up" : "down", i % 2 ? "ann" : "bob", i, 4));
    wg_project_add_recordings(project, takes, NULL, NULL, &error);
    g_assert_no_error(error);
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-each-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;

    fixture->path = g_build_filename(folder, "p.waggle", NULL);
    fixture->project = wg_project_create(fixture->path, &error);
    g_assert_no_error(error);
    add_takes(fixture->project, 0, N);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *folder = g_path_get_dirname(fixture->path);

    g_clear_object(&fixture->project);
    g_unlink(fixture->path);
    g_rmdir(folder);
    g_free(fixture->path);
}

typedef struct {
    WgProject *project;
    GCancellable *cancellable;
    GPtrArray *read;
    GString *asked; /* of each take that it was asked about */
    int n_blocks, n_read, n_all, most_at_once;
    int cancelled_after, fails_after, adds_after; /* blocks */
    int every;                                    /* take with an id that it divides is chosen */
} Pass;

static void
write_facts(GString *text, const WgRecordingSpec *facts)
{
    g_string_append_printf(text, "%d %s %s %d %d %d %d %d %d %d\n", (int)facts->id, facts->label,
                           facts->person, facts->n_samples, facts->trim_first, facts->n_whole,
                           facts->n_spans, facts->n_gaps, facts->disabled, facts->n_clipped);
}

static gboolean
choose(const WgRecordingSpec *facts, gpointer user_data)
{
    Pass *pass = user_data;

    write_facts(pass->asked, facts);
    return pass->every > 0 && facts->id % pass->every == 0;
}

static gboolean
take_block(GPtrArray *recordings, int n_read, int n_all, gpointer user_data, GError **error)
{
    Pass *pass = user_data;

    pass->n_blocks++;
    g_assert_cmpint(n_read, >=, pass->n_read);
    pass->n_read = n_read;
    pass->n_all = n_all;
    pass->most_at_once = MAX(pass->most_at_once, (int)recordings->len);
    for (guint i = 0; i < recordings->len; i++)
        g_ptr_array_add(pass->read, wg_recording_ref(g_ptr_array_index(recordings, i)));
    if (pass->n_blocks == pass->cancelled_after)
        g_cancellable_cancel(pass->cancellable);
    if (pass->n_blocks == pass->adds_after)
        add_takes(pass->project, N, 7);
    if (pass->n_blocks != pass->fails_after)
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, "enough");
    return FALSE;
}

static Pass
begin(Fixture *fixture)
{
    return (Pass){.project = fixture->project,
                  .cancellable = g_cancellable_new(),
                  .read = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref),
                  .asked = g_string_new(NULL)};
}

static gboolean
go(Pass *pass, WgEachTake each, GError **error)
{
    each.block = take_block;
    each.user_data = pass;
    return wg_project_for_each_take(pass->project, &each, pass->cancellable, error);
}

static void
end(Pass *pass)
{
    g_object_unref(pass->cancellable);
    g_ptr_array_unref(pass->read);
    g_string_free(pass->asked, TRUE);
}

/* Fails unless they are those of the project, in order, between these ids. */
static void
assert_all_read(Pass *pass, gint64 first, gint64 last)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) all = wg_project_load_recordings(pass->project, &error);
    guint at = 0;

    g_assert_no_error(error);
    for (guint i = 0; i < all->len; i++) {
        WgRecording *want = g_ptr_array_index(all, i);

        if (wg_recording_get_facts(want)->id < first || wg_recording_get_facts(want)->id > last)
            continue;
        g_assert_cmpuint(at, <, pass->read->len);
        g_assert_cmpint(wg_recording_get_facts(g_ptr_array_index(pass->read, at))->id, ==,
                        wg_recording_get_facts(want)->id);
        g_assert_cmpstr(wg_recording_get_digest(g_ptr_array_index(pass->read, at)), ==,
                        wg_recording_get_digest(want));
        at++;
    }
    g_assert_cmpuint(at, ==, pass->read->len);
}

/* With most ids missing, by far. */
static void
test_blocks(Fixture *fixture, gconstpointer unused)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    Pass pass = begin(fixture), part = begin(fixture);

    for (gint64 id = 100; id <= 1500; id++)
        g_array_append_val(ids, id);
    g_assert_true(wg_project_set_deleted(fixture->project, (const gint64 *)(gpointer)ids->data,
                                         (int)ids->len, TRUE, &error));
    g_assert_true(go(&pass, (WgEachTake){0}, &error));
    g_assert_no_error(error);
    assert_all_read(&pass, 1, N);
    g_assert_cmpint(pass.n_blocks, ==, 4);
    g_assert_cmpint(pass.n_read, ==, N);
    g_assert_cmpint(pass.n_all, ==, N);
    g_assert_cmpint(pass.most_at_once, <, N / 2);
    g_assert_true(go(&part, (WgEachTake){.first_id = 98, .last_id = 1502}, &error));
    assert_all_read(&part, 98, 1502);
    g_assert_cmpuint(part.read->len, ==, 4);
    g_assert_cmpint(part.n_all, ==, 1405);
    end(&pass);
    end(&part);
}

/* Facts are what the recordings have, of every sort of them; damaged ones are in neither. */
static void
test_facts(Fixture *fixture, gconstpointer unused)
{
    const WgLabelSpan span = {1, 2, "walk"};
    const gint64 disabled = 9;
    g_autoptr(GString) want = g_string_new(NULL);
    g_autoptr(GPtrArray) all = NULL;
    g_autoptr(GError) error = NULL;
    Pass pass = begin(fixture);
    sqlite3 *db = NULL;

    g_assert_true(wg_project_trim(fixture->project, 3, 1, 2, &error));
    g_assert_true(wg_project_set_spans(fixture->project, 700, &span, 1, &error));
    g_assert_true(wg_project_set_disabled(fixture->project, &disabled, 1, TRUE, &error));
    g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db,
                                 "INSERT INTO gaps VALUES (1200, 2, 5), (3, 2, 1);"
                                 "UPDATE recordings SET original = x'00' WHERE id = 5",
                                 NULL, NULL, NULL),
                    ==, SQLITE_OK);
    sqlite3_close(db);
    all = wg_project_load_recordings(fixture->project, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(all->len, ==, N - 1);
    for (guint i = 0; i < all->len; i++)
        write_facts(want, wg_recording_get_facts(g_ptr_array_index(all, i)));
    pass.every = 10;
    g_assert_true(go(&pass, (WgEachTake){.choose = choose}, &error));
    g_assert_cmpint(wg_project_count_damaged(fixture->project), ==, 1); /* it was met twice */
    g_assert_cmpstr(pass.asked->str, ==, want->str);
    g_assert_cmpuint(pass.read->len, ==, N / 10);
    end(&pass);
}

static void
test_stops(Fixture *fixture, gconstpointer unused)
{
    g_autoptr(GError) cancelled = NULL, failed = NULL;
    Pass pass = begin(fixture), other = begin(fixture);

    pass.cancelled_after = 2;
    g_assert_false(go(&pass, (WgEachTake){0}, &cancelled));
    g_assert_error(cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint(pass.n_blocks, ==, 2);
    other.fails_after = 1;
    g_assert_false(go(&other, (WgEachTake){0}, &failed));
    g_assert_error(failed, G_IO_ERROR, G_IO_ERROR_FAILED);
    g_assert_cmpint(other.n_blocks, ==, 1);
    end(&pass);
    end(&other);
}

static void
test_added(Fixture *fixture, gconstpointer unused)
{
    g_autoptr(GError) error = NULL;
    Pass pass = begin(fixture);

    pass.adds_after = 2;
    g_assert_true(go(&pass, (WgEachTake){0}, &error));
    g_assert_cmpuint(pass.read->len, ==, N + 7);
    assert_all_read(&pass, 1, N + 7);
    end(&pass);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/dataset/project-each/reads-each-once", Fixture, NULL, set_up, test_blocks,
               tear_down);
    g_test_add("/dataset/project-each/tells-the-facts-of-every-sort", Fixture, NULL, set_up,
               test_facts, tear_down);
    g_test_add("/dataset/project-each/stops-between-blocks", Fixture, NULL, set_up, test_stops,
               tear_down);
    g_test_add("/dataset/project-each/has-what-is-added-meanwhile", Fixture, NULL, set_up,
               test_added, tear_down);
    return g_test_run();
}
