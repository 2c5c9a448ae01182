/* Trimmed takes: what is left is sound, and all of it comes back. */
#include "base/error.h"
#include "dataset/project.h"

#include <glib/gstdio.h>

#define N 40

typedef struct {
    char *folder, *path;
    WgProject *project;
    gint64 id;
} Fixture;

/* Sample i is i, 0 and -i steps; those from 30 on are clipped, on two axes. */
static WgRecording *
make_recording(void)
{
    const WgLabelSpan spans[] = {
        {0, 8, "before"}, {8, 10, "across"}, {20, 6, "in"}, {30, 10, "end"}};
    const WgGap gaps[] = {{5, 1}, {12, 2}, {22, 3}, {35, 4}};
    float samples[N * 3];

    for (int i = 0; i < N; i++) {
        samples[3 * i] = (float)MIN(i, 30) / 64;
        samples[3 * i + 1] = 0;
        samples[3 * i + 2] = -(float)MIN(i, 30) / 64;
    }
    return wg_recording_new(&(WgRecordingSpec){.label = "day",
                                               .rate_hz = 50,
                                               .n_samples = N,
                                               .n_channels = 3,
                                               .samples = samples,
                                               .original_units_per_g = 64,
                                               .n_clipped = 20,
                                               .spans = spans,
                                               .n_spans = 4,
                                               .gaps = gaps,
                                               .n_gaps = 4});
}

static void
set_up(Fixture *f, gconstpointer data)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    f->folder = g_dir_make_tmp("waggle-trim-XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "p.waggle", NULL);
    f->project = wg_project_create(f->path, NULL);
    g_ptr_array_add(list, make_recording());
    g_assert_true(wg_project_add_recordings(f->project, list, &f->id, NULL, NULL));
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

static WgRecording *
load(Fixture *f)
{
    g_autoptr(GError) error = NULL;
    WgRecording *recording = wg_project_load_recording(f->project, f->id, &error);

    g_assert_no_error(error);
    return recording;
}

static void
assert_span(const WgRecordingSpec *spec, int i, int first, int n, const char *label)
{
    g_assert_cmpint(i, <, spec->n_spans);
    g_assert_cmpint(spec->spans[i].first, ==, first);
    g_assert_cmpint(spec->spans[i].n_samples, ==, n);
    g_assert_cmpstr(spec->spans[i].label, ==, label);
}

static void
test_what_is_left(Fixture *f, gconstpointer data)
{
    g_autoptr(WgRecording) whole = make_recording(), left = NULL;
    const WgRecordingSpec *all = wg_recording_get(whole), *spec;

    g_assert_true(wg_project_trim(f->project, f->id, 12, 20, NULL));
    left = load(f);
    spec = wg_recording_get(left);
    g_assert_cmpint(spec->n_samples, ==, 20);
    g_assert_cmpint(spec->trim_first, ==, 12);
    g_assert_cmpint(spec->n_whole, ==, N);
    g_assert_cmpmem(spec->samples, 20 * 3 * sizeof(float), all->samples + (gsize)12 * 3,
                    20 * 3 * sizeof(float));
    g_assert_cmpmem(spec->original, 20 * 3 * sizeof(float), all->original + (gsize)12 * 3,
                    20 * 3 * sizeof(float));
    g_assert_cmpint(spec->n_spans, ==, 3);
    assert_span(spec, 0, 0, 6, "across");
    assert_span(spec, 1, 8, 6, "in");
    assert_span(spec, 2, 18, 2, "end");
    /* the one before its first sample is outside */
    g_assert_cmpint(spec->n_gaps, ==, 1);
    g_assert_cmpint(spec->gaps[0].first, ==, 10);
    g_assert_cmpint(spec->gaps[0].n_missing, ==, 3);
    /* samples 30 and 31, each on two axes */
    g_assert_cmpint(spec->n_clipped, ==, 4);
    g_assert_cmpstr(wg_recording_get_digest(left), ==, wg_recording_get_digest(whole));
}

static void
test_comes_back(Fixture *f, gconstpointer data)
{
    g_autoptr(WgRecording) made = make_recording(), whole = NULL, back = NULL;

    g_assert_true(wg_project_trim(f->project, f->id, 12, 20, NULL));
    whole = wg_project_load_whole(f->project, f->id, NULL);
    g_assert_true(wg_project_trim(f->project, f->id, 0, 0, NULL));
    back = load(f);
    for (int i = 0; i < 2; i++) {
        const WgRecordingSpec *spec = wg_recording_get(i == 0 ? whole : back);
        const WgRecordingSpec *wanted = wg_recording_get(made);

        g_assert_cmpint(spec->n_samples, ==, N);
        g_assert_cmpint(spec->n_whole, ==, 0);
        g_assert_cmpint(spec->n_spans, ==, 4);
        g_assert_cmpint(spec->n_gaps, ==, 4);
        g_assert_cmpint(spec->n_clipped, ==, 20);
        g_assert_cmpmem(spec->samples, N * 3 * sizeof(float), wanted->samples,
                        N * 3 * sizeof(float));
    }
}

/* The stretches outside of what is shown are not touched by labelling what is. */
static void
test_stretches_outside_stay(Fixture *f, gconstpointer data)
{
    const WgLabelSpan new = {1, 3, "new"}, beyond = {18, 3, "new"};
    g_autoptr(WgRecording) left = NULL, whole = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_true(wg_project_trim(f->project, f->id, 12, 20, NULL));
    g_assert_false(wg_project_set_spans(f->project, f->id, &beyond, 1, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_true(wg_project_set_spans(f->project, f->id, &new, 1, NULL));
    left = load(f);
    whole = wg_project_load_whole(f->project, f->id, NULL);
    g_assert_cmpint(wg_recording_get(left)->n_spans, ==, 1);
    assert_span(wg_recording_get(left), 0, 1, 3, "new");
    g_assert_cmpint(wg_recording_get(whole)->n_spans, ==, 4);
    assert_span(wg_recording_get(whole), 0, 0, 8, "before");
    assert_span(wg_recording_get(whole), 1, 8, 4, "across");
    assert_span(wg_recording_get(whole), 2, 13, 3, "new");
    assert_span(wg_recording_get(whole), 3, 32, 8, "end");
}

static void
test_refuses_what_leaves_it(Fixture *f, gconstpointer data)
{
    static const int bad[][2] = {{-1, 5}, {0, N + 1}, {N, 1},       {30, 11},
                                 {3, 0},  {5, -2},    {1, G_MAXINT}};

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(WgRecording) recording = NULL;
        g_autoptr(GError) error = NULL;

        g_assert_false(wg_project_trim(f->project, f->id, bad[i][0], bad[i][1], &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
        recording = load(f);
        g_assert_cmpint(wg_recording_get(recording)->n_samples, ==, N);
    }
}

/* An import knows it by all that was recorded; in another project it is what is left. */
static void
test_duplicates(Fixture *f, gconstpointer data)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autofree char *other_path = g_build_filename(f->folder, "other.waggle", NULL);
    g_autoptr(WgProject) other = wg_project_create(other_path, NULL);
    g_autoptr(WgRecording) copy = NULL;
    int n_added = -1;
    gint64 id = 0;

    g_assert_true(wg_project_trim(f->project, f->id, 12, 20, NULL));
    g_ptr_array_add(list, make_recording());
    g_assert_true(wg_project_add_recordings(f->project, list, &id, &n_added, NULL));
    g_assert_cmpint(n_added, ==, 0);
    g_assert_cmpint(id, ==, f->id);
    g_ptr_array_set_size(list, 0);
    g_ptr_array_add(list, load(f));
    g_assert_true(wg_project_add_recordings(other, list, &id, &n_added, NULL));
    copy = wg_project_load_recording(other, id, NULL);
    g_assert_cmpint(wg_recording_get(copy)->n_samples, ==, 20);
    g_assert_cmpint(wg_recording_get(copy)->n_whole, ==, 0);
    g_assert_cmpstr(wg_recording_get_digest(copy), !=,
                    wg_recording_get_digest(g_ptr_array_index(list, 0)));
    wg_project_close(other);
    g_unlink(other_path);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/dataset/trim/leaves-samples-stretches-gaps-and-clipping-of-the-part", Fixture,
               NULL, set_up, test_what_is_left, tear_down);
    g_test_add("/dataset/trim/gives-all-of-it-back", Fixture, NULL, set_up, test_comes_back,
               tear_down);
    g_test_add("/dataset/trim/keeps-stretches-outside", Fixture, NULL, set_up,
               test_stretches_outside_stay, tear_down);
    g_test_add("/dataset/trim/refuses-what-leaves-the-recording", Fixture, NULL, set_up,
               test_refuses_what_leaves_it, tear_down);
    g_test_add("/dataset/trim/is-known-by-all-that-was-recorded", Fixture, NULL, set_up,
               test_duplicates, tear_down);
    return g_test_run();
}
