/* What stands before a deployment: each check without a watch, with one, and where it fails. */
#include "workbench/deploy-checks.h"
#include "base/file.h"

#include <string.h>

typedef struct {
    char *folder;
    WgProject *project;
    WgModel *model;
    WgSurvey survey;
    WgDeployChecks what;
} Fixture;

/* The shipped network of the tests, with names for its answers. */
static WgModel *
make_model(void)
{
    g_autofree char *path = g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests", "data", "golden",
                                             "seed-v11-int8.tflite", NULL);
    char *content = NULL;
    gsize length = 0;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;
    WgModel *model = g_new0(WgModel, 1);
    int n_labels;

    g_file_get_contents(path, &content, &length, &error);
    g_assert_no_error(error);
    bytes = g_bytes_new_take(content, length);
    model->int8 = wg_int8_network_new(bytes, &error);
    g_assert_no_error(error);
    n_labels = wg_int8_network_get_output(model->int8)->n_elements;
    model->labels = g_new0(char *, n_labels + 1);
    for (int i = 0; i < n_labels; i++)
        model->labels[i] = g_strdup_printf("gesture%d", i);
    model->n_labels = n_labels;
    model->window = wg_window_options_watch;
    model->meta = json_object_new();
    model->record = g_new0(WgModelRecord, 1);
    model->record->kind = g_strdup("int8");
    model->record->created = g_strdup("2026-01-01T00:00:00Z");
    return model;
}

static void
set_up(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;

    f->folder = g_dir_make_tmp("waggle-checks-XXXXXX", &error);
    g_assert_no_error(error);
    path = g_build_filename(f->folder, "p.waggle", NULL);
    f->project = wg_project_create(path, &error);
    g_assert_no_error(error);
    f->model = make_model();
    f->survey = (WgSurvey){.free_bytes = 1000000,
                           .trash_bytes = 0,
                           .memory_bytes = 100000,
                           .sums = g_hash_table_new(g_str_hash, g_str_equal)};
    f->what = (WgDeployChecks){.model = f->model,
                               .project = f->project,
                               .kind = wg_watch_kind_find("bangle2", NULL),
                               .mode = WG_DEPLOY_APP,
                               .takes_digest = "now",
                               .trained_digest = "now"};
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    g_clear_pointer(&f->model, wg_model_free);
    g_hash_table_unref(f->survey.sums);
    g_clear_object(&f->project);
    g_assert_true(wg_file_remove_folder(f->folder));
    g_free(f->folder);
}

static void
connect(Fixture *f)
{
    f->what.name = "Bangle.js 2";
    f->what.version = "2v29";
    f->what.has_tensorflow = TRUE;
    f->what.survey = &f->survey;
}

/* NULL: there is no such check. */
static JsonObject *
find(JsonObject *result, const char *name)
{
    JsonArray *checks = json_object_get_array_member(result, "checks");

    for (guint i = 0; i < json_array_get_length(checks); i++) {
        JsonObject *check = json_array_get_object_element(checks, i);

        if (g_str_equal(json_object_get_string_member(check, "name"), name))
            return check;
    }
    return NULL;
}

static const char *
verdict_of(JsonObject *result, const char *name)
{
    JsonObject *check = find(result, name);

    return check ? json_object_get_string_member(check, "verdict") : NULL;
}

static void
test_without_a_watch(Fixture *f, gconstpointer data)
{
    g_autoptr(JsonObject) result = wg_deploy_checks_new(&f->what);

    g_assert_true(json_object_get_boolean_member(result, "ready"));
    g_assert_cmpstr(verdict_of(result, "watch"), ==, "unknown");
    g_assert_cmpstr(verdict_of(result, "storage"), ==, "unknown");
    g_assert_null(find(result, "memory"));
    g_assert_true(json_object_get_null_member(result, "storage_free_bytes"));
    g_assert_cmpstr(verdict_of(result, "operations"), ==, "good");
    g_assert_cmpint(json_object_get_int_member(result, "storage_bytes"), >,
                    (gint64)g_bytes_get_size(wg_int8_network_get_bytes(f->model->int8)));
}

static void
test_with_a_watch(Fixture *f, gconstpointer data)
{
    g_autoptr(JsonObject) result = NULL;
    JsonArray *checks;

    connect(f);
    result = wg_deploy_checks_new(&f->what);
    checks = json_object_get_array_member(result, "checks");
    g_assert_cmpint((int)json_array_get_length(checks), ==, 8);
    for (guint i = 0; i < 8; i++) {
        JsonObject *check = json_array_get_object_element(checks, i);

        g_assert_cmpstr(json_object_get_string_member(check, "verdict"), ==, "good");
        g_assert_cmpstr(json_object_get_string_member(check, "todo"), ==, "");
    }
    g_assert_true(json_object_get_boolean_member(result, "ready"));
    g_assert_false(json_object_get_boolean_member(result, "is_there"));
    g_assert_cmpint(json_object_get_int_member(result, "storage_free_bytes"), ==, 1000000);
}

/* A plan leaves out what it can do without where there is little room: the least that is enough is
 * what it then needs, to the byte. */
static void
test_full_storage(Fixture *f, gconstpointer data)
{
    gint64 too_few = 0, enough = f->survey.free_bytes;
    g_autoptr(JsonObject) exact = NULL, full = NULL;

    connect(f);
    while (enough - too_few > 1) {
        g_autoptr(JsonObject) result = NULL;

        f->survey.free_bytes = (too_few + enough) / 2;
        result = wg_deploy_checks_new(&f->what);
        if (json_object_get_boolean_member(result, "ready"))
            enough = f->survey.free_bytes;
        else
            too_few = f->survey.free_bytes;
    }
    f->survey.free_bytes = enough;
    exact = wg_deploy_checks_new(&f->what);
    g_assert_cmpstr(verdict_of(exact, "storage"), ==, "good");
    g_assert_cmpint(json_object_get_int_member(exact, "storage_bytes"), ==, enough);
    f->survey.free_bytes = too_few;
    full = wg_deploy_checks_new(&f->what);
    g_assert_cmpstr(verdict_of(full, "storage"), ==, "bad");
    g_assert_cmpstr(json_object_get_string_member(find(full, "storage"), "todo"), !=, "");
    g_assert_cmpstr(verdict_of(full, "memory"), ==, "good");
}

static void
test_what_it_lacks(Fixture *f, gconstpointer data)
{
    g_autoptr(JsonObject) result = NULL;

    connect(f);
    f->what.has_tensorflow = FALSE;
    f->survey.memory_bytes = 10;
    result = wg_deploy_checks_new(&f->what);
    g_assert_cmpstr(verdict_of(result, "watch"), ==, "bad");
    g_assert_cmpstr(verdict_of(result, "memory"), ==, "bad");
    g_assert_false(json_object_get_boolean_member(result, "ready"));
}

static void
test_doubts(Fixture *f, gconstpointer data)
{
    g_autoptr(JsonObject) result = NULL;

    connect(f);
    f->what.trained_digest = "before";
    g_free(f->model->labels[0]);
    f->model->labels[0] = g_strdup("круг");
    result = wg_deploy_checks_new(&f->what);
    g_assert_cmpstr(verdict_of(result, "takes"), ==, "doubtful");
    g_assert_cmpstr(verdict_of(result, "names"), ==, "doubtful");
    g_assert_nonnull(strstr(json_object_get_string_member(find(result, "names"), "text"), "круг"));
    g_assert_true(json_object_get_boolean_member(result, "ready")); /* a doubt refuses nothing */
}

static void
test_other_windows(Fixture *f, gconstpointer data)
{
    g_autoptr(JsonObject) result = NULL;

    connect(f);
    f->model->window.rate_hz *= 2;
    result = wg_deploy_checks_new(&f->what);
    g_assert_cmpstr(verdict_of(result, "movement"), ==, "bad");
    g_assert_false(json_object_get_boolean_member(result, "ready"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add("/workbench/deploy-checks/" name, Fixture, NULL, set_up, function, tear_down)
    ADD("asks-nothing-of-a-watch-that-is-not-there", test_without_a_watch);
    ADD("finds-all-good-on-an-empty-watch", test_with_a_watch);
    ADD("refuses-one-byte-too-few", test_full_storage);
    ADD("refuses-without-tensorflow-or-memory", test_what_it_lacks);
    ADD("doubts-changed-takes-and-letters-it-lacks", test_doubts);
    ADD("refuses-windows-of-another-rate", test_other_windows);
    return g_test_run();
}
