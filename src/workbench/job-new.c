/* The job "new": makes a project file. */
#include "base/error.h"
#include "workbench/job.h"

static void
start(WgJob *job)
{
    const char *path = wg_job_get_arguments(job)[0];
    GError *error = NULL;

    if (wg_session_create_project(wg_job_get_session(job), path, &error)) {
        JsonObject *result = json_object_new();

        json_object_set_string_member(result, "project", path);
        wg_job_take_result(job, result);
    }
    wg_job_return(job, error);
}

const WgJobKind wg_job_kind_new = {
    "new", "makes a project file (.waggle)", "NEWPROJECT", NULL, NULL, start,
};
