/* One program at a time changes a project; others read it. */
#include "base/error.h"
#include "dataset/import.h"
#include "dataset/project-file.h"
#include "dataset/project-salvage.h"
#include "dataset/project-verify.h"
#include "dataset/project.h"
#include "takes.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    char *folder, *path, *lock;
} Fixture;

static void
set_up(Fixture *f, gconstpointer unused)
{
    WgProject *project;

    f->folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "p.waggle", NULL);
    f->lock = g_build_filename(f->folder, ".p.waggle.lock", NULL);
    project = wg_project_create(f->path, NULL);
    g_assert_nonnull(project);
    g_object_unref(project);
}

static void
tear_down(Fixture *f, gconstpointer unused)
{
    g_unlink(f->path);
    g_unlink(f->lock);
    g_rmdir(f->folder);
    g_free(f->folder);
    g_free(f->path);
    g_free(f->lock);
}

static gboolean
add(WgProject *project, int number, GError **error)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    g_ptr_array_add(takes, wg_test_take("a", NULL, number, 20));
    return wg_project_add_recordings(project, takes, NULL, NULL, error);
}

static guint
count(WgProject *project)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, NULL);

    return all->len;
}

static void
test_second_reads(Fixture *f, gconstpointer unused)
{
    g_autoptr(WgProject) first = wg_project_open(f->path, NULL);
    g_autoptr(WgProject) second = wg_project_open(f->path, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_false(g_file_test(f->lock, G_FILE_TEST_EXISTS)); /* reading asks for nothing */
    g_assert_true(add(first, 1, &error));
    g_assert_no_error(error);
    g_assert_false(wg_project_check_writable(second, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_BUSY);
    g_assert_nonnull(strstr(error->message, f->path));
    g_assert_null(strchr(error->message, '\n'));
    g_clear_error(&error);
    g_assert_true(wg_project_is_read_only(second));
    g_assert_false(add(second, 2, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_BUSY);
    g_clear_error(&error);
    g_assert_cmpuint(count(second), ==, 1);
    /* once the first has closed it, the second may */
    wg_project_close(first);
    g_assert_false(g_file_test(f->lock, G_FILE_TEST_EXISTS));
    g_assert_true(wg_project_check_writable(second, &error));
    g_assert_no_error(error);
    g_assert_false(wg_project_is_read_only(second));
    g_assert_true(add(second, 2, &error));
    g_assert_cmpuint(count(second), ==, 2);
}

/* A link to it is the same project. */
static void
test_link(Fixture *f, gconstpointer unused)
{
    g_autofree char *link = g_build_filename(f->folder, "link.waggle", NULL);
    g_autoptr(WgProject) first = NULL, second = NULL;

    g_assert_cmpint(symlink(f->path, link), ==, 0);
    first = wg_project_open(f->path, NULL);
    second = wg_project_open(link, NULL);
    g_assert_true(wg_project_check_writable(second, NULL));
    g_assert_false(wg_project_check_writable(first, NULL));
    g_unlink(link);
}

/* What a killed program leaves there holds nobody up; and it is not written through a link. */
static void
test_left_over(Fixture *f, gconstpointer unused)
{
    g_autofree char *victim = g_build_filename(f->folder, "victim", NULL), *content = NULL;
    g_autoptr(WgProject) project = NULL;

    g_assert_true(g_file_set_contents(f->lock, "waggle, 1, somewhere", -1, NULL));
    project = wg_project_open(f->path, NULL);
    g_assert_true(add(project, 1, NULL));
    wg_project_close(project);
    g_clear_object(&project);
    g_assert_false(g_file_test(f->lock, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_set_contents(victim, "precious", -1, NULL));
    g_assert_cmpint(symlink(victim, f->lock), ==, 0);
    project = wg_project_open(f->path, NULL);
    g_assert_true(add(project, 2, NULL));
    wg_project_close(project);
    g_clear_object(&project);
    g_assert_true(g_file_get_contents(victim, &content, NULL, NULL));
    g_assert_cmpstr(content, ==, "precious");
    g_unlink(victim);
}

static gpointer
write_often(gpointer data)
{
    const char *path = data;
    int n = 0;

    for (int i = 0; i < 100; i++) {
        g_autoptr(WgProject) project = wg_project_open(path, NULL);
        g_autoptr(GError) error = NULL;

        if (wg_project_check_writable(project, &error)) {
            g_autofree char *value = wg_project_dup_fact(project, "n");
            const int before = value ? atoi(value) : 0;
            g_autofree char *next = g_strdup_printf("%d", before + 1);

            g_assert_true(wg_project_set_fact(project, "n", next, NULL));
            wg_project_close(project);
            n++;
        } else {
            g_assert_error(error, WG_ERROR, WG_ERROR_BUSY);
        }
    }
    return GINT_TO_POINTER(n);
}

/* Reading and then writing is never interleaved among those who have the right. */
static void
test_one_at_a_time(Fixture *f, gconstpointer unused)
{
    GThread *threads[4];
    g_autoptr(WgProject) project = NULL;
    g_autofree char *value = NULL;
    int n = 0;

    for (int i = 0; i < 4; i++)
        threads[i] = g_thread_new("writer", write_often, f->path);
    for (int i = 0; i < 4; i++)
        n += GPOINTER_TO_INT(g_thread_join(threads[i]));
    project = wg_project_open(f->path, NULL);
    value = wg_project_dup_fact(project, "n");
    g_assert_cmpint(n, >=, 100 / 4); /* somebody always has it */
    g_assert_cmpint(atoi(value), ==, n);
}

#define ADD(name, test) g_test_add("/dataset/lock/" name, Fixture, NULL, set_up, test, tear_down)

/* As another program sees it, which opens the project and closes it again. */
static int
count_elsewhere(const char *path)
{
    const char *const words[] = {"/proc/self/exe", "--count", path, NULL};
    int status = 0;

    g_assert_true(g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                               &status, NULL));
    g_assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int
run_elsewhere(const char *path)
{
    g_autoptr(WgProject) project = wg_project_open(path, NULL);

    return project ? (int)count(project) : 255;
}

/* Where a process closes any descriptor of a file its locks on it are gone: another program then
 * takes the log away that this one still writes. */
static void
test_reading_keeps_the_locks(Fixture *f, gconstpointer unused)
{
    g_autofree char *copy = g_build_filename(f->folder, "copy.waggle", NULL);
    g_autofree char *saved = g_build_filename(f->folder, "saved.waggle", NULL);
    const char *const paths[] = {f->folder, f->path, NULL};
    const WgImportOptions options = {0};
    g_autoptr(WgProject) project = wg_project_open(f->path, NULL);
    g_autoptr(WgVerification) found = NULL;
    g_autoptr(WgProject) again = NULL;
    WgSalvage salvage;

    g_assert_true(add(project, 1, NULL));
    g_assert_true(wg_project_copy_file(f->path, copy, NULL, NULL));
    g_assert_true(wg_project_may_be_salvaged(f->path));
    found = wg_project_verify(f->path, TRUE, NULL, NULL, NULL);
    g_assert_true(wg_verification_is_whole(found));
    g_assert_true(wg_project_salvage(f->path, saved, &salvage, NULL, NULL, NULL));
    again = wg_project_open(f->path, NULL);
    wg_project_close(again);
    for (int i = 0; i < 2; i++) {
        const char *const one[] = {paths[i], NULL};
        WgImport *import = wg_import_read(one, &options, NULL, NULL, NULL, NULL);

        g_clear_pointer(&import, wg_import_free);
    }
    g_assert_cmpint(count_elsewhere(f->path), ==, 1);
    g_assert_true(add(project, 2, NULL));
    g_assert_cmpint(count_elsewhere(f->path), ==, 2);
    wg_project_close(project);
    g_assert_cmpint(count_elsewhere(f->path), ==, 2);
    g_unlink(copy);
    g_unlink(saved);
}

int
main(int argc, char **argv)
{
    if (argc == 3 && g_str_equal(argv[1], "--count"))
        return run_elsewhere(argv[2]);
    g_test_init(&argc, &argv, NULL);
    ADD("a-second-program-only-reads-until-the-first-is-gone", test_second_reads);
    ADD("is-the-same-by-a-link", test_link);
    ADD("what-a-killed-program-left-holds-nobody-up", test_left_over);
    ADD("one-at-a-time-writes", test_one_at_a_time);
    ADD("reading-the-file-keeps-the-locks-on-it", test_reading_keeps_the_locks);
    return g_test_run();
}
