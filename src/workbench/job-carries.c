/* The job "carries": which model a watch has in use, and which one it had before. */
#include "base/error.h"
#include "workbench/carried-json.h"
#include "workbench/job.h"

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
on_connected(WgJob *job, WgWatch *watch)
{
    wg_survey_async(watch, FALSE, wg_job_get_cancellable(job), on_surveyed, g_object_ref(job));
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

const WgJobKind wg_job_kind_carries = {
    "carries",
    "says which model a watch has in use",
    "",
    options_table,
    NULL,
    start,
    NULL,
    "Names project, date, gestures and checksum of the model in use and of the one before it, and\n"
    "whether their files are whole on the watch. Changes nothing there. A model that somebody "
    "else\n"
    "had put there is called “found on the watch”.",
    TRUE,
};
