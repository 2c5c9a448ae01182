/* Projects as programs leave them that were killed: with a write-ahead log beside them. */
#include "killed-project.h"

#include "dataset/project-file.h"
#include "dataset/project-verify.h"
#include "takes.h"

#include <glib/gstdio.h>

void
wg_killed_set_up(WgKilledFixture *f, gconstpointer unused)
{
    f->folder = g_dir_make_tmp("waggle-log-XXXXXX", NULL);
}

void
wg_killed_tear_down(WgKilledFixture *f, gconstpointer unused)
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

char *
wg_killed_dup_path(const WgKilledFixture *f, const char *name)
{
    return g_build_filename(f->folder, name, NULL);
}

void
wg_killed_add(WgProject *project, int number)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < 3; i++)
        g_ptr_array_add(takes, wg_test_take("a", NULL, 3 * number + i, 40));
    g_assert_true(wg_project_add_recordings(project, takes, NULL, NULL, NULL));
}

guint
wg_killed_count(WgProject *project)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, NULL);

    return all->len;
}

void
wg_killed_make(const char *path, int first, int n)
{
    g_autoptr(WgProject) project = wg_project_create(path, NULL);

    for (int i = first; i < first + n; i++)
        wg_killed_add(project, i);
    wg_project_close(project);
}

void
wg_killed_copy(const char *from, const char *to)
{
    g_assert_true(wg_project_copy_file(from, to, NULL, NULL));
}

void
wg_killed_copy_log(const char *from, const char *to)
{
    g_autofree char *content = NULL, *log = g_strconcat(from, "-wal", NULL);
    g_autofree char *log_to = g_strconcat(to, "-wal", NULL);
    gsize length = 0;

    g_assert_true(g_file_get_contents(log, &content, &length, NULL));
    g_assert_cmpuint(length, >, 0);
    g_assert_true(g_file_set_contents(log_to, content, (gssize)length, NULL));
}

void
wg_killed_add_and_kill(const char *path, int first, int n, const char *to)
{
    g_autoptr(WgProject) project = wg_project_open(path, NULL);

    for (int i = first; i < first + n; i++)
        wg_killed_add(project, i);
    wg_killed_copy(path, to);
    wg_killed_copy_log(path, to);
    wg_project_close(project);
}

gboolean
wg_killed_is_there(const char *path, const char *ending)
{
    g_autofree char *beside = g_strconcat(path, ending, NULL);

    return g_file_test(beside, G_FILE_TEST_EXISTS);
}

guint
wg_killed_count_whole(const char *path, gboolean is_noted)
{
    g_autoptr(WgProject) project = wg_project_open(path, NULL);
    g_autoptr(WgVerification) found = NULL;
    guint n;

    g_assert_nonnull(project);
    g_assert_cmpint(wg_project_get_log_note(project) != NULL, ==, is_noted);
    n = wg_killed_count(project);
    wg_project_close(project);
    found = wg_project_verify(path, FALSE, NULL, NULL, NULL);
    g_assert_true(wg_verification_is_whole(found));
    return n;
}
