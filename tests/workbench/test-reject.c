/* Thresholds a gesture and their curves, of takes of which every figure is known. */
#include "base/random.h"
#include "workbench/decision.h"
#include "workbench/reject-curve.h"

#include <math.h>

enum { UP, LEFT, OTHER, N_LABELS };

static void
add(GArray *takes, int label, int best, double probability)
{
    const WgRejectTake take = {label, best, probability};

    g_array_append_val(takes, take);
}

/* 99 ups of 156/256 to 254/256, each value once; 3 lefts, one taken for other; 4 others. */
static GArray *
make_takes(void)
{
    GArray *takes = g_array_new(FALSE, FALSE, sizeof(WgRejectTake));

    for (int i = 0; i < 99; i++)
        add(takes, UP, UP, (156 + (i * 37) % 99) / 256.0);
    add(takes, LEFT, LEFT, 0.9);
    add(takes, LEFT, LEFT, 0.8);
    add(takes, LEFT, OTHER, 0.99);
    add(takes, OTHER, OTHER, 0.9);
    add(takes, OTHER, UP, 0.55);
    add(takes, OTHER, UP, 0.75);
    add(takes, OTHER, LEFT, 0.85);
    return takes;
}

static void
test_leaves_the_share(void)
{
    g_autoptr(GArray) takes = make_takes();

    for (int percent = 1; percent <= 20; percent++) {
        g_autofree double *thresholds = wg_reject_choose(takes, N_LABELS, OTHER, percent / 100.0);

        /* the percent-th smallest of 99, which is the 100-th part of what comes */
        g_assert_cmpfloat(thresholds[UP] * 256, ==, 155 + percent);
        g_assert_cmpfloat(thresholds[OTHER], ==, WG_THRESHOLD_NEVER);
    }
}

static void
test_counts_what_none_can_save(void)
{
    g_autoptr(GArray) takes = make_takes();
    g_autofree double *thresholds = wg_reject_choose(takes, N_LABELS, OTHER, 0.25);

    /* the one taken for other is the one of four; the next is kept, on the watch's steps */
    g_assert_cmpfloat(thresholds[LEFT], ==, floor(0.8 * 256) / 256);
}

/* In draws of the same kind as many go unanswered as were to, whatever the distribution. */
static void
test_holds_for_other_takes(void)
{
    WgRandom random;
    int n_below = 0, n = 0;

    wg_random_init(&random, 5, 0);
    for (int draw = 0; draw < 400; draw++) {
        g_autoptr(GArray) takes = g_array_new(FALSE, FALSE, sizeof(WgRejectTake));
        g_autofree double *thresholds = NULL;

        for (int i = 0; i < 99; i++)
            add(takes, UP, UP, 1 - 0.45 * pow((double)wg_random_unit(&random), 3));
        thresholds = wg_reject_choose(takes, 2, -1, 0.05);
        for (int i = 0; i < 50; i++, n++)
            n_below += 1 - 0.45 * pow((double)wg_random_unit(&random), 3) < thresholds[UP];
    }
    /* 1000 are expected, and each draw's share has a spread of 0.022: 22 of 20,000 a standard
     * error of the mean */
    g_assert_cmpfloat_with_epsilon((double)n_below / n, 0.05, 0.006);
}

static void
test_counts(void)
{
    g_autoptr(GArray) takes = make_takes();
    const double thresholds[N_LABELS] = {166 / 256.0, 0.86, WG_THRESHOLD_NEVER};
    WgRejectTally tally;

    wg_reject_count(takes, thresholds, OTHER, &tally);
    g_assert_cmpint(tally.n_gestures, ==, 102);
    g_assert_cmpint(tally.n_unanswered, ==, 10 + 2);
    g_assert_cmpint(tally.n_wrong, ==, 0);
    g_assert_cmpint(tally.n_others, ==, 4);
    g_assert_cmpint(tally.n_ignored, ==, 3);
}

static void
test_confusion(void)
{
    g_autoptr(GArray) takes = make_takes();
    const double thresholds[N_LABELS] = {166 / 256.0, 0.86, WG_THRESHOLD_NEVER};
    static const int expected[N_LABELS][N_LABELS + 1] = {
        {89, 0, 0, 10}, {0, 1, 0, 2}, {1, 0, 0, 3}};
    int counts[N_LABELS][N_LABELS + 1];

    wg_reject_fill_confusion(takes, thresholds, N_LABELS, &counts[0][0]);
    g_assert_cmpmem(counts, sizeof counts, expected, sizeof expected);
}

/* What a slider shows: the higher, the fewer answers, right or wrong. */
static void
test_confusion_empties(void)
{
    g_autoptr(GArray) takes = make_takes();
    int last = 0;

    for (int step = 128; step <= 256; step++) {
        const double thresholds[N_LABELS] = {step / 256.0, step / 256.0, WG_THRESHOLD_NEVER};
        int counts[N_LABELS][N_LABELS + 1], n = 0, n_silent = 0;
        WgRejectTally tally;

        wg_reject_fill_confusion(takes, thresholds, N_LABELS, &counts[0][0]);
        wg_reject_count(takes, thresholds, OTHER, &tally);
        for (int i = 0; i < N_LABELS; i++) {
            for (int j = 0; j <= N_LABELS; j++)
                n += counts[i][j];
            n_silent += counts[i][N_LABELS];
        }
        g_assert_cmpint(n, ==, takes->len);
        g_assert_cmpint(n_silent, ==, tally.n_unanswered + tally.n_ignored);
        g_assert_cmpint(n_silent, >=, last);
        last = n_silent;
    }
    g_assert_cmpint(last, ==, takes->len);
}

static void
test_curve(void)
{
    g_autoptr(GArray) takes = make_takes();

    for (int gesture = -1; gesture < OTHER; gesture++) {
        g_autoptr(JsonArray) curve = wg_reject_curve_new(takes, gesture, OTHER);
        double rejected = -1, accepted = 2, last = 0;

        for (guint i = 0; i < json_array_get_length(curve); i++) {
            JsonObject *point = json_array_get_object_element(curve, i);
            const double at = json_object_get_double_member(point, "threshold");
            const double one = json_object_get_double_member(point, "false_reject");
            const double two = json_object_get_double_member(point, "false_accept");

            g_assert_cmpfloat(at, >, last);
            g_assert_cmpfloat(one, >=, rejected);
            g_assert_cmpfloat(two, <=, accepted);
            last = at;
            rejected = one;
            accepted = two;
            if (gesture == UP && at <= 0.55)
                g_assert_cmpfloat(two, ==, 0.5); /* both of others that were taken for up */
        }
        g_assert_cmpfloat(last, ==, 255 / 256.0);
        g_assert_cmpfloat(accepted, ==, 0);
    }
}

static void
test_steps_of_the_model(void)
{
    const double thresholds[] = {0.2, 129 / 256.0, 0.75, 0.7501, 255 / 256.0, WG_THRESHOLD_NEVER};
    int least[G_N_ELEMENTS(thresholds)];

    wg_thresholds_to_raw(thresholds, G_N_ELEMENTS(thresholds), least);
    g_assert_cmpint(least[0], ==, 1); /* the firmware's own */
    g_assert_cmpint(least[1], ==, 1);
    g_assert_cmpint(least[2], ==, 64);
    g_assert_cmpint(least[3], ==, 65);
    g_assert_cmpint(least[4], ==, 127);
    g_assert_cmpint(least[5], ==, 128);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/reject/leaves-the-share-unanswered", test_leaves_the_share);
    g_test_add_func("/workbench/reject/counts-what-no-threshold-can-save",
                    test_counts_what_none_can_save);
    g_test_add_func("/workbench/reject/holds-for-other-takes-of-the-kind",
                    test_holds_for_other_takes);
    g_test_add_func("/workbench/reject/counts-answers-and-silence", test_counts);
    g_test_add_func("/workbench/reject/confusion-has-a-column-for-silence", test_confusion);
    g_test_add_func("/workbench/reject/a-higher-threshold-answers-less", test_confusion_empties);
    g_test_add_func("/workbench/reject/curve-rises-and-falls", test_curve);
    g_test_add_func("/workbench/reject/thresholds-are-steps-of-the-model", test_steps_of_the_model);
    return g_test_run();
}
