/* JSON as a watch sent it: read with care. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WG_JSON_MAX_DEPTH 16

/* NULL where the n bytes are not UTF-8, no JSON, or nested deeper than WG_JSON_MAX_DEPTH (the
 * library's reader recurses). Owner: caller. */
JsonNode *wg_json_line_parse(const char *text, gsize n);
/* A member's value, or NULL where `node` is no object or has none. */
JsonNode *wg_json_get(JsonNode *node, const char *name);
/* FALSE where the node is not a number. */
gboolean wg_json_read_int(JsonNode *node, gint64 *value);
gboolean wg_json_read_double(JsonNode *node, double *value);
/* NULL where the node is no string. */
const char *wg_json_read_string(JsonNode *node);
/* Element i of an array, NULL where there is none. */
JsonNode *wg_json_at(JsonNode *node, guint i);

G_END_DECLS
