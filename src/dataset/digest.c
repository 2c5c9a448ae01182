/* The digest of a recording: hexadecimal for people and programs, bytes in the project file. */
#include "dataset/digest.h"

#include <string.h>

gboolean
wg_digest_write_hex(const guint8 *bytes, int n_bytes, char *hex)
{
    static const char digits[] = "0123456789abcdef";

    if (!bytes || n_bytes != WG_DIGEST_BYTES)
        return FALSE;
    for (int i = 0; i < WG_DIGEST_BYTES; i++) {
        *hex++ = digits[bytes[i] >> 4];
        *hex++ = digits[bytes[i] & 15];
    }
    *hex = '\0';
    return TRUE;
}

gboolean
wg_digest_read_hex(const char *hex, guint8 *bytes)
{
    if (!hex || strlen(hex) != WG_DIGEST_LENGTH)
        return FALSE;
    for (int i = 0; i < WG_DIGEST_BYTES; i++) {
        const int high = g_ascii_xdigit_value(hex[2 * i]);
        const int low = g_ascii_xdigit_value(hex[2 * i + 1]);

        if (high < 0 || low < 0)
            return FALSE;
        bytes[i] = (guint8)(high << 4 | low);
    }
    return TRUE;
}
