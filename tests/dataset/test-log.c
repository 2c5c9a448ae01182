/* The write-ahead log that a killed program leaves: applied where it belongs, put aside where not.
 */
#include "dataset/project-file.h"
#include "dataset/project-salvage.h"
#include "killed-project.h"

#include <glib/gstdio.h>

static void
test_own(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");

    wg_killed_make(path, 0, 2);
    wg_killed_add_and_kill(path, 2, N_BATCHES, killed);
    g_assert_cmpuint(wg_killed_count_whole(killed, FALSE), ==, 3 * (2 + N_BATCHES));
    g_assert_false(wg_killed_is_there(killed, ".log"));
}

/* A project whose commits are all in the log yet, and one that has none. */
static void
test_own_of_all(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");

    wg_killed_make(path, 0, 0);
    wg_killed_add_and_kill(path, 0, N_BATCHES, killed);
    g_assert_cmpuint(wg_killed_count_whole(killed, FALSE), ==, 3 * N_BATCHES);
}

/* One that was killed while it brought an older form to this one. */
static void
test_own_of_a_migration(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *older =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/data/projects/form-5.waggle", NULL);
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");
    g_autofree char *content = NULL;
    gsize length = 0;
    guint n;

    g_assert_true(g_file_get_contents(older, &content, &length, NULL));
    g_assert_true(g_file_set_contents(path, content, (gssize)length, NULL));
    wg_killed_add_and_kill(path, 0, 1, killed);
    n = wg_killed_count_whole(path, FALSE);
    g_assert_cmpuint(n, >, 3);
    g_assert_cmpuint(wg_killed_count_whole(killed, FALSE), ==, n);
}

/* Another project was put in the place of the one whose log it is, a smaller or a larger one. */
static void
test_of_another(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle");

    wg_killed_make(path, 0, 0);
    for (int n = 1; n <= 200; n += 199) {
        g_autofree char *name = g_strdup_printf("killed-%d.waggle", n);
        g_autofree char *other = wg_killed_dup_path(f, n == 1 ? "small.waggle" : "large.waggle");
        g_autofree char *killed = wg_killed_dup_path(f, name);

        wg_killed_make(other, 1000, n);
        wg_killed_add_and_kill(path, n == 1 ? 0 : N_BATCHES, N_BATCHES, killed);
        wg_killed_copy(other, killed);
        g_assert_cmpuint(wg_killed_count_whole(killed, TRUE), ==, 3 * (guint)n);
        g_assert_true(wg_killed_is_there(killed, ".log"));
        g_assert_cmpuint(wg_killed_count_whole(killed, FALSE), ==,
                         3 * (guint)n); /* it is said once */
    }
}

/* Of another project that has the same takes, so that with the log all would be there, and whole.
 */
static void
test_of_a_twin(WgKilledFixture *f, gconstpointer unused)
{
    static const gint64 first = 1;
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");
    g_autofree char *other = wg_killed_dup_path(f, "other.waggle");
    g_autoptr(WgProject) project = NULL;
    g_autoptr(WgRecording) take = NULL;

    wg_killed_make(path, 0, 2);
    wg_killed_make(other, 0, 2);
    project = wg_project_open(path, NULL);
    g_assert_true(wg_project_relabel(project, &first, 1, "b", NULL));
    wg_killed_copy_log(path, killed);
    wg_project_close(project);
    g_clear_object(&project);
    wg_killed_copy(other, killed);
    project = wg_project_open(killed, NULL);
    g_assert_nonnull(wg_project_get_log_note(project));
    take = wg_project_load_recording(project, 1, NULL);
    g_assert_cmpstr(wg_recording_get(take)->label, ==, "a");
    wg_project_close(project);
}

/* Both copies of one project went on: the log of one is not that of the other. */
static void
test_of_a_sibling(WgKilledFixture *f, gconstpointer unused)
{
    static const gint64 ids[] = {1, 2};
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");
    g_autofree char *copied = wg_killed_dup_path(f, "copy.waggle");
    g_autoptr(WgProject) project = NULL;
    g_autoptr(WgRecording) take = NULL;

    wg_killed_make(path, 0, 2);
    wg_killed_copy(path, copied);
    project = wg_project_open(copied, NULL);
    g_assert_true(wg_project_relabel(project, &ids[0], 1, "b", NULL));
    wg_project_close(project);
    g_clear_object(&project);
    project = wg_project_open(path, NULL);
    g_assert_true(wg_project_relabel(project, &ids[1], 1, "c", NULL));
    g_assert_true(wg_project_relabel(project, &ids[1], 1, "d", NULL));
    wg_killed_copy_log(path, killed);
    wg_project_close(project);
    g_clear_object(&project);
    wg_killed_copy(copied, killed);
    project = wg_project_open(killed, NULL);
    g_assert_nonnull(wg_project_get_log_note(project));
    take = wg_project_load_recording(project, 1, NULL);
    g_assert_cmpstr(wg_recording_get(take)->label, ==, "b");
    wg_project_close(project);
}

/* A new project in the place of one that was moved away, and a repair beside a log that is not the
 * project's: neither takes the log. */
static void
test_stray(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");
    g_autofree char *other = wg_killed_dup_path(f, "other.waggle"),
                    *saved = wg_killed_dup_path(f, "saved.waggle");
    g_autoptr(WgProject) project = NULL;
    WgSalvage salvage;

    wg_killed_make(path, 0, 2);
    wg_killed_make(other, 1000, 5);
    wg_killed_add_and_kill(path, 2, N_BATCHES, killed);
    wg_killed_copy(other, killed);
    g_assert_true(wg_project_salvage(killed, saved, &salvage, NULL, NULL, NULL));
    g_assert_cmpint(salvage.n_recordings, ==, 15);
    g_assert_cmpint(salvage.n_lost, ==, 0);
    g_assert_true(wg_killed_is_there(killed, "-wal")); /* it is only read */
    g_assert_cmpint(g_unlink(killed), ==, 0);
    project = wg_project_create(killed, NULL);
    g_assert_nonnull(wg_project_get_log_note(project));
    g_assert_cmpuint(wg_killed_count(project), ==, 0);
    g_assert_true(wg_killed_is_there(killed, ".log"));
    wg_project_close(project);
}

/* What is put aside is the log, whole: put back beside its own file it is applied. */
static void
test_put_back(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");
    g_autofree char *other = wg_killed_dup_path(f, "other.waggle"),
                    *own = wg_killed_dup_path(f, "own.waggle");
    g_autofree char *aside = g_strconcat(killed, ".log", NULL);
    g_autofree char *log = g_strconcat(own, "-wal", NULL);

    wg_killed_make(path, 0, 2);
    wg_killed_make(other, 1000, 5);
    wg_killed_add_and_kill(path, 2, N_BATCHES, killed);
    wg_killed_copy(killed, own);
    wg_killed_copy(other, killed);
    g_assert_cmpuint(wg_killed_count_whole(killed, TRUE), ==, 15);
    g_assert_cmpint(g_rename(aside, log), ==, 0);
    g_assert_cmpuint(wg_killed_count_whole(own, FALSE), ==, 3 * (2 + N_BATCHES));
}

/* An earlier state of the same project was put in its place: it is whole, with the log's commits or
 * without. */
static void
test_of_a_later_state(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");
    g_autofree char *backup = wg_killed_dup_path(f, "backup.waggle");

    wg_killed_make(path, 0, 10);
    wg_killed_copy(path, backup);
    for (int i = 1; i <= 3; i++) { /* each closed well, so that the file has what came */
        g_autoptr(WgProject) project = wg_project_open(path, NULL);

        for (int k = 0; k < 20; k++)
            wg_killed_add(project, 100 * i + k);
        wg_project_close(project);
    }
    wg_killed_add_and_kill(path, 500, N_BATCHES, killed);
    wg_killed_copy(backup, killed);
    g_assert_cmpuint(wg_killed_count_whole(killed, TRUE), ==, 30);
}

/* Somebody has the project open: the log is his. */
static void
test_in_use(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle");
    g_autoptr(WgProject) first = NULL, second = NULL;
    WgProjectHold *hold;

    wg_killed_make(path, 0, 1);
    hold = wg_project_hold_new(path);
    g_assert_nonnull(hold);
    g_assert_null(wg_project_hold_new(path));
    wg_project_hold_free(hold);
    first = wg_project_open(path, NULL);
    wg_killed_add(first, 1);
    g_assert_null(wg_project_hold_new(path));
    second = wg_project_open(path, NULL);
    g_assert_null(wg_project_get_log_note(second));
    g_assert_cmpuint(wg_killed_count(second), ==, 6);
    wg_killed_add(first, 2); /* it has its locks still */
    g_assert_null(wg_project_hold_new(path));
}

#define ADD(name, func)                                                                            \
    g_test_add("/dataset/log/" name, WgKilledFixture, NULL, wg_killed_set_up, func,                \
               wg_killed_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("own", test_own);
    ADD("own-of-all", test_own_of_all);
    ADD("own-of-a-migration", test_own_of_a_migration);
    ADD("of-another", test_of_another);
    ADD("of-a-twin", test_of_a_twin);
    ADD("of-a-sibling", test_of_a_sibling);
    ADD("stray", test_stray);
    ADD("put-back", test_put_back);
    ADD("of-a-later-state", test_of_a_later_state);
    ADD("in-use", test_in_use);
    return g_test_run();
}
