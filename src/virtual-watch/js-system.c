/* What print, process, E and the console's switches are made of: natives below the preludes. */
#include "virtual-watch/engine.h"

#include "virtual-watch/console.h"
#include "virtual-watch/number.h"
#include "virtual-watch/source-guard.h"

#include <math.h>
#include <string.h>

/* write(text, raw): to the console; raw leaves newlines and the input line as they are */
static duk_ret_t
write_text(duk_context *ctx)
{
    WgMachine *machine = wg_engine_of(ctx)->machine;
    g_autoptr(GBytes) text = wg_engine_dup_bytes(ctx, 0);
    gsize length = 0;
    const char *bytes = text ? g_bytes_get_data(text, &length) : "";
    if (duk_to_boolean(ctx, 1))
        wg_console_put(machine->console, bytes, (gssize)length);
    else
        wg_console_print(machine->console, bytes, (gssize)length);
    return 0;
}

static duk_ret_t
set_echo(duk_context *ctx)
{
    wg_console_set_echo(wg_engine_of(ctx)->machine->console, duk_to_boolean(ctx, 0));
    return 0;
}

static duk_ret_t
format_number(duk_context *ctx)
{
    char text[WG_NUMBER_LENGTH];
    wg_number_format(duk_to_number(ctx, 0), text);
    duk_push_string(ctx, text);
    return 1;
}

/* toBytes(data) -> string, one character a byte; undefined for what has no bytes */
static duk_ret_t
to_bytes(duk_context *ctx)
{
    g_autoptr(GBytes) bytes = wg_engine_dup_bytes(ctx, 0);
    if (!bytes)
        return 0;
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    wg_engine_push_bytes(ctx, data, length);
    return 1;
}

/* toBuffer(data) -> ArrayBuffer of its bytes */
static duk_ret_t
to_buffer(duk_context *ctx)
{
    g_autoptr(GBytes) bytes = wg_engine_dup_bytes(ctx, 0);
    gsize length = 0;
    const void *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    void *copy = duk_push_fixed_buffer(ctx, length);
    if (length)
        memcpy(copy, data, length);
    duk_push_buffer_object(ctx, -1, 0, length, DUK_BUFOBJ_ARRAYBUFFER);
    return 1;
}

/* fromUtf8(text) -> the text with UTF-8 bytes as characters, if it is that throughout */
static duk_ret_t
from_utf8(duk_context *ctx)
{
    g_autoptr(GBytes) bytes = wg_engine_dup_bytes(ctx, 0);
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    if (length && wg_source_is_utf8(data, length))
        duk_push_lstring(ctx, data, length);
    else
        duk_dup(ctx, 0);
    return 1;
}

/* crc32(data): reflected, polynomial 0xEDB88320, as zlib's crc32 and the firmware's E.CRC32 */
static duk_ret_t
crc32(duk_context *ctx)
{
    g_autoptr(GBytes) bytes = wg_engine_dup_bytes(ctx, 0);
    if (!bytes)
        return 0;
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    guint32 crc = 0xffffffff;
    for (gsize i = 0; i < length; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    duk_push_number(ctx, (double)(guint32)~crc);
    return 1;
}

/* freeBlocks(collect) */
static duk_ret_t
free_blocks(duk_context *ctx)
{
    duk_push_int(ctx, wg_engine_get_free_blocks(wg_engine_of(ctx)));
    return 1;
}

/* now(): virtual milliseconds since power on */
static duk_ret_t
now(duk_context *ctx)
{
    duk_push_number(ctx, wg_machine_get_program_time_ms(wg_engine_of(ctx)->machine));
    return 1;
}

/* restart(name): after the running program has ended; undefined only resets */
static duk_ret_t
restart(duk_context *ctx)
{
    WgEngine *self = wg_engine_of(ctx);
    g_clear_pointer(&self->load_name, g_free);
    self->todo = duk_is_undefined(ctx, 0) ? WG_TODO_RESET : WG_TODO_LOAD;
    if (self->todo == WG_TODO_LOAD)
        self->load_name = wg_engine_dup_name(ctx, 0);
    return 0;
}

void
wg_js_system_add(duk_context *ctx)
{
    static const duk_function_list_entry functions[] = {
        {"write", write_text, 2},
        {"setEcho", set_echo, 1},
        {"number", format_number, 1},
        {"toBytes", to_bytes, 1},
        {"toBuffer", to_buffer, 1},
        {"fromUtf8", from_utf8, 1},
        {"crc32", crc32, 1},
        {"freeBlocks", free_blocks, 0},
        {"now", now, 0},
        {"restart", restart, 1},
        {NULL, NULL, 0},
    };
    duk_put_function_list(ctx, -1, functions);
    duk_push_string(ctx, wg_engine_of(ctx)->machine->options.firmware);
    duk_put_prop_string(ctx, -2, "version");
    duk_push_string(ctx, WG_MACHINE_BOARD);
    duk_put_prop_string(ctx, -2, "board");
    duk_push_int(ctx, WG_ENGINE_BLOCKS);
    duk_put_prop_string(ctx, -2, "blocks");
    duk_push_int(ctx, WG_ENGINE_BLOCK_BYTES);
    duk_put_prop_string(ctx, -2, "blockBytes");
}
