/* Small helpers that write lists into JSON objects, and read what anybody may have written. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/recording.h"

G_BEGIN_DECLS

/* NULL-terminated strings as a member. */
void wg_json_set_strings(JsonObject *object, const char *name, const char *const *strings);
/* GPtrArray of char *. */
void wg_json_set_string_array(JsonObject *object, const char *name, GPtrArray *strings);
void wg_json_set_ids(JsonObject *object, const char *name, const gint64 *ids, int n);
/* NULL becomes null. */
void wg_json_set_optional(JsonObject *object, const char *name, const char *value);
/* Who made a recording, on which arm, with what, and where it was read: "person", "wrist",
 * "device", "file" and "line". */
void wg_json_set_origin(JsonObject *object, const WgRecordingSpec *spec);
/* NaN becomes null. */
void wg_json_set_number(JsonObject *object, const char *name, double value);
/* Transfer full; NULL when there is no such list of strings. */
char **wg_json_dup_strings(JsonObject *object, const char *name);
/* GArray of gint64, never NULL. */
GArray *wg_json_dup_ids(JsonObject *object, const char *name);
/* Adds one to a count, which begins at 0. */
void wg_json_count(JsonObject *counts, const char *key);
/* Counts a take in `takes` by its label; of a continuous recording its spans in `spans`. */
void wg_json_count_labels(JsonObject *takes, JsonObject *spans, const WgRecordingSpec *spec);
char *wg_json_to_text(JsonObject *object);
/* WG_ERROR_INPUT naming `what` when it is not an object. */
JsonObject *wg_json_parse_object(const char *text, const char *what, GError **error);

/* Members of an object that may come from a file of anybody's: what is of another kind than asked
 * counts as not there. Transfer none; `text` is NULL only where `fallback` is, the object where
 * there is none. */
const char *wg_json_get_text(JsonObject *object, const char *name, const char *fallback);
double wg_json_get_double(JsonObject *object, const char *name, double fallback);
gint64 wg_json_get_int(JsonObject *object, const char *name, gint64 fallback);
gboolean wg_json_get_boolean(JsonObject *object, const char *name, gboolean fallback);
JsonObject *wg_json_get_object(JsonObject *object, const char *name);

/* The member of that name, or with "object.member" the member of the object of that name; NULL:
 * there is none. Transfer none. */
JsonNode *wg_json_find(JsonObject *object, const char *path);

G_END_DECLS
