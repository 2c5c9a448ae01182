/* Searching among windows: those that recordings allow, and the same result however it was run. */
#include "workbench/search-windows.h"

#include "base/error.h"
#include "gestures.h"
#include "workbench/search.h"

#include <string.h>

#define RATE_HZ 12.5

static const WgWatchKind *
find_kind(const char *id)
{
    return wg_watch_kind_find(id, NULL);
}

static const WgSearchTrial *
get_trial(const WgSearch *search, guint i)
{
    return g_ptr_array_index(search->trials, i);
}

static void
assert_same_trial(const WgSearchTrial *a, const WgSearchTrial *b)
{
    g_autofree char *left = a->preset ? wg_preset_to_text(a->preset) : NULL;
    g_autofree char *right = b->preset ? wg_preset_to_text(b->preset) : NULL;

    g_assert_cmpstr(a->name, ==, b->name);
    g_assert_cmpstr(left, ==, right);
    g_assert_cmpint(a->n_errors, ==, b->n_errors);
    g_assert_cmpint(a->n, ==, b->n);
    g_assert_cmpfloat(a->spread, ==, b->spread);
    g_assert_cmpuint(a->need.arena_bytes, ==, b->need.arena_bytes);
    g_assert_cmpint(a->epochs, ==, b->epochs);
}

/* The takes as a board's: at 25 Hz, with a gyroscope that turns as it swings. */
static GPtrArray *
new_board_takes(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(3, 14, 0.5, NULL, 1);
    GPtrArray *others = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < takes->len; i++) {
        WgRecordingSpec spec = *wg_recording_get(g_ptr_array_index(takes, i));
        g_autofree float *samples = g_new0(float, 6 * (gsize)spec.n_samples);

        for (int j = 0; j < spec.n_samples * 3; j++) {
            samples[j / 3 * 6 + j % 3] = spec.samples[j];
            samples[j / 3 * 6 + 3 + j % 3] = 200 * spec.samples[j];
        }
        spec.samples = samples;
        spec.original = NULL;
        spec.n_channels = 6;
        spec.rate_hz = 25;
        g_ptr_array_add(others, wg_recording_new(&spec));
    }
    return others;
}

/* No faster than the recordings, no longer than their gestures, no channel that one of them lacks;
 * and a Bangle.js has its own. */
static void
test_windows(void)
{
    g_autoptr(GPtrArray) takes = new_board_takes();
    g_autoptr(GArray) windows = wg_search_list_windows(takes, find_kind("nano33ble"));
    g_autoptr(GPtrArray) of_watch = test_gestures(1, 2, 0.5, NULL, 1);
    g_autoptr(GArray) few = NULL;

    /* 1 s at 12.5 Hz, 0.5 and 1 s at 25, with three sets of channels */
    g_assert_cmpuint(windows->len, ==, 9);
    for (guint i = 0; i < windows->len; i++) {
        const WgWindowOptions *window = &g_array_index(windows, WgWindowOptions, i);

        g_assert_cmpfloat(window->rate_hz, ==, i < 3 ? 12.5 : 25);
        g_assert_cmpint(window->length, ==, i < 6 ? 13 : 25);
        g_assert_cmpint(wg_window_options_get_n_channels(window), ==, i % 3 == 2 ? 6 : 3 + i % 3);
    }
    g_assert_null(wg_search_list_windows(takes, find_kind("bangle1")));
    g_ptr_array_add(takes, wg_recording_ref(g_ptr_array_index(of_watch, 0)));
    few = wg_search_list_windows(takes, find_kind("nano33ble"));
    /* 0.5 s would be too few samples; 1, 1.5 and 2 s of two sets of channels */
    g_assert_cmpuint(few->len, ==, 6);
    g_assert_cmpint(g_array_index(few, WgWindowOptions, 5).length, ==, 25);
}

static WgSearch *
run_board(GPtrArray *takes, int n_threads)
{
    const WgWatchKind *kind = find_kind("nano33ble");
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(GArray) windows = wg_search_list_windows(takes, kind);
    const WgSearchOptions options = {.kind = kind,
                                     .rate_hz = RATE_HZ,
                                     .recordings = takes,
                                     .windows = windows,
                                     .n_trials = 5,
                                     .epochs = 3,
                                     .seed = 3,
                                     .n_threads = n_threads};
    g_autoptr(GError) error = NULL;
    WgSearch *search = wg_search_new(dataset, &options, NULL, NULL, &error);

    g_assert_no_error(error);
    return search;
}

static void
test_windows_threads(void)
{
    g_autoptr(GPtrArray) takes = new_board_takes();
    g_autoptr(WgSearch) one = run_board(takes, 1);
    const WgWatchKind *kind = find_kind("nano33ble");
    const int threads[] = {2, 5};
    int n_own = 0;

    for (guint i = 0; i < one->trials->len; i++) {
        const WgSearchTrial *trial = get_trial(one, i);
        const WgWindowOptions *window = wg_dataset_get_window(trial->dataset);

        if (!trial->preset || trial->is_reference)
            g_assert_true(wg_window_options_is_watch(window));
        if (!trial->preset)
            continue;
        g_assert_cmpint(trial->preset->has_window, ==, !wg_window_options_is_watch(window));
        g_assert_cmpfloat((double)trial->need.operations, <=,
                          kind->operations_per_s / window->rate_hz);
        n_own += trial->preset->has_window;
        for (guint j = 0; j < i; j++) {
            const WgWindowOptions *other = wg_dataset_get_window(get_trial(one, j)->dataset);
            const gboolean is_same = window->rate_hz == other->rate_hz &&
                                     window->length == other->length &&
                                     window->channels == other->channels;

            g_assert_cmpint(is_same, ==, trial->dataset == get_trial(one, j)->dataset);
        }
    }
    g_assert_cmpint(n_own, >=, 3);
    for (gsize k = 0; k < G_N_ELEMENTS(threads); k++) {
        g_autoptr(WgSearch) other = run_board(takes, threads[k]);

        g_assert_cmpuint(other->trials->len, ==, one->trials->len);
        for (guint i = 0; i < one->trials->len; i++)
            assert_same_trial(get_trial(one, i), get_trial(other, i));
    }
}

/* At a rate of its own a network has less time. */
static void
test_windows_pace(void)
{
    g_autoptr(GPtrArray) takes = new_board_takes();
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    WgWindowOptions fast = wg_window_options_watch;
    g_autoptr(GArray) windows = g_array_new(FALSE, FALSE, sizeof(WgWindowOptions));
    WgWatchKind slow = *find_kind("generic");
    const WgSearchOptions options = {.kind = &slow,
                                     .rate_hz = RATE_HZ,
                                     .recordings = takes,
                                     .windows = windows,
                                     .n_trials = 12,
                                     .epochs = 1,
                                     .seed = 3};
    g_autoptr(WgSearch) search = NULL;
    g_autoptr(GError) error = NULL;
    int n_fast = 0;

    fast.rate_hz = 25;
    fast.length = 25;
    g_array_append_val(windows, fast);
    slow.operations_per_s = 300000;
    search = wg_search_new(dataset, &options, NULL, NULL, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < search->refused->len; i++) {
        const WgSearchRefusal *refusal = g_ptr_array_index(search->refused, i);

        g_assert_nonnull(strstr(refusal->reason, "a sampling period is"));
        n_fast += strstr(refusal->reason, "a sampling period is 40 ms") != NULL;
    }
    g_assert_cmpint(n_fast, >, 0);
    g_assert_cmpint(n_fast, <, search->refused->len);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/search-windows/are-those-that-recordings-allow", test_windows);
    g_test_add_func("/workbench/search-windows/equal-bits-at-1-2-and-5-threads",
                    test_windows_threads);
    g_test_add_func("/workbench/search-windows/set-the-pace-of-inferences", test_windows_pace);
    return g_test_run();
}
