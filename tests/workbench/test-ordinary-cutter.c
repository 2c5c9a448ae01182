/* How ordinary movement is cut into windows. */
#include "workbench/ordinary-cutter.h"

#include "base/random.h"

#define LENGTH 50
#define MOST 50

/* Each sample tells its own number. */
static gboolean
add(WgOrdinaryCutter *cutter, int number)
{
    const float sample[3] = {(float)number, 0, 1};

    return wg_ordinary_cutter_add(cutter, number, sample, number % 10 == 0);
}

static void
check_window(const WgOrdinaryCutter *cutter, int first)
{
    for (int i = 0; i < LENGTH; i++) {
        g_assert_cmpint((int)cutter->window[3 * i], ==, first + i);
        g_assert_cmpint((int)cutter->window[3 * i + 2], ==, 1);
    }
    g_assert_cmpint(cutter->n_clipped, ==, LENGTH / 10);
}

/* A minute at the watch's 12.5 Hz is 750 samples: fifteen windows. */
static void
test_quiet_minute(void)
{
    WgOrdinaryCutter cutter;
    int n = 0;

    wg_ordinary_cutter_init(&cutter, LENGTH, MOST);
    for (int i = 0; i < 750; i++) {
        if (add(&cutter, i))
            check_window(&cutter, LENGTH * n++);
    }
    while (wg_ordinary_cutter_end(&cutter))
        check_window(&cutter, LENGTH * n++);
    g_assert_cmpint(n, ==, 15);
    wg_ordinary_cutter_clear(&cutter);
}

static void
test_gap(void)
{
    WgOrdinaryCutter cutter;

    wg_ordinary_cutter_init(&cutter, LENGTH, MOST);
    for (int i = 0; i < 49; i++)
        g_assert_false(add(&cutter, i));
    for (int i = 60; i < 60 + LENGTH; i++)
        g_assert_false(add(&cutter, i));
    g_assert_true(wg_ordinary_cutter_end(&cutter));
    check_window(&cutter, 60);
    g_assert_false(wg_ordinary_cutter_end(&cutter));
    wg_ordinary_cutter_clear(&cutter);
}

static void
mark(gboolean *is_used, const WgOrdinaryCutter *cutter)
{
    const int first = (int)cutter->window[0];

    for (int i = 0; i < LENGTH; i++) {
        g_assert_cmpint((int)cutter->window[3 * i], ==, first + i);
        g_assert_false(is_used[first + i]);
        is_used[first + i] = TRUE;
    }
}

/* Gestures of any length at any time: no sample is in two takes, and no window is given away that
 * the detector could still have reached into. */
static void
test_gestures(void)
{
    enum { N = 2000 };
    WgRandom random;

    wg_random_init(&random, 7, 1);
    for (int round = 0; round < 50; round++) {
        gboolean is_used[N] = {0};
        WgOrdinaryCutter cutter;
        int last_end = -1, n_windows = 0, n_lost = 0;

        wg_ordinary_cutter_init(&cutter, LENGTH, MOST);
        for (int i = 0; i < N; i++) {
            const int n = 8 + (int)wg_random_below(&random, MOST - 7);

            if (add(&cutter, i)) {
                mark(is_used, &cutter);
                n_windows++;
            }
            if (wg_random_below(&random, 60) != 0 || i - n <= last_end)
                continue;
            for (int back = 0; back < n; back++) {
                g_assert_false(is_used[i - back]);
                is_used[i - back] = TRUE;
            }
            while (wg_ordinary_cutter_cut(&cutter, n)) {
                mark(is_used, &cutter);
                n_windows++;
            }
            last_end = i;
        }
        while (wg_ordinary_cutter_end(&cutter)) {
            mark(is_used, &cutter);
            n_windows++;
        }
        /* what is in neither is shorter than a window and a margin */
        for (int i = 0; i < N; i++) {
            n_lost = is_used[i] ? 0 : n_lost + 1;
            g_assert_cmpint(n_lost, <=, LENGTH);
        }
        g_assert_cmpint(n_windows, >, 0);
        wg_ordinary_cutter_clear(&cutter);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/ordinary-cutter/makes-fifteen-windows-of-a-minute",
                    test_quiet_minute);
    g_test_add_func("/workbench/ordinary-cutter/begins-anew-behind-a-gap", test_gap);
    g_test_add_func("/workbench/ordinary-cutter/shares-no-sample-with-a-gesture", test_gestures);
    return g_test_run();
}
