/* The job "restore": puts the model before the one in use back on the watch. */
#include "base/error.h"
#include "device/watch-talk.h"
#include "workbench/carried-json.h"
#include "workbench/deploy-python.h"
#include "workbench/job.h"

#include <glib/gi18n.h>

static void
on_surveyed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgJob) job = WG_JOB(user_data);
    GError *error = NULL;
    g_autoptr(WgSurvey) survey = wg_survey_finish(WG_WATCH(source), result, &error);

    if (survey)
        wg_job_take_result(job, wg_survey_to_json(survey));
    wg_job_return(job, error);
}

static void
on_restored(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgJob) job = WG_JOB(user_data);
    GError *error = NULL;

    if (wg_restore_finish(WG_WATCH(source), result, &error))
        wg_survey_async(WG_WATCH(source), FALSE, NULL, on_surveyed, g_steal_pointer(&job));
    else
        wg_job_return(job, error);
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    wg_progress_tell(wg_job_get_progress(job), 0, _("putting the former model back"));
    if (wg_watch_get_talk(watch) == WG_TALK_PYTHON) {
        wg_restore_python(job, watch);
        return;
    }
    wg_restore_async(watch, wg_job_get_cancellable(job), on_restored, g_object_ref(job));
}

static void
start(WgJob *job)
{
    wg_job_with_watch(job, on_connected);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_restore = {
    "restore",
    "puts the model before this one back",
    "",
    options_table,
    NULL,
    start,
    "the watch has the model in use, or the former one, whole",
    "Each deployment leaves the model before it on the watch, and this puts it back byte for byte: "
    "a\n"
    "second time puts back what was in use. That holds as well for a model that was not Waggle's "
    "and\n"
    "stood where the firmware's recogniser reads it, with its names.",
};
