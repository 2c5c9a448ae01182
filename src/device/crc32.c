/* CRC-32, bit by bit: what goes to a watch is a few kilobytes. */
#include "device/crc32.h"

guint32
wg_crc32(gconstpointer data, gsize n)
{
    const guint8 *bytes = data;
    guint32 crc = 0xffffffff;
    for (gsize i = 0; i < n; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

guint32
wg_crc32_bytes(GBytes *bytes)
{
    gsize n = 0;
    const void *data = g_bytes_get_data(bytes, &n);
    return wg_crc32(data, n);
}
