/* Importers, on real files and on broken ones. */
#include "base/error.h"
#include "dataset/import.h"
#include "dataset/window.h"

#include <math.h>
#include <string.h>

static WgImport *
import_path(const char *name, const WgImportOptions *options, GError **error)
{
    g_autofree char *path = g_build_filename(g_getenv("WAGGLE_SOURCE"), name, NULL);
    const char *const paths[] = {path, NULL};

    return wg_import_read(paths, options, NULL, NULL, NULL, error);
}

static WgImport *
import_text(const char *name, const char *text, gssize length, const WgImportOptions *options,
            GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    const char *const paths[] = {path, NULL};

    g_assert_true(g_file_set_contents(path, text, length, NULL));
    return wg_import_read(paths, options, NULL, NULL, NULL, error);
}

static void
test_rescales(void)
{
    const WgImportOptions options = {.person = "james"};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) import =
        import_path("data/recordings/bangle-gestures/james-v2", &options, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(import->recordings->len, ==, 1040);
    g_assert_cmpint(import->n_clipped, ==, 120);
    for (guint i = 0; i < import->recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(import->recordings, i));

        g_assert_cmpfloat(spec->original_units_per_g, ==, 32);
        for (int j = 0; j < spec->n_samples * 3; j++) {
            const int wanted = CLAMP((int)spec->original[j] * 2, -128, 127);

            g_assert_cmpfloat(spec->samples[j], ==, (float)wanted / 64);
        }
    }
}

static void
test_keeps_scale(void)
{
    const WgImportOptions options = {0};
    const char *const folders[] = {"conor-v2", "conor-v3", "james-v3", "gordon-v1"};
    const guint counts[] = {259, 80, 1530, 112};

    for (int i = 0; i < 4; i++) {
        g_autofree char *path =
            g_build_filename("data/recordings/bangle-gestures", folders[i], NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(WgImport) import = import_path(path, &options, &error);

        g_assert_no_error(error);
        g_assert_cmpuint(import->recordings->len, ==, counts[i]);
        g_assert_cmpfloat(
            wg_recording_get(g_ptr_array_index(import->recordings, 0))->original_units_per_g, ==,
            64);
    }
}

static void
test_arduino(void)
{
    const WgImportOptions options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) import =
        import_path("tests/data/arduino-gestures/punch.csv", &options, &error);
    const WgRecordingSpec *spec;

    g_assert_no_error(error);
    g_assert_cmpuint(import->recordings->len, ==, 16);
    spec = wg_recording_get(g_ptr_array_index(import->recordings, 0));
    g_assert_cmpint(spec->n_samples, ==, 119);
    g_assert_cmpint(spec->n_channels, ==, 6);
    g_assert_cmpfloat(spec->rate_hz, ==, 119);
    g_assert_cmpfloat(spec->original_units_per_g, ==, 1);
    g_assert_cmpstr(spec->label, ==, "punch");
}

static void
test_timestamps(void)
{
    const WgImportOptions options = {0}, told = {.rate_hz = 12.5};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) import =
        import_text("left.1.csv",
                    "timestamp,accX,accY,accZ\n0,0,0,9.8\n16,0.1,0,9.8\n32,0,0,9.81\n48,0,0,9.8\n",
                    -1, &options, &error);
    g_autoptr(WgImport) index = import_text(
        "l.csv", "timestamp,accX,accY,accZ\n0,0,0,1\n1,0,0,1\n2,0,0,1\n", -1, &options, &error);
    g_autoptr(WgImport) rated = import_text(
        "l.csv", "timestamp,accX,accY,accZ\n0,0,0,1\n1,0,0,1\n2,0,0,1\n", -1, &told, &error);
    const WgRecordingSpec *spec;

    g_assert_no_error(error);
    spec = wg_recording_get(g_ptr_array_index(import->recordings, 0));
    g_assert_cmpstr(spec->label, ==, "left");
    g_assert_cmpfloat_with_epsilon(spec->rate_hz, 62.5, 1e-9);
    g_assert_cmpfloat_with_epsilon(spec->samples[2], 1, 0.01); /* m/s2 became g */
    /* an index for a timestamp is said instead of believed */
    g_assert_cmpuint(index->recordings->len, ==, 0);
    g_assert_cmpuint(index->refused->n, ==, 1);
    g_assert_nonnull(strstr(g_ptr_array_index(index->refused->lines, 0), "--rate"));
    g_assert_cmpuint(rated->recordings->len, ==, 1);
}

static void
test_refusals(void)
{
    const WgImportOptions options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) import =
        import_text("m.txt", "hello\n>\nup(1), 1,2,3\nup(2), 1,2,3\nup(1), 1,2,300\nup(1), 1,2,x\n",
                    -1, &options, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(import->recordings->len, ==, 1);
    g_assert_cmpuint(import->refused->n, ==, 3);
    g_assert_nonnull(strstr(g_ptr_array_index(import->refused->lines, 0), "m.txt:4:"));
    g_assert_null(import_text("n.bin", "\0\1\2\3\377\376", 6, &options, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_clear_error(&error);
    g_assert_null(import_text("c.csv", "accX,accZ\n1,2\n", -1, &options, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "acceleration y"));
}

static void
test_labels_become_one(void)
{
    const WgImportOptions options = {0};
    const char *const known[] = {"UP", NULL};
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "t.txt", NULL);
    const char *const paths[] = {path, NULL};
    g_autoptr(WgImport) alone = NULL, beside = NULL;

    g_assert_true(
        g_file_set_contents(path, "Up(1), 1,2,3\nup(1), 2,3,4\nup(1), 3,4,5\n", -1, NULL));
    alone = wg_import_read(paths, &options, NULL, NULL, NULL, NULL);
    beside = wg_import_read(paths, &options, known, NULL, NULL, NULL);
    for (guint i = 0; i < 3; i++) {
        g_assert_cmpstr(wg_recording_get(g_ptr_array_index(alone->recordings, i))->label, ==, "up");
        g_assert_cmpstr(wg_recording_get(g_ptr_array_index(beside->recordings, i))->label, ==,
                        "UP");
    }
}

static void
test_line_ends(void)
{
    static const char *const texts[] = {
        "ms,x,y,z,label\r0,0,0,1,up\r20,0,0,1,up\r40,0,0,oh,up\r\r60,0,0,1,up\r80,0,0,1,up\r",
        "ms,x,y,z,label\r\n0,0,0,1,up\r\n20,0,0,1,up\r\n40,0,0,oh,up\r\n\r\n60,0,0,1,up\r\n"
        "80,0,0,1,up\r\n",
    };
    const WgImportOptions options = {0};

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(WgImport) import = import_text("t.csv", texts[i], -1, &options, NULL);

        g_assert_cmpuint(import->recordings->len, ==, 2);
        g_assert_cmpint(wg_recording_get(g_ptr_array_index(import->recordings, 1))->line, ==, 6);
        g_assert_nonnull(strstr(g_ptr_array_index(import->refused->lines, 0), "t.csv:4:"));
    }
}

static void
test_other_encodings(void)
{
    static const struct {
        const char *text, *label;
    } cases[] = {
        {"r\xe4v(1), 1,2,3\n", "räv"},                 /* Latin-1 */
        {"\x93up\x94(1), 1,2,3\n", "“up”"},            /* Windows-1252 */
        {"r\xc3\xa4v(1), 1,2,3\n", "räv"},             /* UTF-8 */
        {"\xef\xbb\xbfr\xc3\xa4v(1), 1,2,3\n", "räv"}, /* behind its mark */
    };
    const WgImportOptions options = {0};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(WgImport) import = import_text("t.txt", cases[i].text, -1, &options, NULL);

        g_assert_cmpstr(wg_recording_get(g_ptr_array_index(import->recordings, 0))->label, ==,
                        cases[i].label);
        /* the scale, and once that the encoding was guessed */
        g_assert_cmpuint(import->messages->len, ==, i < 2 ? 2 : 1);
        g_assert_true((strstr(g_ptr_array_index(import->messages, 0), "Windows-1252") != NULL) ==
                      (i < 2));
    }
}

static void
test_names_are_fit(void)
{
    g_autofree char *most = g_strnfill(64, 'x'), *more = g_strnfill(65, 'x');
    const struct {
        const char *label, *why;
    } cases[] = {
        {most, NULL},
        {more, "at most 64 characters, and this has 65"},
        {"a\tb", "no tab"},
        {"a\xe2\x80\xae"
         "b",
         "control character"}, /* U+202E, RIGHT-TO-LEFT OVERRIDE */
    };
    const WgImportOptions options = {0}, told = {.label = "up"};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("up(1), 1,2,3\n%s(1), 4,5,6\n", cases[i].label);
        g_autoptr(WgImport) import = import_text("t.txt", text, -1, &options, NULL);
        g_autoptr(WgImport) named = import_text("t.txt", text, -1, &told, NULL);

        g_assert_cmpuint(named->recordings->len, ==, 2);
        g_assert_cmpuint(import->recordings->len, ==, cases[i].why ? 1 : 2);
        g_assert_cmpuint(import->refused->n, ==, cases[i].why ? 1 : 0);
        if (cases[i].why) {
            g_assert_nonnull(strstr(g_ptr_array_index(import->refused->lines, 0), "t.txt:2: “"));
            g_assert_nonnull(strstr(g_ptr_array_index(import->refused->lines, 0), cases[i].why));
        }
    }
}

static void
test_refusals_are_bounded(void)
{
    const WgImportOptions options = {0};
    g_autoptr(GString) text = g_string_new("up(1), 1,2,3\n");
    g_autoptr(WgImport) import = NULL;

    for (int i = 0; i < 20000; i++)
        g_string_append(text, "up(1), 1,2\n");
    import = import_text("t.txt", text->str, -1, &options, NULL);
    g_assert_cmpuint(import->recordings->len, ==, 1);
    g_assert_cmpuint(import->refused->n, ==, 20000);
    g_assert_cmpuint(import->refused->lines->len, ==, WG_REFUSALS_KEPT);
}

/* Each what it says; those that say nothing are judged beside none that do. */
static void
test_units_are_of_each(void)
{
    static const char *const names[] = {"a.csv", "b.csv", "c.txt", "d.csv"};
    static const char *const texts[] = {
        "ms,x (mg),y (mg),z (mg)\n0,0,0,1000\n20,0,0,1000\n",
        "ms,x,y,z\n0,0,0,16384\n20,0,0,16384\n",
        "up(2), 0,0,64,0,1,64\n",
        "ms,x (g),y (g),z (g)\n0,0,0,1\n20,0,0,1\n",
    };
    static const double units[] = {1000, 16384, 64, 1};
    static const char *const said[] = {
        "a.csv: says itself that it has 1000 units",
        "b.csv: rests at 16384, so it has 16384 units",
        "c.txt: rests at 64, so it has 64 units",
        "d.csv: says itself that it has 1 units",
    };
    const WgImportOptions options = {0};
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    const char *const paths[] = {folder, NULL};
    g_autoptr(WgImport) import = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);

        g_assert_true(g_file_set_contents(path, texts[i], -1, NULL));
    }
    import = wg_import_read(paths, &options, NULL, NULL, NULL, NULL);
    g_assert_cmpuint(import->recordings->len, ==, G_N_ELEMENTS(names));
    g_assert_cmpuint(import->messages->len, ==, G_N_ELEMENTS(names));
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(import->recordings, i));

        g_assert_true(g_str_has_suffix(spec->file, names[i])); /* in the order of the files */
        g_assert_cmpfloat_with_epsilon(spec->original_units_per_g, units[i], 1e-9);
        g_assert_cmpfloat_with_epsilon(spec->samples[2], 1, 1e-6); /* a float's precision */
        g_assert_nonnull(strstr(g_ptr_array_index(import->messages, i), said[i]));
    }
}

/* The unit of each cannot be told by what rests in all of them. */
static void
test_units_of_one_format_differ(void)
{
    static const double units[] = {1, 16384, 1, 9.80665, 16384, 16384};
    const WgImportOptions options = {0};
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    const char *const paths[] = {folder, NULL};
    g_autoptr(WgImport) import = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autofree char *name = g_strdup_printf("%u.csv", i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(GString) text = g_string_new("ms,x,y,z\n");

        for (int j = 0; j < 20; j++)
            g_string_append_printf(text, "%d,0,%g,%.5f\n", j * 20, i / 1000.0, units[i]);
        g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
    }
    import = wg_import_read(paths, &options, NULL, NULL, NULL, NULL);
    g_assert_cmpuint(import->recordings->len, ==, G_N_ELEMENTS(units));
    for (guint i = 0; i < G_N_ELEMENTS(units); i++)
        g_assert_cmpfloat_with_epsilon(
            wg_recording_get(g_ptr_array_index(import->recordings, i))->original_units_per_g,
            units[i], 1e-9);
    g_assert_cmpuint(import->messages->len, ==, 3);
    g_assert_nonnull(strstr(g_ptr_array_index(import->messages, 0), "1.csv and 2 more files"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/import/rescales-what-rests-at-32", test_rescales);
    g_test_add_func("/dataset/import/keeps-what-rests-at-64", test_keeps_scale);
    g_test_add_func("/dataset/import/reads-arduino-captures", test_arduino);
    g_test_add_func("/dataset/import/rate-comes-from-timestamps-not-an-index", test_timestamps);
    g_test_add_func("/dataset/import/names-each-refused-line", test_refusals);
    g_test_add_func("/dataset/import/labels-that-differ-in-case-become-one",
                    test_labels_become_one);
    g_test_add_func("/dataset/import/lines-may-end-as-on-any-system", test_line_ends);
    g_test_add_func("/dataset/import/text-that-is-no-utf-8-is-windows-1252", test_other_encodings);
    g_test_add_func("/dataset/import/a-name-that-is-none-is-refused", test_names_are_fit);
    g_test_add_func("/dataset/import/refusals-are-counted-and-the-first-kept",
                    test_refusals_are_bounded);
    g_test_add_func("/dataset/import/units-are-of-each-file-that-says-them",
                    test_units_are_of_each);
    g_test_add_func("/dataset/import/units-of-one-format-may-differ",
                    test_units_of_one_format_differ);
    return g_test_run();
}
