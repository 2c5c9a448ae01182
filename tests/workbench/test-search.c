/* Searching: what is drawn fits, what is found is the same however it was run. */
#include "workbench/search.h"

#include "base/error.h"
#include "dataset/project-presets.h"
#include "gestures.h"
#include "quant/quantize.h"
#include "quant/verdict.h"
#include "workbench/job.h"
#include "workbench/kept-preset.h"

#include <string.h>

#define RATE_HZ 12.5
#define N_METHODS 6 /* without a network */

static WgDataset *
new_dataset(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(3, 14, 0.5, NULL, 1);

    return test_dataset(takes);
}

static const WgWatchKind *
find_kind(const char *id)
{
    return wg_watch_kind_find(id, NULL);
}

/* What fits by its measure is what the verdict takes, and everything drawn is a network of the
 * watch's operations: without limits none is refused. */
static void
test_space(void)
{
    g_autoptr(WgDataset) dataset = new_dataset();
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    const WgWatchKind *watch = find_kind("bangle2"), *any = find_kind("generic");
    int n_fit = 0;

    for (int i = 1; i <= 150; i++) {
        WgRandom random;
        g_autoptr(WgPreset) preset = NULL;
        g_autofree char *reason = NULL, *reason_of_any = NULL;
        WgSearchNeed need, need_of_any;

        wg_random_init(&random, 5, (guint64)i);
        preset = wg_search_space_draw("drawn", WG_WINDOW_LENGTH, &random);
        reason_of_any = wg_search_measure(preset, windows, any, 0, &need_of_any);
        g_assert_cmpstr(reason_of_any, ==, NULL);
        reason = wg_search_measure(preset, windows, watch, RATE_HZ, &need);
        g_assert_cmpuint(need.bytes, ==, need_of_any.bytes);
        g_assert_cmpint(need.operations, >, 0);
        g_assert_cmpint(reason == NULL, ==,
                        need.arena_bytes <= watch->arena_limit_bytes &&
                            need.bytes <= watch->model_limit_bytes &&
                            (double)need.operations <= watch->operations_per_s / RATE_HZ);
        g_assert_true(!reason || strlen(reason) > 10);
        n_fit += !reason;
    }
    g_test_message("%d of 150 fit", n_fit);
    g_assert_cmpint(n_fit, >, 30);
    g_assert_cmpint(n_fit, <, 150);
}

/* c16k5 padded over 50 samples of 3: 50 places of 5 taps but for 2 + 1 + 1 + 2 in the padding. */
static void
test_operations(void)
{
    g_autoptr(WgDataset) dataset = new_dataset();
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    const struct {
        const char *text;
        gint64 operations;
    } cases[] = {
        {"c16k5s1 bn relu c24k5s1 bn relu max fcb", 244 * 16 * 3 + 244 * 24 * 16 + 24 * 3},
        {"c4k3s2v relu flat fcb", 24 * 3 * 4 * 3 + 24 * 4 * 3},
        /* 50 places at stride 2 are 25; one tap is before the first sample, none behind the last */
        {"c8k3s1 relu c4k4s2 relu max fcb", 148 * 8 * 3 + (25 * 4 - 2) * 4 * 8 + 4 * 3},
        {"c5k3s1d2v relu avg2 flat fc8b relu fcb", 46 * 3 * 5 * 3 + 23 * 5 * 8 + 8 * 3},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(cases[i].text, " / epochs=1 batch=1 rate=1", NULL);
        g_autoptr(WgPreset) preset = wg_preset_from_text("case", text, NULL);
        WgSearchNeed need;
        g_autofree char *reason =
            wg_search_measure(preset, windows, find_kind("generic"), 0, &need);

        g_assert_cmpstr(reason, ==, NULL);
        g_assert_cmpint(need.operations, ==, cases[i].operations);
    }
}

static void
test_too_slow(void)
{
    g_autoptr(WgDataset) dataset = new_dataset();
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    WgWatchKind slow = *find_kind("bangle2");
    WgSearchNeed need;
    g_autofree char *fits = NULL, *reason = NULL;

    slow.operations_per_s = 2000 * RATE_HZ;
    fits = wg_search_measure(wg_preset_find("waggle", NULL), windows, find_kind("bangle2"), RATE_HZ,
                             &need);
    g_assert_cmpstr(fits, ==, NULL);
    reason = wg_search_measure(wg_preset_find("waggle", NULL), windows, &slow, RATE_HZ, &need);
    g_assert_nonnull(strstr(reason, "a sampling period is 80 ms"));
}

static WgSearch *
run(WgDataset *dataset, int n_threads, double seconds)
{
    const WgSearchOptions options = {.kind = find_kind("bangle2"),
                                     .rate_hz = RATE_HZ,
                                     .n_trials = 5,
                                     .seconds = seconds,
                                     .epochs = 9,
                                     .seed = 3,
                                     .n_threads = n_threads};
    g_autoptr(GError) error = NULL;
    WgSearch *search = wg_search_new(dataset, &options, NULL, NULL, &error);

    g_assert_no_error(error);
    return search;
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

static void
test_threads(void)
{
    g_autoptr(WgDataset) dataset = new_dataset();
    g_autoptr(WgSearch) one = run(dataset, 1, 0);
    g_autofree char *advice = wg_search_dup_advice(one);
    const int threads[] = {2, 5}, epochs[] = {0, 1, 3, 9};
    int n_last = 0, n_front = 0;

    g_assert_true(one->is_complete);
    g_assert_cmpuint(one->trials->len, ==, 5 + 4 + N_METHODS);
    for (guint i = 0; i < one->trials->len; i++) {
        const WgSearchTrial *trial = get_trial(one, i);

        g_assert_cmpint(trial->runs_on_watch, ==, i < 5 + 4);
        g_assert_cmpint(trial->runs_on_watch, ==, trial->preset != NULL);
        n_last += trial->runs_on_watch && trial->round == WG_SEARCH_ROUNDS;
        n_front += trial->is_front;
        g_assert_true(!trial->is_front ||
                      (trial->round == WG_SEARCH_ROUNDS && trial->runs_on_watch));
        /* each take once of what all folds ask */
        g_assert_cmpint(trial->n, ==, trial->round == WG_SEARCH_ROUNDS ? 42 : trial->n);
        g_assert_cmpint(trial->epochs, ==, trial->runs_on_watch ? epochs[trial->round] : 0);
    }
    g_assert_cmpint(n_last, >=, 2);
    g_assert_cmpint(n_front, >=, 1);
    g_assert_true(get_trial(one, 0)->is_front);
    g_assert_cmpuint(strlen(advice), >, 20);
    for (gsize k = 0; k < G_N_ELEMENTS(threads); k++) {
        g_autoptr(WgSearch) other = run(dataset, threads[k], 0);

        g_assert_cmpuint(other->trials->len, ==, one->trials->len);
        g_assert_cmpuint(other->refused->len, ==, one->refused->len);
        for (guint i = 0; i < one->trials->len; i++) {
            assert_same_trial(get_trial(one, i), get_trial(other, i));
            g_assert_cmpint(get_trial(one, i)->round, ==, get_trial(other, i)->round);
            g_assert_cmpint(get_trial(one, i)->is_front, ==, get_trial(other, i)->is_front);
        }
    }
}

/* With no time at all each round still tries one, and that gets what it gets with all the time. */
static void
test_no_time(void)
{
    g_autoptr(WgDataset) dataset = new_dataset();
    g_autoptr(WgSearch) all = run(dataset, 1, 0);
    g_autoptr(WgSearch) few = run(dataset, 1, 1e-9);

    g_assert_false(few->is_complete);
    g_assert_cmpuint(few->trials->len, ==, 1);
    g_assert_cmpint(get_trial(few, 0)->round, ==, WG_SEARCH_ROUNDS);
    for (guint i = 0; i < all->trials->len; i++) {
        if (g_str_equal(get_trial(all, i)->name, get_trial(few, 0)->name))
            assert_same_trial(get_trial(all, i), get_trial(few, 0));
    }
}

typedef struct {
    GCancellable *cancellable;
    int n_told, cancel_at;
} Watching;

static void
on_trial(const WgSearchTrial *trial, gpointer user_data)
{
    Watching *watching = user_data;

    g_assert_cmpint(trial->round, ==, 1);
    if (++watching->n_told == watching->cancel_at)
        g_cancellable_cancel(watching->cancellable);
}

static void
test_cancel(void)
{
    g_autoptr(WgDataset) dataset = new_dataset();
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GError) error = NULL;
    Watching watching = {cancellable, 0, 3};
    const WgSearchOptions options = {.kind = find_kind("bangle2"),
                                     .n_trials = 5,
                                     .epochs = 9,
                                     .n_threads = 1,
                                     .func = on_trial,
                                     .user_data = &watching};
    g_autoptr(WgSearch) search = wg_search_new(dataset, &options, NULL, cancellable, &error);
    g_autofree char *advice = NULL;

    g_assert_no_error(error);
    g_assert_cmpuint(search->trials->len, ==, 3);
    g_assert_false(search->is_complete);
    advice = wg_search_dup_advice(search);
    g_assert_nonnull(strstr(advice, "before its last round"));
    g_assert_null(wg_search_new(dataset, &options, NULL, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_impossible(void)
{
    g_autoptr(WgDataset) dataset = new_dataset();
    WgWatchKind tiny = *find_kind("bangle2");
    const WgSearchOptions options = {.kind = &tiny, .n_trials = 3};
    g_autoptr(GError) error = NULL;

    tiny.model_limit_bytes = 100;
    g_assert_null(wg_search_new(dataset, &options, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_assert_nonnull(strstr(error->message, "none of 120 networks drawn can run on Bangle.js 2"));
}

static void
test_kept(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    const char *const bad[] = {"",          "waggle", "Mine",
                               "my preset", "9",      "ä",
                               "a/b",       "-a",     "abcdefghijklmnopqrstuvwxyzabcdefg"};
    g_autoptr(WgPreset) found = NULL, built_in = NULL;
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(wg_kept_preset_check_new(project, bad[i], &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
        g_clear_error(&error);
    }
    g_assert_true(
        wg_kept_preset_add(project, "mine-2", wg_preset_find("classic", NULL), "why", &error));
    g_assert_no_error(error);
    g_assert_false(wg_kept_preset_check_new(project, "mine-2", &error));
    g_clear_error(&error);
    found = wg_kept_preset_find(project, "mine-2", &error);
    g_assert_cmpstr(found->name, ==, "mine-2");
    g_assert_cmpint(found->options.epochs, ==, 500);
    built_in = wg_kept_preset_find(NULL, "dense", &error);
    g_assert_cmpint(built_in->n_layers, ==, wg_preset_find("dense", NULL)->n_layers);
    g_assert_null(wg_kept_preset_find(project, "other", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, "waggle"));
    g_assert_nonnull(strstr(error->message, "mine-2"));
    g_clear_error(&error);
    g_assert_true(wg_project_add_preset(project, "damaged", "c16k", "", NULL));
    g_assert_null(wg_kept_preset_find(project, "damaged", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
}

typedef struct {
    GMainLoop *loop;
    JsonObject *result;
    GError *error;
    int n_trials, cancel_at;
} Running;

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    Running *running = user_data;

    if (!g_str_equal(name, "trial"))
        return;
    g_assert_cmpint(json_object_get_int_member(event, "round"), >=, 1);
    if (++running->n_trials == running->cancel_at)
        g_cancellable_cancel(wg_job_get_cancellable(job));
}

static void
on_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Running *running = user_data;

    running->result = wg_job_run_finish(WG_JOB(source), result, &running->error);
    g_main_loop_quit(running->loop);
}

static Running
run_job(WgSession *session, const char *keep, int cancel_at)
{
    g_autoptr(WgJob) job = wg_job_new(session, "search", NULL);
    Running running = {.loop = g_main_loop_new(NULL, FALSE), .cancel_at = cancel_at};

    g_assert_true(wg_job_set(job, "trials", "3", NULL));
    g_assert_true(wg_job_set(job, "epochs", "3", NULL));
    g_assert_true(wg_job_set(job, "keep", keep, NULL));
    g_signal_connect(job, "event", G_CALLBACK(on_event), &running);
    wg_job_run_async(job, on_done, &running);
    g_main_loop_run(running.loop);
    g_main_loop_unref(running.loop);
    g_assert_no_error(running.error);
    return running;
}

/* Stopped, the job still gives what it has, but keeps nothing: the best is not known yet. */
static void
test_job(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
    g_autoptr(GPtrArray) takes = test_gestures(3, 20, 0.5, NULL, 1);
    g_autoptr(WgSession) session = wg_session_new();
    Running stopped, whole;
    g_autoptr(WgPreset) kept = NULL;

    g_assert_true(wg_session_create_project(session, path, NULL));
    g_assert_true(
        wg_project_add_recordings(wg_session_get_project(session), takes, NULL, NULL, NULL));
    stopped = run_job(session, "mine", 1);
    g_assert_cmpint(stopped.n_trials, >=, 1);
    g_assert_false(json_object_get_boolean_member(stopped.result, "complete"));
    g_assert_false(json_object_has_member(stopped.result, "kept"));
    g_assert_null(wg_kept_preset_find(wg_session_get_project(session), "mine", NULL));
    whole = run_job(session, "mine", 0);
    g_assert_true(json_object_get_boolean_member(whole.result, "complete"));
    /* a fifth is for the test */
    g_assert_cmpint(json_object_get_int_member(whole.result, "takes"), ==, 48);
    /* references and drawn ones in the first round, survivors in the others */
    g_assert_cmpint(whole.n_trials, >=, 4 + 3 + N_METHODS + 3 + 1);
    kept = wg_kept_preset_find(wg_session_get_project(session), "mine", NULL);
    g_assert_nonnull(kept);
    json_object_unref(stopped.result);
    json_object_unref(whole.result);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/search/what-fits-is-what-the-verdict-takes", test_space);
    g_test_add_func("/workbench/search/operations-are-those-of-the-shapes", test_operations);
    g_test_add_func("/workbench/search/refuses-what-cannot-infer-in-a-sampling-period",
                    test_too_slow);
    g_test_add_func("/workbench/search/equal-bits-at-1-2-and-5-threads", test_threads);
    g_test_add_func("/workbench/search/without-time-tries-one-network-a-round", test_no_time);
    g_test_add_func("/workbench/search/cancelled-gives-what-was-finished", test_cancel);
    g_test_add_func("/workbench/search/says-when-nothing-fits", test_impossible);
    g_test_add_func("/workbench/search/kept-presets-are-found-by-name", test_kept);
    g_test_add_func("/workbench/search/job-tells-trials-and-keeps-the-best", test_job);
    return g_test_run();
}
