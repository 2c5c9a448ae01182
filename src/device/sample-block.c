/* Reads lines of data/watch/record.js, and knows a damaged one. */
#include "device/sample-block.h"

#include "device/crc32.h"
#include "device/json-line.h"

#include <string.h>

#define HEAD_BYTES 8
#define SAMPLE_BYTES 8

static int
read_int16(const guint8 *p)
{
    return (gint16)(p[0] | p[1] << 8);
}

static guint32
read_uint32(const guint8 *p)
{
    return p[0] | (guint32)p[1] << 8 | (guint32)p[2] << 16 | (guint32)p[3] << 24;
}

GBytes *
wg_checked_bytes_parse(JsonNode *line)
{
    const char *base64 = wg_json_read_string(wg_json_get(line, "d"));
    gint64 crc32 = 0;
    gsize n = 0;

    if (!base64 || !*base64 || !wg_json_read_int(wg_json_get(line, "c"), &crc32))
        return NULL;
    guint8 *data = g_base64_decode(base64, &n);
    if (n > 0 && wg_crc32(data, n) == (guint32)crc32)
        return g_bytes_new_take(data, n);
    g_free(data);
    return NULL;
}

gboolean
wg_sample_block_parse(JsonNode *line, WgSampleBlock *block)
{
    g_autoptr(GBytes) bytes = wg_checked_bytes_parse(line);
    gsize n = 0;
    const guint8 *data = bytes ? g_bytes_get_data(bytes, &n) : NULL;

    if (n <= HEAD_BYTES || (n - HEAD_BYTES) % SAMPLE_BYTES ||
        (n - HEAD_BYTES) / SAMPLE_BYTES > WG_BLOCK_MAX_SAMPLES)
        return FALSE;
    block->number = read_uint32(data);
    block->time_ms = (gint32)read_uint32(data + 4);
    block->n_samples = (int)((n - HEAD_BYTES) / SAMPLE_BYTES);
    for (int i = 0; i < block->n_samples; i++) {
        const guint8 *sample = data + HEAD_BYTES + i * SAMPLE_BYTES;

        block->samples[i].step_ms = read_int16(sample);
        for (int axis = 0; axis < 3; axis++)
            block->samples[i].raw[axis] = read_int16(sample + 2 + 2 * axis);
    }
    return TRUE;
}
