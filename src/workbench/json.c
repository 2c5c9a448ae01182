/* Small helpers that write lists into JSON objects. */
#include "workbench/json.h"

#include "base/error.h"
#include "base/json-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

void
wg_json_set_strings(JsonObject *object, const char *name, const char *const *strings)
{
    JsonArray *array = json_array_new();

    for (int i = 0; strings && strings[i]; i++)
        json_array_add_string_element(array, strings[i]);
    json_object_set_array_member(object, name, array);
}

void
wg_json_set_string_array(JsonObject *object, const char *name, GPtrArray *strings)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; i < strings->len; i++)
        json_array_add_string_element(array, g_ptr_array_index(strings, i));
    json_object_set_array_member(object, name, array);
}

void
wg_json_set_ids(JsonObject *object, const char *name, const gint64 *ids, int n)
{
    JsonArray *array = json_array_new();

    for (int i = 0; i < n; i++)
        json_array_add_int_element(array, ids[i]);
    json_object_set_array_member(object, name, array);
}

void
wg_json_set_optional(JsonObject *object, const char *name, const char *value)
{
    if (value)
        json_object_set_string_member(object, name, value);
    else
        json_object_set_null_member(object, name);
}

void
wg_json_set_origin(JsonObject *object, const WgRecordingSpec *spec)
{
    wg_json_set_optional(object, "person", spec->person);
    wg_json_set_optional(object, "wrist", wg_wrist_get_name(spec->wrist));
    wg_json_set_optional(object, "device", spec->device);
    wg_json_set_optional(object, "file", spec->file);
    json_object_set_int_member(object, "line", spec->line);
}

void
wg_json_set_number(JsonObject *object, const char *name, double value)
{
    if (isnan(value))
        json_object_set_null_member(object, name);
    else
        json_object_set_double_member(object, name, value);
}

static JsonArray *
get_array(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

char **
wg_json_dup_strings(JsonObject *object, const char *name)
{
    JsonArray *array = get_array(object, name);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

    if (!array)
        return NULL;
    for (guint i = 0; i < json_array_get_length(array); i++) {
        JsonNode *node = json_array_get_element(array, i);

        if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING)
            return NULL;
        g_strv_builder_add(builder, json_node_get_string(node));
    }
    return g_strv_builder_end(builder);
}

GArray *
wg_json_dup_ids(JsonObject *object, const char *name)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    JsonArray *array = get_array(object, name);

    for (guint i = 0; array && i < json_array_get_length(array); i++) {
        const gint64 id = json_node_get_int(json_array_get_element(array, i));

        g_array_append_val(ids, id);
    }
    return ids;
}

void
wg_json_count(JsonObject *counts, const char *key)
{
    json_object_set_int_member(counts, key,
                               json_object_get_int_member_with_default(counts, key, 0) + 1);
}

void
wg_json_count_labels(JsonObject *takes, JsonObject *spans, const WgRecordingSpec *spec)
{
    if (spec->n_spans == 0)
        wg_json_count(takes, spec->label);
    for (int i = 0; i < spec->n_spans; i++)
        wg_json_count(spans, spec->spans[i].label);
}

char *
wg_json_to_text(JsonObject *object)
{
    g_autoptr(JsonNode) node = json_node_alloc();

    json_node_init_object(node, object);
    return json_to_string(node, FALSE);
}

JsonObject *
wg_json_parse_object(const char *text, const char *what, GError **error)
{
    g_autoptr(GError) why = NULL;
    const char *fault =
        text ? wg_json_text_find_fault(text, strlen(text), WG_JSON_DEPTH_MAX, NULL) : NULL;
    g_autoptr(JsonNode) node = fault ? NULL : json_from_string(text ? text : "", &why);

    if (!node || !JSON_NODE_HOLDS_OBJECT(node)) {
        const char *reason = fault ? fault : why ? why->message : NULL;

        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s is not a JSON object%s%s"), what,
                    reason ? ": " : "", reason ? reason : "");
        return NULL;
    }
    return json_object_ref(json_node_get_object(node));
}

JsonNode *
wg_json_find(JsonObject *object, const char *path)
{
    g_auto(GStrv) names = g_strsplit(path, ".", 2);
    JsonNode *node = json_object_get_member(object, names[0]);

    if (!names[1] || !node || !JSON_NODE_HOLDS_OBJECT(node))
        return node;
    return json_object_get_member(json_node_get_object(node), names[1]);
}

/* NULL: there is none of a plain value. */
static JsonNode *
get_value(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node && JSON_NODE_HOLDS_VALUE(node) ? node : NULL;
}

const char *
wg_json_get_text(JsonObject *object, const char *name, const char *fallback)
{
    JsonNode *node = get_value(object, name);

    return node && json_node_get_value_type(node) == G_TYPE_STRING ? json_node_get_string(node)
                                                                   : fallback;
}

double
wg_json_get_double(JsonObject *object, const char *name, double fallback)
{
    JsonNode *node = get_value(object, name);

    return node ? json_node_get_double(node) : fallback;
}

gint64
wg_json_get_int(JsonObject *object, const char *name, gint64 fallback)
{
    JsonNode *node = get_value(object, name);

    return node ? json_node_get_int(node) : fallback;
}

gboolean
wg_json_get_boolean(JsonObject *object, const char *name, gboolean fallback)
{
    JsonNode *node = get_value(object, name);

    return node ? json_node_get_boolean(node) : fallback;
}

JsonObject *
wg_json_get_object(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}
