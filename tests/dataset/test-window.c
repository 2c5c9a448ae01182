/* Windows are what the watch would hand over; checks find what is doubtful. */
#include "dataset/check.h"
#include "dataset/window.h"
#include "takes.h"

#include <math.h>
#include <string.h>

static void
test_left_aligned(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 1, 5);
    g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, NULL);
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    gint8 history[150];

    g_assert_cmpint(windows->n, ==, 10);
    for (int i = 0; i < windows->n; i++) {
        g_autofree gint8 *wanted = wg_recording_dup_history(wg_dataset_get(dataset, i));
        const int n = wg_recording_get(wg_dataset_get(dataset, i))->n_samples;

        wg_windows_get_history(windows, i, history);
        g_assert_cmpmem(history, (gsize)n * 3, wanted, (gsize)n * 3);
        for (int j = n * 3; j < 150; j++)
            g_assert_cmpint(history[j], ==, 0);
    }
}

/* A sine of 1 Hz at 100 Hz becomes the same sine at 12.5 Hz. */
static void
test_resamples(void)
{
    float samples[300 * 3] = {0};
    const WgRecordingSpec spec = {.label = "sine",
                                  .rate_hz = 100,
                                  .n_samples = 300,
                                  .n_channels = 3,
                                  .samples = samples,
                                  .original_units_per_g = 1};
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;

    for (int i = 0; i < 300; i++)
        samples[i * 3 + 2] = sinf((float)(2 * G_PI * i / 100));
    g_ptr_array_add(takes, wg_recording_new(&spec));
    dataset = wg_dataset_new(takes, NULL, NULL);
    windows = wg_windows_new(dataset, NULL, 0);
    for (int i = 1; i < 37; i++) /* the box filter and the grid of 1/64 g cost a little height */
        g_assert_cmpfloat_with_epsilon(windows->x[i * 3 + 2], sinf((float)(2 * G_PI * i / 12.5)),
                                       0.04f);
    g_assert_cmpfloat(windows->x[40 * 3 + 2], ==, 0);
}

static void
test_checks(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 1, 8);
    float still[30 * 3];
    const WgRecordingSpec spec = {.id = 77,
                                  .label = "gesture-0",
                                  .rate_hz = 12.5,
                                  .n_samples = 30,
                                  .n_channels = 3,
                                  .samples = still,
                                  .original_units_per_g = 64,
                                  .n_clipped = 4};
    g_autoptr(WgDataset) dataset = NULL;
    const char *const kinds[] = {"still", "clipping", "gaps"};

    for (int i = 0; i < 30 * 3; i++)
        still[i] = i % 3 == 2 ? 1 : 0;
    g_ptr_array_add(takes, wg_recording_new(&spec));
    dataset = wg_dataset_new(takes, NULL, NULL);
    for (int i = 0; i < 3; i++) {
        g_autoptr(GPtrArray) findings = wg_check_run(dataset, kinds[i], NULL, NULL, NULL);

        g_assert_cmpuint(findings->len, ==, 1);
        g_assert_cmpint(((WgFinding *)g_ptr_array_index(findings, 0))->id, ==, 77);
    }
    g_assert_null(wg_check_run(dataset, "mood", NULL, NULL, NULL));
}

static void
test_counts_samples(void)
{
    const float x[] = {0, 0, 0, 0, 0.5f, 0, 0, 0, 0};

    g_assert_cmpint(wg_window_count_samples(x, 3, 3), ==, 2); /* zeros before and beside count */
    g_assert_cmpint(wg_window_count_samples(x, 1, 3), ==, 0);
    g_assert_cmpint(wg_window_count_samples(x, 9, 1), ==, 5);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/window/is-left-aligned-with-a-zero-tail", test_left_aligned);
    g_test_add_func("/dataset/window/resamples-without-aliasing", test_resamples);
    g_test_add_func("/dataset/window/counts-samples-up-to-the-zero-tail", test_counts_samples);
    g_test_add_func("/dataset/check/finds-still-clipped-and-frozen-takes", test_checks);
    return g_test_run();
}
