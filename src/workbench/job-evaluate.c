/* The job "evaluate": confusion matrix and report of a stored model on a part of its split. */
#include "base/error.h"
#include "workbench/explain.h"
#include "workbench/guest.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/rejection.h"
#include "workbench/test-opening.h"

#include <glib/gi18n.h>

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
        /* one for each: NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
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

typedef struct {
    WgWindows *windows;
    WgMetrics *metrics;
    float *probabilities; /* n x n_labels */
    int *predicted;
} Answers;

static void
answers_clear(Answers *answers)
{
    g_clear_pointer(&answers->windows, wg_windows_unref);
    g_clear_pointer(&answers->metrics, wg_metrics_free);
    g_free(answers->probabilities);
    g_free(answers->predicted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answers, answers_clear)

static void
ask(const WgModel *model, WgDataset *dataset, Answers *answers)
{
    answers->windows = wg_windows_new(dataset, NULL, 0);
    answers->probabilities = g_new(float, (gsize)answers->windows->n * model->n_labels);
    answers->predicted = g_new(int, answers->windows->n);
    wg_model_predict(model, answers->windows, answers->probabilities);
    for (int i = 0; i < answers->windows->n; i++)
        answers->predicted[i] =
            wg_argmax(answers->probabilities + (gsize)i * model->n_labels, model->n_labels);
    answers->metrics = wg_metrics_new(answers->windows->labels, answers->predicted,
                                      answers->windows->n, model->n_labels);
}

/* What the model makes of the takes of its own people: those kept aside, else those it knows. */
static JsonObject *
judge_own(WgJob *job, WgModel *model, GError **error)
{
    g_autoptr(WgDataset) dataset =
        wg_model_load_part(model, wg_job_get_project(job), "validation", NULL);
    g_auto(Answers) answers = {0};

    if (!dataset)
        dataset = wg_model_load_part(model, wg_job_get_project(job), "train", error);
    if (!dataset)
        return NULL;
    ask(model, dataset, &answers);
    return wg_report_new(answers.metrics, (const char *const *)model->labels);
}

/* Where the guest, or the guests, differ from those whose takes the model was trained on. */
static gboolean
add_guest(WgJob *job, JsonObject *result, WgModel *model, GError **error)
{
    const char *person = wg_job_get_string(job, "person");
    g_autoptr(JsonObject) own = judge_own(job, model, error);
    g_autoptr(JsonArray) guests = own ? wg_guest_list(wg_job_get_project(job), error) : NULL;

    if (!guests)
        return FALSE;
    if (!person)
        person =
            json_array_get_length(guests) == 1
                ? json_object_get_string_member(json_array_get_object_element(guests, 0), "name")
                : _("All guests");
    json_object_set_object_member(result, "guest", wg_guest_compare(result, own, person));
    json_object_set_array_member(result, "guests", g_steal_pointer(&guests));
    return TRUE;
}

static gboolean
check_part(WgJob *job, GError **error)
{
    if (!wg_job_has(job, "person") || g_str_equal(wg_job_get_string(job, "on"), "guest"))
        return TRUE;
    g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                        "--person names one of the guests: give --on guest beside it");
    return FALSE;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    const char *kind = wg_job_get_string(job, "model");
    const char *part = wg_job_get_string(job, "on");
    g_autoptr(WgModel) model = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    const gboolean is_guest = g_str_equal(part, "guest");
    g_auto(Answers) answers = {0};
    g_autoptr(JsonObject) result = NULL;

    if (!g_str_equal(kind, "float") && !g_str_equal(kind, "int8")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--model takes float or int8, not “%s”", kind);
        return FALSE;
    }
    if (!check_mode(job, kind, error) || !check_part(job, error))
        return FALSE;
    model = wg_model_load(project, kind, error);
    if (!model || (g_str_equal(wg_job_get_string(job, "mode"), "builtin") &&
                   !wg_model_check_watch(model, "a watch", error)))
        return FALSE;
    dataset = is_guest ? wg_guest_load(project, model, wg_job_get_string(job, "person"), error)
                       : wg_model_load_part(model, project, part, error);
    if (!dataset)
        return FALSE;
    ask(model, dataset, &answers);
    result = wg_report_new(answers.metrics, (const char *const *)model->labels);
    json_object_set_string_member(result, "model", kind);
    json_object_set_string_member(result, "on", part);
    json_object_set_string_member(result, "preset", model->record->preset);
    if ((g_str_equal(part, "test") && !wg_test_open(job, result, error)) ||
        (is_guest && !add_guest(job, result, model, error)) ||
        !add_rejection(job, result, model, answers.windows, error))
        return FALSE;
    add_explanation(result, model, answers.windows);
    json_object_set_array_member(
        result, "takes",
        list_takes(dataset, answers.predicted, answers.probabilities, model->n_labels));
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"model", WG_OPTION_STRING, "float|int8", "which of the two models", "int8"},
    {"on", WG_OPTION_STRING, "test|validation|train|guest",
     "which part of the split, or what guests performed", "test"},
    {"person", WG_OPTION_STRING, "P", "this guest alone", NULL},
    {"mode", WG_OPTION_STRING, "app|builtin", "whose thresholds, as \"deploy\" has them", "app"},
    {NULL},
};

const WgJobKind wg_job_kind_evaluate = {
    "evaluate", "confusion matrix and report of the model", "PROJECT", options_table, run, NULL,
};
