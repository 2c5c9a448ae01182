/* The trainings of a project: its history. */
#include "workbench/runs.h"

#include "workbench/json.h"
#include "workbench/run-changes.h"

static JsonObject *
get_object(JsonObject *object, const char *name)
{
    JsonNode *node = object ? json_object_get_member(object, name) : NULL;

    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

/* A copy of the member, null where there is none; `as`: its new name. */
static void
copy_as(JsonObject *from, const char *name, JsonObject *to, const char *as)
{
    JsonNode *node = from ? json_object_get_member(from, name) : NULL;

    json_object_set_member(to, as, node ? json_node_copy(node) : json_node_new(JSON_NODE_NULL));
}

static void
copy(JsonObject *from, const char *name, JsonObject *to)
{
    copy_as(from, name, to, name);
}

static JsonObject *
count_parts(JsonObject *split)
{
    static const char *const parts[] = {"train", "validation", "test"};
    JsonObject *takes = json_object_new();

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GArray) ids = split ? wg_json_dup_ids(split, parts[i]) : NULL;

        json_object_set_int_member(takes, parts[i], ids ? ids->len : 0);
    }
    return takes;
}

static const char *
get_how(JsonObject *training)
{
    static const char *const ways[] = {"pruned", "filters_pruned", "distilled", "personal"};

    for (gsize i = 0; training && i < G_N_ELEMENTS(ways); i++) {
        if (json_object_has_member(training, ways[i]))
            return ways[i];
    }
    return "trained";
}

/* The newest that was made of the float model of that id. */
static const WgModelRecord *
find_int8(GPtrArray *models, gint64 parent)
{
    for (guint i = 0; i < models->len; i++) {
        const WgModelRecord *record = g_ptr_array_index(models, i);

        if (g_str_equal(record->kind, "int8") && record->parent == parent)
            return record;
    }
    return NULL;
}

static void
add_int8(JsonObject *run, const WgModelRecord *int8)
{
    static const char *const members[] = {"n", "right", "confusion"};
    static const char *const figures[] = {"bytes", "arena_bytes", "method"};
    g_autoptr(JsonObject) meta = int8 ? wg_json_parse_object(int8->meta, "model", NULL) : NULL;
    JsonObject *validation = get_object(meta, "validation");

    if (int8)
        json_object_set_int_member(run, "int8", int8->id);
    else
        json_object_set_null_member(run, "int8");
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        copy(validation, members[i], run);
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++)
        copy(meta, figures[i], run);
}

static JsonObject *
make_run(const WgModelRecord *record, const WgModelRecord *int8)
{
    static const char *const members[] = {"seed",           "epochs",   "parameters",
                                          "train_accuracy", "settings", "validation_accuracy",
                                          "advice",         "verdict",  "curves"};
    g_autoptr(JsonObject) meta = wg_json_parse_object(record->meta, "model", NULL);
    JsonObject *training = get_object(meta, "train");
    JsonObject *run = json_object_new();

    json_object_set_int_member(run, "id", record->id);
    wg_json_set_optional(run, "created", record->created);
    wg_json_set_optional(run, "preset", record->preset);
    json_object_set_boolean_member(run, "is_used", record->is_current);
    json_object_set_string_member(run, "how", get_how(training));
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        copy(training, members[i], run);
    copy(meta, "labels", run);
    copy(meta, "window", run);
    copy(meta, "split", run);
    copy_as(meta, "takes", run, "digest");
    json_object_set_object_member(run, "takes", count_parts(get_object(meta, "split")));
    add_int8(run, int8);
    return run;
}

JsonArray *
wg_runs_list(GPtrArray *models)
{
    JsonArray *runs = json_array_new();
    guint n;

    for (guint i = 0; i < models->len; i++) {
        const WgModelRecord *record = g_ptr_array_index(models, i);

        if (g_str_equal(record->kind, "float"))
            json_array_add_object_element(runs, make_run(record, find_int8(models, record->id)));
    }
    n = json_array_get_length(runs);
    for (guint i = 0; i < n; i++) {
        JsonObject *run = json_array_get_object_element(runs, i);

        if (i + 1 < n)
            json_object_set_array_member(
                run, "changes",
                wg_run_changes_new(json_array_get_object_element(runs, i + 1), run));
        else
            json_object_set_null_member(run, "changes");
    }
    return runs;
}

JsonObject *
wg_runs_find(JsonArray *runs, gint64 id)
{
    for (guint i = 0; i < json_array_get_length(runs); i++) {
        JsonObject *run = json_array_get_object_element(runs, i);

        if (json_object_get_int_member(run, "id") == id)
            return run;
    }
    return NULL;
}

void
wg_runs_strip(JsonArray *runs)
{
    for (guint i = 0; i < json_array_get_length(runs); i++)
        json_object_remove_member(json_array_get_object_element(runs, i), "split");
}
