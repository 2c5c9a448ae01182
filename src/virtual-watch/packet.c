/* Carries out packets (jsinteractive.c, jsiPacketProcess). */
#include "virtual-watch/packet.h"

#include "virtual-watch/engine.h"

#include <string.h>

#define ACK 0x06
#define NAK 0x15
#define DLE 0x10
#define SOH 0x01
#define SIZE_MASK 0x1fff
#define TYPE_MASK 0xe000
#define CHUNK_BYTES 1024 /* of a DATA packet on the way out */
#define PACKET_TIMEOUT_MS 5000
#define FILE_TIMEOUT_MS 10000

enum {
    TYPE_RESPONSE = 0x0000,
    TYPE_EVAL = 0x2000,
    TYPE_EVENT = 0x4000,
    TYPE_FILE_SEND = 0x6000,
    TYPE_DATA = 0x8000,
    TYPE_FILE_RECV = 0xa000,
};

static void
put_byte(WgPacketReader *self, char byte)
{
    wg_console_put(self->console, &byte, 1);
}

static void
reply(WgPacketReader *self, guint16 type, gconstpointer data, gsize length)
{
    const guint16 header = (guint16)(type | (length & SIZE_MASK));
    const char start[] = {DLE, SOH, (char)(header >> 8), (char)(header & 0xff)};
    wg_console_put(self->console, start, 4);
    wg_console_put(self->console, data, (gssize)(length & SIZE_MASK));
}

static WgEngine *
engine_of(WgPacketReader *self)
{
    return wg_console_get_machine(self->console)->engine;
}

static void
end_file(WgPacketReader *self)
{
    g_clear_pointer(&self->file_name, g_free);
    g_clear_handle_id(&self->file_timeout_id, g_source_remove);
}

static gboolean
on_file_timeout(gpointer user_data)
{
    WgPacketReader *self = user_data;
    self->file_timeout_id = 0;
    end_file(self);
    return G_SOURCE_REMOVE;
}

static void
await_file(WgPacketReader *self)
{
    g_clear_handle_id(&self->file_timeout_id, g_source_remove);
    self->file_timeout_id = g_timeout_add(FILE_TIMEOUT_MS, on_file_timeout, self);
}

static void
carry_out_eval(WgPacketReader *self)
{
    WgEngine *engine = engine_of(self);
    gboolean done =
        wg_engine_eval(engine, (const char *)self->data->data, self->data->len, "packet", TRUE) &&
        wg_engine_call_tool(engine, "toJS", 1);
    if (!done) {
        wg_console_print(self->console, "", 0); /* the prompt goes before the answer */
        put_byte(self, NAK);
        wg_engine_report(engine);
        return;
    }
    g_autoptr(GBytes) text = wg_engine_dup_bytes(engine->ctx, -1);
    duk_pop(engine->ctx);
    gsize length = 0;
    const void *data = text ? g_bytes_get_data(text, &length) : NULL;
    put_byte(self, ACK);
    reply(self, TYPE_RESPONSE, data, length);
}

/* Leaves the parsed object on the stack, or nothing and FALSE. */
static gboolean
parse_object(WgPacketReader *self)
{
    WgEngine *engine = engine_of(self);
    wg_engine_push_bytes(engine->ctx, self->data->data, self->data->len);
    const gboolean done =
        wg_engine_call_tool(engine, "parseLiberal", 1) && duk_is_object(engine->ctx, -1);
    if (!done)
        duk_pop(engine->ctx);
    return done;
}

static void
carry_out_event(WgPacketReader *self)
{
    if (!parse_object(self)) {
        put_byte(self, NAK);
        return;
    }
    WgEngine *engine = engine_of(self);
    const gboolean heard = wg_engine_count_listeners(engine, "E", "packet") > 0;
    wg_engine_emit(engine, "E", "packet", 1);
    wg_engine_run_events(engine);
    put_byte(self, heard ? ACK : NAK);
}

static void
carry_out_file_recv(WgPacketReader *self)
{
    g_autoptr(GBytes) content = NULL;
    if (parse_object(self)) {
        duk_context *ctx = engine_of(self)->ctx;
        duk_get_prop_string(ctx, -1, "fn");
        duk_get_prop_string(ctx, -2, "fs");
        if (duk_is_string(ctx, -2) && !duk_to_boolean(ctx, -1)) {
            g_autofree char *name = wg_engine_dup_name(ctx, -2);
            content = wg_flash_read(wg_console_get_machine(self->console)->flash, name);
        }
        duk_pop_3(ctx);
    }
    if (!content) {
        put_byte(self, NAK);
        return;
    }
    gsize length;
    const guint8 *data = g_bytes_get_data(content, &length);
    put_byte(self, ACK);
    for (gsize i = 0; i < length; i += CHUNK_BYTES)
        reply(self, TYPE_DATA, data + i, MIN(length - i, CHUNK_BYTES));
    reply(self, TYPE_DATA, NULL, 0);
}

static void
carry_out_file_send(WgPacketReader *self)
{
    end_file(self);
    if (parse_object(self)) {
        duk_context *ctx = engine_of(self)->ctx;
        duk_get_prop_string(ctx, -1, "fn");
        duk_get_prop_string(ctx, -2, "s");
        duk_get_prop_string(ctx, -3, "fs");
        duk_get_prop_string(ctx, -4, "c");
        /* a Bangle.js 2 has no file system; compressed files are not emulated */
        const gboolean plain = !duk_to_boolean(ctx, -2) && !duk_to_boolean(ctx, -1);
        self->file_size = duk_to_int32(ctx, -3);
        self->file_offset = 0;
        if (duk_is_string(ctx, -4) && self->file_size != 0 && plain)
            self->file_name = wg_engine_dup_name(ctx, -4);
        duk_pop_n(ctx, 5);
    }
    if (self->file_name)
        await_file(self);
    put_byte(self, self->file_name ? ACK : NAK);
}

static void
carry_out_data(WgPacketReader *self)
{
    if (!self->file_name) {
        put_byte(self, NAK);
        return;
    }
    WgEngine *engine = engine_of(self);
    duk_context *ctx = engine->ctx;
    duk_push_object(ctx);
    duk_push_uint(ctx, self->data->len);
    duk_put_prop_string(ctx, -2, "l");
    duk_push_number(ctx, (double)(self->file_offset + self->data->len));
    duk_put_prop_string(ctx, -2, "o");
    duk_push_number(ctx, (double)self->file_size);
    duk_put_prop_string(ctx, -2, "s");
    wg_engine_push_bytes(ctx, self->file_name, strlen(self->file_name));
    duk_put_prop_string(ctx, -2, "fn");
    g_autoptr(GError) error = NULL;
    wg_flash_write(wg_console_get_machine(self->console)->flash, self->file_name, self->data->data,
                   self->data->len, self->file_offset, self->file_size, &error);
    self->file_offset += self->data->len;
    if (self->file_offset >= self->file_size)
        end_file(self);
    else
        await_file(self);
    wg_engine_emit(engine, "E", "packetUpload", 1);
    /* the firmware acknowledges what it could not write, and tells the error afterwards */
    if (error)
        wg_console_print(self->console, "", 0);
    put_byte(self, ACK);
    if (error) {
        duk_push_error_object(ctx, DUK_ERR_ERROR, "%s", error->message);
        wg_engine_report(engine);
    }
}

static void
leave(WgPacketReader *self)
{
    self->n_header = -1;
    g_byte_array_set_size(self->data, 0);
    g_clear_handle_id(&self->timeout_id, g_source_remove);
}

static void
carry_out(WgPacketReader *self)
{
    switch (self->header & TYPE_MASK) {
    case TYPE_EVAL:
        carry_out_eval(self);
        break;
    case TYPE_EVENT:
        carry_out_event(self);
        break;
    case TYPE_FILE_RECV:
        carry_out_file_recv(self);
        break;
    case TYPE_FILE_SEND:
        carry_out_file_send(self);
        break;
    case TYPE_DATA:
        carry_out_data(self);
        break;
    default:
        put_byte(self, NAK);
        break;
    }
    leave(self);
}

static gboolean
on_timeout(gpointer user_data)
{
    WgPacketReader *self = user_data;
    self->timeout_id = 0;
    put_byte(self, NAK);
    leave(self);
    return G_SOURCE_REMOVE;
}

void
wg_packet_reader_init(WgPacketReader *self, WgConsole *console)
{
    *self = (WgPacketReader){.console = console, .n_header = -1, .data = g_byte_array_new()};
}

void
wg_packet_reader_clear(WgPacketReader *self)
{
    leave(self);
    end_file(self);
    g_byte_array_unref(self->data);
}

void
wg_packet_reader_start(WgPacketReader *self)
{
    leave(self);
    self->n_header = 0;
    self->timeout_id = g_timeout_add(PACKET_TIMEOUT_MS, on_timeout, self);
}

void
wg_packet_reader_expire(WgPacketReader *self)
{
    if (!wg_packet_reader_is_reading(self))
        return;
    put_byte(self, NAK);
    leave(self);
}

gboolean
wg_packet_reader_is_reading(const WgPacketReader *self)
{
    return self->n_header >= 0;
}

void
wg_packet_reader_forget(WgPacketReader *self)
{
    g_byte_array_set_size(self->data, 0);
}

void
wg_packet_reader_feed(WgPacketReader *self, guint8 byte)
{
    if (self->n_header < 2) {
        self->header = (guint16)(self->n_header == 0 ? byte << 8 : self->header | byte);
        self->n_header++;
    } else {
        g_byte_array_append(self->data, &byte, 1);
    }
    if (self->n_header < 2 || self->data->len < (self->header & SIZE_MASK))
        return;
    /* it is whole: from here on a Ctrl-C interrupts what it asks for, as in the firmware */
    self->n_header = -1;
    carry_out(self);
}
