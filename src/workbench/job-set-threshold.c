/* The job "set-threshold": keeps the least probability for an answer that a person chose. */
#include "base/error.h"
#include "base/find-string.h"
#include "workbench/decision.h"
#include "workbench/json.h"
#include "workbench/patience.h"

#include <glib/gi18n.h>

/* As the decision before, where there was one, but for the thresholds. */
static WgDecision *
decide(const WgModel *model, const WgDecision *before, double threshold, const char *other)
{
    WgDecision *decision = g_new0(WgDecision, 1);
    const int index = other ? wg_find_string((const char *const *)model->labels, other) : -1;

    decision->threshold = threshold;
    decision->window = g_strdup("detector");
    decision->n_debounce = before ? before->n_debounce : 0;
    decision->span_ms = before ? before->span_ms : 0;
    decision->other = g_strdup(other);
    decision->trained = wg_decision_get_trained(model);
    if (index < 0)
        return decision;
    decision->n_thresholds = model->n_labels;
    decision->thresholds = g_new(double, model->n_labels);
    for (int i = 0; i < model->n_labels; i++)
        decision->thresholds[i] = i == index ? WG_THRESHOLD_NEVER : threshold;
    return decision;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autoptr(WgModel) model = NULL;
    g_autoptr(WgDecision) before = NULL;
    g_autoptr(WgDecision) decision = NULL;
    g_autofree char *text = NULL;
    const char *other = NULL;
    JsonObject *result;

    if (!wg_job_has(job, "to")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "give the threshold as --to 0.8");
        return FALSE;
    }
    model = wg_model_load(project, "int8", error);
    if (!model)
        return FALSE;
    before = wg_decision_load(project, model, "detector");
    if (!wg_decision_choose_other(job, before, model, &other, error))
        return FALSE;
    decision = decide(model, before, wg_job_get_number(job, "to"), other);
    text = g_strdup_printf(_("Answer from %.0f %% on"), 100 * decision->threshold);
    if (!wg_patience_wait(job, error) || !wg_decision_store_edit(project, decision, text, error))
        return FALSE;
    result = json_object_new();
    json_object_set_double_member(result, "threshold", decision->threshold);
    wg_json_set_optional(result, "other", decision->other);
    json_object_set_boolean_member(result, "stored", TRUE);
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"to", WG_OPTION_NUMBER, "T", "least probability for an answer", NULL, 0.5, 0.999},
    {"other", WG_OPTION_STRING, "LABEL", "the gesture that means nothing", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_set_threshold = {
    "set-threshold",
    "keeps a threshold that you chose, for the next deployment",
    "PROJECT",
    options_table,
    run,
    NULL,
    NULL,
    "“answers” tells what a threshold does, “tune-threshold” finds one.",
};
