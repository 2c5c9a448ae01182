/* Scores, curves and verdicts of made-up replays, of which every figure is known. */
#include "workbench/stream-report.h"

#include <math.h>
#include <string.h>

enum { UP, LEFT, OTHER, N_LABELS };

static char *label_names[] = {"up", "left", "other", NULL};

/* Two ups, a left, one that the model does not know, and walking; an hour at 12.5 Hz. */
static const struct {
    int start, end;
    const char *label;
} done[] = {{1000, 1020, "up"},         {2000, 2020, "left"},      {3000, 3020, "up"},
            {4000, 4020, "somersault"}, {10000, 20000, "walking"}, {30000, 30020, "other"}};

/* What was inferred: from, to, label, probability. */
static const struct {
    int start, end, label;
    double confidence;
} inferred[] = {{998, 1024, UP, 0.9},     {1025, 1030, UP, 0.6},      {2000, 2024, UP, 0.7},
                {3000, 3024, LEFT, 0.3},  {4000, 4024, LEFT, 0.55},   {11000, 11020, UP, 0.65},
                {12000, 12020, UP, 0.52}, {13000, 13020, OTHER, 0.9}, {30000, 30024, UP, 0.2}};

#define N G_N_ELEMENTS(inferred)
#define N_SAMPLES 45000

typedef struct {
    WgStream *stream;
    WgModel model;
    WgReplay replay;
    WgStreamWindows windows;
    WgStreamTruth *truth;
    int starts[N], ends[N], best[N];
    double confidence[N];
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    GArray *events = wg_stream_events_new();

    for (guint i = 0; i < G_N_ELEMENTS(done); i++) {
        const WgStreamEvent event = {done[i].start, done[i].end, g_strdup(done[i].label)};

        g_array_append_val(events, event);
    }
    f->stream = wg_stream_new(12.5, N_SAMPLES, g_new0(float, N_SAMPLES * 3), events);
    f->model.labels = label_names;
    f->model.n_labels = N_LABELS;
    for (guint i = 0; i < N; i++) {
        f->starts[i] = inferred[i].start;
        f->ends[i] = inferred[i].end;
        f->best[i] = inferred[i].label;
        f->confidence[i] = inferred[i].confidence;
    }
    f->windows = (WgStreamWindows){.n = N, .length = 50, .starts = f->starts, .ends = f->ends};
    f->replay = (WgReplay){.n = N,
                           .n_samples = N_SAMPLES,
                           .n_labels = N_LABELS,
                           .rate_hz = 12.5,
                           .windows = &f->windows,
                           .best = f->best,
                           .confidence = f->confidence};
    f->truth = wg_stream_truth_new(f->stream, &f->model, OTHER, 500);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    wg_stream_free(f->stream);
    wg_stream_truth_free(f->truth);
}

static void
test_truth(Fixture *f, gconstpointer data)
{
    g_assert_cmpint(f->truth->n, ==, 3);
    g_assert_cmpint(f->truth->gestures[1].label, ==, LEFT);
    g_assert_cmpint(f->truth->tolerance, ==, 6);
    g_assert_cmpuint(f->truth->contexts->len, ==, 3); /* somersault, walking, other */
}

static void
test_counts(Fixture *f, gconstpointer data)
{
    const WgStreamRule rule = {.threshold = 0.5, .other = OTHER};
    g_autoptr(WgStreamScore) score = wg_stream_score_new(&f->replay, f->truth, &rule);
    const double idle_s = (N_SAMPLES - 3 * 26) / 12.5;

    g_assert_cmpint(score->match->n_answers, ==, 6); /* not the two under 0.5, nor "other" */
    g_assert_cmpint(score->match->n_hits, ==, 1);
    g_assert_cmpint(score->match->n_doubles, ==, 1);
    g_assert_cmpint(score->match->n_wrong, ==, 1);
    g_assert_cmpint(score->match->n_misses, ==, 2);
    g_assert_cmpint(score->match->n_false_alarms, ==, 3);
    g_assert_cmpfloat_with_epsilon(score->idle_s, idle_s, 1e-9);
    g_assert_cmpfloat_with_epsilon(score->false_alarms_per_hour, 3 * 3600 / idle_s, 1e-9);
    g_assert_cmpint(score->gestures[UP].n_events, ==, 2);
    g_assert_cmpint(score->gestures[UP].n_hits, ==, 1);
    g_assert_cmpint(score->gestures[UP].n_false_alarms, ==, 2);
    g_assert_cmpint(score->gestures[LEFT].n_false_alarms, ==, 1); /* in the somersault */
    g_assert_cmpint(score->gestures[LEFT].n_wrong, ==, 1);
}

/* Wrong inferences / all inferences that show the gesture, sure or not. */
static void
test_error(Fixture *f, gconstpointer data)
{
    const WgStreamRule rule = {.threshold = 0.5, .other = OTHER};
    g_autoptr(WgStreamScore) score = wg_stream_score_new(&f->replay, f->truth, &rule);

    g_assert_cmpint(score->gestures[UP].n_inferences, ==, 2);
    g_assert_cmpint(score->gestures[UP].n_wrong_inferences, ==, 1);
    g_assert_cmpint(score->gestures[UP].n_unsure, ==, 1);
    g_assert_cmpint(score->gestures[UP].n_unseen, ==, 0);
    g_assert_cmpint(score->gestures[LEFT].n_inferences, ==, 1);
    g_assert_cmpint(score->gestures[LEFT].n_wrong_inferences, ==, 1);
}

static void
test_unseen(Fixture *f, gconstpointer data)
{
    const WgStreamRule rule = {.threshold = 0.5, .other = OTHER};
    g_autoptr(WgStreamScore) score = NULL;

    f->replay.n = 2; /* only what belongs to the first up */
    score = wg_stream_score_new(&f->replay, f->truth, &rule);
    g_assert_cmpint(score->gestures[UP].n_unseen, ==, 1);
    g_assert_cmpint(score->gestures[LEFT].n_unseen, ==, 1);
}

static void
test_sweep(Fixture *f, gconstpointer data)
{
    const WgStreamRule rule = {.threshold = 0.5, .other = OTHER};
    g_autoptr(GArray) points = wg_stream_sweep(&f->replay, f->truth, &rule);
    const WgSweepPoint *chosen;

    g_assert_cmpuint(points->len, ==, WG_SWEEP_STEPS);
    for (guint i = 0; i < points->len; i++) {
        WgStreamRule at = rule;
        const WgSweepPoint *point = &g_array_index(points, WgSweepPoint, i);
        g_autoptr(WgStreamScore) score = NULL;

        at.threshold = i / 100.0;
        g_assert_cmpfloat(point->rule.threshold, ==, at.threshold);
        score = wg_stream_score_new(&f->replay, f->truth, &at);
        g_assert_cmpint(point->n_hits, ==, score->match->n_hits);
        g_assert_cmpint(point->n_doubles, ==, score->match->n_doubles);
        g_assert_cmpint(point->n_false_alarms, ==, score->match->n_false_alarms);
    }
    /* above 0.7 nothing is wrong any more, above 0.9 nothing is noticed: the middle of the two */
    chosen = &g_array_index(points, WgSweepPoint, wg_stream_choose(points, INFINITY));
    g_assert_cmpint(chosen->n_hits, ==, 1);
    g_assert_cmpint(chosen->n_false_alarms + chosen->n_wrong + chosen->n_doubles, ==, 0);
    g_assert_cmpfloat_with_epsilon(chosen->rule.threshold, 0.81, 0.011);
}

static guint
choose(const WgSweepPoint *points, guint n, double most_per_hour)
{
    g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof(WgSweepPoint));

    g_array_append_vals(array, points, n);
    return wg_stream_choose(array, most_per_hour);
}

static void
test_choice(void)
{
    const WgSweepPoint points[] = {
        {.n_hits = 10, .n_false_alarms = 8, .false_alarms_per_hour = 8},
        {.n_hits = 9, .n_false_alarms = 3, .false_alarms_per_hour = 3},
        {.n_hits = 8, .n_false_alarms = 2, .false_alarms_per_hour = 2},
        {.n_hits = 5, .n_wrong = 1, .n_false_alarms = 1, .false_alarms_per_hour = 1},
        {.n_hits = 4, .n_doubles = 1, .n_false_alarms = 1, .false_alarms_per_hour = 1},
    };
    const WgSweepPoint same[] = {
        {.n_hits = 1}, {.n_hits = 3}, {.n_hits = 3}, {.n_hits = 3}, {.n_hits = 2}};

    /* 2, 6, 6, 3 and 2 are what they are worth; of equals the fewest false alarms */
    g_assert_cmpuint(choose(points, 5, INFINITY), ==, 2);
    g_assert_cmpuint(choose(points, 5, 1), ==, 3);
    g_assert_cmpuint(choose(points, 5, 0), ==,
                     3); /* none keeps to it: the fewest, then the worth */
    g_assert_cmpuint(choose(points, 1, 0), ==, 0);
    g_assert_cmpuint(choose(same, 5, INFINITY), ==, 2); /* the middle of those that are equal */
}

static void
test_adds(Fixture *f, gconstpointer data)
{
    const WgStreamRule rule = {.threshold = 0.5, .other = OTHER};
    g_autoptr(GArray) once = wg_stream_sweep(&f->replay, f->truth, &rule);
    g_autoptr(GArray) twice = wg_stream_sweep(&f->replay, f->truth, &rule);

    wg_sweep_add(twice, once);
    for (guint i = 0; i < once->len; i++) {
        const WgSweepPoint *a = &g_array_index(once, WgSweepPoint, i);
        const WgSweepPoint *b = &g_array_index(twice, WgSweepPoint, i);

        g_assert_cmpint(b->n_hits, ==, 2 * a->n_hits);
        g_assert_cmpint(b->n_wrong, ==, 2 * a->n_wrong);
        g_assert_cmpfloat_with_epsilon(b->false_alarms_per_hour, a->false_alarms_per_hour, 1e-9);
    }
}

static void
test_debounced(Fixture *f, gconstpointer data)
{
    const WgStreamRule rule = {.threshold = 0.5, .other = OTHER, .n_debounce = 2, .span_ms = 1000};
    g_autoptr(WgStreamAnswers) answers = NULL;

    f->windows.slides = TRUE;
    answers = wg_replay_answer(&f->replay, &rule);
    /* only the first two ups are within a second: 1024 and 1030, 480 ms */
    g_assert_cmpint(answers->n, ==, 1);
    g_assert_cmpint(answers->spans[0].start, ==, 1023);
    g_assert_cmpint(answers->spans[0].end, ==, 1030);
    g_assert_cmpint(answers->spans[0].label, ==, UP);
}

static void
test_verdict(Fixture *f, gconstpointer data)
{
    const WgStreamRule rule = {.threshold = 0.5, .other = OTHER}, quiet = {1, 0, 0, OTHER};
    g_autoptr(WgStreamScore) score = wg_stream_score_new(&f->replay, f->truth, &rule);
    g_autoptr(WgStreamScore) silent = wg_stream_score_new(&f->replay, f->truth, &quiet);
    const WgSweepPoint better = {.rule = {.threshold = 0.8}, .n_hits = 1};
    g_autofree char *verdict = wg_stream_dup_verdict(score, f->truth, &better);
    g_autofree char *bare = wg_stream_dup_verdict(silent, f->truth, NULL);

    g_assert_cmpstr(
        verdict, ==,
        "1 of 3 gestures noticed, 1 answer too many; 1 time another gesture was answered; 3 "
        "false alarms in 60 minutes, mostly “up” during “walking”: raise the threshold "
        "to 0.80 (then noticed: 1, false alarms: 0, wrong answers: 0).");
    g_assert_cmpstr(bare, ==, "0 of 3 gestures noticed; no false alarm in 60 minutes.");
}

#define TEST(claim, function)                                                                      \
    g_test_add("/workbench/stream-score/" claim, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST("what-the-model-does-not-know-is-no-gesture", test_truth);
    TEST("counts-hits-and-the-rest", test_counts);
    TEST("error-is-wrong-of-all-inferences", test_error);
    TEST("gestures-that-no-window-shows-are-unseen", test_unseen);
    TEST("the-curve-is-the-score-at-each-threshold", test_sweep);
    g_test_add_func("/workbench/stream-score/chooses-by-its-rule", test_choice);
    TEST("curves-add-up", test_adds);
    TEST("debounce-makes-one-answer", test_debounced);
    TEST("says-it-in-a-sentence", test_verdict);
    return g_test_run();
}
