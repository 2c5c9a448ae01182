/* Between the watch's byte strings and Duktape's: each character is a byte. */
#include "virtual-watch/engine.h"

#include "virtual-watch/source-guard.h"

#include <string.h>

void
wg_engine_push_bytes(duk_context *ctx, gconstpointer data, gsize length)
{
    const guchar *bytes = data;
    g_autoptr(GString) text = g_string_sized_new(length + length / 2);
    for (gsize i = 0; i < length; i++) {
        if (bytes[i] >= 0x80) {
            g_string_append_c(text, (char)(0xc0 | bytes[i] >> 6));
            g_string_append_c(text, (char)(0x80 | (bytes[i] & 0x3f)));
        } else {
            g_string_append_c(text, (char)bytes[i]);
        }
    }
    duk_push_lstring(ctx, text->str, text->len);
}

/* CESU-8 writes characters beyond U+FFFF as two surrogates of three bytes; UTF-8 as one of four. */
static void
append_utf8(GByteArray *out, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        const guchar *p = (const guchar *)text + i;
        if (length - i >= 6 && p[0] == 0xed && p[1] >= 0xa0 && p[1] < 0xb0 && p[3] == 0xed &&
            p[4] >= 0xb0) {
            const gunichar high = (gunichar)(p[1] & 0x0f) << 6 | (p[2] & 0x3f);
            const gunichar low = (gunichar)(p[4] & 0x0f) << 6 | (p[5] & 0x3f);
            char utf8[6];
            const int n = g_unichar_to_utf8(0x10000 + (high << 10 | low), utf8);
            g_byte_array_append(out, (const guint8 *)utf8, (guint)n);
            i += 5;
        } else {
            g_byte_array_append(out, p, 1);
        }
    }
}

/* Duktape holds CESU-8; a string with a character over 0xff can only have come from UTF-8 text and
 * leaves as such, any other as one byte a character. */
static GBytes *
bytes_of_text(const char *text, gsize length)
{
    GByteArray *out = g_byte_array_sized_new((guint)length);
    gboolean wide = FALSE;
    for (gsize i = 0; i < length && !wide; i++)
        wide = (guchar)text[i] > 0xc3;
    if (wide) {
        append_utf8(out, text, length);
        return g_byte_array_free_to_bytes(out);
    }
    for (gsize i = 0; i < length; i++) {
        guint8 byte = (guint8)text[i];
        if (byte >= 0xc0 && i + 1 < length)
            byte = (guint8)((byte & 3) << 6 | (text[++i] & 0x3f));
        g_byte_array_append(out, &byte, 1);
    }
    return g_byte_array_free_to_bytes(out);
}

static GBytes *
bytes_of_array(duk_context *ctx, duk_idx_t index)
{
    const duk_idx_t array = duk_normalize_index(ctx, index);
    const duk_size_t n = duk_get_length(ctx, array);
    GByteArray *out = g_byte_array_sized_new((guint)n);
    for (duk_size_t i = 0; i < n; i++) {
        duk_get_prop_index(ctx, array, (duk_uarridx_t)i);
        if (duk_is_string(ctx, -1) || duk_is_array(ctx, -1) || duk_is_buffer_data(ctx, -1)) {
            g_autoptr(GBytes) part = wg_engine_dup_bytes(ctx, -1);
            gsize length = 0;
            const guint8 *data = part ? g_bytes_get_data(part, &length) : NULL;
            g_byte_array_append(out, data, (guint)length);
        } else {
            const guint8 byte = (guint8)duk_to_uint32(ctx, -1);
            g_byte_array_append(out, &byte, 1);
        }
        duk_pop(ctx);
    }
    return g_byte_array_free_to_bytes(out);
}

GBytes *
wg_engine_dup_bytes(duk_context *ctx, duk_idx_t index)
{
    duk_size_t length;
    if (duk_is_string(ctx, index)) {
        const char *text = duk_get_lstring(ctx, index, &length);
        return bytes_of_text(text, length);
    }
    if (duk_is_buffer_data(ctx, index)) {
        const void *data = duk_get_buffer_data(ctx, index, &length);
        return g_bytes_new(data, length);
    }
    if (duk_is_array(ctx, index))
        return bytes_of_array(ctx, index);
    if (duk_is_number(ctx, index) || duk_is_boolean(ctx, index)) {
        duk_dup(ctx, index);
        const char *text = duk_to_lstring(ctx, -1, &length);
        GBytes *bytes = g_bytes_new(text, length);
        duk_pop(ctx);
        return bytes;
    }
    return NULL;
}

char *
wg_engine_dup_name(duk_context *ctx, duk_idx_t index)
{
    g_autoptr(GBytes) bytes = wg_engine_dup_bytes(ctx, index);
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    return length ? g_strndup(data, length) : g_strdup("");
}
