/* A stream's score as a JSON object. */
#include "workbench/stream-report.h"

#include "workbench/json.h"

static const char *const kind_names[] = {"hit", "double", "wrong", "false-alarm"};

static void
set_debounce(JsonObject *object, const WgStreamRule *rule)
{
    JsonObject *debounce;

    if (rule->n_debounce == 0) {
        json_object_set_null_member(object, "debounce");
        return;
    }
    debounce = json_object_new();
    json_object_set_int_member(debounce, "n", rule->n_debounce);
    json_object_set_double_member(debounce, "ms", rule->span_ms);
    json_object_set_object_member(object, "debounce", debounce);
}

static JsonObject *
describe_gesture(const char *label, const WgGestureScore *score)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "label", label);
    json_object_set_int_member(object, "events", score->n_events);
    json_object_set_int_member(object, "hits", score->n_hits);
    json_object_set_int_member(object, "misses", score->n_events - score->n_hits);
    json_object_set_int_member(object, "doubles", score->n_doubles);
    json_object_set_int_member(object, "wrong", score->n_wrong);
    json_object_set_int_member(object, "false_alarms", score->n_false_alarms);
    json_object_set_int_member(object, "inferences", score->n_inferences);
    json_object_set_int_member(object, "wrong_inferences", score->n_wrong_inferences);
    json_object_set_int_member(object, "unsure", score->n_unsure);
    json_object_set_int_member(object, "unseen", score->n_unseen);
    if (score->n_inferences > 0)
        json_object_set_double_member(object, "error",
                                      (double)score->n_wrong_inferences / score->n_inferences);
    else
        json_object_set_null_member(object, "error");
    return object;
}

static JsonArray *
list_answers(const WgReplay *replay, const WgStreamTruth *truth, const WgStreamScore *score)
{
    JsonArray *answers = json_array_new();

    for (int i = 0; i < score->answers->n; i++) {
        const WgSpan *span = &score->answers->spans[i];
        const int event = score->match->events[i];
        JsonObject *object = json_object_new();

        json_object_set_double_member(object, "at_s", span->end / replay->rate_hz);
        json_object_set_double_member(object, "start_s", MAX(0, span->start) / replay->rate_hz);
        json_object_set_string_member(object, "label", truth->labels[span->label]);
        json_object_set_double_member(object, "confidence", score->answers->confidence[i]);
        json_object_set_string_member(object, "kind", kind_names[score->match->kinds[i]]);
        wg_json_set_optional(object, "true",
                             event >= 0 ? truth->labels[truth->gestures[event].label] : NULL);
        if (event < 0)
            wg_json_set_optional(object, "while", wg_stream_truth_find_context(truth, span));
        json_array_add_object_element(answers, object);
    }
    return answers;
}

static JsonArray *
list_missed(const WgReplay *replay, const WgStreamTruth *truth, const WgStreamScore *score)
{
    JsonArray *missed = json_array_new();

    for (int i = 0; i < truth->n; i++) {
        JsonObject *object;

        if (score->match->is_hit[i])
            continue;
        object = json_object_new();
        json_object_set_double_member(object, "start_s",
                                      truth->gestures[i].start / replay->rate_hz);
        json_object_set_double_member(object, "end_s", truth->gestures[i].end / replay->rate_hz);
        json_object_set_string_member(object, "label", truth->labels[truth->gestures[i].label]);
        json_array_add_object_element(missed, object);
    }
    return missed;
}

static void
set_counts(JsonObject *report, const WgStreamScore *score)
{
    const WgStreamMatch *match = score->match;

    json_object_set_int_member(report, "events", match->n_events);
    json_object_set_int_member(report, "answers_given", match->n_answers);
    json_object_set_int_member(report, "hits", match->n_hits);
    json_object_set_int_member(report, "misses", match->n_misses);
    json_object_set_int_member(report, "doubles", match->n_doubles);
    json_object_set_int_member(report, "wrong", match->n_wrong);
    json_object_set_int_member(report, "false_alarms", match->n_false_alarms);
    json_object_set_double_member(report, "false_alarms_per_hour", score->false_alarms_per_hour);
    json_object_set_double_member(report, "idle_seconds", score->idle_s);
}

JsonObject *
wg_stream_report_new(const WgStreamSource *source, const WgReplay *replay,
                     const WgStreamTruth *truth, const WgStreamScore *score)
{
    JsonObject *report = json_object_new();
    JsonArray *labels = json_array_new();

    json_object_set_string_member(report, "recording", source->description);
    json_object_set_boolean_member(report, "put_together", source->part != NULL);
    wg_json_set_optional(report, "on", source->part);
    json_object_set_string_member(report, "model", source->model->int8 ? "int8" : "float");
    json_object_set_string_member(report, "window", source->window_text);
    json_object_set_double_member(report, "threshold", score->rule.threshold);
    if (score->rule.thresholds)
        json_object_set_object_member(report, "thresholds",
                                      wg_thresholds_to_json(score->rule.thresholds, source->model));
    set_debounce(report, &score->rule);
    wg_json_set_optional(report, "other",
                         score->rule.other >= 0 ? truth->labels[score->rule.other] : NULL);
    json_object_set_double_member(report, "tolerance_ms", source->tolerance_ms);
    json_object_set_double_member(report, "seconds", source->stream->duration_s);
    json_object_set_int_member(report, "inferences", replay->n);
    set_counts(report, score);
    for (int i = 0; i < truth->n_labels; i++)
        json_array_add_object_element(labels,
                                      describe_gesture(truth->labels[i], &score->gestures[i]));
    json_object_set_array_member(report, "per_label", labels);
    json_object_set_array_member(report, "answers", list_answers(replay, truth, score));
    json_object_set_array_member(report, "missed", list_missed(replay, truth, score));
    return report;
}

JsonObject *
wg_sweep_point_to_json(const WgSweepPoint *point)
{
    JsonObject *object = json_object_new();

    json_object_set_double_member(object, "threshold", point->rule.threshold);
    set_debounce(object, &point->rule);
    json_object_set_int_member(object, "hits", point->n_hits);
    json_object_set_int_member(object, "misses", point->n_misses);
    json_object_set_int_member(object, "doubles", point->n_doubles);
    json_object_set_int_member(object, "wrong", point->n_wrong);
    json_object_set_int_member(object, "false_alarms", point->n_false_alarms);
    json_object_set_double_member(object, "false_alarms_per_hour", point->false_alarms_per_hour);
    return object;
}
