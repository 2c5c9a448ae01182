/* The job "evaluate": confusion matrix and report of a stored model on a part of its split. */
#include "base/error.h"
#include "workbench/explain.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/rejection.h"
#include "workbench/test-opening.h"

static JsonArray *
list_takes(WgDataset *dataset, const int *predicted, const float *probabilities, int n_labels)
{
    JsonArray *takes = json_array_new();

    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        JsonObject *take = json_object_new();

        json_object_set_int_member(take, "id", wg_recording_get(wg_dataset_get(dataset, i))->id);
        if (wg_dataset_get_source(dataset, i) != wg_dataset_get(dataset, i))
            json_object_set_double_member(take, "start_s",
                                          wg_recording_get(wg_dataset_get(dataset, i))->start_s);
        json_object_set_int_member(take, "true", wg_dataset_get_label(dataset, i));
        json_object_set_int_member(take, "predicted", predicted[i]);
        json_object_set_double_member(take, "confidence",
                                      probabilities[(gsize)i * n_labels + predicted[i]]);
        json_array_add_object_element(takes, take);
    }
    return takes;
}

/* What the model tells its most alike gestures apart by; null where only one has takes. */
static void
add_explanation(JsonObject *result, const WgModel *model, const WgWindows *windows)
{
    g_autofree WgExplanation *explanation = wg_explain_new(model, windows);

    if (explanation)
        json_object_set_object_member(
            result, "explanation",
            wg_explanation_to_json(explanation, (const char *const *)model->labels));
    else
        json_object_set_null_member(result, "explanation");
}

/* What a watch or a board would leave unanswered, where it was tuned. */
static gboolean
add_rejection(WgJob *job, JsonObject *result, const WgModel *model, const WgWindows *windows,
              GError **error)
{
    WgProject *project = wg_job_get_project(job);
    const gboolean is_builtin = g_str_equal(wg_job_get_string(job, "mode"), "builtin");
    g_autoptr(WgDecision) decision = wg_decision_load(project, model, "detector");
    JsonObject *rejection;

    if (!decision)
        return TRUE;
    rejection = wg_rejection_new(project, model, decision, windows, is_builtin, error);
    if (rejection)
        json_object_set_object_member(result, "rejected", rejection);
    return rejection != NULL;
}

static gboolean
check_mode(WgJob *job, const char *kind, GError **error)
{
    const char *mode = wg_job_get_string(job, "mode");

    if (g_str_equal(mode, "app") || (g_str_equal(mode, "builtin") && g_str_equal(kind, "int8")))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                g_str_equal(mode, "builtin")
                    ? "--mode builtin is the firmware's own recogniser, which runs the int8 model: "
                      "leave --model %s out"
                    : "--mode takes app or builtin, not “%s”",
                g_str_equal(mode, "builtin") ? kind : mode);
    return FALSE;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    const char *kind = wg_job_get_string(job, "model");
    const char *part = wg_job_get_string(job, "on");
    gint64 n_opened = 0;
    g_autoptr(WgModel) model = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(WgMetrics) metrics = NULL;
    g_autofree float *probabilities = NULL;
    g_autofree int *predicted = NULL;
    JsonObject *result;

    if (!g_str_equal(kind, "float") && !g_str_equal(kind, "int8")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--model takes float or int8, not “%s”", kind);
        return FALSE;
    }
    if (!check_mode(job, kind, error))
        return FALSE;
    model = wg_model_load(project, kind, error);
    if (!model || (g_str_equal(wg_job_get_string(job, "mode"), "builtin") &&
                   !wg_model_check_watch(model, "a watch", error)))
        return FALSE;
    dataset = wg_model_load_part(model, project, part, error);
    if (!dataset)
        return FALSE;
    windows = wg_windows_new(dataset, NULL, 0);
    probabilities = g_new(float, (gsize)windows->n * model->n_labels);
    predicted = g_new(int, windows->n);
    wg_model_predict(model, windows, probabilities);
    for (int i = 0; i < windows->n; i++)
        predicted[i] = wg_argmax(probabilities + (gsize)i * model->n_labels, model->n_labels);
    metrics = wg_metrics_new(windows->labels, predicted, windows->n, model->n_labels);
    if (g_str_equal(part, "test") && !wg_test_count_opening(job, &n_opened, error))
        return FALSE;
    result = wg_report_new(metrics, (const char *const *)model->labels);
    json_object_set_string_member(result, "model", kind);
    json_object_set_string_member(result, "on", part);
    json_object_set_string_member(result, "preset", model->record->preset);
    if (n_opened > 0)
        json_object_set_int_member(result, "test_opened", n_opened);
    if (!add_rejection(job, result, model, windows, error)) {
        json_object_unref(result);
        return FALSE;
    }
    add_explanation(result, model, windows);
    json_object_set_array_member(result, "takes",
                                 list_takes(dataset, predicted, probabilities, model->n_labels));
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"model", WG_OPTION_STRING, "float|int8", "which of the two models", "int8"},
    {"on", WG_OPTION_STRING, "test|validation|train", "which part of the split", "test"},
    {"mode", WG_OPTION_STRING, "app|builtin", "whose thresholds, as \"deploy\" has them", "app"},
    {NULL},
};

const WgJobKind wg_job_kind_evaluate = {
    "evaluate", "confusion matrix and report of the model", "PROJECT", options_table, run, NULL,
};
