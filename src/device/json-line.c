/* Reads JSON that a watch sent, without trusting it. */
#include "device/json-line.h"

#include "base/json-text.h"

JsonNode *
wg_json_line_parse(const char *text, gsize n)
{
    g_autoptr(JsonParser) parser = json_parser_new_immutable();
    g_autoptr(GError) error = NULL;
    if (wg_json_text_find_fault(text, n, WG_JSON_MAX_DEPTH, NULL))
        return NULL;
    if (!json_parser_load_from_data(parser, text, (gssize)n, &error)) {
        g_debug("the watch sent no JSON: %s", error->message);
        return NULL;
    }
    return json_parser_steal_root(parser);
}

JsonNode *
wg_json_get(JsonNode *node, const char *name)
{
    if (!node || !JSON_NODE_HOLDS_OBJECT(node))
        return NULL;
    return json_object_get_member(json_node_get_object(node), name);
}

gboolean
wg_json_read_double(JsonNode *node, double *value)
{
    if (!node || !JSON_NODE_HOLDS_VALUE(node))
        return FALSE;
    const GType type = json_node_get_value_type(node);
    if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
        return FALSE;
    *value = json_node_get_double(node);
    return TRUE;
}

gboolean
wg_json_read_int(JsonNode *node, gint64 *value)
{
    double number;
    if (!wg_json_read_double(node, &number))
        return FALSE;
    if (!(number >= -9e15 && number <= 9e15))
        return FALSE;
    *value = json_node_get_int(node);
    return TRUE;
}

const char *
wg_json_read_string(JsonNode *node)
{
    if (!node || !JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING)
        return NULL;
    return json_node_get_string(node);
}

JsonNode *
wg_json_at(JsonNode *node, guint i)
{
    if (!node || !JSON_NODE_HOLDS_ARRAY(node) ||
        i >= json_array_get_length(json_node_get_array(node)))
        return NULL;
    return json_array_get_element(json_node_get_array(node), i);
}
