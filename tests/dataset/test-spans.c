/* Spans of continuous recordings: read from files, kept in the project, refused when they clash. */
#include "base/error.h"
#include "dataset/import.h"
#include "dataset/project.h"
#include "takes.h"

#include <glib/gstdio.h>
#include <string.h>

/* Imports NAME with this text, and beside it `spans` as NAME.spans.csv unless NULL. */
static WgImport *
import_text(const char *text, const char *spans, const WgImportOptions *options, GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "walk.csv", NULL);
    g_autofree char *span_path = g_build_filename(folder, "walk.spans.csv", NULL);
    const char *const paths[] = {folder, NULL};

    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    if (spans)
        g_assert_true(g_file_set_contents(span_path, spans, -1, NULL));
    return wg_import_read(paths, options, NULL, NULL, NULL, error);
}

/* n rows at 50 Hz; label_at gives the cell of each, NULL: no such column. */
static char *
make_csv(int n, const char *(*label_at)(int i))
{
    GString *text = g_string_new(label_at ? "time,ax,ay,az,label\n" : "time,ax,ay,az\n");

    for (int i = 0; i < n; i++) {
        g_string_append_printf(text, "%d,0.%d,0,1", i * 20, i % 10);
        g_string_append_printf(text, "%s%s\n", label_at ? "," : "", label_at ? label_at(i) : "");
    }
    return g_string_free(text, FALSE);
}

static void
assert_span(const WgLabelSpan *span, int first, int n_samples, const char *label)
{
    g_assert_cmpint(span->first, ==, first);
    g_assert_cmpint(span->n_samples, ==, n_samples);
    g_assert_cmpstr(span->label, ==, label);
}

static const char *
label_changing(int i)
{
    return i < 30 ? "Rest" : i < 50 ? "wave" : i < 60 ? "" : i < 80 ? "wave" : "rest";
}

static const char *
label_constant(int i)
{
    return "wave";
}

static void
test_label_column(void)
{
    const WgImportOptions options = {0};
    g_autofree char *text = make_csv(100, label_changing);
    g_autoptr(WgImport) import = import_text(text, NULL, &options, NULL);
    const WgRecordingSpec *spec;

    g_assert_nonnull(import);
    g_assert_cmpuint(import->recordings->len, ==, 1);
    spec = wg_recording_get(g_ptr_array_index(import->recordings, 0));
    g_assert_cmpstr(spec->label, ==, "walk");
    g_assert_cmpfloat(spec->rate_hz, ==, 50);
    g_assert_cmpint(spec->n_spans, ==, 4);
    /* two forms that differ in case are one label */
    assert_span(&spec->spans[0], 0, 30, spec->spans[3].label);
    assert_span(&spec->spans[1], 30, 20, "wave");
    assert_span(&spec->spans[2], 60, 20, "wave");
    assert_span(&spec->spans[3], 80, 20, spec->spans[0].label);
}

static void
test_one_label_is_a_take(void)
{
    WgImportOptions options = {0};
    g_autofree char *text = make_csv(40, label_constant);
    g_autofree char *changing = make_csv(100, label_changing);
    g_autoptr(WgImport) import = import_text(text, NULL, &options, NULL);
    g_autoptr(WgImport) told = NULL;
    const WgRecordingSpec *spec;

    spec = wg_recording_get(g_ptr_array_index(import->recordings, 0));
    g_assert_cmpstr(spec->label, ==, "wave");
    g_assert_cmpint(spec->n_spans, ==, 0);
    options.label = "shake"; /* what the user says counts */
    told = import_text(changing, NULL, &options, NULL);
    spec = wg_recording_get(g_ptr_array_index(told->recordings, 0));
    g_assert_cmpstr(spec->label, ==, "shake");
    g_assert_cmpint(spec->n_spans, ==, 0);
}

static void
test_span_file(void)
{
    const WgImportOptions options = {0};
    g_autofree char *text = make_csv(100, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) import = import_text(text,
                                             "start,end,label\n"
                                             "1.0,1.5,wave\n"
                                             "0,0.205,rest, with a comma\n"
                                             "0.1,0.3,wave\n"
                                             "1.9,2.0,wave\n"
                                             "1.5,2.5,wave\n"
                                             "0.9,0.5,wave\n"
                                             "0.6,0.7,\n"
                                             "words\n",
                                             &options, &error);
    const WgRecordingSpec *spec;
    const int lines[] = {4, 6, 7, 8, 9};

    g_assert_no_error(error);
    g_assert_cmpuint(import->recordings->len, ==, 1);
    spec = wg_recording_get(g_ptr_array_index(import->recordings, 0));
    g_assert_cmpint(spec->n_spans, ==, 3);
    assert_span(&spec->spans[0], 0, 11, "rest, with a comma");
    assert_span(&spec->spans[1], 50, 25, "wave");
    assert_span(&spec->spans[2], 95, 5, "wave");
    g_assert_cmpuint(import->refused->n, ==, G_N_ELEMENTS(lines));
    for (guint i = 0; i < import->refused->n; i++) {
        g_autofree char *place = g_strdup_printf("walk.spans.csv:%d: ", lines[i]);

        g_assert_nonnull(strstr(g_ptr_array_index(import->refused->lines, i), place));
    }
}

static void
test_span_file_needs_one_recording(void)
{
    const WgImportOptions options = {0};
    g_autoptr(WgImport) import = import_text(
        "time,ax,ay,az\n0,0,0,1\n20,0,0,1\n\n0,0,0,1\n20,0,0,1\n", "0,1,wave\n", &options, NULL);

    g_assert_null(import);
}

static void
test_kept_in_project(void)
{
    const WgImportOptions options = {0};
    const WgLabelSpan others[] = {{0, 10, "a"}, {10, 5, "b"}},
                      clash[] = {{0, 10, "a"}, {9, 5, "b"}};
    g_autofree char *text = make_csv(100, label_changing);
    g_autoptr(WgImport) import = import_text(text, NULL, &options, NULL);
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    g_autoptr(GPtrArray) loaded = NULL, changed = NULL;
    g_autoptr(GError) error = NULL;
    const WgRecordingSpec *wanted = wg_recording_get(g_ptr_array_index(import->recordings, 0));
    const WgRecordingSpec *got;
    gint64 id = 0;

    g_assert_true(wg_project_add_recordings(project, import->recordings, &id, NULL, &error));
    loaded = wg_project_load_recordings(project, &error);
    g_assert_no_error(error);
    got = wg_recording_get(g_ptr_array_index(loaded, 0));
    g_assert_cmpint(got->n_spans, ==, wanted->n_spans);
    for (int i = 0; i < got->n_spans; i++)
        assert_span(&got->spans[i], wanted->spans[i].first, wanted->spans[i].n_samples,
                    wanted->spans[i].label);
    g_assert_false(wg_project_set_spans(project, id, clash, 2, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_clear_error(&error);
    g_assert_true(wg_project_set_spans(project, id, others, 2, &error));
    changed = wg_project_load_recordings(project, &error);
    got = wg_recording_get(g_ptr_array_index(changed, 0));
    g_assert_cmpint(got->n_spans, ==, 2);
    assert_span(&got->spans[1], 10, 5, "b");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/spans/a-label-column-that-changes-is-spans", test_label_column);
    g_test_add_func("/dataset/spans/a-label-that-stays-is-a-take", test_one_label_is_a_take);
    g_test_add_func("/dataset/spans/a-file-beside-labels-and-each-bad-line-is-named",
                    test_span_file);
    g_test_add_func("/dataset/spans/a-file-beside-labels-one-recording",
                    test_span_file_needs_one_recording);
    g_test_add_func("/dataset/spans/are-kept-and-replaced-in-the-project", test_kept_in_project);
    return g_test_run();
}
