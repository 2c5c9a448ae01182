/* Any bytes as the file of the commands "detect" and "predict". */
#include "fuzz-folder.h"
#include "fuzz.h"
#include "workbench/job.h"

static void
on_done(GObject *job, GAsyncResult *result, gpointer loop)
{
    g_autoptr(JsonObject) found = wg_job_run_finish(WG_JOB(job), result, NULL);

    g_main_loop_quit(loop);
}

static void
run(const char *name, const char *model, const char *path)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(WgJob) job = wg_job_new(session, name, NULL);
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);

    if (model)
        wg_job_add_argument(job, model);
    wg_job_add_argument(job, path);
    wg_job_run_async(job, on_done, loop);
    g_main_loop_run(loop);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *path = fuzz_file("samples.json", data, size);
    g_autofree char *model = fuzz_source("data/golden/ops/fc00.tflite");

    run("detect", NULL, path);
    run("predict", model, path);
    return 0;
}
