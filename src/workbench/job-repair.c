/* The job "repair": saves what can be read of a damaged project into a new one. */
#include "dataset/project-salvage.h"
#include "workbench/job.h"

#include <glib/gi18n.h>

static gboolean
run(WgJob *job, GError **error)
{
    const char *const *paths = wg_job_get_arguments(job);
    WgSalvage salvage;
    JsonObject *result;

    if (!wg_project_salvage(paths[0], paths[1], &salvage, wg_job_get_progress(job),
                            wg_job_get_cancellable(job), error))
        return FALSE;
    result = json_object_new();
    json_object_set_string_member(result, "project", paths[1]);
    json_object_set_int_member(result, "recordings", salvage.n_recordings);
    json_object_set_int_member(result, "lost", salvage.n_lost);
    json_object_set_int_member(result, "nameless", salvage.n_nameless);
    json_object_set_int_member(result, "changed", salvage.n_changed);
    json_object_set_int_member(result, "models", salvage.n_models);
    json_object_set_int_member(result, "models_lost", salvage.n_models_lost);
    wg_job_take_result(job, result);
    return TRUE;
}

const WgJobKind wg_job_kind_repair = {
    "repair",
    "saves what can be read of a damaged project into a new one",
    "DAMAGED NEWPROJECT",
    NULL,
    run,
    NULL,
    .stopped = "there is no new project, and the damaged one is as it was",
    .details =
        "The damaged file is only read. Recordings whose values are not the ones that were stored, "
        "and\n"
        "those of which nobody can say any more what they are (“recovered”), are disabled in the "
        "new\n"
        "project until somebody has looked at them. What could be undone cannot be undone there.",
};
