/* Gaps: kept in the project, and no window runs over one. */
#include "dataset/check.h"
#include "dataset/dataset.h"
#include "dataset/project-stream.h"
#include "dataset/project.h"
#include "dataset/stream-window.h"
#include "takes.h"

#include <glib/gstdio.h>
#include <string.h>

#define RATE_HZ 50.0

typedef struct {
    char *folder, *path;
    WgProject *project;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    f->folder = g_dir_make_tmp("waggle-gaps-XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "p.waggle", NULL);
    f->project = wg_project_create(f->path, NULL);
    g_assert_nonnull(f->project);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    g_clear_object(&f->project);
    g_unlink(f->path);
    g_rmdir(f->folder);
    g_free(f->path);
    g_free(f->folder);
}

/* Sample i is i, -i and 1 g; spans may be NULL. */
static WgRecording *
make_recording(int n, const WgGap *gaps, int n_gaps, const WgLabelSpan *spans, int n_spans)
{
    g_autofree float *samples = g_new(float, 3 * (gsize)n);

    for (int i = 0; i < n; i++) {
        samples[3 * i] = (float)i / 1024;
        samples[3 * i + 1] = (float)-i / 1024;
        samples[3 * i + 2] = 1;
    }
    return wg_recording_new(&(WgRecordingSpec){.label = "walk",
                                               .rate_hz = RATE_HZ,
                                               .n_samples = n,
                                               .n_channels = 3,
                                               .samples = samples,
                                               .original_units_per_g = 4096,
                                               .gaps = gaps,
                                               .n_gaps = n_gaps,
                                               .spans = spans,
                                               .n_spans = n_spans});
}

static WgRecording *
load_only(Fixture *f)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(f->project, NULL);

    g_assert_cmpuint(all->len, ==, 1);
    return wg_recording_ref(g_ptr_array_index(all, 0));
}

static void
test_are_kept(Fixture *f, gconstpointer data)
{
    const WgGap gaps[] = {{0, 2}, {30, 5}, {90, 1}};
    g_autoptr(WgRecording) recording = make_recording(100, gaps, 3, NULL, 0);
    g_autoptr(GPtrArray) list = g_ptr_array_new();

    g_ptr_array_add(list, recording);
    g_assert_true(wg_project_add_recordings(f->project, list, NULL, NULL, NULL));
    g_autoptr(WgRecording) loaded = load_only(f);
    g_assert_cmpmem(wg_recording_get(loaded)->gaps, sizeof(WgGap) * 3, gaps, sizeof gaps);
    g_assert_cmpint(wg_recording_get_n_missing(loaded), ==, 8);
    g_assert_cmpint(wg_recording_get_piece_end(loaded, 0), ==, 30);
    g_assert_cmpint(wg_recording_get_piece_end(loaded, 30), ==, 90);
    g_assert_cmpint(wg_recording_get_piece_end(loaded, 90), ==, 100);
}

/* As after a kill: nothing finished it. */
static void
test_a_growing_recording_is_there_at_once(Fixture *f, gconstpointer data)
{
    const WgRecordingSpec spec = {
        .label = "x", .rate_hz = 100, .n_channels = 3, .original_units_per_g = 4096};
    const float first[6] = {4096, 0, 0, 8192, 0, 0}, second[3] = {-4096, 1, 2};
    const WgGap gap = {2, 7};
    gint64 id = 0;
    gboolean is_known = TRUE;

    g_assert_true(wg_project_begin_stream(f->project, &spec, &id, NULL));
    g_autoptr(GPtrArray) none = wg_project_load_recordings(f->project, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_true(wg_project_append_stream(f->project, id, 0, first, 2, NULL, 0, NULL));
    g_assert_true(wg_project_append_stream(f->project, id, 2, second, 1, &gap, 1, NULL));
    wg_project_close(f->project);
    g_object_unref(f->project);
    f->project = wg_project_open(f->path, NULL);
    g_autoptr(WgRecording) growing = load_only(f);
    g_assert_cmpint(wg_recording_get(growing)->n_samples, ==, 3);
    g_assert_cmpint(wg_recording_get(growing)->n_gaps, ==, 1);
    g_assert_cmpfloat_with_epsilon(wg_recording_get(growing)->samples[3], 2, 1e-9); /* exact */
    g_assert_true(wg_project_finish_stream(f->project, &id, 98.5, 1, &is_known, NULL));
    g_autoptr(WgRecording) whole = load_only(f);
    g_assert_false(is_known);
    g_assert_cmpint(wg_recording_get(whole)->id, ==, id);
    g_assert_cmpfloat_with_epsilon(wg_recording_get(whole)->rate_hz, 98.5, 1e-9);
    g_assert_cmpint(wg_recording_get(whole)->n_clipped, ==, 1);
    g_assert_cmpmem(wg_recording_get(whole)->original, 9 * sizeof(float),
                    wg_recording_get(growing)->original, 9 * sizeof(float));
}

static void
test_an_empty_recording_leaves_nothing(Fixture *f, gconstpointer data)
{
    const WgRecordingSpec spec = {
        .label = "x", .rate_hz = 100, .n_channels = 3, .original_units_per_g = 4096};
    gint64 id = 0;

    g_assert_true(wg_project_begin_stream(f->project, &spec, &id, NULL));
    g_assert_true(wg_project_finish_stream(f->project, &id, 100, 0, NULL, NULL));
    g_assert_cmpint(id, ==, 0);
    g_autoptr(GPtrArray) none = wg_project_load_recordings(f->project, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

/* The x of a window's samples must rise by one step each: any jump is a gap run over. */
static void
test_no_slice_runs_over_one(void)
{
    const WgGap gaps[] = {{130, 40}, {300, 1}};
    const WgLabelSpan span = {0, 500, "walk"};
    g_autoptr(WgRecording) recording = make_recording(500, gaps, 2, &span, 1);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    WgWindowOptions options = wg_window_options_watch;
    g_autoptr(WgDataset) dataset = NULL;
    int n_behind = 0;

    options.rate_hz = RATE_HZ;
    options.length = 50;
    options.step = 10;
    g_ptr_array_add(list, recording);
    dataset = wg_dataset_new_for_windows(list, NULL, &options, NULL);
    g_assert_nonnull(dataset);
    /* (130 - 50) / 10 + 1, (170 - 50) / 10 + 1, (200 - 50) / 10 + 1 */
    g_assert_cmpint(wg_dataset_get_n(dataset), ==, 9 + 13 + 16);
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        const WgRecordingSpec *spec = wg_recording_get(wg_dataset_get(dataset, i));
        const int first = (int)(spec->samples[0] * 1024 + 0.5F), last = first + 49;

        g_assert_cmpfloat_with_epsilon(spec->samples[49 * 3] * 1024, last, 1e-3);
        for (int k = 0; k < 2; k++)
            g_assert_true(gaps[k].first <= first || gaps[k].first > last);
        if (first == 300) {
            /* 300 stored and 41 missing before it */
            g_assert_cmpfloat_with_epsilon(spec->start_s, 341 / RATE_HZ, 1e-9);
            n_behind++;
        }
    }
    g_assert_cmpint(n_behind, ==, 1);
}

static void
test_of_a_take_the_longest_piece_is_left(void)
{
    const WgGap gaps[] = {{10, 3}, {25, 3}};
    g_autoptr(WgRecording) recording = make_recording(60, gaps, 2, NULL, 0);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(GPtrArray) findings = NULL;

    g_ptr_array_add(list, recording);
    dataset = wg_dataset_new(list, NULL, NULL);
    g_assert_cmpint(wg_recording_get(wg_dataset_get(dataset, 0))->n_samples, ==, 35);
    g_assert_cmpfloat_with_epsilon(wg_recording_get(wg_dataset_get(dataset, 0))->samples[0] * 1024,
                                   25, 1e-3);
    g_assert_true(wg_dataset_get_source(dataset, 0) == recording);
    findings = wg_check_run(dataset, "gaps", NULL, NULL, NULL);
    g_assert_cmpuint(findings->len, ==, 1);
    g_assert_nonnull(strstr(((WgFinding *)g_ptr_array_index(findings, 0))->message, "6 samples"));
}

static void
test_no_window_of_a_stream_runs_over_one(void)
{
    const WgGap gaps[] = {{100, 4}};
    g_autoptr(WgRecording) recording = make_recording(240, gaps, 1, NULL, 0);
    g_autoptr(WgStream) stream = wg_stream_new_from_recording(recording);
    g_autoptr(WgStream) slow = wg_stream_resample(stream, 25, NULL);
    g_autoptr(WgStreamWindows) windows = wg_stream_slide(stream, 50, 50, 5);

    g_assert_cmpint(windows->n, ==, (100 - 50) / 5 + 1 + (140 - 50) / 5 + 1);
    for (int i = 0; i < windows->n; i++)
        g_assert_true(windows->ends[i] <= 100 || windows->starts[i] >= 100);
    g_assert_cmpint(slow->n_samples, ==, 50 + 70);
    g_assert_cmpuint(slow->gaps->len, ==, 1);
    g_assert_cmpint(g_array_index(slow->gaps, WgGap, 0).first, ==, 50);
    g_assert_cmpint(g_array_index(slow->gaps, WgGap, 0).n_missing, ==, 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/dataset/gaps/are-kept", Fixture, NULL, set_up, test_are_kept, tear_down);
    g_test_add("/dataset/gaps/a-growing-recording-is-there-at-once", Fixture, NULL, set_up,
               test_a_growing_recording_is_there_at_once, tear_down);
    g_test_add("/dataset/gaps/an-empty-recording-leaves-nothing", Fixture, NULL, set_up,
               test_an_empty_recording_leaves_nothing, tear_down);
    g_test_add_func("/dataset/gaps/no-slice-runs-over-one", test_no_slice_runs_over_one);
    g_test_add_func("/dataset/gaps/of-a-take-the-longest-piece-is-left",
                    test_of_a_take_the_longest_piece_is_left);
    g_test_add_func("/dataset/gaps/no-window-of-a-stream-runs-over-one",
                    test_no_window_of_a_stream_runs_over_one);
    return g_test_run();
}
