/* The job "answers": what the stored model says to each validation take and how sure it is, so that
 * any threshold can be looked at without asking it again. */
#include "base/find-string.h"
#include "workbench/decision.h"
#include "workbench/json.h"
#include "workbench/reject-curve.h"

static GArray *
ask(const WgModel *model, const WgWindows *windows)
{
    GArray *takes = g_array_sized_new(FALSE, FALSE, sizeof(WgRejectTake), (guint)windows->n);
    g_autofree float *probabilities = g_new(float, (gsize)windows->n *(gsize)model->n_labels);

    wg_model_predict(model, windows, probabilities);
    for (int i = 0; i < windows->n; i++) {
        const float *row = probabilities + (gsize)i * (gsize)model->n_labels;
        const int best = wg_argmax(row, model->n_labels);
        const WgRejectTake take = {windows->labels[i], best, (double)row[best]};

        g_array_append_val(takes, take);
    }
    return takes;
}

static JsonArray *
list_takes(GArray *takes)
{
    JsonArray *list = json_array_new();

    for (guint i = 0; i < takes->len; i++) {
        const WgRejectTake *take = &g_array_index(takes, WgRejectTake, i);
        JsonObject *object = json_object_new();

        json_object_set_int_member(object, "true", take->label);
        json_object_set_int_member(object, "best", take->best);
        json_object_set_double_member(object, "probability", take->probability);
        json_array_add_object_element(list, object);
    }
    return list;
}

/* By the options, else as tuned, else as usual; the label that means nothing is never an answer. */
static double *
choose_thresholds(WgJob *job, const WgDecision *decision, int n_labels, int other)
{
    const double *own = wg_decision_choose_thresholds(job, decision);
    const double all = wg_job_has(job, "threshold") ? wg_job_get_number(job, "threshold")
                       : decision                   ? decision->threshold
                                                    : WG_THRESHOLD_USUAL;
    double *thresholds = g_new(double, n_labels);

    for (int i = 0; i < n_labels; i++)
        thresholds[i] = own ? own[i] : i == other ? WG_THRESHOLD_NEVER : all;
    return thresholds;
}

static void
add_tally(JsonObject *result, GArray *takes, const double *thresholds, int other)
{
    WgRejectTally tally;

    wg_reject_count(takes, thresholds, other, &tally);
    json_object_set_int_member(result, "gestures", tally.n_gestures);
    json_object_set_int_member(result, "right",
                               tally.n_gestures - tally.n_unanswered - tally.n_wrong);
    json_object_set_int_member(result, "unanswered", tally.n_unanswered);
    json_object_set_int_member(result, "wrong", tally.n_wrong);
    json_object_set_int_member(result, "others", tally.n_others);
    json_object_set_int_member(result, "ignored", tally.n_ignored);
}

static gboolean
run(WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autoptr(WgModel) model = wg_model_load(project, "int8", error);
    g_autoptr(WgDataset) dataset =
        model ? wg_model_load_part(model, project, "validation", error) : NULL;
    g_autoptr(WgWindows) windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    g_autoptr(WgDecision) decision = windows ? wg_decision_load(project, model, "detector") : NULL;
    g_autoptr(GArray) takes = NULL;
    g_autofree double *thresholds = NULL;
    const char *name = NULL;
    JsonObject *result;
    int other;

    if (!windows || !wg_decision_choose_other(job, decision, model, &name, error))
        return FALSE;
    other = name ? wg_find_string((const char *const *)model->labels, name) : -1;
    takes = ask(model, windows);
    thresholds = choose_thresholds(job, decision, model->n_labels, other);
    result = json_object_new();
    json_object_set_int_member(result, "n", windows->n);
    wg_json_set_strings(result, "labels", (const char *const *)model->labels);
    json_object_set_int_member(result, "trained", wg_decision_get_trained(model));
    json_object_set_boolean_member(result, "is_tuned", decision != NULL);
    json_object_set_boolean_member(
        result, "each_its_own", decision && decision->thresholds && !wg_job_has(job, "threshold"));
    json_object_set_double_member(result, "threshold",
                                  wg_job_has(job, "threshold") ? wg_job_get_number(job, "threshold")
                                  : decision                   ? decision->threshold
                                                               : WG_THRESHOLD_USUAL);
    json_object_set_object_member(result, "thresholds", wg_thresholds_to_json(thresholds, model));
    wg_json_set_optional(result, "other", name);
    add_tally(result, takes, thresholds, other);
    json_object_set_array_member(result, "takes", list_takes(takes));
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"threshold", WG_OPTION_NUMBER, "T", "least probability for an answer, else as tuned, else 0.5",
     NULL, 0, 1},
    {"other", WG_OPTION_STRING, "LABEL", "the gesture that means nothing", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_answers = {
    "answers", "what is right, wrong and left unanswered of the validation takes at a threshold",
    "PROJECT", options_table,
    run,       NULL,
};
