/* Features of windows: by hand, and what holds for any window. */
#include "dataset/window-features.h"

#include "base/random.h"
#include "takes.h"

#include <math.h>

static int
find_feature(const char *name)
{
    for (int i = 0; i < WG_N_WINDOW_FEATURES; i++) {
        g_autofree char *own = wg_window_feature_dup_name(i);

        if (g_str_equal(own, name))
            return i;
    }
    g_error("no feature %s", name);
}

static void
check(const float *features, const char *name, double expected)
{
    g_test_message("%s", name);
    /* figures of a few steps in floats */
    g_assert_cmpfloat_with_epsilon(features[find_feature(name)], expected, 1e-6);
}

static void
test_by_hand(void)
{
    const char *const names[] = {"a", NULL};
    const float x[] = {1, 0, 2, -1, 0, 4, 1, 0, 6, 3, 0, 8, -1, 0, 10, 3, 0, 12};
    g_autoptr(WgWindows) windows = wg_windows_alloc(1, WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS, names);
    g_autofree float *features = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(x); i++)
        windows->x[i] = x[i];
    features = wg_windows_dup_features(windows);
    check(features, "samples", 6);
    check(features, "x mean", 1);
    check(features, "x deviation", sqrt((0 + 4 + 0 + 4 + 4 + 4) / 6.0));
    check(features, "x least", -1);
    check(features, "x most", 3);
    check(features, "x range", 4);
    check(features, "x energy", (1 + 1 + 1 + 9 + 1 + 9) / 6.0);
    check(features, "x zero crossings", 4 / 5.0);
    check(features, "x mean crossings", 3 / 5.0);
    check(features, "x mean step", (2 + 2 + 2 + 4 + 4) / 5.0);
    check(features, "x place of least", 1 / 5.0);
    check(features, "x place of most", 3 / 5.0);
    check(features, "x first third", 0);
    check(features, "x middle third", 2);
    check(features, "z last third", 11);
    check(features, "xy correlation", 0);
    /* mean products of the deviations: x 0 -2 0 2 -2 2, z -5 -3 -1 1 3 5 */
    check(features, "xz correlation", (6 + 2 - 6 + 10) / sqrt(16.0 * 70));
    check(features, "magnitude least", sqrt(5));
    check(features, "y energy", 0);
}

static void
test_any_window_has_finite_features(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int round = 0; round < 200; round++) {
        g_autoptr(GPtrArray) takes =
            g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
        const int n = 1 + (int)wg_random_below(&random, 80);
        g_autoptr(WgDataset) dataset = NULL;
        g_autoptr(WgWindows) windows = NULL;
        g_autofree float *features = NULL;

        g_ptr_array_add(takes, wg_test_take("a", NULL, round, n));
        dataset = wg_dataset_new(takes, NULL, NULL);
        windows = wg_windows_new(dataset, NULL, 0);
        if (round % 4 == 0) { /* lies still, or is empty */
            for (int i = 0; i < windows->length * windows->channels; i++)
                windows->x[i] = round % 8 && i / 3 < n ? 0.5f : 0;
        }
        features = wg_windows_dup_features(windows);
        for (int i = 0; i < WG_N_WINDOW_FEATURES; i++)
            g_assert_true(isfinite(features[i]));
        for (int i = find_feature("xy correlation"); i <= find_feature("yz correlation"); i++)
            g_assert_cmpfloat(fabsf(features[i]), <=, 1 + 1e-6f);
        g_assert_cmpint(wg_window_get_n_samples(windows, 0), <=, MIN(n, WG_WINDOW_LENGTH));
    }
}

static void
test_names_are_distinct(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (int i = 0; i < WG_N_WINDOW_FEATURES; i++)
        g_assert_true(g_hash_table_add(names, wg_window_feature_dup_name(i)));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/window-features/equal-hand-computed", test_by_hand);
    g_test_add_func("/dataset/window-features/of-any-window-are-finite",
                    test_any_window_has_finite_features);
    g_test_add_func("/dataset/window-features/have-distinct-names", test_names_are_distinct);
    return g_test_run();
}
