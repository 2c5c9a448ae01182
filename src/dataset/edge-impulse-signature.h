/* Signatures of Edge Impulse's files: HMAC-SHA256 over all bytes, 64 zeros in their own place. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_EDGE_IMPULSE_UNSIGNED "0000000000000000000000000000000000000000000000000000000000000000"

/* Whether it is 64 hexadecimal digits. */
gboolean wg_edge_impulse_signature_is(const char *signature);
/* Whether `signature` stands once in the content and is that of it under the key. */
gboolean wg_edge_impulse_signature_check(const char *content, gsize length, const char *signature,
                                         const char *key);
/* Puts the signature where the 64 zeros stand, which must be there. */
void wg_edge_impulse_signature_put(GByteArray *content, const char *key);

G_END_DECLS
