/* What is another between two trainings of a project. */
#include "workbench/run-changes.h"

#include "workbench/json.h"

static const char *const parts[] = {"train", "validation", "test"};

static gboolean
is_same(JsonNode *a, JsonNode *b)
{
    if (!a || !b)
        return a == b;
    return json_node_equal(a, b);
}

static void
add_change(JsonArray *changes, const char *name, JsonNode *before, JsonNode *after)
{
    JsonObject *change;

    if (is_same(before, after))
        return;
    change = json_object_new();
    json_object_set_string_member(change, "name", name);
    json_object_set_member(change, "before",
                           before ? json_node_copy(before) : json_node_new(JSON_NODE_NULL));
    json_object_set_member(change, "after",
                           after ? json_node_copy(after) : json_node_new(JSON_NODE_NULL));
    json_array_add_object_element(changes, change);
}

static JsonObject *
get_object(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

/* Each member of the objects of that name; nothing where a run of an earlier version has none. */
static void
add_members(JsonArray *changes, const char *name, JsonObject *before, JsonObject *after)
{
    JsonObject *old = get_object(before, name), *new = get_object(after, name);
    g_autoptr(GList) names = NULL;

    if (!old || !new)
        return;
    names = json_object_get_members(new);
    for (GList *link = names; link; link = link->next)
        add_change(changes, link->data, json_object_get_member(old, link->data),
                   json_object_get_member(new, link->data));
}

/* All takes of a run: id -> its part, from 1. */
static GHashTable *
collect_takes(JsonObject *run)
{
    GHashTable *takes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    JsonObject *split = get_object(run, "split");

    for (guint i = 0; split && i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GArray) ids = wg_json_dup_ids(split, parts[i]);

        for (guint k = 0; k < ids->len; k++)
            g_hash_table_insert(takes, g_memdup2(&g_array_index(ids, gint64, k), sizeof(gint64)),
                                GUINT_TO_POINTER(i + 1));
    }
    return takes;
}

static int
count_missing(GHashTable *of, GHashTable *from)
{
    GHashTableIter iter;
    gpointer id;
    int n = 0;

    g_hash_table_iter_init(&iter, of);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        n += !g_hash_table_contains(from, id);
    return n;
}

static gboolean
is_same_split(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer id, part;

    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &id, &part)) {
        if (g_hash_table_lookup(b, id) != part)
            return FALSE;
    }
    return TRUE;
}

static void
add_takes(JsonArray *changes, JsonObject *before, JsonObject *after)
{
    g_autoptr(GHashTable) old = collect_takes(before);
    g_autoptr(GHashTable) new = collect_takes(after);
    const int n_added = count_missing(new, old), n_removed = count_missing(old, new);
    const gboolean is_relabelled = g_strcmp0(wg_json_get_text(before, "digest", NULL),
                                             wg_json_get_text(after, "digest", NULL)) != 0;
    JsonObject *change;

    if (n_added + n_removed == 0 && !is_relabelled && is_same_split(old, new))
        return;
    change = json_object_new();
    if (n_added + n_removed == 0 && !is_relabelled) {
        json_object_set_string_member(change, "name", "split");
    } else {
        json_object_set_string_member(change, "name", "takes");
        json_object_set_int_member(change, "before", g_hash_table_size(old));
        json_object_set_int_member(change, "after", g_hash_table_size(new));
        json_object_set_int_member(change, "added", n_added);
        json_object_set_int_member(change, "removed", n_removed);
    }
    json_array_add_object_element(changes, change);
}

JsonArray *
wg_run_changes_new(JsonObject *before, JsonObject *after)
{
    static const char *const members[] = {"preset", "how", "seed", "method", "labels"};
    JsonArray *changes = json_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        add_change(changes, members[i], json_object_get_member(before, members[i]),
                   json_object_get_member(after, members[i]));
    add_takes(changes, before, after);
    add_members(changes, "settings", before, after);
    add_members(changes, "window", before, after);
    return changes;
}

static JsonArray *
get_confusion(JsonObject *run)
{
    JsonNode *node = json_object_get_member(run, "confusion");

    return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

JsonArray *
wg_run_changes_get_confusion(JsonObject *before, JsonObject *after)
{
    JsonArray *old = get_confusion(before), *new = get_confusion(after);
    JsonArray *rows;

    if (!old || !new ||
        !is_same(json_object_get_member(before, "labels"), json_object_get_member(after, "labels")))
        return NULL;
    rows = json_array_new();
    for (guint i = 0; i < json_array_get_length(new); i++) {
        JsonArray *from = json_array_get_array_element(old, i);
        JsonArray *to = json_array_get_array_element(new, i);
        JsonArray *row = json_array_new();

        for (guint j = 0; j < json_array_get_length(to); j++)
            json_array_add_int_element(row, json_array_get_int_element(to, j) -
                                                json_array_get_int_element(from, j));
        json_array_add_array_element(rows, row);
    }
    return rows;
}
