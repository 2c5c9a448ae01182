/* Jobs: options, events, cancelling; the same for window and command line. */
#include "workbench/job.h"

#include "base/error.h"
#include "dataset/import.h"

#include <string.h>

typedef struct {
    GMainLoop *loop;
    JsonObject *result;
    GError *error;
    int n_epochs, n_after;
    int cancel_at;
    gboolean is_done;
} Running;

static WgSession *
new_session(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
    WgSession *session = wg_session_new();
    g_autoptr(GError) error = NULL;

    g_assert_true(wg_session_create_project(session, path, &error));
    g_assert_no_error(error);
    return session;
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    Running *running = user_data;

    running->n_after += running->is_done;
    if (!g_str_equal(name, "epoch"))
        return;
    running->n_epochs++;
    g_assert_cmpint(json_object_get_int_member(event, "epoch"), ==, running->n_epochs);
    if (running->n_epochs == running->cancel_at)
        g_cancellable_cancel(wg_job_get_cancellable(job));
}

static void
on_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Running *running = user_data;

    running->is_done = TRUE;
    running->result = wg_job_run_finish(WG_JOB(source), result, &running->error);
    g_main_loop_quit(running->loop);
}

static void
run_job(WgJob *job, Running *running)
{
    running->loop = g_main_loop_new(NULL, FALSE);
    g_signal_connect(job, "event", G_CALLBACK(on_event), running);
    wg_job_run_async(job, on_done, running);
    g_main_loop_run(running->loop);
    g_main_loop_unref(running->loop);
}

static void
import_sample(WgSession *session)
{
    g_autofree char *path = g_build_filename(g_getenv("WAGGLE_SOURCE"),
                                             "data/recordings/bangle-gestures/conor-v2", NULL);
    g_autoptr(WgJob) job = wg_job_new(session, "import", NULL);
    Running running = {0};

    wg_job_add_argument(job, path);
    run_job(job, &running);
    g_assert_no_error(running.error);
    g_assert_cmpint(json_object_get_int_member(running.result, "added"), ==, 259);
    json_object_unref(running.result);
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    (*(int *)user_data)++;
}

static void
test_trains(void)
{
    g_autoptr(WgSession) session = new_session();
    g_autoptr(WgJob) job = wg_job_new(session, "train", NULL);
    Running running = {0};
    int n_changes = 0;

    import_sample(session);
    g_signal_connect(session, "models-changed", G_CALLBACK(on_changed), &n_changes);
    g_assert_true(wg_job_set(job, "preset", "classic", NULL));
    g_assert_true(wg_job_set(job, "epochs", "5", NULL));
    run_job(job, &running);
    g_assert_no_error(running.error);
    g_assert_cmpint(running.n_epochs, ==, 5);
    g_assert_cmpint(running.n_after, ==, 0);
    g_assert_cmpstr(json_object_get_string_member(running.result, "preset"), ==, "classic");
    g_assert_cmpint(n_changes, >, 0);
    g_assert_cmpuint(wg_session_get_recordings(session)->len, ==, 259);
    json_object_unref(running.result);
}

static void
test_cancels(void)
{
    g_autoptr(WgSession) session = new_session();
    g_autoptr(WgJob) job = wg_job_new(session, "train", NULL);
    g_autoptr(WgModelRecord) model = NULL;
    Running running = {.cancel_at = 3};

    import_sample(session);
    g_assert_true(wg_job_set(job, "epochs", "100000", NULL));
    run_job(job, &running);
    g_assert_error(running.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null(running.result);
    model = wg_project_load_model(wg_session_get_project(session), "float", NULL);
    g_assert_null(model);
    g_error_free(running.error);
}

static void
test_options(void)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(WgJob) job = wg_job_new(session, "train", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_false(wg_job_set(job, "epochs", "0", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_false(wg_job_set(job, "epochs", "5.5", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_false(wg_job_set(job, "wings", "2", &error));
    g_assert_nonnull(strstr(error->message, "--wings"));
    g_clear_error(&error);
    g_assert_cmpfloat(wg_job_get_number(job, "validation"), ==, 0.2);
    g_assert_null(wg_job_new(session, "fly", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
}

static void
test_needs_project(void)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(WgJob) job = wg_job_new(session, "info", NULL);
    Running running = {0};

    run_job(job, &running);
    g_assert_error(running.error, WG_ERROR, WG_ERROR_MISSING);
    g_error_free(running.error);
}

static void
test_one_user(void)
{
    static const char *const late[] = {"record", "restore", "identify", "carries"};
    g_autoptr(WgSession) session = new_session();
    g_autoptr(GError) error = NULL;

    g_assert_true(wg_session_claim_watch(session, "listen", &error));
    g_assert_no_error(error);
    for (gsize i = 0; i < G_N_ELEMENTS(late); i++) {
        g_autoptr(WgJob) job = wg_job_new(session, late[i], &error);
        Running running = {0};

        g_assert_true(wg_job_set(job, "watch", "serial:/nowhere", &error));
        if (g_str_equal(late[i], "record"))
            g_assert_true(wg_job_set(job, "label", "upup", &error));
        run_job(job, &running);
        g_assert_error(running.error, WG_ERROR, WG_ERROR_BUSY);
        g_assert_nonnull(strstr(running.error->message, "“listen” works with the watch"));
        /* the watch was not exchanged, and stays with who has it */
        g_assert_null(wg_session_get_watch(session));
        g_assert_cmpstr(wg_session_get_watch_user(session), ==, "listen");
        g_clear_error(&running.error);
    }
    wg_session_release_watch(session);
    g_assert_null(wg_session_get_watch_user(session));
}

static void
count(WgSession *session, gpointer user_data)
{
    const char *user = wg_session_get_watch_user(session);
    int *n_used = user_data;

    *n_used += g_strcmp0(user, "restore") == 0;
}

static void
test_releases(void)
{
    g_autoptr(WgSession) session = new_session();
    g_autoptr(GError) error = NULL;
    g_autoptr(WgJob) job = wg_job_new(session, "restore", &error);
    Running running = {0};
    int n_used = 0;

    g_signal_connect(session, "watch-changed", G_CALLBACK(count), &n_used);
    g_assert_true(wg_job_set(job, "watch", "serial:/nowhere", &error));
    run_job(job, &running);
    g_assert_nonnull(running.error);
    g_assert_cmpint(n_used, >, 0); /* it had the watch, and said so */
    g_assert_null(wg_session_get_watch_user(session));
    g_clear_error(&running.error);
}

/* Every job is described well enough for --help and the window. */
static void
test_described(void)
{
    for (int i = 0; wg_job_kinds[i]; i++) {
        const WgJobKind *kind = wg_job_kinds[i];

        g_assert_true(kind == wg_job_kind_find(kind->name));
        g_assert_nonnull(kind->summary);
        g_assert_nonnull(kind->arguments);
        g_assert_true(!kind->run != !kind->start);
        for (const WgJobOption *option = kind->options; option && option->name; option++) {
            g_assert_nonnull(option->help);
            g_assert_true((option->type == WG_OPTION_FLAG) == !option->placeholder);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/job/train-tells-each-epoch-before-its-result", test_trains);
    g_test_add_func("/workbench/job/cancelled-training-stores-nothing", test_cancels);
    g_test_add_func("/workbench/job/refuses-options-in-words", test_options);
    g_test_add_func("/workbench/job/needs-an-open-project", test_needs_project);
    g_test_add_func("/workbench/job/a-watch-works-for-one-job-at-a-time", test_one_user);
    g_test_add_func("/workbench/job/a-failed-job-leaves-the-watch-free", test_releases);
    g_test_add_func("/workbench/job/every-job-is-described", test_described);
    return g_test_run();
}
