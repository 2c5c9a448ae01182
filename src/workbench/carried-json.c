/* What a watch carries, as the object that "carries" and "restore" give. */
#include "workbench/carried-json.h"

#include "workbench/json.h"

#define BUILTIN_MODEL ".tfmodel" /* where the firmware's own recogniser reads it */

static JsonNode *
describe(const WgCarried *carried)
{
    JsonNode *node = json_node_new(JSON_NODE_NULL);
    g_autoptr(JsonObject) object = NULL;
    g_autofree char *crc = NULL;

    if (!carried)
        return node;
    object = json_object_new();
    crc = g_strdup_printf("%08x", carried->crc);
    json_object_set_string_member(object, "project", carried->project);
    json_object_set_string_member(object, "made", carried->made);
    json_object_set_string_member(object, "date", carried->date);
    json_object_set_string_member(object, "mode",
                                  carried->mode == WG_DEPLOY_APP ? "app" : "builtin");
    wg_json_set_strings(object, "gestures", (const char *const *)carried->names);
    json_object_set_int_member(object, "bytes", MAX(0, carried->model_bytes));
    json_object_set_string_member(object, "crc32", crc);
    json_object_set_boolean_member(object, "verified", carried->is_whole);
    json_object_set_boolean_member(object, "found", carried->is_own);
    json_object_set_boolean_member(object, "keeps_found", carried->beside != NULL);
    json_node_init_object(node, object);
    return node;
}

JsonObject *
wg_survey_to_json(const WgSurvey *survey)
{
    JsonObject *result = json_object_new();
    JsonObject *storage = json_object_new();
    JsonNode *now = describe(survey->now);
    const WgSum *builtin = wg_survey_find(survey, BUILTIN_MODEL);

    if (survey->now)
        json_object_set_boolean_member(json_node_get_object(now), "in_use",
                                       survey->now->mode == WG_DEPLOY_APP ||
                                           (builtin && builtin->crc == survey->now->crc));
    json_object_set_member(result, "now", now);
    json_object_set_member(result, "former", describe(survey->former));
    json_object_set_int_member(storage, "free", survey->free_bytes);
    json_object_set_int_member(storage, "trash", survey->trash_bytes);
    json_object_set_object_member(result, "storage", storage);
    json_object_set_int_member(result, "memory_free", survey->memory_bytes);
    return result;
}
