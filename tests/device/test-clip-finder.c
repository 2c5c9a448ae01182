/* Tests of what is told as clipped of boards that do not tell where their sensor ends. */
#include "device/clip-finder.h"

#include "base/random.h"
#include "dataset/import.h"

#include <math.h>

/* Samples told as clipped of `n` that are `value` on axis x, with noise on the others. */
static int
count_at(WgClipFinder *finder, double value, int n, double units_per_g, WgRandom *random)
{
    int n_clipped = 0;
    for (int i = 0; i < n; i++) {
        const float values[3] = {(float)value,
                                 (float)rint(0.1 * units_per_g * wg_random_unit(random)),
                                 (float)rint(units_per_g * (1 + 0.1 * wg_random_unit(random)))};
        n_clipped += wg_clip_finder_take(finder, values, units_per_g);
    }
    return n_clipped;
}

static void
test_where_bits_end(void)
{
    static const double ends[] = {32767, -32768, 2047, -2048, 4095, 1023};
    static const double units[] = {16384, 16384, 512, 512, 1024, 256};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        WgClipFinder finder = {.highest = {0}};
        WgRandom random;
        wg_random_init(&random, 3, 0);
        g_assert_cmpint(count_at(&finder, 0, 50, units[i], &random), ==, 0);
        g_assert_cmpint(count_at(&finder, ends[i], 25, units[i], &random), ==, 23);
        g_assert_cmpint(count_at(&finder, 0, 50, units[i], &random), ==, 0);
        g_assert_cmpint(count_at(&finder, ends[i], 2, units[i], &random), ==, 0);
        /* of a board of such a unit it is what rests */
        g_assert_cmpint(count_at(&finder, ends[i], 25, fabs(ends[i]), &random), ==, 0);
    }
}

static void
test_the_highest_value_of_all(void)
{
    WgClipFinder finder = {.highest = {0}};
    WgRandom random;
    wg_random_init(&random, 3, 0);
    g_assert_cmpint(count_at(&finder, 1800, 25, 1000, &random), ==, 0);  /* no sensor ends there */
    g_assert_cmpint(count_at(&finder, 4000, 25, 1000, &random), ==, 21); /* not its first four */
    g_assert_cmpint(count_at(&finder, 3000, 25, 1000, &random), ==, 0);  /* it goes on to 4000 */
    g_assert_cmpint(count_at(&finder, -4000, 25, 1000, &random), ==, 21);
}

/* A board asks its sensor eight times as often as that measures. */
static void
test_a_sample_told_again_is_one(void)
{
    WgClipFinder finder = {.highest = {0}};
    for (int i = 0; i < 32; i++) {
        const float values[3] = {4000, (float)(i / 8), 900};
        g_assert_false(wg_clip_finder_take(&finder, values, 1000));
    }
}

/* The take as a board would print it that has this unit and so many digits. */
static int
count_clipped(WgClipFinder *finder, const WgRecordingSpec *take, double units_per_g, double step)
{
    int n_clipped = 0;
    for (int i = 0; i < take->n_samples; i++) {
        float values[3];
        for (int axis = 0; axis < 3; axis++) {
            const double g = take->original[3 * i + axis] / take->original_units_per_g;
            values[axis] = (float)(rint(g * units_per_g / step) * step);
        }
        n_clipped += wg_clip_finder_take(finder, values, units_per_g);
    }
    return n_clipped;
}

/* Nothing in there stays at the end of the watch's range for five samples. */
static void
test_recorded_gestures_are_not_clipped(void)
{
    static const char *const folders[] = {"conor-v2",  "conor-v3", "extra-v2",
                                          "gordon-v1", "james-v2", "james-v3"};
    static const struct {
        double units_per_g, step;
    } units[] = {{1000, 1}, {9.80665, 0.01}};
    int n_takes = 0;
    for (gsize u = 0; u < G_N_ELEMENTS(units); u++) {
        WgClipFinder finder = {.highest = {0}};
        for (gsize f = 0; f < G_N_ELEMENTS(folders); f++) {
            g_autofree char *folder =
                g_build_filename(g_getenv("WAGGLE_SOURCE"), "data", "recordings", "bangle-gestures",
                                 folders[f], NULL);
            g_autoptr(GError) error = NULL;
            const char *const paths[] = {folder, NULL};
            const WgImportOptions options = {.person = "p"};
            g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, &error);
            g_assert_no_error(error);
            for (guint i = 0; i < import->recordings->len; i++, n_takes++)
                g_assert_cmpint(count_clipped(&finder,
                                              wg_recording_get(import->recordings->pdata[i]),
                                              units[u].units_per_g, units[u].step),
                                ==, 0);
        }
    }
    g_test_message("%d takes in two units", n_takes);
    g_assert_cmpint(n_takes, >, 2000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/clip-finder/where-bits-end", test_where_bits_end);
    g_test_add_func("/device/clip-finder/highest-value-of-all", test_the_highest_value_of_all);
    g_test_add_func("/device/clip-finder/sample-told-again-is-one",
                    test_a_sample_told_again_is_one);
    g_test_add_func("/device/clip-finder/recorded-gestures-are-not-clipped",
                    test_recorded_gestures_are_not_clipped);
    return g_test_run();
}
