/* Writes the tree that JSON makes as CBOR. */
#include "dataset/cbor-json.h"

#include "dataset/json-fields.h"

#include <cbor.h>
#include <string.h>

#define HEAD_BYTES_MAX 9 /* RFC 8949, 3: one byte and an argument of at most 8 */

typedef size_t (*EncodeSize)(size_t n, unsigned char *buffer, size_t size);

static void
append_size(GByteArray *bytes, EncodeSize encode, gsize n)
{
    guint8 head[HEAD_BYTES_MAX];

    g_byte_array_append(bytes, head, (guint)encode(n, head, sizeof head));
}

static void
append_text(GByteArray *bytes, const char *text)
{
    append_size(bytes, cbor_encode_string_start, strlen(text));
    g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text));
}

static void
append_number(GByteArray *bytes, JsonNode *node)
{
    guint8 head[HEAD_BYTES_MAX];
    gsize n;

    if (json_node_get_value_type(node) == G_TYPE_INT64) {
        const gint64 value = json_node_get_int(node);

        n = value >= 0 ? cbor_encode_uint((uint64_t)value, head, sizeof head)
                       : cbor_encode_negint((uint64_t)(-1 - value), head, sizeof head);
    } else {
        const double value = json_node_get_double(node);

        n = (double)(float)value == value ? cbor_encode_single((float)value, head, sizeof head)
                                          : cbor_encode_double(value, head, sizeof head);
    }
    g_byte_array_append(bytes, head, (guint)n);
}

static void
append(GByteArray *bytes, JsonNode *node)
{
    guint8 head[HEAD_BYTES_MAX];

    if (JSON_NODE_HOLDS_OBJECT(node)) {
        JsonObject *object = json_node_get_object(node);
        g_autoptr(GList) names = json_object_get_members(object);

        append_size(bytes, cbor_encode_map_start, json_object_get_size(object));
        for (GList *l = names; l; l = l->next) {
            append_text(bytes, l->data);
            append(bytes, json_object_get_member(object, l->data));
        }
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *list = json_node_get_array(node);

        append_size(bytes, cbor_encode_array_start, json_array_get_length(list));
        for (guint i = 0; i < json_array_get_length(list); i++)
            append(bytes, json_array_get_element(list, i));
    } else if (wg_field_is(node, WG_FIELD_NUMBER)) {
        append_number(bytes, node);
    } else if (wg_field_is(node, WG_FIELD_TEXT)) {
        append_text(bytes, json_node_get_string(node));
    } else {
        const gsize n = JSON_NODE_HOLDS_NULL(node)
                            ? cbor_encode_null(head, sizeof head)
                            : cbor_encode_bool(json_node_get_boolean(node), head, sizeof head);

        g_byte_array_append(bytes, head, (guint)n);
    }
}

GByteArray *
wg_cbor_write(JsonNode *root)
{
    GByteArray *bytes = g_byte_array_new();

    append(bytes, root);
    return bytes;
}
