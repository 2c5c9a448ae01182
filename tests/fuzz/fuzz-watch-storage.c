/* Any bytes in the folder that is the virtual watch's Storage, and as a program for it. */
#include "fuzz-folder.h"
#include "fuzz.h"
#include "virtual-watch/flash.h"
#include "virtual-watch/source-guard.h"

#include <stdlib.h>
#include <string.h>

#define CAPACITY_BYTES 65536

static void
check_storage(const uint8_t *data, size_t size)
{
    g_autofree char *trash = fuzz_file(".trash", data, MIN(size, 64));
    g_autofree char *file = fuzz_file("waggle.json", data, size);
    g_autoptr(WgFlash) flash = wg_flash_new(fuzz_folder(), CAPACITY_BYTES, NULL);
    g_autofree char *name = g_strndup((const char *)data, MIN(size, 40));
    const WgFlashStats stats = wg_flash_get_stats(flash);
    g_auto(GStrv) names = wg_flash_list(flash);

    if (stats.free > stats.total || !names[0])
        abort();
    for (int i = 0; names[i]; i++) {
        g_autoptr(GBytes) bytes = wg_flash_read(flash, names[i]);

        if (!bytes)
            g_error("%s is listed and not there", names[i]);
    }
    /* a name that a program asks for is a file in the folder, or none */
    wg_flash_write(flash, name, data, size, 0, 0, NULL);
    wg_flash_erase_all(flash);
}

static void
check_program(const uint8_t *data, size_t size)
{
    gsize length = 0;
    g_autofree char *guarded = wg_source_guard((const char *)data, size, &length);

    if (!g_utf8_validate(guarded, (gssize)length, NULL) && !memchr(guarded, 0, length))
        g_error("a guarded program is not UTF-8");
    wg_source_count_open_brackets((const char *)data, size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_program(data, size);
    check_storage(data, size);
    return 0;
}
