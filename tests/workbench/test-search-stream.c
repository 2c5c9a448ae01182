/* Searching by a long recording: who is asked, and that its mistakes decide. */
#include "workbench/search-stream.h"

#include "base/error.h"
#include "dataset/stream-synthesis.h"
#include "gestures.h"
#include "workbench/search-windows.h"

#include <string.h>

#define N_EVENTS 24 /* of gestures; others are movement */

static const WgSearchTrial *
get_trial(const WgSearch *search, guint i)
{
    return g_ptr_array_index(search->trials, i);
}

/* Of takes that no network was trained on. */
static WgStream *
new_stream(void)
{
    const WgSynthesisOptions options = {.seed = 1};
    g_autoptr(GPtrArray) takes = test_gestures(3, N_EVENTS / 3, 0.5, NULL, 2);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    WgStream *stream = wg_stream_synthesise(takes, none, &options, NULL, NULL, NULL);

    g_assert_nonnull(stream);
    return stream;
}

static WgSearch *
run(const char *kind_id, const WgStream *stream, int n_threads, double seconds)
{
    const WgWatchKind *kind = wg_watch_kind_find(kind_id, NULL);
    g_autoptr(GPtrArray) takes = test_gestures(3, 14, 0.5, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(GArray) windows = wg_search_list_windows(takes, kind);
    const WgSearchOptions options = {.kind = kind,
                                     .rate_hz = 12.5,
                                     .recordings = takes,
                                     .windows = windows,
                                     .stream = stream,
                                     .n_trials = 6,
                                     .seconds = seconds,
                                     .epochs = 9,
                                     .seed = 1,
                                     .n_threads = n_threads};
    g_autoptr(GError) error = NULL;
    WgSearch *search = wg_search_new(dataset, &options, NULL, NULL, &error);

    g_assert_no_error(error);
    return search;
}

/* Every event is a hit or a miss, and the order is that of mistakes among those asked. */
static void
test_decides(void)
{
    g_autoptr(WgStream) stream = new_stream();
    g_autoptr(WgSearch) one = run("bangle2", stream, 1, 0);
    g_autoptr(WgSearch) without = run("bangle2", NULL, 2, 0);
    g_autofree char *advice = wg_search_dup_advice(one);
    const int threads[] = {2, 5};
    int n_asked = 0, last = 0;

    g_assert_true(one->is_complete);
    g_assert_cmpuint(one->trials->len, ==, without->trials->len);
    for (guint i = 0; i < one->trials->len; i++) {
        const WgSearchTrial *trial = get_trial(one, i);
        const int n_errors = wg_search_stream_count_errors(&trial->stream);

        g_assert_cmpint(trial->stream.is_asked, ==,
                        trial->preset && trial->round == WG_SEARCH_ROUNDS);
        g_assert_true(trial->stream.is_asked || (n_errors == 0 && !trial->is_front));
        g_assert_false(get_trial(without, i)->stream.is_asked);
        if (!trial->stream.is_asked)
            continue;
        g_assert_cmpuint(i, ==, n_asked++);
        g_assert_cmpint(trial->stream.n_hits + trial->stream.n_misses, ==, N_EVENTS);
        g_assert_cmpint(n_errors, >=, last);
        last = n_errors;
    }
    g_assert_cmpint(n_asked, >=, 2);
    g_assert_true(get_trial(one, 0)->is_front);
    g_assert_nonnull(strstr(advice, "in the recording"));
    for (gsize k = 0; k < G_N_ELEMENTS(threads); k++) {
        g_autoptr(WgSearch) other = run("bangle2", stream, threads[k], 0);

        g_assert_cmpuint(other->trials->len, ==, one->trials->len);
        for (guint i = 0; i < one->trials->len; i++) {
            g_assert_cmpstr(get_trial(other, i)->name, ==, get_trial(one, i)->name);
            g_assert_cmpmem(&get_trial(other, i)->stream, sizeof(WgSearchStream),
                            &get_trial(one, i)->stream, sizeof(WgSearchStream));
        }
    }
}

/* The recording is cut at the watch's rate: networks of other windows are not asked. */
static void
test_windows(void)
{
    g_autoptr(WgStream) stream = new_stream();
    g_autoptr(WgSearch) search = run("nano33ble", stream, 2, 0);
    int n_others = 0;

    for (guint i = 0; i < search->trials->len; i++) {
        const WgSearchTrial *trial = get_trial(search, i);
        const gboolean is_last = trial->preset && trial->round == WG_SEARCH_ROUNDS;

        g_assert_cmpint(trial->stream.is_asked, ==, is_last && !trial->preset->has_window);
        n_others += is_last && trial->preset->has_window;
    }
    g_assert_cmpint(n_others, >, 0);
    g_assert_true(get_trial(search, 0)->stream.is_asked);
}

static void
test_no_time(void)
{
    g_autoptr(WgStream) stream = new_stream();
    g_autoptr(WgSearch) search = run("bangle2", stream, 1, 1e-9);

    g_assert_false(search->is_complete);
    g_assert_cmpuint(search->trials->len, ==, 1);
    g_assert_true(get_trial(search, 0)->stream.is_asked);
}

static void
test_other_gestures(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "s.json", NULL);
    g_autoptr(GPtrArray) takes = test_gestures(3, 2, 0.5, NULL, 1);
    g_autoptr(GPtrArray) twins = test_near_twins(2, 5, 8, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgDataset) others = test_dataset(twins);
    g_autoptr(WgStream) stream = new_stream();
    g_autofree char *text = wg_stream_to_json(stream);
    g_autofree char *note = NULL, *no_note = NULL;
    g_autoptr(WgStream) loaded = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    loaded = wg_search_load_stream(path, dataset, &note, &error);
    g_assert_no_error(error);
    g_assert_cmpint(loaded->n_samples, ==, stream->n_samples);
    g_assert_null(wg_search_load_stream(path, others, &no_note, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "none of the gestures"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/search-stream/mistakes-decide-at-any-number-of-threads",
                    test_decides);
    g_test_add_func("/workbench/search-stream/other-windows-are-not-asked", test_windows);
    g_test_add_func("/workbench/search-stream/without-time-asks-one", test_no_time);
    g_test_add_func("/workbench/search-stream/refuses-one-of-other-gestures", test_other_gestures);
    return g_test_run();
}
