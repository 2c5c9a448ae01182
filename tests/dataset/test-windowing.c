/* Windows of other boards: any rate and length, gyroscope and magnitude, where the event lies. */
#include "base/error.h"
#include "dataset/import.h"
#include "dataset/resample.h"
#include "dataset/split.h"
#include "dataset/window.h"
#include "takes.h"

#include <math.h>
#include <string.h>

static WgDataset *
make_dataset(const WgRecordingSpec *spec, const WgWindowOptions *options, GError **error)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    g_ptr_array_add(takes, wg_recording_new(spec));
    return wg_dataset_new_for_windows(takes, NULL, options, error);
}

static WgWindows *
make_windows(const WgRecordingSpec *spec, const WgWindowOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgDataset) dataset = make_dataset(spec, options, &error);

    g_assert_no_error(error);
    return wg_windows_new(dataset, NULL, 0);
}

static WgImport *
import_arduino(void)
{
    g_autofree char *punch =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/data/arduino-gestures/punch.csv", NULL);
    g_autofree char *flex =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/data/arduino-gestures/flex.csv", NULL);
    const char *const paths[] = {punch, flex, NULL};
    const WgImportOptions options = {.person = "martin"};
    g_autoptr(GError) error = NULL;
    WgImport *import = wg_import_read(paths, &options, NULL, NULL, NULL, &error);

    g_assert_no_error(error);
    return import;
}

static void
test_arduino_at_its_rate(void)
{
    g_autoptr(WgImport) import = import_arduino();
    WgWindowOptions options = wg_window_options_watch;
    g_autoptr(GError) error = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;

    options.rate_hz = 119;
    options.length = 119;
    options.channels = WG_CHANNELS_ACCELERATION | WG_CHANNELS_ANGULAR_RATE;
    options.range_g = 4;
    dataset = wg_dataset_new_for_windows(import->recordings, NULL, &options, &error);
    g_assert_no_error(error);
    windows = wg_windows_new(dataset, NULL, 0);
    g_assert_cmpint(windows->n, ==, 42);
    g_assert_cmpint(windows->n_labels, ==, 2);
    g_assert_cmpint(windows->length * windows->channels, ==, 119 * 6);
    for (int i = 0; i < windows->n; i++) {
        const WgRecordingSpec *spec = wg_recording_get(wg_dataset_get(dataset, i));
        gint8 history[119 * 6];

        g_assert_cmpint(spec->n_channels, ==, 6);
        g_assert_cmpint(spec->n_samples, ==, 119);
        g_assert_cmpfloat(spec->rate_hz, ==, 119);
        wg_windows_get_history(windows, i, history);
        for (int j = 0; j < 119 * 6; j++) {
            const double step = j % 6 < 3 ? 4.0 / 128 : 2000.0 / 128;

            g_assert_cmpint(history[j], ==,
                            (int)CLAMP(lrint((double)spec->samples[j] / step), -128, 127));
        }
    }
}

/* What was recorded at 119 Hz comes to the watch's rate by the resampler, and only its axes. */
static void
test_arduino_at_the_watch_rate(void)
{
    g_autoptr(WgImport) import = import_arduino();
    g_autoptr(WgDataset) dataset = wg_dataset_new(import->recordings, NULL, NULL);
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);

    g_assert_cmpint(windows->length, ==, 50);
    g_assert_cmpint(windows->channels, ==, 3);
    for (int i = 0; i < windows->n; i++) {
        const WgRecordingSpec *spec = wg_recording_get(wg_dataset_get(dataset, i));
        int n = 0;
        g_autofree float *samples =
            wg_resample(spec->samples, spec->n_samples, 6, spec->rate_hz, 12.5, &n, NULL);

        g_assert_cmpint(n, ==, 13);
        for (int j = 0; j < 150; j++) {
            const float wanted =
                j < 39 ? (float)CLAMP(lrintf(samples[j / 3 * 6 + j % 3] * 64), -128, 127) / 64 : 0;

            g_assert_cmpfloat(windows->x[i * 150 + j], ==, wanted);
        }
    }
}

/* A take at rest with a bump of `n_bump` samples at `at`. */
static WgRecordingSpec
make_bump(float *samples, int n, int at, int n_bump)
{
    for (int i = 0; i < n * 3; i++)
        samples[i] = i % 3 == 2 ? 1 : i / 3 >= at && i / 3 < at + n_bump ? 0.5f : 0;
    return (WgRecordingSpec){.label = "bump",
                             .rate_hz = 50,
                             .n_samples = n,
                             .n_channels = 3,
                             .samples = samples,
                             .original_units_per_g = 1};
}

static int
find_bump(const WgWindows *windows)
{
    int i = 0;

    while (i < windows->length && windows->x[i * windows->channels] == 0)
        i++;
    return i;
}

static void
test_event_position(void)
{
    float samples[200 * 3];
    const WgRecordingSpec spec = make_bump(samples, 200, 120, 10);
    const int wanted[] = {40, 0, 15, 30}; /* first: the bump is not in it */
    WgWindowOptions options = wg_window_options_watch;

    options.rate_hz = 50;
    options.length = 40;
    for (int event = WG_EVENT_FIRST; event <= WG_EVENT_END; event++) {
        g_autoptr(WgWindows) windows = NULL;

        options.event = (WgEventPosition)event;
        windows = make_windows(&spec, &options);
        g_assert_cmpint(find_bump(windows), ==, wanted[event]);
    }
}

/* The window never leaves the recording, and a recording shorter than it lies where its event is.
 */
static void
test_event_near_the_ends(void)
{
    float samples[200 * 3];
    WgRecordingSpec spec = make_bump(samples, 200, 190, 10);
    const int wanted[] = {2, 2, 17, 32};
    WgWindowOptions options = wg_window_options_watch;
    g_autoptr(WgWindows) at_end = NULL;

    options.rate_hz = 50;
    options.length = 40;
    options.event = WG_EVENT_START;
    at_end = make_windows(&spec, &options);
    g_assert_cmpint(find_bump(at_end), ==, 30);
    spec = make_bump(samples, 10, 2, 3);
    for (int event = WG_EVENT_FIRST; event <= WG_EVENT_END; event++) {
        g_autoptr(WgWindows) windows = NULL;

        options.event = (WgEventPosition)event;
        windows = make_windows(&spec, &options);
        g_assert_cmpint(find_bump(windows), ==, wanted[event]);
    }
}

static void
test_magnitude(void)
{
    float samples[60 * 3];
    const WgRecordingSpec spec = make_bump(samples, 60, 0, 60);
    WgWindowOptions options = wg_window_options_watch;
    g_autoptr(WgWindows) windows = NULL;

    options.rate_hz = 50;
    options.channels = WG_CHANNEL_Z | WG_CHANNEL_MAGNITUDE;
    windows = make_windows(&spec, &options);
    g_assert_cmpint(windows->channels, ==, 2);
    for (int i = 0; i < windows->length; i++) {
        g_assert_cmpfloat(windows->x[i * 2], ==, 1);
        g_assert_cmpfloat(windows->x[i * 2 + 1], ==, rintf(sqrtf(1.5f) * 64) / 64);
    }
}

static void
test_refuses_missing_gyroscope(void)
{
    float samples[60 * 3];
    const WgRecordingSpec spec = make_bump(samples, 60, 0, 60);
    WgWindowOptions options = wg_window_options_watch;
    g_autoptr(GError) error = NULL;

    options.channels = WG_CHANNEL_X | WG_CHANNEL_GZ;
    g_assert_null(make_dataset(&spec, &options, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_clear_error(&error);
    options = wg_window_options_watch;
    options.rate_hz = 9;
    g_assert_null(make_dataset(&spec, &options, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
}

static void
test_words(void)
{
    const guint all = WG_CHANNELS_ACCELERATION | WG_CHANNELS_ANGULAR_RATE | WG_CHANNEL_MAGNITUDE;
    g_autofree char *text = wg_channels_to_text(all);
    g_autofree char *watch = wg_window_options_describe(&wg_window_options_watch);
    g_autoptr(GError) error = NULL;

    g_assert_cmpuint(wg_channels_parse("gyroscope, magnitude,acceleration", NULL), ==, all);
    g_assert_cmpuint(wg_channels_parse(text, NULL), ==, all);
    g_assert_cmpstr(text, ==, "x,y,z,gx,gy,gz,magnitude");
    g_assert_cmpstr(watch, ==, "50 samples of x,y,z at 12.5 Hz");
    g_assert_cmpuint(wg_channels_parse("x,w", &error), ==, 0);
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    for (int i = WG_EVENT_FIRST; i <= WG_EVENT_END; i++) {
        WgEventPosition event = WG_EVENT_FIRST;

        g_assert_true(
            wg_event_position_parse(wg_event_position_to_text((WgEventPosition)i), &event, NULL));
        g_assert_cmpint((int)event, ==, i);
    }
}

/* A continuous recording of 10 s at 40 Hz: "a" to 2 s, nothing to 4 s, "b" to 4.5 s, nothing to
 * 7 s, "a" to 8.5 s, "b" to 10 s, and a little after it. */
static WgRecordingSpec
make_continuous(float *samples)
{
    static const WgLabelSpan spans[] = {
        {0, 80, "a"},
        {160, 20, "b"},
        {280, 60, "a"},
        {340, 60, "b"},
    };
    WgRecordingSpec spec = make_bump(samples, 404, 0, 0);

    spec.rate_hz = 40;
    spec.spans = spans;
    spec.n_spans = G_N_ELEMENTS(spans);
    spec.id = 7;
    spec.person = "p";
    return spec;
}

/* Windows of 1 s every 0.25 s; each expected label was found by hand from the spans above. */
static void
assert_slices(double rate_hz)
{
    const char *const wanted[] = {
        "a",  "a",  "a",  "a",  "a",  "a", /* 0 .. 1.25: three quarters and more of "a" */
        NULL, NULL, NULL, NULL, NULL,      /* 1.5 .. 2.5 */
        NULL, NULL, NULL,                  /* 2.75 .. 3.25: none, or part of "b" */
        "b",  "b",  "b",                   /* 3.5 .. 4: all of the short "b" */
        NULL, NULL, NULL, NULL, NULL,      /* 4.25 .. 5.25 */
        NULL, NULL, NULL, NULL, NULL,      /* 5.5 .. 6.5 */
        "a",  "a",  "a",  "a",             /* 6.75 .. 7.5; 7.75 has 0.75 of it too */
        "a",  NULL, "b",  "b",  "b",  "b", /* 7.75, 8, 8.25 .. 9 */
    };
    float samples[404 * 3];
    const WgRecordingSpec spec = make_continuous(samples);
    WgWindowOptions options = wg_window_options_watch;
    g_autoptr(GError) error = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    int at = 0;

    options.rate_hz = rate_hz;
    options.length = (int)rate_hz;
    options.step = (int)rate_hz / 4;
    dataset = make_dataset(&spec, &options, &error);
    g_assert_no_error(error);
    for (int i = 0; i < 37; i++) {
        const WgRecordingSpec *slice;

        if (i >= (int)G_N_ELEMENTS(wanted) || !wanted[i])
            continue;
        slice = wg_recording_get(wg_dataset_get(dataset, at++));
        g_assert_cmpstr(slice->label, ==, wanted[i]);
        g_assert_cmpfloat_with_epsilon(slice->start_s, i * 0.25, 1e-9);
        g_assert_cmpint(slice->id, ==, 7);
        g_assert_cmpstr(slice->person, ==, "p");
        g_assert_cmpint(slice->n_samples, ==, options.length);
    }
    g_assert_cmpint(wg_dataset_get_n(dataset), ==, at);
    g_assert_cmpint(wg_dataset_get_n_left_out(dataset), ==, 37 - at);
}

static void
test_slices(void)
{
    assert_slices(40);
    assert_slices(100);
    assert_slices(20);
}

static void
test_spans_need_windows(void)
{
    float samples[404 * 3];
    const WgRecordingSpec spec = make_continuous(samples);
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 1, 3);
    g_autoptr(WgDataset) dataset = NULL;

    g_ptr_array_add(takes, wg_recording_new(&spec));
    dataset = wg_dataset_new(takes, NULL, NULL);
    g_assert_cmpint(wg_dataset_get_n(dataset), ==, 6);
    g_assert_cmpint(wg_dataset_get_n_labels(dataset), ==, 2);
}

/* Every entry is in one part, and all of one recording in the same. */
static void
assert_together(const WgSplit *split)
{
    GArray *const parts[] = {split->train, split->validation, split->test};
    g_autoptr(GHashTable) part_of = g_hash_table_new(NULL, NULL);
    int n = 0;

    for (int part = 0; part < 3; part++) {
        for (guint i = 0; i < parts[part]->len; i++, n++) {
            gpointer source =
                wg_dataset_get_source(split->dataset, g_array_index(parts[part], int, i));
            const int earlier = GPOINTER_TO_INT(g_hash_table_lookup(part_of, source));

            g_assert_true(earlier == 0 || earlier == part + 1);
            g_hash_table_insert(part_of, source, GINT_TO_POINTER(part + 1));
        }
    }
    g_assert_cmpint(n, ==, wg_dataset_get_n(split->dataset));
}

static void
test_windows_stay_together(void)
{
    float samples[404 * 3];
    WgRecordingSpec spec = make_continuous(samples);
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 2, 10);
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgSplit) split = NULL;
    g_autoptr(GPtrArray) folds = NULL, persons = NULL;
    WgWindowOptions options = wg_window_options_watch;

    for (int i = 0; i < 10; i++) {
        samples[0] = (float)i; /* another recording */
        spec.id = 100 + i;
        spec.person = i % 2 ? "person-0" : "person-1";
        g_ptr_array_add(takes, wg_recording_new(&spec));
    }
    options.length = 12;
    options.step = 4;
    dataset = wg_dataset_new_for_windows(takes, NULL, &options, NULL);
    g_assert_nonnull(dataset);
    split = wg_split_new_stratified(dataset, 0.2, 0.2, 1, NULL);
    assert_together(split);
    /* of 10 takes a group 2 and 2, of 5 recordings a person 1 and 1 */
    g_assert_cmpuint(split->validation->len, ==, split->test->len);
    g_assert_cmpuint(split->test->len, >, 4 * 2 + 2);
    folds = wg_split_new_folds(dataset, 5, 1, NULL);
    for (guint i = 0; i < folds->len; i++)
        assert_together(g_ptr_array_index(folds, i));
    persons = wg_split_new_leave_one_person_out(dataset, NULL);
    g_assert_cmpuint(persons->len, ==, 2);
    for (guint i = 0; i < persons->len; i++) {
        wg_split_train_on_rest(g_ptr_array_index(persons, i));
        assert_together(g_ptr_array_index(persons, i));
    }
    g_assert_null(wg_split_new_folds(dataset, 51, 1, NULL)); /* recordings count, not windows */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/windowing/holds-six-channels-at-their-own-rate",
                    test_arduino_at_its_rate);
    g_test_add_func("/dataset/windowing/brings-a-faster-recording-to-the-watch",
                    test_arduino_at_the_watch_rate);
    g_test_add_func("/dataset/windowing/puts-the-event-where-it-is-wanted", test_event_position);
    g_test_add_func("/dataset/windowing/stays-within-the-recording", test_event_near_the_ends);
    g_test_add_func("/dataset/windowing/computes-the-magnitude", test_magnitude);
    g_test_add_func("/dataset/windowing/refuses-takes-without-a-gyroscope",
                    test_refuses_missing_gyroscope);
    g_test_add_func("/dataset/windowing/reads-the-words-it-writes", test_words);
    g_test_add_func("/dataset/slices/labels-a-window-by-its-spans", test_slices);
    g_test_add_func("/dataset/slices/spans-are-no-take-by-themselves", test_spans_need_windows);
    g_test_add_func("/dataset/slices/windows-of-one-recording-stay-together",
                    test_windows_stay_together);
    return g_test_run();
}
