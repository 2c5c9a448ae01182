/* What an answer is, case by case: hit, double, wrong, false alarm; and what is missed. */
#include "dataset/stream-match.h"

#define N_SAMPLES 1000
#define TOLERANCE 10

/* Two gestures, label 0 at 100 .. 150 and label 1 at 300 .. 350. */
static const WgSpan events[] = {{100, 150, 0}, {300, 350, 1}};

static WgStreamMatch *
match(const WgSpan *answers, int n)
{
    return wg_stream_match_new(events, G_N_ELEMENTS(events), answers, n, N_SAMPLES, TOLERANCE);
}

static WgAnswerKind
judge(int start, int end, int label)
{
    const WgSpan answer = {start, end, label};
    g_autoptr(WgStreamMatch) found = match(&answer, 1);

    g_assert_cmpint(found->n_hits + found->n_doubles + found->n_wrong + found->n_false_alarms, ==,
                    1);
    g_assert_cmpint(found->n_hits + found->n_misses, ==, 2);
    return found->kinds[0];
}

static void
test_hit(void)
{
    g_assert_cmpint(judge(100, 150, 0), ==, WG_ANSWER_HIT);
    g_assert_cmpint(judge(50, 101, 0), ==, WG_ANSWER_HIT);  /* one sample of it was seen */
    g_assert_cmpint(judge(149, 200, 0), ==, WG_ANSWER_HIT); /* the last one */
    g_assert_cmpint(judge(150, 151, 0), ==, WG_ANSWER_HIT); /* right after its end */
    g_assert_cmpint(judge(159, 170, 0), ==, WG_ANSWER_HIT); /* within the tolerance */
    g_assert_cmpint(judge(300, 301, 1), ==, WG_ANSWER_HIT);
}

static void
test_false_alarm(void)
{
    g_assert_cmpint(judge(50, 100, 0), ==, WG_ANSWER_FALSE_ALARM);  /* ends before it begins */
    g_assert_cmpint(judge(160, 170, 0), ==, WG_ANSWER_FALSE_ALARM); /* after the tolerance */
    g_assert_cmpint(judge(0, 1, 0), ==, WG_ANSWER_FALSE_ALARM);
    g_assert_cmpint(judge(-5, 1, 1), ==, WG_ANSWER_FALSE_ALARM);
    g_assert_cmpint(judge(999, 1000, 1), ==, WG_ANSWER_FALSE_ALARM);
}

static void
test_wrong(void)
{
    g_assert_cmpint(judge(100, 150, 1), ==, WG_ANSWER_WRONG);
    g_assert_cmpint(judge(355, 360, 0), ==, WG_ANSWER_WRONG);
}

static void
test_double(void)
{
    const WgSpan answers[] = {{100, 110, 1}, {110, 120, 0}, {120, 130, 0}, {151, 155, 0}};
    g_autoptr(WgStreamMatch) found = match(answers, G_N_ELEMENTS(answers));
    const WgAnswerKind wanted[] = {WG_ANSWER_WRONG, WG_ANSWER_HIT, WG_ANSWER_DOUBLE,
                                   WG_ANSWER_DOUBLE};

    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
        g_assert_cmpint(found->kinds[i], ==, wanted[i]);
        g_assert_cmpint(found->events[i], ==, 0);
    }
    g_assert_cmpint(found->n_doubles, ==, 2);
    g_assert_true(found->is_hit[0]);
    g_assert_false(found->is_hit[1]);
    g_assert_cmpint(found->n_misses, ==, 1);
}

/* What is answered with another gesture is missed all the same. */
static void
test_miss(void)
{
    const WgSpan answer = {100, 150, 1};
    g_autoptr(WgStreamMatch) found = match(&answer, 1);
    g_autoptr(WgStreamMatch) silent = match(NULL, 0);

    g_assert_cmpint(found->n_misses, ==, 2);
    g_assert_cmpint(found->n_wrong, ==, 1);
    g_assert_cmpint(silent->n_misses, ==, 2);
    g_assert_cmpint(silent->n_false_alarms, ==, 0);
}

/* Between two gestures close together the larger overlap decides, then the tolerance. */
static void
test_closest(void)
{
    const WgSpan close[] = {{100, 120, 0}, {122, 140, 1}};
    const WgSpan answers[] = {{105, 124, 0}, {118, 141, 1}, {120, 121, 0}, {141, 142, 1}};
    g_autoptr(WgStreamMatch) found =
        wg_stream_match_new(close, 2, answers, 4, N_SAMPLES, TOLERANCE);

    g_assert_cmpint(found->events[0], ==, 0); /* fifteen samples of the first, two of the second */
    g_assert_cmpint(found->events[1], ==, 1);
    g_assert_cmpint(found->events[2], ==, 0); /* in neither, and the second has not begun */
    g_assert_cmpint(found->events[3], ==, 1); /* of both tolerances, that of the one ended last */
}

static void
test_idle(void)
{
    const WgSpan overlapping[] = {{0, 100, 0}, {50, 120, 1}, {60, 70, 0}, {990, 1000, 1}};
    g_autoptr(WgStreamMatch) two = match(NULL, 0);
    g_autoptr(WgStreamMatch) all =
        wg_stream_match_new(overlapping, 4, NULL, 0, N_SAMPLES, TOLERANCE);
    g_autoptr(WgStreamMatch) none = wg_stream_match_new(NULL, 0, NULL, 0, N_SAMPLES, TOLERANCE);

    g_assert_cmpint(two->n_idle, ==, N_SAMPLES - 2 * (50 + TOLERANCE));
    g_assert_cmpint(all->n_idle, ==, N_SAMPLES - (120 + TOLERANCE) - 10);
    g_assert_cmpint(none->n_idle, ==, N_SAMPLES);
}

/* A long event does not hide a short one in it, nor one before it. */
static void
test_nested(void)
{
    const WgSpan nested[] = {{0, 900, 0}, {100, 120, 1}, {200, 220, 1}};
    const WgSpan answers[] = {{98, 121, 1}, {500, 510, 0}, {895, 899, 0}};
    g_autoptr(WgStreamMatch) found =
        wg_stream_match_new(nested, 3, answers, 3, N_SAMPLES, TOLERANCE);

    g_assert_cmpint(found->events[0], ==, 0); /* all of the window lies in the long one */
    g_assert_cmpint(found->events[1], ==, 0);
    g_assert_cmpint(found->events[2], ==, 0);
    g_assert_cmpint(found->n_wrong, ==, 1);
    g_assert_cmpint(found->n_hits, ==, 1);
    g_assert_cmpint(found->n_doubles, ==, 1);
}

static void
test_shown(void)
{
    const int starts[] = {75, 74, 130, 110, 0, 120};
    const int ends[] = {125, 124, 170, 120, 50, 400};
    const int wanted[] = {0, -1, 0, 0, -1, 1};
    int shown[6];

    /* half of the shorter of the two: 25 samples of a gesture of 50, or of a window of 50; 20 of a
     * window of 40; a window as long as both shows the one it has all of */
    wg_stream_find_shown(events, 2, starts, ends, 6, shown);
    for (int i = 0; i < 6; i++)
        g_assert_cmpint(shown[i], ==, wanted[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/stream-match/a-hit-overlaps-or-follows-its-gesture", test_hit);
    g_test_add_func("/dataset/stream-match/an-answer-to-nothing-is-a-false-alarm",
                    test_false_alarm);
    g_test_add_func("/dataset/stream-match/another-label-is-wrong", test_wrong);
    g_test_add_func("/dataset/stream-match/a-second-hit-is-a-double", test_double);
    g_test_add_func("/dataset/stream-match/without-a-hit-it-is-missed", test_miss);
    g_test_add_func("/dataset/stream-match/the-larger-overlap-decides", test_closest);
    g_test_add_func("/dataset/stream-match/idle-time-is-outside-of-gestures", test_idle);
    g_test_add_func("/dataset/stream-match/long-events-are-found", test_nested);
    g_test_add_func("/dataset/stream-match/a-window-shows-what-it-has-half-of", test_shown);
    return g_test_run();
}
