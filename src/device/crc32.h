/* CRC-32 as zlib and Espruino's E.CRC32 compute it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reflected polynomial 0xedb88320, start and final inversion (RFC 1952, section 8). */
guint32 wg_crc32(gconstpointer data, gsize n);
guint32 wg_crc32_bytes(GBytes *bytes);

G_END_DECLS
