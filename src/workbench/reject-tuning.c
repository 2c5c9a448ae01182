/* A threshold a gesture, from takes that the model was not trained on. */
#include "workbench/reject-tuning.h"

#include "base/error.h"
#include "base/find-string.h"
#include "workbench/json.h"
#include "workbench/out-of-fold.h"
#include "workbench/patience.h"
#include "workbench/reject-curve.h"
#include "workbench/rejection.h"
#include "workbench/trained-settings.h"

#include <glib/gi18n.h>

/* Chosen by cross-validation of the sample recordings: see docs/none-of-these.md. */
#define FALSE_REJECTS_USUAL 0.03

typedef struct {
    GArray *takes;       /* of WgRejectTake */
    gboolean has_memory; /* the model was trained for memory behind a gesture */
    guint64 seed;
} Collecting;

static void
ask(GArray *takes, const WgModel *model, const WgWindows *windows)
{
    g_autofree float *probabilities = g_new(float, (gsize)windows->n * model->n_labels);

    wg_model_predict(model, windows, probabilities);
    for (int i = 0; i < windows->n; i++) {
        const float *row = probabilities + (gsize)i * model->n_labels;
        const int best = wg_argmax(row, model->n_labels);
        const WgRejectTake take = {windows->labels[i], best, (double)row[best]};

        g_array_append_val(takes, take);
    }
}

/* Each as the app sees it; also as the firmware's recogniser does, where the model is meant for it:
 * one threshold holds for both. */
static void
add_takes(Collecting *c, const WgModel *model, WgDataset *dataset)
{
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);

    ask(c->takes, model, windows);
    if (c->has_memory) {
        g_autoptr(WgWindows) left = wg_rejection_leave_memory(windows, c->seed);

        ask(c->takes, model, left);
    }
}

static gboolean
on_fold(const WgModel *model, WgDataset *left_out, WgProgress *progress, gpointer user_data,
        GError **error)
{
    add_takes(user_data, model, left_out);
    wg_progress_tell(progress, 1, NULL);
    return TRUE;
}

static gboolean
collect(WgJob *job, const WgStreamSource *source, Collecting *c, GError **error)
{
    const int n_folds = (int)wg_job_get_int(job, "folds");
    WgProject *project = wg_job_get_project(job);
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(GError) why = NULL;

    if (n_folds > 0)
        return wg_out_of_fold_run(project, source->model, n_folds,
                                  (guint64)wg_job_get_int(job, "seed"), on_fold, c,
                                  wg_job_get_progress(job), wg_job_get_cancellable(job), error);
    dataset = wg_model_load_part(source->model, project, "validation", &why);
    if (g_error_matches(why, WG_ERROR, WG_ERROR_MISSING)) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            "this model's split keeps no takes for validation: give --folds 5 to "
                            "ask models that were trained without some of the takes");
        return FALSE;
    }
    if (!dataset) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    add_takes(c, source->model, dataset);
    return TRUE;
}

static char *
describe(const WgRejectTally *tally)
{
    g_autofree char *gestures = g_strdup_printf(
        ngettext("At these thresholds %d of %d gesture goes unanswered",
                 "At these thresholds %d of %d gestures go unanswered", (gulong)tally->n_gestures),
        tally->n_unanswered, tally->n_gestures);

    if (tally->n_others == 0)
        return g_strdup_printf(_("%s; there is no take of what is none of them to tell how many of "
                                 "those are ignored."),
                               gestures);
    return g_strdup_printf(ngettext("%s and %d of %d other is ignored.",
                                    "%s and %d of %d others are ignored.", (gulong)tally->n_others),
                           gestures, tally->n_ignored, tally->n_others);
}

static JsonArray *
list_labels(const WgModel *model, GArray *takes, const double *thresholds, int other)
{
    JsonArray *labels = json_array_new();

    for (int i = 0; i < model->n_labels; i++) {
        JsonObject *object;

        if (i == other)
            continue;
        object = json_object_new();
        json_object_set_string_member(object, "label", model->labels[i]);
        json_object_set_double_member(object, "threshold", thresholds[i]);
        json_object_set_array_member(object, "points", wg_reject_curve_new(takes, i, other));
        json_array_add_object_element(labels, object);
    }
    return labels;
}

static JsonObject *
make_result(WgJob *job, const WgStreamSource *source, GArray *takes, const double *thresholds,
            double false_rejects, gboolean has_memory)
{
    const int other = source->rule.other;
    const int n_folds = (int)wg_job_get_int(job, "folds");
    g_autofree char *verdict = NULL;
    JsonObject *result = json_object_new();
    WgRejectTally tally;

    wg_reject_count(takes, thresholds, other, &tally);
    verdict = describe(&tally);
    json_object_set_boolean_member(result, "per_gesture", TRUE);
    json_object_set_string_member(result, "recording",
                                  n_folds > 0
                                      ? _("Takes that the models asked were not trained on.")
                                      : _("The takes kept for validation."));
    json_object_set_boolean_member(result, "with_memory", has_memory);
    json_object_set_int_member(result, "folds", n_folds);
    json_object_set_string_member(result, "model", source->model->int8 ? "int8" : "float");
    wg_json_set_optional(result, "other", other >= 0 ? source->model->labels[other] : NULL);
    json_object_set_int_member(result, "trained", wg_decision_get_trained(source->model));
    json_object_set_double_member(result, "false_rejects", false_rejects);
    json_object_set_object_member(result, "thresholds",
                                  wg_thresholds_to_json(thresholds, source->model));
    json_object_set_int_member(result, "gestures", tally.n_gestures);
    json_object_set_int_member(result, "unanswered", tally.n_unanswered);
    json_object_set_int_member(result, "wrong", tally.n_wrong);
    json_object_set_int_member(result, "others", tally.n_others);
    json_object_set_int_member(result, "ignored", tally.n_ignored);
    json_object_set_array_member(result, "per_label",
                                 list_labels(source->model, takes, thresholds, other));
    json_object_set_array_member(result, "points", wg_reject_curve_new(takes, -1, other));
    json_object_set_string_member(result, "verdict", verdict);
    return result;
}

static gboolean
store(WgJob *job, const WgStreamSource *source, double *thresholds, JsonObject *result,
      GError **error)
{
    const WgModel *model = source->model;
    g_autofree char *text = wg_json_to_text(result);
    WgDecision decision = {
        .threshold = 1,
        .thresholds = thresholds,
        .n_thresholds = model->n_labels,
        .window = source->window_text,
        .other = source->rule.other >= 0 ? model->labels[source->rule.other] : NULL,
        .trained = wg_decision_get_trained(model),
    };

    for (int i = 0; i < model->n_labels; i++)
        decision.threshold = MIN(decision.threshold, thresholds[i]);
    return wg_patience_wait(job, error) &&
           wg_decision_store(wg_job_get_project(job), &decision, error) &&
           wg_project_set_fact(wg_job_get_project(job), WG_REJECT_FACT, text, error);
}

static gboolean
check(WgJob *job, const WgStreamSource *source, GError **error)
{
    static const char *const others[] = {"debounce", "false-alarms", "synthesise", "tolerance"};

    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        if (!wg_job_has(job, others[i]))
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--per-gesture asks of single takes, and --%s is about a long recording: give "
                    "one of the two",
                    others[i]);
        return FALSE;
    }
    if (!source->window.slides)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--per-gesture asks of gestures as the watch cuts them, not of windows that slide: "
                "leave --window out");
    return FALSE;
}

/* Without --other it is what training made movement up for. */
static void
take_trained_other(WgJob *job, WgStreamSource *source)
{
    const WgModel *model = source->model;
    const char *other = wg_decision_get_other(wg_job_get_project(job), model, NULL);

    if (wg_job_has(job, "other") || !other)
        return;
    source->rule.other = wg_find_string((const char *const *)model->labels, other);
    wg_job_note(job, "“%s” means nothing, as in training (--other names another)", other);
}

gboolean
wg_reject_tune(WgJob *job, WgStreamSource *source, GError **error)
{
    const double false_rejects = wg_job_has(job, "false-rejects")
                                     ? wg_job_get_number(job, "false-rejects")
                                     : FALSE_REJECTS_USUAL;
    const gboolean is_stored =
        !wg_project_is_read_only(wg_job_get_project(job)) && !wg_job_has(job, "only-tell");
    g_autoptr(GArray) takes = g_array_new(FALSE, FALSE, sizeof(WgRejectTake));
    Collecting c = {takes, FALSE, (guint64)wg_job_get_int(job, "seed")};
    WgTrainOptions settings = {0};
    g_autofree double *thresholds = NULL;
    g_autoptr(JsonObject) result = NULL;

    if (!check(job, source, error) ||
        !wg_trained_settings_load(wg_job_get_project(job), &settings, error))
        return FALSE;
    take_trained_other(job, source);
    c.has_memory = settings.tail > 0;
    if (!collect(job, source, &c, error))
        return FALSE;
    thresholds =
        wg_reject_choose(takes, source->model->n_labels, source->rule.other, false_rejects);
    result = make_result(job, source, takes, thresholds, false_rejects, c.has_memory);
    if (is_stored && !store(job, source, thresholds, result, error))
        return FALSE;
    json_object_set_boolean_member(result, "stored", is_stored);
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}
