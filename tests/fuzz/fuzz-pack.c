/* Any bytes as a project pack, and as a line of one, which a zip's checksum would keep mutations
 * from. */
#include "fuzz.h"

#include "workbench/pack-line.h"

#include <string.h>

static void
check_line(const char *text, gsize length)
{
    WgPackTake *take = wg_pack_line_read(text, length, 1, "fuzz", NULL), *again;
    g_autofree char *written = NULL;

    if (!take)
        return;
    written = wg_pack_line_write(take);
    again = wg_pack_line_read(written, strlen(written), 1, "fuzz", NULL);
    if (!again || again->trim_n != take->trim_n)
        g_error("“%s” is written of a take that was read, and is not read", written);
    wg_pack_take_free(again);
    wg_pack_take_free(take);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autofree char *text = g_strndup(size > 0 ? (const char *)data : "", size);
    WgPack *pack = wg_pack_read_bytes(bytes, "fuzz", NULL, NULL);

    check_line(text, strlen(text));
    if (pack) {
        g_autoptr(JsonObject) labels = wg_pack_count_labels(pack);

        wg_pack_set_persons(pack, WG_PERSONS_REPLACED);
        wg_pack_free(pack);
    }
    return 0;
}
