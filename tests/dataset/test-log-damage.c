/* A write-ahead log that is damaged, or that a power cut has cut: what of it is told. */
#include "dataset/log-commits.h"
#include "killed-project.h"

#include <glib/gstdio.h>

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
test_damaged(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");
    g_autofree char *log = g_strconcat(killed, "-wal", NULL);
    WgLogCommits whole;
    GStatBuf facts;
    int n_noted = 0, n_tried = 0;

    wg_killed_make(path, 0, 2);
    wg_killed_add_and_kill(path, 2, N_BATCHES, killed);
    wg_log_count_commits(log, &whole);
    g_assert_cmpint(whole.n_applied, >=, N_BATCHES);
    g_assert_cmpint(whole.n_behind, ==, 0);
    g_assert_cmpint(g_stat(log, &facts), ==, 0);
    for (gsize at = 3; at < (gsize)facts.st_size; at += 1501, n_tried++) {
        g_autofree char *name = g_strdup_printf("hit-%d.waggle", (int)at);
        g_autofree char *hit = wg_killed_dup_path(f, name),
                        *hit_log = g_strconcat(hit, "-wal", NULL);
        g_autoptr(WgProject) project = NULL;
        WgLogCommits commits;
        guint n;

        wg_killed_copy(killed, hit);
        wg_killed_copy_log(killed, hit);
        flip(hit, at);
        wg_log_count_commits(hit_log, &commits);
        project = wg_project_open(hit, NULL);
        n = wg_killed_count(project);
        g_assert_cmpuint(n, >=, 6);
        if (n < 3 * (2 + N_BATCHES - 1))
            g_assert_nonnull(wg_project_get_log_note(project));
        if (wg_project_get_log_note(project)) {
            g_assert_true(wg_killed_is_there(hit, ".log"));
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
test_cut(WgKilledFixture *f, gconstpointer unused)
{
    g_autofree char *path = wg_killed_dup_path(f, "p.waggle"),
                    *killed = wg_killed_dup_path(f, "killed.waggle");
    g_autofree char *log = g_strconcat(killed, "-wal", NULL), *content = NULL;
    gsize length = 0;
    guint before = 6;

    wg_killed_make(path, 0, 2);
    wg_killed_add_and_kill(path, 2, N_BATCHES, killed);
    g_assert_true(g_file_get_contents(log, &content, &length, NULL));
    for (gsize at = 1; at < length; at += 5003) {
        g_autofree char *name = g_strdup_printf("cut-%d.waggle", (int)at);
        g_autofree char *cut = wg_killed_dup_path(f, name),
                        *cut_log = g_strconcat(cut, "-wal", NULL);
        guint n;

        wg_killed_copy(killed, cut);
        g_assert_true(g_file_set_contents(cut_log, content, (gssize)at, NULL));
        n = wg_killed_count_whole(cut, FALSE);
        g_assert_cmpuint(n, >=, before);
        before = n;
    }
    g_assert_cmpuint(before, >, 3 * N_BATCHES / 2);
}

#define ADD(name, func)                                                                            \
    g_test_add("/dataset/log-damage/" name, WgKilledFixture, NULL, wg_killed_set_up, func,         \
               wg_killed_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("damaged", test_damaged);
    ADD("cut", test_cut);
    return g_test_run();
}
