/* CBOR as the tree that JSON makes: for formats that come in both. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* WG_ERROR_INPUT naming the byte: it is cut off, nested deeper than that, has the same key twice,
 * or holds what JSON has not (byte strings, tags, keys that are no text). Transfer full. */
JsonNode *wg_cbor_read(const char *name, const char *content, gsize length, int deepest,
                       GError **error);
/* The tree in CBOR; a number that a float holds is one of 32 bits. Transfer full. */
GByteArray *wg_cbor_write(JsonNode *root);

G_END_DECLS
