/* The digest of a recording: hexadecimal for people and programs, bytes in the project file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of SHA-1. */
#define WG_DIGEST_BYTES 20
#define WG_DIGEST_LENGTH (2 * WG_DIGEST_BYTES)

/* Writes WG_DIGEST_LENGTH characters and a zero; FALSE where the bytes are no digest. */
gboolean wg_digest_write_hex(const guint8 *bytes, int n_bytes, char *hex);
/* Writes WG_DIGEST_BYTES; FALSE where the text is no digest. */
gboolean wg_digest_read_hex(const char *hex, guint8 *bytes);

G_END_DECLS
