/* Fields of JSON that others wrote, by type; a refusal names the file and the field. */
#include "dataset/json-fields.h"

#include "base/error.h"
#include "base/json-text.h"
#include "dataset/export-values.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

JsonNode *
wg_json_read(const char *name, const char *content, gsize length, int deepest, GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new_immutable();
    g_autoptr(GError) why = NULL;
    const char *fault;
    gsize offset = 0;

    if (length > WG_JSON_BYTES_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s has %d MB, and of JSON at most %d are read: cut it in pieces"), name,
                    (int)(length >> 20), WG_JSON_BYTES_MAX >> 20);
        return NULL;
    }
    fault = wg_json_text_find_fault(content, length, deepest, &offset);
    if (fault) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s:%d: this is no JSON to be read: %s"),
                    name, wg_json_text_get_line(content, offset), fault);
        return NULL;
    }
    if (!json_parser_load_from_data(parser, content, (gssize)length, &why) ||
        !json_parser_get_root(parser)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s: this is no JSON: %s"), name,
                    why ? why->message : _("there is nothing in it"));
        return NULL;
    }
    return json_parser_steal_root(parser);
}

gboolean
wg_field_is(JsonNode *node, WgFieldType type)
{
    const GType value = JSON_NODE_HOLDS_VALUE(node) ? json_node_get_value_type(node) : G_TYPE_NONE;

    switch (type) {
    case WG_FIELD_TEXT:
        return value == G_TYPE_STRING;
    case WG_FIELD_NUMBER:
        return value == G_TYPE_INT64 ||
               (value == G_TYPE_DOUBLE && isfinite(json_node_get_double(node)));
    case WG_FIELD_OBJECT:
        return JSON_NODE_HOLDS_OBJECT(node);
    default:
        return JSON_NODE_HOLDS_ARRAY(node);
    }
}

JsonNode *
wg_field_get(JsonObject *object, const char *name, const char *path, WgFieldType type,
             gboolean is_required, GError **error)
{
    static const char *const words[] = {
        N_("%s: “%s” is not a text"), N_("%s: “%s” is not a finite number"),
        N_("%s: “%s” is not an object"), N_("%s: “%s” is not a list")};
    const char *dot = strrchr(path, '.');
    JsonNode *node = json_object_get_member(object, dot ? dot + 1 : path);
    const gboolean is_there = node && (is_required || !JSON_NODE_HOLDS_NULL(node));

    if (is_there && wg_field_is(node, type))
        return node;
    if (is_there)
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _(words[type]), name, path);
    else if (is_required)
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s: there is no “%s” in it"), name, path);
    return NULL;
}

static void
append_number(GString *text, JsonNode *node)
{
    const double value = json_node_get_double(node);

    if (json_node_get_value_type(node) == G_TYPE_INT64)
        g_string_append_printf(text, "%" G_GINT64_FORMAT, json_node_get_int(node));
    else if ((double)(float)value == value)
        wg_append_float(text, (float)value);
    else
        wg_append_double(text, value);
}

static void
append_object(GString *text, JsonObject *object)
{
    g_autoptr(GList) names = json_object_get_members(object);

    g_string_append_c(text, '{');
    for (GList *l = names; l; l = l->next) {
        g_autoptr(JsonNode) name = json_node_init_string(json_node_alloc(), l->data);

        wg_json_append(text, name);
        g_string_append_c(text, ':');
        wg_json_append(text, json_object_get_member(object, l->data));
        if (l->next)
            g_string_append_c(text, ',');
    }
    g_string_append_c(text, '}');
}

static void
append_list(GString *text, JsonArray *list)
{
    const guint n = json_array_get_length(list);

    g_string_append_c(text, '[');
    for (guint i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(text, ',');
        wg_json_append(text, json_array_get_element(list, i));
    }
    g_string_append_c(text, ']');
}

void
wg_json_append(GString *text, JsonNode *node)
{
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        append_object(text, json_node_get_object(node));
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        append_list(text, json_node_get_array(node));
    } else if (wg_field_is(node, WG_FIELD_NUMBER)) {
        append_number(text, node);
    } else {
        g_autofree char *word = json_to_string(node, FALSE);

        g_string_append(text, word);
    }
}
