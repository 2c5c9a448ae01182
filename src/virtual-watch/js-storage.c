/* What require("Storage") is made of: the natives below prelude/system.js. */
#include "virtual-watch/js-error.h"

#include <string.h>

/* flashRead(name) -> string or undefined */
static duk_ret_t
flash_read(duk_context *ctx)
{
    g_autofree char *name = wg_engine_dup_name(ctx, 0);
    g_autoptr(GBytes) content = wg_flash_read(wg_engine_of(ctx)->machine->flash, name);
    if (!content)
        return 0;
    gsize length;
    const void *data = g_bytes_get_data(content, &length);
    wg_engine_push_bytes(ctx, data, length);
    return 1;
}

/* flashWrite(name, data, offset, size) -> boolean, or throws the firmware's refusal */
static duk_ret_t
flash_write(duk_context *ctx)
{
    g_autofree char *name = wg_engine_dup_name(ctx, 0);
    g_autoptr(GBytes) content = wg_engine_dup_bytes(ctx, 1);
    GError *error = NULL;
    gboolean done = FALSE;
    if (!content) {
        g_set_error_literal(&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "Can't get pointer to data to write");
    } else {
        gsize length;
        const void *data = g_bytes_get_data(content, &length);
        done = wg_flash_write(wg_engine_of(ctx)->machine->flash, name, data, length,
                              duk_to_int32(ctx, 2), duk_to_int32(ctx, 3), &error);
    }
    if (error) {
        g_clear_pointer(&name, g_free);
        g_clear_pointer(&content, g_bytes_unref);
        return wg_js_throw(ctx, DUK_ERR_ERROR, error);
    }
    duk_push_boolean(ctx, done);
    return 1;
}

static duk_ret_t
flash_erase(duk_context *ctx)
{
    g_autofree char *name = wg_engine_dup_name(ctx, 0);
    wg_flash_erase(wg_engine_of(ctx)->machine->flash, name);
    return 0;
}

static duk_ret_t
flash_erase_all(duk_context *ctx)
{
    wg_flash_erase_all(wg_engine_of(ctx)->machine->flash);
    return 0;
}

static duk_ret_t
flash_list(duk_context *ctx)
{
    g_auto(GStrv) names = wg_flash_list(wg_engine_of(ctx)->machine->flash);
    duk_push_array(ctx);
    for (int i = 0; names[i]; i++) {
        wg_engine_push_bytes(ctx, names[i], strlen(names[i]));
        duk_put_prop_index(ctx, -2, (duk_uarridx_t)i);
    }
    return 1;
}

static duk_ret_t
flash_compact(duk_context *ctx)
{
    wg_flash_compact(wg_engine_of(ctx)->machine->flash);
    return 0;
}

/* flashStats() -> {totalBytes, freeBytes, fileBytes, fileCount, trashBytes, trashCount} */
static duk_ret_t
flash_stats(duk_context *ctx)
{
    const WgFlashStats stats = wg_flash_get_stats(wg_engine_of(ctx)->machine->flash);
    duk_push_object(ctx);
    duk_push_number(ctx, (double)stats.total);
    duk_put_prop_string(ctx, -2, "totalBytes");
    duk_push_number(ctx, (double)stats.free);
    duk_put_prop_string(ctx, -2, "freeBytes");
    duk_push_number(ctx, (double)stats.file_bytes);
    duk_put_prop_string(ctx, -2, "fileBytes");
    duk_push_int(ctx, stats.n_files);
    duk_put_prop_string(ctx, -2, "fileCount");
    duk_push_number(ctx, (double)stats.trash_bytes);
    duk_put_prop_string(ctx, -2, "trashBytes");
    duk_push_int(ctx, stats.n_trash);
    duk_put_prop_string(ctx, -2, "trashCount");
    return 1;
}

void
wg_js_storage_add(duk_context *ctx)
{
    static const duk_function_list_entry functions[] = {
        {"flashRead", flash_read, 1},   {"flashWrite", flash_write, 4},
        {"flashErase", flash_erase, 1}, {"flashEraseAll", flash_erase_all, 0},
        {"flashList", flash_list, 0},   {"flashCompact", flash_compact, 0},
        {"flashStats", flash_stats, 0}, {NULL, NULL, 0},
    };
    duk_put_function_list(ctx, -1, functions);
}
