/* Any bytes as JSON of a file: what is judged shallow is read without the stack's end, and is as
 * shallow as was said. */
#include "fuzz.h"

#include "base/json-text.h"
#include "device/json-line.h"
#include "workbench/json.h"

#include <string.h>

static int
measure(JsonNode *node)
{
    int deepest = 0;

    if (node && JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *array = json_node_get_array(node);

        for (guint i = 0; i < json_array_get_length(array); i++)
            deepest = MAX(deepest, measure(json_array_get_element(array, i)));
        return deepest + 1;
    }
    if (node && JSON_NODE_HOLDS_OBJECT(node)) {
        g_autoptr(GList) members = json_object_get_members(json_node_get_object(node));

        for (GList *i = members; i; i = i->next)
            deepest =
                MAX(deepest, measure(json_object_get_member(json_node_get_object(node), i->data)));
        return deepest + 1;
    }
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup(size > 0 ? (const char *)data : "", size);
    g_autoptr(JsonObject) object = wg_json_parse_object(text, "fuzz", NULL);
    g_autoptr(JsonNode) line = wg_json_line_parse((const char *)data, size);
    g_auto(GStrv) labels = object ? wg_json_dup_strings(object, "labels") : NULL;
    g_autoptr(GArray) ids = object ? wg_json_dup_ids(object, "ids") : NULL;

    if (object) {
        g_autoptr(JsonNode) node = json_node_alloc();

        json_node_init_object(node, object);
        if (measure(node) > WG_JSON_DEPTH_MAX)
            g_error("“%s” goes deeper than %d", text, WG_JSON_DEPTH_MAX);
        wg_json_find(object, "a.b");
    }
    if (line && measure(line) > WG_JSON_MAX_DEPTH)
        g_error("“%s” goes deeper than %d", text, WG_JSON_MAX_DEPTH);
    return 0;
}
