/* A line of a chart, of the objects that a job gives. */
#include "ui/study-line.h"

#include "workbench/json.h"

static void
append(GArray *line, JsonObject *object, const char *x, const char *y)
{
    JsonNode *at = wg_json_find(object, x), *value = wg_json_find(object, y);
    JsonNode *spread = wg_json_find(object, "spread");
    WgLinePoint point = {0};

    if (!at || !value || !JSON_NODE_HOLDS_VALUE(at) || !JSON_NODE_HOLDS_VALUE(value))
        return;
    point.x = json_node_get_double(at);
    point.y = json_node_get_double(value);
    point.spread = spread && JSON_NODE_HOLDS_VALUE(spread) ? json_node_get_double(spread) : 0;
    g_array_append_val(line, point);
}

void
wg_study_add_line(WgLines *chart, const char *name, JsonObject *first, JsonArray *points,
                  const char *x, const char *y, gboolean is_guess)
{
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(WgLinePoint));

    if (first)
        append(line, first, x, y);
    for (guint i = 0; i < json_array_get_length(points); i++)
        append(line, json_array_get_object_element(points, i), x, y);
    if (line->len > 0)
        wg_lines_add(chart, name, (const WgLinePoint *)(gpointer)line->data, (int)line->len,
                     is_guess);
}
