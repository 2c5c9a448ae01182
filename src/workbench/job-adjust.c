/* The job "adjust": when the app on a watch answers, there and in the project, without a
 * deployment. */
#include "base/error.h"
#include "device/adjust.h"
#include "workbench/actions.h"
#include "workbench/decision.h"
#include "workbench/job.h"
#include "workbench/model.h"
#include "workbench/stream-source.h"

#include <glib/gi18n.h>

typedef struct {
    double threshold;
    WgStreamRule rule; /* its debounce */
    gboolean is_kept;  /* the project has it so */
} Adjusting;

typedef struct {
    const WgDecision *decision;
    const char *app;
} Keeping;

static gboolean
edit(WgEditLog *log, gpointer data, GError **error)
{
    const Keeping *keeping = data;

    return wg_decision_edit(log, keeping->decision, error) &&
           wg_edit_log_set_fact(log, WG_APP_FACT, keeping->app, error);
}

/* For the next deployment, as one edit that can be undone. */
static gboolean
keep(WgJob *job, const Adjusting *a, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autoptr(WgModel) model = wg_model_load(project, "int8", error);
    g_autoptr(WgDecision) before = NULL;
    WgDecision decision = {.threshold = a->threshold, .window = (char *)"detector"};
    g_autofree char *app = wg_actions_dup_app_fact(project, a->rule.n_debounce, a->rule.span_ms);
    g_autofree char *text = g_strdup_printf(_("Answer from %.0f %% on"), 100 * a->threshold);
    Keeping keeping = {&decision, app};

    if (!model)
        return FALSE;
    before = wg_decision_load(project, model, "detector");
    decision.trained = wg_decision_get_trained(model);
    decision.other = (char *)wg_decision_get_other(project, model, before);
    return wg_project_edit(project, WG_EDIT_FACT, text, edit, &keeping, error);
}

static void
on_adjusted(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgJob) job = WG_JOB(user_data);
    const Adjusting *a = g_object_get_data(G_OBJECT(job), "adjusting");
    GError *error = NULL;
    WgAdjusted adjusted;

    if (wg_adjust_finish(WG_WATCH(source), result, &adjusted, &error) &&
        (a->is_kept || keep(job, a, &error))) {
        JsonObject *object = json_object_new();

        json_object_set_double_member(object, "threshold", a->threshold);
        json_object_set_int_member(object, "debounce_n", a->rule.n_debounce);
        json_object_set_double_member(object, "debounce_ms", a->rule.span_ms);
        json_object_set_boolean_member(object, "debounce_now",
                                       adjusted == WG_ADJUSTED_BOTH || a->rule.n_debounce == 0);
        wg_job_take_result(job, object);
    }
    wg_job_return(job, error);
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    const Adjusting *a = g_object_get_data(G_OBJECT(job), "adjusting");

    wg_adjust_async(watch, a->threshold, a->rule.n_debounce, a->rule.span_ms,
                    wg_job_get_cancellable(job), on_adjusted, g_object_ref(job));
}

/* As the project has it; FALSE with the error. */
static gboolean
read_kept(WgJob *job, Adjusting *a, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autoptr(WgModel) model = wg_model_load(project, "int8", error);
    g_autoptr(WgDecision) decision = model ? wg_decision_load(project, model, "detector") : NULL;

    if (!model)
        return FALSE;
    if (decision && decision->thresholds) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("each gesture has a threshold of its own in the project: deploy to "
                              "have them on the watch"));
        return FALSE;
    }
    a->threshold = decision ? decision->threshold : WG_THRESHOLD_USUAL;
    a->is_kept = TRUE;
    return TRUE;
}

static void
start(WgJob *job)
{
    Adjusting *a = g_new0(Adjusting, 1);
    const char *debounce = wg_job_get_string(job, "debounce");
    GError *error = NULL;

    g_object_set_data_full(G_OBJECT(job), "adjusting", a, g_free);
    a->threshold = wg_job_get_number(job, "threshold");
    wg_actions_get_debounce(wg_job_get_project(job), &a->rule.n_debounce, &a->rule.span_ms);
    if (wg_job_has(job, "as-kept") && (wg_job_has(job, "threshold") || debounce))
        g_set_error(&error, WG_ERROR, WG_ERROR_USAGE,
                    "--as-kept has the watch answer as the project says and --%s says otherwise: "
                    "give one of them",
                    debounce ? "debounce" : "threshold");
    else if (wg_job_has(job, "as-kept"))
        read_kept(job, a, &error);
    else if (!wg_job_has(job, "threshold"))
        g_set_error_literal(
            &error, WG_ERROR, WG_ERROR_USAGE,
            "“adjust” needs the least probability for an answer: give --threshold P, "
            "0 to 1, or --as-kept");
    else if (!debounce || wg_stream_rule_set_debounce(&a->rule, debounce, 0, &error))
        wg_project_check_writable(wg_job_get_project(job), &error);
    if (error)
        wg_job_return(job, error);
    else
        wg_job_with_watch(job, on_connected);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL},
    {"threshold", WG_OPTION_NUMBER, "P", "least probability for an answer, of all gestures", NULL,
     0, 1},
    {"debounce", WG_OPTION_STRING, "N,MS", "N gestures within MS make one; 0: each counts", NULL},
    {"as-kept", WG_OPTION_FLAG, NULL, "as the project has it, after an undo for example", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_adjust = {
    "adjust",
    "changes when the app on a watch answers",
    "PROJECT",
    options_table,
    NULL,
    start,
    "the watch answers as before, or as asked: adjust again",
    "Without a deployment, and kept in the project for the next one, where it can be undone. An "
    "app that was deployed "
    "without\n"
    "--debounce has no program for it: that counts from the next deployment on (“debounce_now”).",
};
