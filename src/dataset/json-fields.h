/* Fields of JSON that others wrote, by type; a refusal names the file and the field. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum { WG_FIELD_TEXT, WG_FIELD_NUMBER, WG_FIELD_OBJECT, WG_FIELD_LIST } WgFieldType;

/* What is read at all: so much of text is more than a day of samples, and less than memory. */
#define WG_JSON_BYTES_MAX (64 << 20)

/* The root of a text (with a zero byte behind it). WG_ERROR_INPUT with the line: it is no JSON, or
 * nested deeper than that, or larger than WG_JSON_BYTES_MAX. Transfer full. */
JsonNode *wg_json_read(const char *name, const char *content, gsize length, int deepest,
                       GError **error);
/* The member that is the last part of `path` ("payload.interval_ms", which is how a message calls
 * it). NULL with WG_ERROR_INPUT when it is of another type, no finite number, or missing and
 * required; NULL without an error when it is missing (or null) and need not be there. Transfer
 * none. */
JsonNode *wg_field_get(JsonObject *object, const char *name, const char *path, WgFieldType type,
                       gboolean is_required, GError **error);
/* Whether a node is of that type, a number finite. */
gboolean wg_field_is(JsonNode *node, WgFieldType type);
/* The node as compact JSON, with the shortest number that reads the same as a float where the value
 * is one. */
void wg_json_append(GString *text, JsonNode *node);

G_END_DECLS
