/* Changes to windows: what they leave as it is. */
#include "dataset/perturb.h"

#include "dataset/window-features.h"
#include "takes.h"

#include <math.h>
#include <string.h>

#define SIZE (WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS)

/* Windows of gestures of 10 to 29 samples, each well within the watch's range. */
static WgWindows *
make_windows(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(3, 1, 20);
    g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, NULL);
    WgWindows *windows = wg_windows_new(dataset, NULL, 0);

    for (gsize i = 0; i < (gsize)windows->n * SIZE; i++)
        windows->x[i] = (float)(lrintf(windows->x[i] * 32) / 64.0);
    return windows;
}

static int
count_samples(const float *x)
{
    int n = SIZE;

    while (n > 0 && x[n - 1] == 0)
        n--;
    return (n + WG_WINDOW_CHANNELS - 1) / WG_WINDOW_CHANNELS;
}

static void
test_nothing_changes_nothing(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    const double none[] = {0, 0, 1, 0};
    float out[SIZE];
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int kind = WG_PERTURB_NOISE; kind <= WG_PERTURB_DROP; kind++) {
        for (int i = 0; i < windows->n; i++) {
            wg_perturb(windows, i, (WgPerturbation)kind, none[kind], &random, out);
            g_assert_cmpmem(out, sizeof out, windows->x + i * SIZE, sizeof out);
        }
    }
}

static void
test_stays_as_the_watch_holds_it(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    const double much[] = {2, 170, 0.3, 60};
    float out[SIZE], again[SIZE];

    for (int kind = WG_PERTURB_NOISE; kind <= WG_PERTURB_DROP; kind++) {
        for (int i = 0; i < windows->n; i++) {
            WgRandom random;

            wg_random_init(&random, 1, (guint64)i);
            wg_perturb(windows, i, (WgPerturbation)kind, much[kind], &random, out);
            wg_random_init(&random, 1, (guint64)i);
            wg_perturb(windows, i, (WgPerturbation)kind, much[kind], &random, again);
            g_assert_cmpmem(out, sizeof out, again, sizeof again);
            for (int k = 0; k < SIZE; k++) {
                const float steps = out[k] * WG_UNITS_PER_G;

                g_assert_cmpfloat(steps, ==, rintf(steps));
                g_assert_true(steps >= -128 && steps <= 127);
            }
            g_assert_cmpint(count_samples(out), >, 0);
        }
    }
}

static void
test_rotation_keeps_magnitude_and_turns_by_its_angle(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    float out[SIZE];
    double widest = 0;

    for (int i = 0; i < windows->n; i++) {
        WgRandom random;

        wg_random_init(&random, 2, (guint64)i);
        wg_perturb(windows, i, WG_PERTURB_ROTATION, 40, &random, out);
        for (int t = 0; t < wg_window_get_n_samples(windows, i); t++) {
            const float *a = windows->x + i * SIZE + 3 * t, *b = out + 3 * t;
            const double before = sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
            const double after = sqrt(b[0] * b[0] + b[1] * b[1] + b[2] * b[2]);

            /* each axis is rounded by up to half a step */
            g_assert_cmpfloat_with_epsilon(before, after, sqrt(3) / 2 / WG_UNITS_PER_G + 1e-6);
            if (before > 0.5)
                widest = MAX(
                    widest, acos(CLAMP((a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (before * after),
                                       -1, 1)));
        }
    }
    /* what lies across the axis turns by all of it; rounding adds up to 2 degrees at 0.5 g */
    g_assert_cmpfloat(widest * 180 / G_PI, >, 38);
    g_assert_cmpfloat(widest * 180 / G_PI, <, 42);
}

static void
test_speed_changes_length(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    const double speeds[] = {0.5, 0.8, 1.25, 2};
    float out[SIZE];

    for (gsize k = 0; k < G_N_ELEMENTS(speeds); k++) {
        for (int i = 0; i < windows->n; i++) {
            const int n = wg_window_get_n_samples(windows, i);
            WgRandom random;

            wg_random_init(&random, 1, 1);
            wg_perturb(windows, i, WG_PERTURB_SPEED, speeds[k], &random, out);
            g_assert_cmpint(
                abs(count_samples(out) - MIN(WG_WINDOW_LENGTH, (int)((n - 1) / speeds[k]) + 1)), <=,
                1); /* a last sample may be all zero by chance */
            if (speeds[k] == 2)
                g_assert_cmpmem(out + 3, 12, windows->x + i * SIZE + 6, 12);
        }
    }
}

static void
test_drop_leaves_the_rest_in_order(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    int n_before = 0, n_after = 0;
    float out[SIZE];

    for (int i = 0; i < 50 * windows->n; i++) {
        const int take = i % windows->n, n = wg_window_get_n_samples(windows, take);
        const float *x = windows->x + take * SIZE;
        int at = 0;
        WgRandom random;

        wg_random_init(&random, 3, (guint64)i);
        wg_perturb(windows, take, WG_PERTURB_DROP, 30, &random, out);
        for (int t = 0; t < count_samples(out); t++, at++) {
            while (at < n && memcmp(x + 3 * at, out + 3 * t, 12) != 0)
                at++;
            g_assert_cmpint(at, <, n);
        }
        n_before += n;
        n_after += count_samples(out);
    }
    /* of about 58000 samples: five standard errors are 0.01 */
    g_assert_cmpfloat_with_epsilon((double)n_after / n_before, 0.7, 0.01);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/perturb/nothing-changes-nothing", test_nothing_changes_nothing);
    g_test_add_func("/dataset/perturb/stays-as-the-watch-holds-it",
                    test_stays_as_the_watch_holds_it);
    g_test_add_func("/dataset/perturb/rotation-keeps-magnitude-and-turns-by-its-angle",
                    test_rotation_keeps_magnitude_and_turns_by_its_angle);
    g_test_add_func("/dataset/perturb/speed-changes-length", test_speed_changes_length);
    g_test_add_func("/dataset/perturb/drop-leaves-the-rest-in-order",
                    test_drop_leaves_the_rest_in_order);
    return g_test_run();
}
