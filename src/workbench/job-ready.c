/* The job "ready": what stands between the project's model and a watch, check by check. */
#include "base/error.h"
#include "device/watch-talk.h"
#include "workbench/carried-json.h"
#include "workbench/deploy-checks.h"
#include "workbench/job.h"
#include "workbench/json.h"

#define USUAL_KIND "bangle2"

/* Of the float model's takes; NULL: not known. */
static char *
dup_trained_digest(WgProject *project)
{
    g_autoptr(WgModelRecord) trained = wg_project_load_model(project, "float", NULL);
    g_autoptr(JsonObject) meta =
        trained ? wg_json_parse_object(trained->meta, "model", NULL) : NULL;

    return meta ? g_strdup(wg_json_get_text(meta, "takes", NULL)) : NULL;
}

/* Takes what the watch answered into the result as well. */
static void
add_carried(JsonObject *result, const WgSurvey *survey)
{
    static const char *const names[] = {"now", "former", "storage", "memory_free"};
    g_autoptr(JsonObject) carried = wg_survey_to_json(survey);

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        json_object_set_member(result, names[i], json_object_dup_member(carried, names[i]));
}

/* `watch` and `survey` NULL: there is none, or it was not asked. */
static JsonObject *
check(WgJob *job, WgWatch *watch, const WgSurvey *survey, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    const char *own = watch ? wg_watch_get_kind(watch) : NULL;
    const char *asked = wg_job_get_string(job, "for");
    const WgWatchKind *kind = wg_watch_kind_find(asked ? asked : own ? own : USUAL_KIND, error);
    const char *mode = wg_job_get_string(job, "mode");
    g_autoptr(WgModel) model = kind ? wg_model_load(project, "int8", error) : NULL;
    g_autofree char *before = NULL, *now = NULL;
    JsonObject *result;

    if (!model)
        return NULL;
    if (!g_str_equal(mode, "app") && !g_str_equal(mode, "builtin")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--mode takes app or builtin, not “%s”", mode);
        return NULL;
    }
    before = dup_trained_digest(project);
    now = wg_model_dup_takes_digest(wg_session_get_recordings(wg_job_get_session(job)));
    const WgDeployChecks what = {
        .model = model,
        .project = project,
        .kind = kind,
        .mode = g_str_equal(mode, "app") ? WG_DEPLOY_APP : WG_DEPLOY_BUILTIN,
        .name = watch ? wg_watch_get_name(watch) : NULL,
        .version = watch ? wg_watch_get_version(watch) : NULL,
        .has_tensorflow = watch && wg_watch_has_tensorflow(watch),
        .survey = survey,
        .takes_digest = now,
        .trained_digest = before,
    };
    result = wg_deploy_checks_new(&what);
    if (survey)
        add_carried(result, survey);
    return result;
}

static void
end(WgJob *job, WgWatch *watch, const WgSurvey *survey)
{
    GError *error = NULL;
    JsonObject *result = check(job, watch, survey, &error);

    if (result)
        wg_job_take_result(job, result);
    wg_job_return(job, error);
}

static void
on_surveyed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgJob) job = WG_JOB(user_data);
    GError *error = NULL;
    g_autoptr(WgSurvey) survey = wg_survey_finish(WG_WATCH(source), result, &error);

    if (survey)
        end(job, WG_WATCH(source), survey);
    else
        wg_job_return(job, error);
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    if (wg_watch_get_talk(watch) == WG_TALK_ESPRUINO)
        wg_survey_async(watch, FALSE, wg_job_get_cancellable(job), on_surveyed, g_object_ref(job));
    else
        end(job, watch, NULL);
}

static void
start(WgJob *job)
{
    if (wg_job_is_given(job, "for"))
        end(job, NULL, NULL);
    else
        wg_job_with_watch(job, on_connected);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL},
    {"for", WG_OPTION_STRING, "KIND", "a kind of watch, of which none is asked", NULL},
    {"mode", WG_OPTION_STRING, "app|builtin", "our app, or the firmware's aiGesture", "app"},
    {NULL},
};

const WgJobKind wg_job_kind_ready = {
    "ready",
    "whether the model can go on the watch, check by check",
    "PROJECT",
    options_table,
    NULL,
    start,
    NULL,
    "Each line is a check with its verdict, its reason and what to do: ✓ good, ! it works but "
    "look, "
    "✕ it\n"
    "cannot be deployed, ? the watch was not asked. Changes nothing on the watch.",
    TRUE,
};
