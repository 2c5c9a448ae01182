/* A folder for packs and projects, and jobs run on them to their end. */
#include "pack-fixture.h"
#include "base/file.h"

#include "workbench/job.h"

void
pack_fixture_set_up(PackFixture *f, gconstpointer data)
{
    f->folder = g_dir_make_tmp("waggle-pack-test-XXXXXX", NULL);
    g_assert_nonnull(f->folder);
}

static void
settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

void
pack_fixture_tear_down(PackFixture *f, gconstpointer data)
{
    wg_file_remove_folder(f->folder);
    g_free(f->folder);
}

char *
pack_fixture_at(PackFixture *f, const char *name)
{
    return g_build_filename(f->folder, name, NULL);
}

static void
on_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    *(GAsyncResult **)user_data = g_object_ref(result);
}

JsonObject *
pack_fixture_run(const char *project, const char *name, const char *const *arguments,
                 GError **error)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(WgJob) job = wg_job_new(session, name, NULL);
    g_autoptr(GAsyncResult) result = NULL;
    JsonObject *object;

    g_assert_true(!project || wg_session_open_project(session, project, NULL));
    for (int i = 0; arguments[i]; i++)
        wg_job_add_argument(job, arguments[i]);
    wg_job_run_async(job, on_done, &result);
    while (!result)
        g_main_context_iteration(NULL, TRUE);
    object = wg_job_run_finish(job, result, error);
    wg_session_close_project(session);
    settle();
    return object;
}
