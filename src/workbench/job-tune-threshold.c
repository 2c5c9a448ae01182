/* The job "tune-threshold": the least probability at which an answer is worth giving, of all
 * gestures in a long recording, or of each in single takes. */
#include "base/error.h"
#include "base/sentences.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/out-of-fold.h"
#include "workbench/patience.h"
#include "workbench/reject-tuning.h"
#include "workbench/stream-report.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct {
    WgJob *job;
    WgStreamSource *source;
    GArray *rules;  /* of WgStreamRule: the debounces to try */
    GArray *points; /* of WgSweepPoint, rule by rule; NULL: none yet */
    double seconds; /* of the streams */
    int n_events;
} Tuning;

static void
add_points(Tuning *t, const WgReplay *replay, const WgStreamTruth *truth)
{
    g_autoptr(GArray) points = g_array_new(FALSE, TRUE, sizeof(WgSweepPoint));

    for (guint i = 0; i < t->rules->len; i++) {
        g_autoptr(GArray) swept =
            wg_stream_sweep(replay, truth, &g_array_index(t->rules, WgStreamRule, i));

        g_array_append_vals(points, swept->data, swept->len);
    }
    if (t->points)
        wg_sweep_add(t->points, points);
    else
        t->points = g_steal_pointer(&points);
}

static gboolean
add_stream(Tuning *t, const WgModel *model, const WgStream *stream, WgProgress *progress,
           GError **error)
{
    g_autoptr(WgReplay) replay = wg_replay_new(model, stream, &t->source->window, progress,
                                               wg_job_get_cancellable(t->job), error);
    g_autoptr(WgStreamTruth) truth = NULL;

    if (!replay)
        return FALSE;
    truth = wg_stream_truth_new(stream, model, t->source->rule.other, t->source->tolerance_ms);
    t->seconds += stream->duration_s; /* never NULL: NOLINT(clang-analyzer-core.*) */
    t->n_events += truth->n;
    add_points(t, replay, truth);
    return TRUE;
}

static gboolean
on_fold(const WgModel *model, WgDataset *left_out, WgProgress *progress, gpointer user_data,
        GError **error)
{
    Tuning *t = user_data;
    g_autoptr(WgStream) stream = wg_stream_source_perform(t->source, t->job, left_out, NULL, error);

    return stream && add_stream(t, model, stream, progress, error);
}

static gboolean
add_streams(Tuning *t, GError **error)
{
    const int n_folds = (int)wg_job_get_int(t->job, "folds");
    g_autoptr(WgProgress) progress =
        wg_progress_split(wg_job_get_progress(t->job), t->source->stream ? 0.5 : 0, 1);

    if (n_folds == 0)
        return add_stream(t, t->source->model, t->source->stream, progress, error);
    return wg_out_of_fold_run(wg_job_get_project(t->job), t->source->model, n_folds,
                              (guint64)wg_job_get_int(t->job, "seed"), on_fold, t, progress,
                              wg_job_get_cancellable(t->job), error);
}

/* Of sliding windows every number of inferences that fits is tried, unless one is told. */
static void
list_rules(Tuning *t)
{
    WgStreamRule rule = t->source->rule;
    const int n_most = rule.n_debounce;

    if (!t->source->window.slides || wg_job_has(t->job, "debounce")) {
        g_array_append_val(t->rules, rule);
        return;
    }
    for (rule.n_debounce = 1; rule.n_debounce <= MAX(1, n_most); rule.n_debounce++)
        g_array_append_val(t->rules, rule);
}

static gboolean
store(Tuning *t, const WgSweepPoint *chosen, gboolean *is_stored, GError **error)
{
    const WgStreamSource *source = t->source;
    WgDecision decision = {
        .threshold = chosen->rule.threshold,
        .window = source->window_text,
        .n_debounce = chosen->rule.n_debounce,
        .span_ms = chosen->rule.span_ms,
        .other = source->rule.other >= 0 ? source->model->labels[source->rule.other] : NULL,
        .trained = wg_decision_get_trained(source->model),
    };

    *is_stored =
        !wg_project_is_read_only(wg_job_get_project(t->job)) && !wg_job_has(t->job, "only-tell");
    return !*is_stored || (wg_patience_wait(t->job, error) &&
                           wg_decision_store(wg_job_get_project(t->job), &decision, error));
}

/* The point at which the watch answers unless told otherwise, with the chosen debounce. */
static const WgSweepPoint *
find_usual(Tuning *t, const WgSweepPoint *chosen)
{
    for (guint i = 0; i < t->points->len; i++) {
        const WgSweepPoint *point = &g_array_index(t->points, WgSweepPoint, i);

        if (point->rule.n_debounce == chosen->rule.n_debounce &&
            fabs(point->rule.threshold - WG_THRESHOLD_USUAL) < 1e-9)
            return point;
    }
    return chosen;
}

static char *
describe(Tuning *t, const WgSweepPoint *chosen, const WgSweepPoint *usual, double most_per_hour)
{
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text,
                           ngettext("Threshold %.2f: %d of %d gesture noticed; false alarms: %d, "
                                    "wrong answers: %d. At %.2f these are %d, %d and %d.",
                                    "Threshold %.2f: %d of %d gestures noticed; false alarms: %d, "
                                    "wrong answers: %d. At %.2f these are %d, %d and %d.",
                                    (gulong)t->n_events),
                           chosen->rule.threshold, chosen->n_hits, t->n_events,
                           chosen->n_false_alarms, chosen->n_wrong, usual->rule.threshold,
                           usual->n_hits, usual->n_false_alarms, usual->n_wrong);
    if (chosen->false_alarms_per_hour > most_per_hour)
        wg_append_sentence(text,
                           _("No threshold keeps to %g false alarms an hour; this has the fewest."),
                           most_per_hour);
    return g_strdup(text->str);
}

static JsonObject *
make_result(Tuning *t, const WgSweepPoint *chosen, double most_per_hour, gboolean is_stored)
{
    const WgSweepPoint *usual = find_usual(t, chosen);
    g_autofree char *verdict = describe(t, chosen, usual, most_per_hour);
    const int n_folds = (int)wg_job_get_int(t->job, "folds");
    JsonObject *result = json_object_new();
    JsonArray *points = json_array_new();

    for (guint i = 0; i < t->points->len; i++)
        json_array_add_object_element(
            points, wg_sweep_point_to_json(&g_array_index(t->points, WgSweepPoint, i)));
    json_object_set_string_member(result, "recording",
                                  n_folds > 0
                                      ? _("Put together from takes that the models asked were not "
                                          "trained on.")
                                      : t->source->description);
    json_object_set_boolean_member(result, "put_together", n_folds > 0 || t->source->part);
    json_object_set_int_member(result, "folds", n_folds);
    json_object_set_string_member(result, "model", t->source->model->int8 ? "int8" : "float");
    json_object_set_string_member(result, "window", t->source->window_text);
    if (t->source->rule.other >= 0)
        json_object_set_string_member(result, "other",
                                      t->source->model->labels[t->source->rule.other]);
    else
        json_object_set_null_member(result, "other");
    json_object_set_int_member(result, "events", t->n_events);
    json_object_set_double_member(result, "seconds", t->seconds);
    json_object_set_array_member(result, "points", points);
    json_object_set_object_member(result, "usual", wg_sweep_point_to_json(usual));
    json_object_set_object_member(result, "chosen", wg_sweep_point_to_json(chosen));
    json_object_set_double_member(result, "threshold", chosen->rule.threshold);
    json_object_set_boolean_member(result, "stored", is_stored);
    json_object_set_string_member(result, "verdict", verdict);
    return result;
}

static gboolean
choose(Tuning *t, GError **error)
{
    const double most_per_hour =
        wg_job_has(t->job, "false-alarms") ? wg_job_get_number(t->job, "false-alarms") : INFINITY;
    const WgSweepPoint *chosen;
    gboolean is_stored = FALSE;

    if (t->n_events == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("no gesture of the model is in this recording, so no threshold can be told "
                      "from another: give one in which gestures are done and labelled"));
        return FALSE;
    }
    chosen = &g_array_index(t->points, WgSweepPoint, wg_stream_choose(t->points, most_per_hour));
    if (!store(t, chosen, &is_stored, error))
        return FALSE;
    wg_job_take_result(t->job, make_result(t, chosen, most_per_hour, is_stored));
    return TRUE;
}

static gboolean
check_way(WgJob *job, const char *what, GError **error)
{
    const gboolean per_gesture = wg_job_has(job, "per-gesture");

    if (!(per_gesture && what) && (per_gesture || !wg_job_has(job, "false-rejects")))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                per_gesture ? "--per-gesture asks of single takes, not of a recording: give one of "
                              "the two"
                            : "--false-rejects is for --per-gesture: give both");
    return FALSE;
}

/* What the stored model went through that those of the folds do not. */
static gboolean
note_unlike(WgJob *job, const WgModel *model, GError **error)
{
    static const char *const members[] = {"pruned", "filters_pruned", "distilled", "personal"};
    static const char *const words[] = {"pruned", "made narrower", "distilled", "personalised"};
    g_autoptr(WgModel) trained = wg_model_load(wg_job_get_project(job), "float", error);
    JsonObject *training = trained && json_object_has_member(trained->meta, "train")
                               ? wg_json_get_object(trained->meta, "train")
                               : NULL;
    g_autoptr(GString) list = g_string_new(NULL);

    if (!trained)
        return FALSE;
    for (gsize i = 0; training && i < G_N_ELEMENTS(members); i++) {
        if (json_object_has_member(training, members[i]))
            wg_append_part(list, ", ", "%s", words[i]);
    }
    if (model->int8 && g_str_equal(wg_json_get_text(model->meta, "method", ""), "qat"))
        wg_append_part(list, ", ", "trained on as int8");
    if (list->len > 0)
        wg_job_note(job,
                    "the models that --folds trains begin from nothing by the preset and are "
                    "quantized plainly, and this one was %s: their thresholds may not suit it",
                    list->str);
    return TRUE;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *what = wg_job_get_arguments(job)[0];
    const gboolean has_folds = wg_job_get_int(job, "folds") > 0;
    g_autoptr(WgStreamSource) source = NULL;
    g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(WgStreamRule));
    Tuning t = {.job = job, .rules = rules};
    gboolean is_done;

    if (g_strcmp0(what, "split:test") == 0 || (what && has_folds) ||
        wg_job_get_int(job, "folds") == 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    what && has_folds ? "--folds asks for takes, not for a recording: give one of "
                                        "the two"
                    : what ? "nothing is chosen by the test split: give split:validation or a "
                             "recording"
                           : "--folds takes 2 or more");
        return FALSE;
    }
    if (!check_way(job, what, error))
        return FALSE;
    if (!what && !has_folds && !wg_job_has(job, "per-gesture"))
        what = "split:validation";
    source = wg_stream_source_new(job, what, FALSE, error);
    if (!source || (has_folds && !note_unlike(job, source->model, error)))
        return FALSE;
    if (wg_job_has(job, "per-gesture"))
        return wg_reject_tune(job, source, error);
    t.source = source;
    list_rules(&t);
    is_done = add_streams(&t, error) && choose(&t, error);
    g_clear_pointer(&t.points, g_array_unref);
    return is_done;
}

static const WgJobOption options_table[] = {
    WG_STREAM_OPTIONS,
    WG_REJECT_OPTIONS,
    {"false-alarms", WG_OPTION_NUMBER, "N", "an hour: more are too many, else any", NULL, 0, 1e9},
    {"folds", WG_OPTION_INT, "N",
     "trains the preset N times and asks of takes left out; 0: asks the stored model of validation "
     "takes",
     "0", 0, 1000},
    {"only-tell", WG_OPTION_FLAG, NULL, "stores nothing in the project", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_tune_threshold = {
    "tune-threshold",
    "finds the least probability at which to answer, of all gestures or of each, and keeps it",
    "PROJECT [RECORDING]",
    options_table,
    run,
    NULL,
};
