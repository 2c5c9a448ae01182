/* Every file format that is written: what it says it holds comes back equal. Walks the table. */
#include "base/error.h"
#include "base/random.h"
#include "dataset/axis-unit.h"
#include "dataset/data-writer.h"
#include "dataset/export-losses.h"

#include <glib/gstdio.h>
#include <string.h>

#define ROUNDS 30

static void
remove_all(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    while (folder && (name = g_dir_read_name(folder))) {
        g_autofree char *below = g_build_filename(path, name, NULL);

        remove_all(below);
    }
    g_remove(path);
}

static const char *
choose(WgRandom *random, const char *const *words)
{
    return words[wg_random_below(random, g_strv_length((char **)words))];
}

/* A value that the format holds and that is no neighbour's: of a history a whole number. */
static float
make_value(WgRandom *random, const WgFileFormat *format, double units_per_g)
{
    if (!(format->holds & WG_HOLDS_ANY_VALUE))
        return (float)((int)wg_random_below(random, 256) - 128);
    return (float)((wg_random_unit(random) * 16 - 8) * units_per_g);
}

static double
choose_units(WgRandom *random, const WgFileFormat *format)
{
    static const double any[] = {1, 9.80665, 1000, 64, 32, 8192};

    if (!(format->holds & WG_HOLDS_ANY_VALUE))
        return 64;
    if (format->holds & WG_HOLDS_ORIGINAL)
        return any[wg_random_below(random, 6)];
    return format->holds & WG_HOLDS_UNIT ? any[wg_random_below(random, 3)] : 1;
}

static GArray *
make_spans(WgRandom *random, int n_samples)
{
    static const char *const labels[] = {"wave", "up, then down", "räv", NULL};
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));
    int at = 1; /* the first sample is in none: one span over all is a take */

    while (at < n_samples) {
        const WgLabelSpan span = {at, 1 + (int)wg_random_below(random, 7), choose(random, labels)};

        if (span.first + span.n_samples <= n_samples)
            g_array_append_val(spans, span);
        at += span.n_samples + (int)wg_random_below(random, 4);
    }
    return spans;
}

static WgRecording *
make_take(WgRandom *random, const WgFileFormat *format)
{
    static const char *const plain[] = {"left", "swipe_left", "räv", "two words", NULL};
    static const char *const any[] = {
        "left",  "a.b",        "x/y",       "-5",     "comma, \"quoted\"",
        "räv æ", "semi;colon", "{\"a\":1}", "left.1", NULL};
    static const char *const persons[] = {"james", "Zoë / 2", NULL};
    static const double rates[] = {12.5, 25, 50, 62.5, 100, 119, 33.3};
    const guint holds = format->holds;
    const int n_samples = 3 + (int)wg_random_below(random, 60);
    const int n_channels = (holds & WG_HOLDS_ANGULAR_RATE) && wg_random_below(random, 2) ? 6 : 3;
    g_autoptr(GArray) spans = make_spans(random, n_samples);
    g_autofree float *original = g_new(float, n_samples *n_channels);
    g_autofree float *samples = g_new(float, n_samples *n_channels);
    WgRecordingSpec spec = {
        .label = choose(random, holds & WG_HOLDS_LABEL ? any : plain),
        .person =
            holds & WG_HOLDS_PERSON && wg_random_below(random, 2) ? choose(random, persons) : NULL,
        .device = holds & WG_HOLDS_DEVICE && wg_random_below(random, 2) ? "Bangle.js 2" : NULL,
        .rate_hz = holds & WG_HOLDS_RATE ? rates[wg_random_below(random, 7)] : format->rate_hz,
        .n_samples = n_samples,
        .n_channels = n_channels,
        .samples = samples,
        .original = original,
        .original_units_per_g = choose_units(random, format),
    };

    for (int i = 0; i < n_samples * n_channels; i++) {
        original[i] = make_value(random, format, spec.original_units_per_g);
        samples[i] =
            i % n_channels < 3 ? (float)(original[i] / spec.original_units_per_g) : original[i];
    }
    if ((holds & WG_HOLDS_SPANS) && spans->len > 0 && wg_random_below(random, 2)) {
        spec.label = "walk";
        spec.spans = (const WgLabelSpan *)(gpointer)spans->data;
        spec.n_spans = (int)spans->len;
    }
    return wg_recording_new(&spec);
}

static GPtrArray *
make_takes(WgRandom *random, const WgFileFormat *format)
{
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    const guint n = 1 + wg_random_below(random, 12);

    while (takes->len < n)
        g_ptr_array_add(takes, make_take(random, format));
    return takes;
}

static void
assert_equal(const WgFileFormat *format, WgRecording *taken, WgRecording *read)
{
    const WgRecordingSpec *a = wg_recording_get(taken), *b = wg_recording_get(read);

    g_assert_cmpstr(a->label, ==, b->label);
    g_assert_cmpint(a->n_samples, ==, b->n_samples);
    g_assert_cmpint(a->n_channels, ==, b->n_channels);
    g_assert_cmpfloat_with_epsilon(a->rate_hz, b->rate_hz, 5e-4);
    g_assert_cmpfloat_with_epsilon(a->original_units_per_g, b->original_units_per_g, 1e-9);
    g_assert_cmpmem(a->samples, sizeof(float) * (gsize)(a->n_samples * a->n_channels), b->samples,
                    sizeof(float) * (gsize)(b->n_samples * b->n_channels));
    if (format->holds & WG_HOLDS_PERSON)
        g_assert_cmpstr(a->person, ==, b->person);
    if (format->holds & WG_HOLDS_DEVICE)
        g_assert_cmpstr(a->device, ==, b->device);
    g_assert_cmpint(a->n_spans, ==, b->n_spans);
    for (int i = 0; i < a->n_spans; i++) {
        g_assert_cmpint(a->spans[i].first, ==, b->spans[i].first);
        g_assert_cmpint(a->spans[i].n_samples, ==, b->spans[i].n_samples);
        g_assert_cmpstr(a->spans[i].label, ==, b->spans[i].label);
    }
}

/* Writes the takes into a new place and reads that. */
static WgImport *
pass_through(const WgFileFormat *format, GPtrArray *takes, const WgExportDataOptions *options,
             const WgImportOptions *reading)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_strconcat(folder, "/out", format->ending ? format->ending : "", NULL);
    const char *const paths[] = {path, NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgDataWriter) out = wg_data_writer_new(path, format->ending, NULL, NULL, &error);
    WgImport *import;

    g_assert_no_error(error);
    g_assert_true(format->write(takes, options, out, &error));
    g_assert_no_error(error);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS)); /* not before it is whole */
    g_assert_true(wg_data_writer_finish(out, &error));
    g_assert_no_error(error);
    import = wg_import_read(paths, reading, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    remove_all(folder);
    return import;
}

static void
test_round_trip(gconstpointer data)
{
    const WgFileFormat *format = data;
    const gboolean knows_units = format->holds & (WG_HOLDS_UNIT | WG_HOLDS_ORIGINAL);
    const WgImportOptions reading = {.units_per_g = knows_units ? 0 : 1,
                                     .key = format->has_key ? "open sesame" : NULL};
    const WgExportDataOptions writing = {.key = reading.key};
    WgRandom random;

    wg_random_init(&random, 7, 1);
    for (int round = 0; round < ROUNDS; round++) {
        g_autoptr(GPtrArray) takes = make_takes(&random, format);
        g_autoptr(GPtrArray) losses = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(WgImport) import = pass_through(format, takes, &writing, &reading);

        wg_export_losses_describe(format, takes, losses);
        g_assert_cmpstr(losses->len > 0 ? g_ptr_array_index(losses, 0) : NULL, ==, NULL);
        g_assert_cmpuint(import->refused->n, ==, 0);
        g_assert_cmpuint(import->recordings->len, ==, takes->len);
        for (guint i = 0; i < takes->len; i++) {
            WgRecording *take = g_ptr_array_index(takes, i), *found = NULL;

            for (guint j = 0; j < import->recordings->len && !found; j++) {
                WgRecording *read = g_ptr_array_index(import->recordings, j);

                if (g_str_equal(wg_recording_get_digest(take), wg_recording_get_digest(read)))
                    found = read;
            }
            g_assert_nonnull(found);
            assert_equal(format, take, found);
        }
    }
}

/* A take that has all there is: whatever a format has no place for is said, in a sentence each. */
static void
test_losses(gconstpointer data)
{
    const WgFileFormat *format = data;
    static const float values[] = {0.5f, 1.25f, 1, 2, 3, 4, 0.25f, 1, 1, 2, 3, 4};
    const WgLabelSpan span = {1, 1, "wave"};
    const WgGap gap = {1, 3};
    const WgRecordingSpec spec = {
        .label = "a/b",
        .person = "james",
        .device = "Bangle.js 2",
        .rate_hz = 20,
        .n_samples = 2,
        .n_channels = 6,
        .samples = values,
        .original = values,
        .original_units_per_g = 8192,
        .spans = &span,
        .n_spans = 1,
        .gaps = &gap,
        .n_gaps = 1,
    };
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GPtrArray) losses = g_ptr_array_new_with_free_func(g_free);
    static const guint said[] = {WG_HOLDS_ANGULAR_RATE, WG_HOLDS_SPANS,  WG_HOLDS_ORIGINAL,
                                 WG_HOLDS_PERSON,       WG_HOLDS_DEVICE, WG_HOLDS_LABEL};
    guint n_expected = 1; /* gaps: no format holds them */

    g_ptr_array_add(takes, wg_recording_new(&spec));
    for (guint i = 0; i < G_N_ELEMENTS(said); i++)
        n_expected += !(format->holds & said[i]);
    n_expected += !(format->holds & WG_HOLDS_RATE);
    wg_export_losses_describe(format, takes, losses);
    g_assert_cmpuint(losses->len, ==, n_expected);
}

/* What another format's reader is certain of is not this one's. */
static void
test_is_found_by_content(gconstpointer data)
{
    const WgFileFormat *format = data;
    WgRandom random;

    wg_random_init(&random, 3, 1);
    for (int round = 0; round < 5; round++) {
        g_autoptr(GPtrArray) takes = make_takes(&random, format);
        const WgExportDataOptions writing = {NULL};
        const WgImportOptions found = {.units_per_g = 64},
                              told = {.units_per_g = 64, .format = format->name};
        g_autoptr(WgImport) by_content = pass_through(format, takes, &writing, &found);
        g_autoptr(WgImport) by_name = pass_through(format, takes, &writing, &told);

        g_assert_cmpuint(by_content->recordings->len, ==, by_name->recordings->len);
        for (guint i = 0; i < by_name->recordings->len; i++)
            g_assert_cmpstr(wg_recording_get_digest(g_ptr_array_index(by_content->recordings, i)),
                            ==, wg_recording_get_digest(g_ptr_array_index(by_name->recordings, i)));
    }
}

/* A cancelled or failed export leaves nothing, and nothing that is there is replaced. */
static void
test_replaces_nothing(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "out", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    WgDataWriter *out = wg_data_writer_new(path, NULL, NULL, cancellable, &error);
    g_autoptr(GDir) left = NULL;

    g_assert_true(wg_data_writer_add(out, "a/b.txt", "x", 1, &error));
    g_assert_true(wg_data_writer_tick(out, 0, 1, &error));
    g_cancellable_cancel(cancellable);
    g_assert_false(wg_data_writer_tick(out, 0, 1, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error(&error);
    g_assert_false(wg_data_writer_finish(out, &error));
    g_clear_error(&error);
    wg_data_writer_free(out);
    left = g_dir_open(folder, 0, NULL);
    g_assert_null(g_dir_read_name(left));

    /* a place that was taken while it was written */
    out = wg_data_writer_new(path, NULL, NULL, NULL, &error);
    g_assert_true(wg_data_writer_add(out, "b.txt", "x", 1, &error));
    g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
    g_assert_false(wg_data_writer_finish(out, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_STORAGE);
    g_clear_error(&error);
    wg_data_writer_free(out);
    g_assert_null(wg_data_writer_new(path, NULL, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_STORAGE);
    g_clear_error(&error);
    g_assert_null(wg_data_writer_new("/nowhere/at/all", NULL, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_STORAGE);
    g_clear_error(&error);
    g_assert_null(wg_data_writer_new(path, ".json", NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    remove_all(folder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (int i = 0; wg_file_formats[i]; i++) {
        const WgFileFormat *format = wg_file_formats[i];
        g_autofree char *round = g_strdup_printf("/dataset/formats/%s/comes-back", format->name);
        g_autofree char *losses =
            g_strdup_printf("/dataset/formats/%s/says-what-it-cannot-hold", format->name);
        g_autofree char *found =
            g_strdup_printf("/dataset/formats/%s/is-found-by-content", format->name);

        if (!format->write)
            continue;
        g_test_add_data_func(round, format, test_round_trip);
        g_test_add_data_func(losses, format, test_losses);
        g_test_add_data_func(found, format, test_is_found_by_content);
    }
    g_test_add_func("/dataset/data-writer/replaces-nothing-and-leaves-nothing",
                    test_replaces_nothing);
    return g_test_run();
}
