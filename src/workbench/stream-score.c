/* How a recogniser did in a stream: counted, by gesture, at one threshold or at all of them. */
#include "workbench/stream-score.h"

#include "base/find-string.h"

#include <math.h>

WgStreamTruth *
wg_stream_truth_new(const WgStream *stream, const WgModel *model, int other, double tolerance_ms)
{
    WgStreamTruth *self = g_new0(WgStreamTruth, 1);

    self->gestures = g_new0(WgSpan, stream->events->len + 1);
    self->contexts = g_array_new(FALSE, FALSE, sizeof(WgStreamEvent));
    self->labels = (const char *const *)model->labels;
    self->n_labels = model->n_labels;
    self->tolerance = (int)lrint(tolerance_ms / 1000 * stream->rate_hz);
    for (guint i = 0; i < stream->events->len; i++) {
        const WgStreamEvent *event = &g_array_index(stream->events, WgStreamEvent, i);
        const int label = wg_find_string((const char *const *)model->labels, event->label);

        if (label >= 0 && label != other)
            self->gestures[self->n++] = (WgSpan){event->start, event->end, label};
        else
            g_array_append_val(self->contexts, *event);
    }
    return self;
}

void
wg_stream_truth_free(WgStreamTruth *self)
{
    g_free(self->gestures);
    g_array_unref(self->contexts);
    g_free(self);
}

const char *
wg_stream_truth_find_context(const WgStreamTruth *self, const WgSpan *answer)
{
    const int middle = answer->start + (answer->end - answer->start) / 2;

    for (guint i = 0; i < self->contexts->len; i++) {
        const WgStreamEvent *event = &g_array_index(self->contexts, WgStreamEvent, i);

        if (event->start < answer->end && middle < event->end + self->tolerance)
            return event->label;
    }
    return NULL;
}

static void
count_answers(WgStreamScore *self, const WgStreamTruth *truth)
{
    for (int i = 0; i < truth->n; i++) {
        self->gestures[truth->gestures[i].label].n_events++;
        self->gestures[truth->gestures[i].label].n_hits += self->match->is_hit[i];
    }
    for (int i = 0; i < self->answers->n; i++) {
        const int event = self->match->events[i];
        WgGestureScore *gesture = &self->gestures[event >= 0 ? truth->gestures[event].label
                                                             : self->answers->spans[i].label];

        gesture->n_doubles += self->match->kinds[i] == WG_ANSWER_DOUBLE;
        gesture->n_wrong += self->match->kinds[i] == WG_ANSWER_WRONG;
        gesture->n_false_alarms += self->match->kinds[i] == WG_ANSWER_FALSE_ALARM;
    }
}

static void
count_inferences(WgStreamScore *self, const WgReplay *replay, const WgStreamTruth *truth)
{
    g_autofree int *shown = g_new(int, replay->n + 1);
    g_autofree gboolean *is_seen = g_new0(gboolean, truth->n + 1);

    wg_stream_find_shown(truth->gestures, truth->n, replay->windows->starts, replay->windows->ends,
                         replay->n, shown);
    for (int i = 0; i < replay->n; i++) {
        WgGestureScore *gesture;

        if (shown[i] < 0)
            continue;
        is_seen[shown[i]] = TRUE;
        gesture = &self->gestures[truth->gestures[shown[i]].label];
        gesture->n_inferences++;
        gesture->n_wrong_inferences += replay->best[i] != truth->gestures[shown[i]].label;
        gesture->n_unsure +=
            !wg_stream_rule_is_sure(&self->rule, replay->best[i], replay->confidence[i]);
    }
    for (int i = 0; i < truth->n; i++)
        self->gestures[truth->gestures[i].label].n_unseen += !is_seen[i];
}

/* Answers and how they match; the gestures are not counted yet. */
static WgStreamScore *
match_answers(const WgReplay *replay, const WgStreamTruth *truth, const WgStreamRule *rule)
{
    WgStreamScore *self = g_new0(WgStreamScore, 1);

    self->rule = *rule;
    self->answers = wg_replay_answer(replay, rule);
    self->match = wg_stream_match_new(truth->gestures, truth->n, self->answers->spans,
                                      self->answers->n, replay->n_samples, truth->tolerance);
    self->idle_s = self->match->n_idle / replay->rate_hz;
    if (self->idle_s > 0)
        self->false_alarms_per_hour = self->match->n_false_alarms * 3600 / self->idle_s;
    return self;
}

WgStreamScore *
wg_stream_score_new(const WgReplay *replay, const WgStreamTruth *truth, const WgStreamRule *rule)
{
    WgStreamScore *self = match_answers(replay, truth, rule);

    self->gestures = g_new0(WgGestureScore, truth->n_labels + 1);
    count_answers(self, truth);
    count_inferences(self, replay, truth);
    return self;
}

void
wg_stream_score_free(WgStreamScore *self)
{
    wg_stream_answers_free(self->answers);
    wg_stream_match_free(self->match);
    g_free(self->gestures);
    g_free(self);
}

GArray *
wg_stream_sweep(const WgReplay *replay, const WgStreamTruth *truth, const WgStreamRule *rule)
{
    GArray *points = g_array_new(FALSE, TRUE, sizeof(WgSweepPoint));

    for (int i = 0; i < WG_SWEEP_STEPS; i++) {
        WgSweepPoint point = {.rule = *rule};
        g_autoptr(WgStreamScore) score = NULL;

        point.rule.thresholds = NULL;
        point.rule.threshold = (double)i / WG_SWEEP_STEPS;
        score = match_answers(replay, truth, &point.rule);
        point.n_hits = score->match->n_hits;
        point.n_misses = score->match->n_misses;
        point.n_doubles = score->match->n_doubles;
        point.n_wrong = score->match->n_wrong;
        point.n_false_alarms = score->match->n_false_alarms;
        point.idle_s = score->idle_s;
        point.false_alarms_per_hour = score->false_alarms_per_hour;
        g_array_append_val(points, point);
    }
    return points;
}

void
wg_sweep_add(GArray *points, GArray *other)
{
    g_return_if_fail(points->len == other->len);
    for (guint i = 0; i < points->len; i++) {
        WgSweepPoint *to = &g_array_index(points, WgSweepPoint, i);
        const WgSweepPoint *from = &g_array_index(other, WgSweepPoint, i);

        to->n_hits += from->n_hits;
        to->n_misses += from->n_misses;
        to->n_doubles += from->n_doubles;
        to->n_wrong += from->n_wrong;
        to->n_false_alarms += from->n_false_alarms;
        to->idle_s += from->idle_s;
        to->false_alarms_per_hour = to->idle_s > 0 ? to->n_false_alarms * 3600 / to->idle_s : 0;
    }
}

static int
get_worth(const WgSweepPoint *point)
{
    return point->n_hits - point->n_wrong - point->n_doubles - point->n_false_alarms;
}

/* Above 0 where `a` is to be preferred. */
static int
compare_points(const WgSweepPoint *a, const WgSweepPoint *b, double most_per_hour)
{
    const gboolean is_a_quiet = a->false_alarms_per_hour <= most_per_hour;
    const gboolean is_b_quiet = b->false_alarms_per_hour <= most_per_hour;

    if (is_a_quiet != is_b_quiet)
        return is_a_quiet ? 1 : -1;
    if (!is_a_quiet && a->n_false_alarms != b->n_false_alarms)
        return b->n_false_alarms - a->n_false_alarms;
    if (get_worth(a) != get_worth(b))
        return get_worth(a) - get_worth(b);
    return b->n_false_alarms - a->n_false_alarms;
}

guint
wg_stream_choose(GArray *points, double most_per_hour)
{
    guint best = 0, n_equal = 0, nth = 0;

    for (guint i = 1; i < points->len; i++) {
        if (compare_points(&g_array_index(points, WgSweepPoint, i),
                           &g_array_index(points, WgSweepPoint, best), most_per_hour) > 0)
            best = i;
    }
    for (guint i = 0; i < points->len; i++)
        n_equal += compare_points(&g_array_index(points, WgSweepPoint, i),
                                  &g_array_index(points, WgSweepPoint, best), most_per_hour) == 0;
    for (guint i = 0; i < points->len; i++) {
        if (compare_points(&g_array_index(points, WgSweepPoint, i),
                           &g_array_index(points, WgSweepPoint, best), most_per_hour) != 0)
            continue;
        if (nth++ == n_equal / 2)
            return i;
    }
    return best;
}
