/* CBOR as the tree that JSON makes: for formats that come in both. */
#include "dataset/cbor-json.h"

#include "base/error.h"
#include "dataset/json-fields.h"

#include <cbor.h>
#include <glib/gi18n.h>
#include <string.h>

/* A list or map that is open. */
typedef struct {
    JsonNode *node;
    guint64 n_left; /* values still due; of a map both keys and values */
    gboolean is_indefinite;
    char *key; /* of a map: what the next value is for */
} Level;

typedef struct {
    GArray *levels; /* of Level; the node belongs to its parent, the first one to `root` */
    JsonNode *root;
    GString *text; /* pieces of a text of indefinite length, NULL: none is open */
    int deepest;
    const char *fault; /* NULL: none yet */
} Reading;

static void
clear_level(gpointer data)
{
    g_free(((Level *)data)->key);
}

static Level *
get_level(Reading *reading)
{
    return reading->levels->len > 0
               ? &g_array_index(reading->levels, Level, reading->levels->len - 1)
               : NULL;
}

/* A list or map that has all its values is closed, and so may be what it is in. */
static void
close_full(Reading *reading)
{
    Level *level = get_level(reading);

    while (level && !level->is_indefinite && level->n_left == 0) {
        g_array_set_size(reading->levels, reading->levels->len - 1);
        level = get_level(reading);
        if (level && !level->is_indefinite)
            level->n_left--;
    }
}

/* Puts a value where it is due; takes the node. `is_open`: a list or map, whose values follow. */
static void
put(Reading *reading, JsonNode *node, gboolean is_open, guint64 n_values, gboolean is_indefinite)
{
    Level *level = get_level(reading);
    const Level opened = {node, n_values, is_indefinite, NULL};

    if (!level) {
        reading->root = node;
    } else if (JSON_NODE_HOLDS_ARRAY(level->node)) {
        json_array_add_element(json_node_get_array(level->node), node);
    } else if (level->key) {
        json_object_set_member(json_node_get_object(level->node), level->key, node);
        g_clear_pointer(&level->key, g_free);
    } else {
        reading->fault = _("a key in it is not a text");
        json_node_unref(node);
        return;
    }
    if (is_open) {
        if ((int)reading->levels->len >= reading->deepest)
            reading->fault = _("its lists are nested too deep");
        g_array_append_val(reading->levels, opened);
    } else if (level && !level->is_indefinite) {
        level->n_left--;
    }
    close_full(reading);
}

static void
put_value(Reading *reading, JsonNode *node)
{
    put(reading, node, FALSE, 0, FALSE);
}

static void
put_double(void *context, double value)
{
    put_value(context, json_node_init_double(json_node_alloc(), value));
}

static void
put_float(void *context, float value)
{
    put_double(context, (double)value);
}

static void
put_uint64(void *context, uint64_t value)
{
    if (value > G_MAXINT64)
        put_double(context, (double)value);
    else
        put_value(context, json_node_init_int(json_node_alloc(), (gint64)value));
}

/* CBOR's -1 - value */
static void
put_negint64(void *context, uint64_t value)
{
    if (value >= G_MAXINT64)
        put_double(context, -1.0 - (double)value);
    else
        put_value(context, json_node_init_int(json_node_alloc(), -1 - (gint64)value));
}

static void
put_uint8(void *context, uint8_t value)
{
    put_uint64(context, value);
}

static void
put_uint16(void *context, uint16_t value)
{
    put_uint64(context, value);
}

static void
put_uint32(void *context, uint32_t value)
{
    put_uint64(context, value);
}

static void
put_negint8(void *context, uint8_t value)
{
    put_negint64(context, value);
}

static void
put_negint16(void *context, uint16_t value)
{
    put_negint64(context, value);
}

static void
put_negint32(void *context, uint32_t value)
{
    put_negint64(context, value);
}

static void
put_boolean(void *context, bool value)
{
    put_value(context, json_node_init_boolean(json_node_alloc(), value));
}

static void
put_null(void *context)
{
    put_value(context, json_node_new(JSON_NODE_NULL));
}

/* A whole text: a key where one is due, else a value. */
static void
put_text(Reading *reading, const char *text)
{
    Level *level = get_level(reading);

    if (!level || !JSON_NODE_HOLDS_OBJECT(level->node) || level->key) {
        put_value(reading, json_node_init_string(json_node_alloc(), text));
    } else if (json_object_has_member(json_node_get_object(level->node), text)) {
        reading->fault = _("an object in it has the same key twice");
    } else {
        level->key = g_strdup(text);
        if (!level->is_indefinite)
            level->n_left--;
    }
}

static void
read_text(void *context, cbor_data data, size_t length)
{
    Reading *reading = context;
    g_autofree char *text = g_strndup((const char *)data, length);

    if (strlen(text) != length || !g_utf8_validate(text, -1, NULL))
        reading->fault = _("it is not UTF-8 text");
    else if (reading->text)
        g_string_append(reading->text, text);
    else
        put_text(reading, text);
}

static void
start_text(void *context)
{
    Reading *reading = context;

    if (reading->text)
        reading->fault = _("a text in it has no end");
    else
        reading->text = g_string_new(NULL);
}

static void
open_list(Reading *reading, guint64 n, gboolean is_indefinite)
{
    g_autoptr(JsonArray) list = json_array_new(); /* grows as values come, whatever it announces */

    put(reading, json_node_init_array(json_node_alloc(), list), TRUE, n, is_indefinite);
}

static void
open_map(Reading *reading, guint64 n, gboolean is_indefinite)
{
    g_autoptr(JsonObject) object = json_object_new();

    if (n > G_MAXINT64)
        reading->fault = _("it announces more values than there are");
    else
        put(reading, json_node_init_object(json_node_alloc(), object), TRUE, 2 * n, is_indefinite);
}

static void
start_list(void *context, size_t n)
{
    open_list(context, n, FALSE);
}

static void
start_indefinite_list(void *context)
{
    open_list(context, 0, TRUE);
}

static void
start_map(void *context, size_t n)
{
    open_map(context, n, FALSE);
}

static void
start_indefinite_map(void *context)
{
    open_map(context, 0, TRUE);
}

static void
end_indefinite(void *context)
{
    Reading *reading = context;
    Level *level = get_level(reading);

    if (reading->text) {
        g_autoptr(GString) text = g_steal_pointer(&reading->text);

        put_text(reading, text->str);
    } else if (!level || !level->is_indefinite || level->key) {
        reading->fault = _("it ends a list that is not open");
    } else {
        level->is_indefinite = FALSE;
        level->n_left = 0;
        close_full(reading);
    }
}

static void
refuse_bytes(void *context, cbor_data data, size_t length)
{
    ((Reading *)context)->fault = _("it holds bytes instead of text and numbers");
}

static void
refuse_start(void *context)
{
    refuse_bytes(context, NULL, 0);
}

static void
refuse_tag(void *context, uint64_t value)
{
    refuse_bytes(context, NULL, 0);
}

static const struct cbor_callbacks callbacks = {
    .uint8 = put_uint8,
    .uint16 = put_uint16,
    .uint32 = put_uint32,
    .uint64 = put_uint64,
    .negint64 = put_negint64,
    .negint32 = put_negint32,
    .negint16 = put_negint16,
    .negint8 = put_negint8,
    .byte_string_start = refuse_start,
    .byte_string = refuse_bytes,
    .string = read_text,
    .string_start = start_text,
    .indef_array_start = start_indefinite_list,
    .array_start = start_list,
    .indef_map_start = start_indefinite_map,
    .map_start = start_map,
    .tag = refuse_tag,
    .float2 = put_float,
    .float4 = put_float,
    .float8 = put_double,
    .undefined = put_null,
    .null = put_null,
    .boolean = put_boolean,
    .indef_break = end_indefinite,
};

static void
read_items(Reading *reading, const char *content, gsize length, gsize *at)
{
    while (!reading->fault && *at < length && (!reading->root || reading->levels->len > 0)) {
        const struct cbor_decoder_result result = cbor_stream_decode(
            (const unsigned char *)content + *at, length - *at, &callbacks, reading);

        if (result.status == CBOR_DECODER_FINISHED && result.read > 0)
            *at += result.read;
        else
            reading->fault = result.status == CBOR_DECODER_NEDATA
                                 ? _("it is cut off")
                                 : _("a value in it is none of CBOR's");
        /* only pieces of text go into a text */
        if (reading->text && *at < length && (guchar)content[*at] >> 5 != 3 &&
            (guchar)content[*at] != 0xff)
            reading->fault = _("a text in it has no end");
    }
    if (!reading->fault && (!reading->root || reading->levels->len > 0))
        reading->fault = _("it is cut off");
    else if (!reading->fault && *at < length)
        reading->fault = _("something follows its end");
}

JsonNode *
wg_cbor_read(const char *name, const char *content, gsize length, int deepest, GError **error)
{
    g_autoptr(GArray) levels = g_array_new(FALSE, FALSE, sizeof(Level));
    Reading reading = {.levels = levels, .deepest = deepest};
    gsize at = 0;

    g_array_set_clear_func(levels, clear_level);
    if (length > WG_JSON_BYTES_MAX)
        reading.fault = _("it is larger than any recording");
    else
        read_items(&reading, content, length, &at);
    if (reading.text)
        g_string_free(reading.text, TRUE);
    if (!reading.fault)
        return reading.root;
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s: byte %zu: this is no CBOR to be read: %s"),
                name, at, reading.fault);
    g_clear_pointer(&reading.root, json_node_unref);
    return NULL;
}
