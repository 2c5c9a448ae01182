/* Following a project: after each change the recordings are as if all were read anew, and those
 * that did not change are the same objects. */
#include "dataset/project-edits.h"
#include "dataset/project.h"

#include "base/random.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

typedef struct {
    char *path;
    WgProject *project;
    GPtrArray *shown;
    gint64 version;
} Fixture;

static WgRecording *
make_take(guint64 number, const char *label)
{
    float samples[30];
    WgRandom random;

    wg_random_init(&random, 7, number);
    for (int i = 0; i < 30; i++)
        samples[i] = (float)((int)wg_random_below(&random, 256) - 128) / 64;
    return wg_recording_new(&(WgRecordingSpec){.label = label,
                                               .rate_hz = 12.5,
                                               .n_samples = 10,
                                               .n_channels = 3,
                                               .samples = samples,
                                               .original_units_per_g = 64});
}

static void
add_takes(Fixture *fixture, guint64 first, int n)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < n; i++)
        g_ptr_array_add(takes, make_take(first + (guint64)i, i % 2 ? "up" : "down"));
    wg_project_add_recordings(fixture->project, takes, NULL, NULL, &error);
    g_assert_no_error(error);
}

/* How many of the recordings are new objects; fails unless all are as in the file. */
static int
follow(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) before = g_steal_pointer(&fixture->shown);
    g_autoptr(GPtrArray) all = NULL;
    int n_new = 0;

    fixture->shown =
        wg_project_reload_recordings(fixture->project, before, &fixture->version, &error);
    g_assert_no_error(error);
    all = wg_project_load_recordings(fixture->project, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(fixture->shown->len, ==, all->len);
    for (guint i = 0; i < all->len; i++) {
        WgRecording *recording = g_ptr_array_index(fixture->shown, i);
        const WgRecordingSpec *have = wg_recording_get_facts(recording);
        const WgRecordingSpec *want = wg_recording_get(g_ptr_array_index(all, i));

        g_assert_cmpint(have->id, ==, want->id);
        g_assert_cmpstr(have->label, ==, want->label);
        g_assert_cmpstr(have->person, ==, want->person);
        g_assert_cmpint(have->disabled, ==, want->disabled);
        g_assert_cmpint(have->n_spans, ==, want->n_spans);
        g_assert_cmpstr(wg_recording_get_digest(recording), ==,
                        wg_recording_get_digest(g_ptr_array_index(all, i)));
        n_new += before == NULL || !g_ptr_array_find(before, recording, NULL);
    }
    return n_new;
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-reload-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;

    fixture->path = g_build_filename(folder, "p.waggle", NULL);
    fixture->project = wg_project_create(fixture->path, &error);
    g_assert_no_error(error);
    add_takes(fixture, 0, 20);
    g_assert_cmpint(follow(fixture), ==, 20);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *folder = g_path_get_dirname(fixture->path);

    g_clear_pointer(&fixture->shown, g_ptr_array_unref);
    wg_project_close(fixture->project);
    g_clear_object(&fixture->project);
    g_unlink(fixture->path);
    g_rmdir(folder);
    g_free(fixture->path);
}

static void
test_changes(Fixture *fixture, gconstpointer unused)
{
    const gint64 ids[] = {3, 17};
    const WgLabelSpan span = {2, 5, "up"};
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(follow(fixture), ==, 0);
    g_assert_true(wg_project_relabel(fixture->project, ids, 2, "round", &error));
    g_assert_cmpint(follow(fixture), ==, 2);
    g_assert_true(wg_project_set_person(fixture->project, ids, 1, "Ada", &error));
    g_assert_true(wg_project_set_disabled(fixture->project, ids + 1, 1, TRUE, &error));
    g_assert_cmpint(follow(fixture), ==, 2);
    g_assert_true(wg_project_set_deleted(fixture->project, ids, 2, TRUE, &error));
    g_assert_cmpint(follow(fixture), ==, 0);
    g_assert_cmpuint(fixture->shown->len, ==, 18);
    g_assert_true(wg_project_set_deleted(fixture->project, ids, 2, FALSE, &error));
    add_takes(fixture, 100, 3);
    g_assert_cmpint(follow(fixture), ==, 5);
    g_assert_true(wg_project_set_spans(fixture->project, 5, &span, 1, &error));
    g_assert_cmpint(follow(fixture), ==, 1);
    g_assert_true(wg_project_set_spans(fixture->project, 5, NULL, 0, &error));
    g_assert_cmpint(follow(fixture), ==, 1);
}

/* Where many changed all are read, and those that did not stay the same objects. */
static void
test_many_changes(Fixture *fixture, gconstpointer unused)
{
    gint64 ids[40];

    add_takes(fixture, 100, 80);
    g_assert_cmpint(follow(fixture), ==, 80);
    for (int i = 0; i < 40; i++)
        ids[i] = 2 * i + 3;
    g_assert_true(wg_project_relabel(fixture->project, ids, 40, "round", NULL));
    g_assert_cmpint(follow(fixture), ==, 40);
    g_assert_true(wg_project_set_deleted(fixture->project, ids, 30, TRUE, NULL));
    g_assert_cmpint(follow(fixture), ==, 0);
    g_assert_cmpuint(fixture->shown->len, ==, 70);
    g_assert_true(wg_project_undo(fixture->project, NULL));
    g_assert_cmpint(follow(fixture), ==, 30);
}

/* Any order of edits, also several between two looks. */
static void
test_random_changes(Fixture *fixture, gconstpointer unused)
{
    static const char *const labels[] = {"up", "down", "round"};
    WgRandom random;

    wg_random_init(&random, 11, 0);
    for (int turn = 0; turn < 150; turn++) {
        const gint64 id = 1 + wg_random_below(&random, 20 + (guint32)turn / 3);
        const guint32 kind = wg_random_below(&random, 5);

        if (kind == 0)
            add_takes(fixture, 1000 + wg_random_below(&random, 60), 2);
        else if (kind == 1)
            wg_project_relabel(fixture->project, &id, 1, labels[wg_random_below(&random, 3)], NULL);
        else if (kind < 4)
            wg_project_set_deleted(fixture->project, &id, 1, kind == 2, NULL);
        else
            wg_project_set_disabled(fixture->project, &id, 1, turn % 2, NULL);
        if (wg_random_below(&random, 3) == 0)
            follow(fixture);
    }
    follow(fixture);
}

/* What another program wrote is not missed. */
static void
test_other_writer(Fixture *fixture, gconstpointer unused)
{
    sqlite3 *other = NULL;

    g_assert_cmpint(sqlite3_open(fixture->path, &other), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(other, "UPDATE takes SET label = 'theirs' WHERE recording = 9",
                                 NULL, NULL, NULL),
                    ==, SQLITE_OK);
    sqlite3_close(other);
    g_assert_cmpint(follow(fixture), ==, 20);
    g_assert_cmpstr(wg_recording_get_facts(g_ptr_array_index(fixture->shown, 8))->label, ==,
                    "theirs");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, test) g_test_add(path, Fixture, NULL, set_up, test, tear_down)
    ADD("/dataset/reload/reads-only-what-changed", test_changes);
    ADD("/dataset/reload/keeps-what-did-not-change-among-many", test_many_changes);
    ADD("/dataset/reload/is-as-all-anew-after-any-edits", test_random_changes);
    ADD("/dataset/reload/notices-another-program", test_other_writer);
    return g_test_run();
}
