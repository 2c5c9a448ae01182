/* The history of trainings, and what is another between two of them. */
#include "workbench/runs.h"

#include "workbench/course.h"
#include "workbench/json.h"
#include "workbench/run-changes.h"

#include <math.h>

#define SPLIT(train) "\"split\":{\"train\":[" train "],\"validation\":[8],\"test\":[9]}"
#define RUN(seed, rate)                                                                            \
    "\"labels\":[\"a\",\"b\"],\"train\":{\"seed\":" seed ",\"epochs\":20,\"settings\":{"           \
    "\"batch\":32,\"learning_rate\":" rate "}}"

static void
add(GPtrArray *models, gint64 id, gint64 parent, const char *kind, const char *preset,
    const char *meta)
{
    WgModelRecord *record = g_new0(WgModelRecord, 1);

    record->id = id;
    record->parent = parent;
    record->kind = g_strdup(kind);
    record->preset = g_strdup(preset);
    record->created = g_strdup("2026-01-02T03:04:05Z");
    record->meta = g_strdup(meta);
    record->is_current = id >= 4; /* the newest of each kind */
    g_ptr_array_insert(models, 0, record);
}

/* Two trainings: of the first also two int8 models. */
static GPtrArray *
make_models(const char *second)
{
    GPtrArray *models = g_ptr_array_new_with_free_func((GDestroyNotify)wg_model_record_free);

    add(models, 1, 0, "float", "waggle",
        "{\"takes\":\"x\"," SPLIT("1,2,3") "," RUN("1", "0.01") "}");
    add(models, 2, 1, "int8", "waggle", "{\"bytes\":1,\"arena_bytes\":2}");
    add(models, 3, 1, "int8", "waggle",
        "{\"bytes\":4900,\"arena_bytes\":3100,\"method\":\"ptq\",\"validation\":{\"n\":10,"
        "\"right\":7,\"confusion\":[[4,1],[2,3]]}}");
    add(models, 4, 0, "float", "waggle", second);
    add(models, 5, 4, "int8", "waggle",
        "{\"method\":\"ptq\",\"validation\":{\"n\":10,\"right\":9,\"confusion\":[[5,0],[1,4]]}}");
    return models;
}

static JsonObject *
get_change(JsonArray *changes, guint i, guint n, const char *name)
{
    JsonObject *change;

    g_assert_cmpuint(json_array_get_length(changes), ==, n);
    change = json_array_get_object_element(changes, i);
    g_assert_cmpstr(json_object_get_string_member(change, "name"), ==, name);
    return change;
}

static void
test_lists(void)
{
    g_autoptr(GPtrArray) models =
        make_models("{\"takes\":\"x\"," SPLIT("1,2,3") "," RUN("1", "0.01") "}");
    g_autoptr(JsonArray) runs = wg_runs_list(models);
    JsonObject *newest, *oldest;

    g_assert_cmpuint(json_array_get_length(runs), ==, 2);
    newest = json_array_get_object_element(runs, 0);
    oldest = json_array_get_object_element(runs, 1);
    g_assert_cmpint(json_object_get_int_member(newest, "id"), ==, 4);
    g_assert_true(json_object_get_boolean_member(newest, "is_used"));
    g_assert_false(json_object_get_boolean_member(oldest, "is_used"));
    g_assert_cmpint(json_object_get_int_member(oldest, "int8"), ==, 3);
    g_assert_cmpint(json_object_get_int_member(oldest, "right"), ==, 7);
    g_assert_cmpint(json_object_get_int_member(oldest, "bytes"), ==, 4900);
    g_assert_cmpint(
        json_object_get_int_member(json_object_get_object_member(oldest, "takes"), "train"), ==, 3);
    g_assert_true(json_object_get_null_member(newest, "bytes"));
    g_assert_true(json_object_get_null_member(oldest, "changes"));
    g_assert_cmpuint(json_array_get_length(json_object_get_array_member(newest, "changes")), ==, 0);
    wg_runs_strip(runs);
    g_assert_false(json_object_has_member(newest, "split"));
}

static void
test_chosen(void)
{
    g_autoptr(GPtrArray) models =
        make_models("{\"takes\":\"x\"," SPLIT("1,2,3") "," RUN("1", "0.01") "}");
    g_autoptr(JsonArray) runs = NULL;

    for (guint i = 0; i < models->len; i++) {
        WgModelRecord *record = g_ptr_array_index(models, i);

        record->is_current = record->id == 1 || record->id == 3;
    }
    runs = wg_runs_list(models);

    g_assert_false(json_object_get_boolean_member(wg_runs_find(runs, 4), "is_used"));
    g_assert_true(json_object_get_boolean_member(wg_runs_find(runs, 1), "is_used"));
    g_assert_null(wg_runs_find(runs, 2));
}

static void
test_settings(void)
{
    g_autoptr(GPtrArray) models =
        make_models("{\"takes\":\"x\"," SPLIT("1,2,3") "," RUN("5", "0.02") "}");
    g_autoptr(JsonArray) runs = wg_runs_list(models);
    JsonArray *changes = json_object_get_array_member(wg_runs_find(runs, 4), "changes");
    JsonObject *rate = get_change(changes, 1, 2, "learning_rate");

    get_change(changes, 0, 2, "seed");
    g_assert_cmpfloat(json_object_get_double_member(rate, "before"), ==, 0.01);
    g_assert_cmpfloat(json_object_get_double_member(rate, "after"), ==, 0.02);
}

static void
test_takes(void)
{
    g_autoptr(GPtrArray) models =
        make_models("{\"takes\":\"y\"," SPLIT("1,3,4,5") "," RUN("1", "0.01") "}");
    g_autoptr(GPtrArray) relabelled =
        make_models("{\"takes\":\"y\"," SPLIT("1,2,3") "," RUN("1", "0.01") "}");
    g_autoptr(GPtrArray) dealt =
        make_models("{\"takes\":\"x\"," SPLIT("1,2") "," RUN("1", "0.01") "}");
    g_autoptr(JsonArray) runs = wg_runs_list(models);
    g_autoptr(JsonArray) renamed = wg_runs_list(relabelled);
    g_autoptr(JsonArray) split = wg_runs_list(dealt);
    JsonObject *change =
        get_change(json_object_get_array_member(wg_runs_find(runs, 4), "changes"), 0, 1, "takes");

    g_assert_cmpint(json_object_get_int_member(change, "before"), ==, 5);
    g_assert_cmpint(json_object_get_int_member(change, "after"), ==, 6);
    g_assert_cmpint(json_object_get_int_member(change, "added"), ==, 2);
    g_assert_cmpint(json_object_get_int_member(change, "removed"), ==, 1);
    change = get_change(json_object_get_array_member(wg_runs_find(renamed, 4), "changes"), 0, 1,
                        "takes");
    g_assert_cmpint(json_object_get_int_member(change, "added"), ==, 0);
    /* one take less in all */
    change =
        get_change(json_object_get_array_member(wg_runs_find(split, 4), "changes"), 0, 1, "takes");
    g_assert_cmpint(json_object_get_int_member(change, "removed"), ==, 1);
}

static void
test_dealt(void)
{
    g_autoptr(GPtrArray) models = make_models(
        "{\"takes\":\"x\",\"split\":{\"train\":[1,2,8],\"validation\":[3],\"test\":[9]}," RUN(
            "1", "0.01") "}");
    g_autoptr(JsonArray) runs = wg_runs_list(models);

    get_change(json_object_get_array_member(wg_runs_find(runs, 4), "changes"), 0, 1, "split");
}

static void
test_confusion(void)
{
    g_autoptr(GPtrArray) models =
        make_models("{\"takes\":\"x\"," SPLIT("1,2,3") "," RUN("1", "0.01") "}");
    g_autoptr(JsonArray) runs = wg_runs_list(models);
    g_autoptr(JsonArray) change =
        wg_run_changes_get_confusion(wg_runs_find(runs, 1), wg_runs_find(runs, 4));
    static const int expected[2][2] = {{1, -1}, {-1, 1}};

    for (guint i = 0; i < 2; i++) {
        for (guint j = 0; j < 2; j++)
            g_assert_cmpint(json_array_get_int_element(json_array_get_array_element(change, i), j),
                            ==, expected[i][j]);
    }
    json_object_set_null_member(wg_runs_find(runs, 1), "confusion");
    g_assert_null(wg_run_changes_get_confusion(wg_runs_find(runs, 1), wg_runs_find(runs, 4)));
}

static void
test_old(void)
{
    g_autoptr(GPtrArray) models = make_models("{}");
    g_autoptr(GPtrArray) broken = make_models("not json");
    g_autoptr(JsonArray) runs = wg_runs_list(models);
    g_autoptr(JsonArray) others = wg_runs_list(broken);

    g_assert_true(json_object_get_null_member(wg_runs_find(runs, 4), "curves"));
    g_assert_cmpuint(json_array_get_length(others), ==, 2);
}

static void
test_course(void)
{
    WgEpoch epochs[] = {{1, 0.1f, 1.5f, 0.5f, 1.25f, 0.75f}, {2, 0.1f, 0.5f, 1, NAN, NAN}};
    const WgTraining training = {epochs, 2, 2, 1};
    g_autoptr(JsonObject) course = wg_course_new(&training);
    JsonArray *loss = json_object_get_array_member(course, "train_loss");
    JsonArray *unknown = json_object_get_array_member(course, "validation_loss");

    g_assert_cmpuint(json_array_get_length(loss), ==, 2);
    g_assert_cmpfloat(json_array_get_double_element(loss, 1), ==, 0.5);
    g_assert_cmpfloat(json_array_get_double_element(unknown, 0), ==, 1.25);
    g_assert_true(json_array_get_null_element(unknown, 1));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/runs/each-with-its-newest-int8-model", test_lists);
    g_test_add_func("/workbench/runs/the-chosen-one-is-in-use", test_chosen);
    g_test_add_func("/workbench/runs/tells-the-settings-that-differ", test_settings);
    g_test_add_func("/workbench/runs/tells-takes-added-and-removed", test_takes);
    g_test_add_func("/workbench/runs/tells-the-same-takes-dealt-otherwise", test_dealt);
    g_test_add_func("/workbench/runs/tells-which-cells-of-the-matrix-differ", test_confusion);
    g_test_add_func("/workbench/runs/of-an-earlier-version-are-listed-too", test_old);
    g_test_add_func("/workbench/runs/keep-a-number-an-epoch", test_course);
    return g_test_run();
}
