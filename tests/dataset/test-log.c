/* The write-ahead log that a killed program leaves: applied where it belongs, put aside where not.
 */
#include "dataset/log-commits.h"
#include "dataset/project-file.h"
#include "dataset/project-verify.h"
#include "dataset/project.h"
#include "takes.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_BATCHES 12

typedef struct {
    char *folder;
} Fixture;

static void
set_up(Fixture *f, gconstpointer unused)
{
    f->folder = g_dir_make_tmp("waggle-log-XXXXXX", NULL);
}

static void
tear_down(Fixture *f, gconstpointer unused)
{
    GDir *folder = g_dir_open(f->folder, 0, NULL);

    for (const char *name; (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename(f->folder, name, NULL);

        g_assert_cmpint(g_unlink(path), ==, 0);
    }
    g_dir_close(folder);
    g_assert_cmpint(g_rmdir(f->folder), ==, 0);
    g_free(f->folder);
}

static char *
dup_path(const Fixture *f, const char *name)
{
    return g_build_filename(f->folder, name, NULL);
}

/* Three takes, each of its own values, in one commit. */
static void
add(WgProject *project, int number)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < 3; i++)
        g_ptr_array_add(takes, wg_test_take("a", NULL, 3 * number + i, 40));
    g_assert_true(wg_project_add_recordings(project, takes, NULL, NULL, NULL));
}

static guint
count(WgProject *project)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, NULL);

    return all->len;
}

/* Closed well. */
static void
make(const char *path, int first, int n)
{
    g_autoptr(WgProject) project = wg_project_create(path, NULL);

    for (int i = first; i < first + n; i++)
        add(project, i);
    wg_project_close(project);
}

static void
copy(const char *from, const char *to)
{
    g_assert_true(wg_project_copy_file(from, to, NULL, NULL));
}

static void
copy_log(const char *from, const char *to)
{
    g_autofree char *content = NULL, *log = g_strconcat(from, "-wal", NULL);
    g_autofree char *log_to = g_strconcat(to, "-wal", NULL);
    gsize length = 0;

    g_assert_true(g_file_get_contents(log, &content, &length, NULL));
    g_assert_cmpuint(length, >, 0);
    g_assert_true(g_file_set_contents(log_to, content, (gssize)length, NULL));
}

/* The project at `path` gets batches from `first` on, and `to` is as a program leaves it that is
 * killed then. */
static void
add_and_kill(const char *path, int first, int n, const char *to)
{
    g_autoptr(WgProject) project = wg_project_open(path, NULL);

    for (int i = first; i < first + n; i++)
        add(project, i);
    copy(path, to);
    copy_log(path, to);
    wg_project_close(project);
}

static gboolean
is_there(const char *path, const char *ending)
{
    g_autofree char *beside = g_strconcat(path, ending, NULL);

    return g_file_test(beside, G_FILE_TEST_EXISTS);
}

/* How many takes are there, in a project that is whole. */
static guint
count_whole(const char *path, gboolean is_noted)
{
    g_autoptr(WgProject) project = wg_project_open(path, NULL);
    g_autoptr(WgVerification) found = NULL;
    guint n;

    g_assert_nonnull(project);
    g_assert_cmpint(wg_project_get_log_note(project) != NULL, ==, is_noted);
    n = count(project);
    wg_project_close(project);
    found = wg_project_verify(path, FALSE, NULL, NULL, NULL);
    g_assert_true(wg_verification_is_whole(found));
    return n;
}

static void
test_own(Fixture *f, gconstpointer unused)
{
    g_autofree char *path = dup_path(f, "p.waggle"), *killed = dup_path(f, "killed.waggle");

    make(path, 0, 2);
    add_and_kill(path, 2, N_BATCHES, killed);
    g_assert_cmpuint(count_whole(killed, FALSE), ==, 3 * (2 + N_BATCHES));
    g_assert_false(is_there(killed, ".log"));
}

/* A project whose commits are all in the log yet, and one that has none. */
static void
test_own_of_all(Fixture *f, gconstpointer unused)
{
    g_autofree char *path = dup_path(f, "p.waggle"), *killed = dup_path(f, "killed.waggle");

    make(path, 0, 0);
    add_and_kill(path, 0, N_BATCHES, killed);
    g_assert_cmpuint(count_whole(killed, FALSE), ==, 3 * N_BATCHES);
}

/* One that was killed while it brought an older form to this one. */
static void
test_own_of_a_migration(Fixture *f, gconstpointer unused)
{
    g_autofree char *older =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/data/projects/form-5.waggle", NULL);
    g_autofree char *path = dup_path(f, "p.waggle"), *killed = dup_path(f, "killed.waggle");
    g_autofree char *content = NULL;
    gsize length = 0;
    guint n;

    g_assert_true(g_file_get_contents(older, &content, &length, NULL));
    g_assert_true(g_file_set_contents(path, content, (gssize)length, NULL));
    add_and_kill(path, 0, 1, killed);
    n = count_whole(path, FALSE);
    g_assert_cmpuint(n, >, 3);
    g_assert_cmpuint(count_whole(killed, FALSE), ==, n);
}

/* Another project was put in the place of the one whose log it is, a smaller or a larger one. */
static void
test_of_another(Fixture *f, gconstpointer unused)
{
    g_autofree char *path = dup_path(f, "p.waggle");

    make(path, 0, 0);
    for (int n = 1; n <= 200; n += 199) {
        g_autofree char *name = g_strdup_printf("killed-%d.waggle", n);
        g_autofree char *other = dup_path(f, n == 1 ? "small.waggle" : "large.waggle");
        g_autofree char *killed = dup_path(f, name);

        make(other, 1000, n);
        add_and_kill(path, n == 1 ? 0 : N_BATCHES, N_BATCHES, killed);
        copy(other, killed);
        g_assert_cmpuint(count_whole(killed, TRUE), ==, 3 * (guint)n);
        g_assert_true(is_there(killed, ".log"));
        g_assert_cmpuint(count_whole(killed, FALSE), ==, 3 * (guint)n); /* it is said once */
    }
}

/* Of another project that has the same takes, so that with the log all would be there, and whole.
 */
static void
test_of_a_twin(Fixture *f, gconstpointer unused)
{
    static const gint64 first = 1;
    g_autofree char *path = dup_path(f, "p.waggle"), *killed = dup_path(f, "killed.waggle");
    g_autofree char *other = dup_path(f, "other.waggle");
    g_autoptr(WgProject) project = NULL;
    g_autoptr(WgRecording) take = NULL;

    make(path, 0, 2);
    make(other, 0, 2);
    project = wg_project_open(path, NULL);
    g_assert_true(wg_project_relabel(project, &first, 1, "b", NULL));
    copy_log(path, killed);
    wg_project_close(project);
    g_clear_object(&project);
    copy(other, killed);
    project = wg_project_open(killed, NULL);
    g_assert_nonnull(wg_project_get_log_note(project));
    take = wg_project_load_recording(project, 1, NULL);
    g_assert_cmpstr(wg_recording_get(take)->label, ==, "a");
    wg_project_close(project);
}

/* What is put aside is the log, whole: put back beside its own file it is applied. */
static void
test_put_back(Fixture *f, gconstpointer unused)
{
    g_autofree char *path = dup_path(f, "p.waggle"), *killed = dup_path(f, "killed.waggle");
    g_autofree char *other = dup_path(f, "other.waggle"), *own = dup_path(f, "own.waggle");
    g_autofree char *aside = g_strconcat(killed, ".log", NULL);
    g_autofree char *log = g_strconcat(own, "-wal", NULL);

    make(path, 0, 2);
    make(other, 1000, 5);
    add_and_kill(path, 2, N_BATCHES, killed);
    copy(killed, own);
    copy(other, killed);
    g_assert_cmpuint(count_whole(killed, TRUE), ==, 15);
    g_assert_cmpint(g_rename(aside, log), ==, 0);
    g_assert_cmpuint(count_whole(own, FALSE), ==, 3 * (2 + N_BATCHES));
}

/* An earlier state of the same project was put in its place: it is whole, with the log's commits or
 * without. */
static void
test_of_a_later_state(Fixture *f, gconstpointer unused)
{
    g_autofree char *path = dup_path(f, "p.waggle"), *killed = dup_path(f, "killed.waggle");
    g_autofree char *backup = dup_path(f, "backup.waggle");

    make(path, 0, 10);
    copy(path, backup);
    for (int i = 1; i <= 3; i++) { /* each closed well, so that the file has what came */
        g_autoptr(WgProject) project = wg_project_open(path, NULL);

        for (int k = 0; k < 20; k++)
            add(project, 100 * i + k);
        wg_project_close(project);
    }
    add_and_kill(path, 500, N_BATCHES, killed);
    copy(backup, killed);
    g_assert_cmpuint(count_whole(killed, TRUE), ==, 30);
}

/* Somebody has the project open: the log is his. */
static void
test_in_use(Fixture *f, gconstpointer unused)
{
    g_autofree char *path = dup_path(f, "p.waggle");
    g_autoptr(WgProject) first = NULL, second = NULL;
    WgProjectHold *hold;

    make(path, 0, 1);
    hold = wg_project_hold_new(path);
    g_assert_nonnull(hold);
    g_assert_null(wg_project_hold_new(path));
    wg_project_hold_free(hold);
    first = wg_project_open(path, NULL);
    add(first, 1);
    g_assert_null(wg_project_hold_new(path));
    second = wg_project_open(path, NULL);
    g_assert_null(wg_project_get_log_note(second));
    g_assert_cmpuint(count(second), ==, 6);
    add(first, 2); /* it has its locks still */
    g_assert_null(wg_project_hold_new(path));
}

static void
flip(const char *path, gsize at)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL), *content = NULL;
    gsize length = 0;

    g_assert_true(g_file_get_contents(log, &content, &length, NULL));
    g_assert_cmpuint(at, <, length);
    content[at] ^= 4;
    g_assert_true(g_file_set_contents(log, content, (gssize)length, NULL));
}

/* One bit anywhere in the log: what SQLite then leaves out is told, unless it is the last commit,
 * which a power cut may leave so. */
static void
test_damaged(Fixture *f, gconstpointer unused)
{
    g_autofree char *path = dup_path(f, "p.waggle"), *killed = dup_path(f, "killed.waggle");
    g_autofree char *log = g_strconcat(killed, "-wal", NULL);
    WgLogCommits whole;
    GStatBuf facts;
    int n_noted = 0, n_tried = 0;

    make(path, 0, 2);
    add_and_kill(path, 2, N_BATCHES, killed);
    wg_log_count_commits(log, &whole);
    g_assert_cmpint(whole.n_applied, >=, N_BATCHES);
    g_assert_cmpint(whole.n_behind, ==, 0);
    g_assert_cmpint(g_stat(log, &facts), ==, 0);
    for (gsize at = 3; at < (gsize)facts.st_size; at += 1501, n_tried++) {
        g_autofree char *name = g_strdup_printf("hit-%d.waggle", (int)at);
        g_autofree char *hit = dup_path(f, name), *hit_log = g_strconcat(hit, "-wal", NULL);
        g_autoptr(WgProject) project = NULL;
        WgLogCommits commits;
        guint n;

        copy(killed, hit);
        copy_log(killed, hit);
        flip(hit, at);
        wg_log_count_commits(hit_log, &commits);
        project = wg_project_open(hit, NULL);
        n = count(project);
        g_assert_cmpuint(n, >=, 6);
        if (n < 3 * (2 + N_BATCHES - 1))
            g_assert_nonnull(wg_project_get_log_note(project));
        if (wg_project_get_log_note(project)) {
            g_assert_true(is_there(hit, ".log"));
            g_assert_cmpint(commits.n_behind, >, 1);
            n_noted++;
        }
        wg_project_close(project);
    }
    g_test_message("%d of %d bits noted", n_noted, n_tried);
    g_assert_cmpint(n_noted, >, n_tried * 3 / 4);
}

/* Cut anywhere, as by a power cut: nothing is noted. */
static void
test_cut(Fixture *f, gconstpointer unused)
{
    g_autofree char *path = dup_path(f, "p.waggle"), *killed = dup_path(f, "killed.waggle");
    g_autofree char *log = g_strconcat(killed, "-wal", NULL), *content = NULL;
    gsize length = 0;
    guint before = 6;

    make(path, 0, 2);
    add_and_kill(path, 2, N_BATCHES, killed);
    g_assert_true(g_file_get_contents(log, &content, &length, NULL));
    for (gsize at = 1; at < length; at += 5003) {
        g_autofree char *name = g_strdup_printf("cut-%d.waggle", (int)at);
        g_autofree char *cut = dup_path(f, name), *cut_log = g_strconcat(cut, "-wal", NULL);
        guint n;

        copy(killed, cut);
        g_assert_true(g_file_set_contents(cut_log, content, (gssize)at, NULL));
        n = count_whole(cut, FALSE);
        g_assert_cmpuint(n, >=, before);
        before = n;
    }
    g_assert_cmpuint(before, >, 3 * N_BATCHES / 2);
}

#define ADD(name, func) g_test_add("/dataset/log/" name, Fixture, NULL, set_up, func, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("own", test_own);
    ADD("own-of-all", test_own_of_all);
    ADD("own-of-a-migration", test_own_of_a_migration);
    ADD("of-another", test_of_another);
    ADD("of-a-twin", test_of_a_twin);
    ADD("put-back", test_put_back);
    ADD("of-a-later-state", test_of_a_later_state);
    ADD("in-use", test_in_use);
    ADD("damaged", test_damaged);
    ADD("cut", test_cut);
    return g_test_run();
}
