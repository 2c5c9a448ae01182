/* The project file: what was committed is there, whatever happens. */
#include "base/error.h"
#include "dataset/project.h"
#include "takes.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
new_path(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);

    return g_build_filename(folder, "p.waggle", NULL);
}

static void
test_round_trip(void)
{
    g_autofree char *path = new_path();
    g_autoptr(GError) error = NULL;
    g_autoptr(WgProject) project = wg_project_create(path, &error);
    g_autoptr(GPtrArray) takes = wg_test_takes(3, 2, 4), loaded = NULL;
    gint64 ids[24];
    int n_added = 0;

    g_assert_no_error(error);
    g_assert_true(wg_project_add_recordings(project, takes, ids, &n_added, &error));
    g_assert_cmpint(n_added, ==, 24);
    /* the same takes again are known */
    g_assert_true(wg_project_add_recordings(project, takes, ids, &n_added, &error));
    g_assert_cmpint(n_added, ==, 0);
    wg_project_close(project);
    g_assert_null(wg_project_load_recordings(project, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
    g_clear_error(&error);
    g_set_object(&project, NULL);
    project = wg_project_open(path, &error);
    g_assert_no_error(error);
    loaded = wg_project_load_recordings(project, &error);
    g_assert_cmpuint(loaded->len, ==, 24);
    for (guint i = 0; i < loaded->len; i++) {
        const WgRecordingSpec *wanted = wg_recording_get(g_ptr_array_index(takes, i));
        const WgRecordingSpec *got = wg_recording_get(g_ptr_array_index(loaded, i));

        g_assert_cmpint(got->id, ==, ids[i]);
        g_assert_cmpstr(got->label, ==, wanted->label);
        g_assert_cmpstr(got->person, ==, wanted->person);
        g_assert_cmpmem(got->samples, sizeof(float) * 3 * (gsize)got->n_samples, wanted->samples,
                        sizeof(float) * 3 * (gsize)wanted->n_samples);
        g_assert_cmpmem(got->original, sizeof(float) * 3 * (gsize)got->n_samples, wanted->original,
                        sizeof(float) * 3 * (gsize)wanted->n_samples);
    }
}

static void
test_edits(void)
{
    g_autofree char *path = new_path();
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    g_autoptr(GPtrArray) takes = wg_test_takes(1, 1, 3), after = NULL, back = NULL;
    gint64 ids[3];

    g_assert_true(wg_project_add_recordings(project, takes, ids, NULL, NULL));
    g_assert_false(wg_project_relabel(project, ids, 2, "new\n", NULL)); /* no name */
    g_assert_true(wg_project_relabel(project, ids, 2, "it's \"new\"", NULL));
    g_assert_true(wg_project_set_deleted(project, ids + 2, 1, TRUE, NULL));
    after = wg_project_load_recordings(project, NULL);
    g_assert_cmpuint(after->len, ==, 2);
    g_assert_cmpstr(wg_recording_get(g_ptr_array_index(after, 0))->label, ==, "it's \"new\"");
    g_assert_true(wg_project_set_deleted(project, ids + 2, 1, FALSE, NULL));
    back = wg_project_load_recordings(project, NULL);
    g_assert_cmpuint(back->len, ==, 3);
}

static void
test_models(void)
{
    g_autofree char *path = new_path();
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    g_autoptr(WgModelRecord) none = wg_project_load_model(project, "float", NULL);
    WgModelRecord record = {
        .kind = (char *)"float", .preset = (char *)"waggle", .meta = (char *)"{}"};
    g_autoptr(WgModelRecord) found = NULL;
    g_autofree char *fact = NULL;

    g_assert_null(none);
    record.data = g_bytes_new_static("abc", 3);
    g_assert_true(wg_project_store_model(project, &record, NULL));
    g_bytes_unref(record.data);
    g_free(record.created);
    record.created = NULL;
    record.data = g_bytes_new_static("abcd", 4);
    g_assert_true(wg_project_store_model(project, &record, NULL));
    found = wg_project_load_model(project, "float", NULL);
    g_assert_cmpint(found->id, ==, record.id);
    g_assert_cmpuint(g_bytes_get_size(found->data), ==, 4);
    g_bytes_unref(record.data);
    g_free(record.created);
    g_assert_true(wg_project_set_fact(project, "split", "{}", NULL));
    g_assert_true(wg_project_set_fact(project, "split", "{1}", NULL));
    fact = wg_project_dup_fact(project, "split");
    g_assert_cmpstr(fact, ==, "{1}");
}

static void
test_damage(void)
{
    g_autofree char *path = new_path(), *cut = g_strconcat(path, "2", NULL), *content = NULL;
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    g_autoptr(GPtrArray) takes = wg_test_takes(3, 3, 30);
    gsize length = 0;

    g_assert_true(wg_project_add_recordings(project, takes, NULL, NULL, NULL));
    wg_project_close(project);
    g_assert_true(g_file_get_contents(path, &content, &length, NULL));
    for (gsize kept = 0; kept < length; kept += 997) {
        g_autoptr(GError) error = NULL;
        g_autofree char *after = NULL;
        gsize n_after = 0;

        g_assert_true(g_file_set_contents(cut, content, (gssize)kept, NULL));
        g_assert_null(wg_project_open(cut, &error));
        g_assert_true(g_error_matches(error, WG_ERROR, WG_ERROR_INPUT) ||
                      g_error_matches(error, WG_ERROR, WG_ERROR_DAMAGED));
        g_assert_null(strchr(error->message, '\n'));
        g_assert_true(g_file_get_contents(cut, &after, &n_after, NULL));
        g_assert_cmpmem(after, n_after, content, kept);
    }
}

/* Adds takes one by one and tells each number once its commit has returned. */
static void
add_until_killed(const char *path, int told)
{
    WgProject *project = wg_project_open(path, NULL);

    for (int i = 0; i < G_MAXINT; i++) {
        g_autoptr(GPtrArray) takes =
            g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

        g_ptr_array_add(takes, wg_test_take("g", "p", i, 20));
        if (!project || !wg_project_add_recordings(project, takes, NULL, NULL, NULL) ||
            write(told, &i, sizeof i) != sizeof i)
            _exit(1);
    }
    _exit(1);
}

static void
test_survives_kill(void)
{
    for (int round = 0; round < 20; round++) {
        g_autofree char *path = new_path();
        g_autoptr(WgProject) project = wg_project_create(path, NULL);
        g_autoptr(GPtrArray) loaded = NULL;
        g_autoptr(GError) error = NULL;
        int pipes[2], last = -1, number;
        pid_t child;

        wg_project_close(project);
        g_clear_object(&project);
        g_assert_cmpint(pipe(pipes), ==, 0);
        child = fork();
        if (child == 0) {
            close(pipes[0]);
            add_until_killed(path, pipes[1]);
        }
        close(pipes[1]);
        g_usleep((gulong)g_test_rand_int_range(2000, 60000));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(pipes[0], &number, sizeof number) == sizeof number)
            last = number;
        close(pipes[0]);
        project = wg_project_open(path, &error);
        g_assert_no_error(error);
        loaded = wg_project_load_recordings(project, &error);
        g_assert_no_error(error);
        g_assert_cmpint((int)loaded->len, >=, last + 1);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/project/survives-sigkill-with-every-finished-take",
                    test_survives_kill);
    g_test_add_func("/dataset/project/keeps-samples-and-originals", test_round_trip);
    g_test_add_func("/dataset/project/deleting-can-be-taken-back", test_edits);
    g_test_add_func("/dataset/project/newest-model-and-facts", test_models);
    g_test_add_func("/dataset/project/cut-short-is-refused-and-left-alone", test_damage);
    return g_test_run();
}
