/* Writes what is sent to an Espruino console: packets, lines, string literals. */
#include "device/espruino-protocol.h"

#include <string.h>

GBytes *
wg_espruino_build_packet(WgPacketType type, gconstpointer data, gsize n)
{
    const guint16 header = (guint16)(type | n);
    const guint8 start[] = {0x10, 0x01, (guint8)(header >> 8), (guint8)header};
    GByteArray *bytes = g_byte_array_new();
    g_return_val_if_fail(n <= WG_PACKET_MAX_BYTES, g_byte_array_free_to_bytes(bytes));
    g_byte_array_append(bytes, start, sizeof start);
    if (n)
        g_byte_array_append(bytes, data, (guint)n);
    return g_byte_array_free_to_bytes(bytes);
}

GBytes *
wg_espruino_build_file_send(const char *name, gsize size)
{
    g_autofree char *quoted = wg_espruino_quote(name, -1);
    g_autofree char *json = g_strdup_printf("{\"fn\":%s,\"s\":%zu}", quoted, size);
    return wg_espruino_build_packet(WG_PACKET_FILE_SEND, json, strlen(json));
}

GBytes *
wg_espruino_build_file_recv(const char *name)
{
    g_autofree char *quoted = wg_espruino_quote(name, -1);
    g_autofree char *json = g_strdup_printf("{\"fn\":%s}", quoted);
    return wg_espruino_build_packet(WG_PACKET_FILE_RECV, json, strlen(json));
}

GBytes *
wg_espruino_build_line(const char *code)
{
    char *line = g_strdup_printf("\x10%s\n", code);
    return g_bytes_new_take(line, strlen(line));
}

static void
append_code_unit(GString *out, gunichar c)
{
    g_string_append_printf(out, "\\u%04x", c);
}

/* Printable ASCII as it is, all else escaped in the ways that JavaScript and JSON share. */
char *
wg_espruino_quote(const char *text, gssize n)
{
    const gsize length = n < 0 ? strlen(text) : (gsize)n;
    const gboolean is_utf8 = g_utf8_validate_len(text, length, NULL);
    const char *end = text + length;
    GString *out = g_string_new("\"");
    for (const char *p = text; p < end; p = is_utf8 ? g_utf8_next_char(p) : p + 1) {
        const gunichar c = is_utf8 ? g_utf8_get_char(p) : (guchar)*p;
        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
            g_string_append_c(out, (char)c);
        } else if (c == '"' || c == '\\' || c == '\n') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, c == '\n' ? 'n' : (char)c);
        } else if (c >= 0x10000) {
            append_code_unit(out, 0xd800 + ((c - 0x10000) >> 10));
            append_code_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
        } else {
            append_code_unit(out, c);
        }
    }
    g_string_append_c(out, '"');
    return g_string_free(out, FALSE);
}

/* n hexadecimal digits at p, -1 where they are not there. */
static int
read_hex(const char *p, const char *end, int n)
{
    int value = 0;
    if (end - p < n)
        return -1;
    for (int i = 0; i < n; i++) {
        const int digit = g_ascii_xdigit_value(p[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Reads the escape behind a backslash; -1 where it is malformed. */
static int
read_escape(const char **p, const char *end)
{
    static const char names[] = "btnvfr", values[] = "\b\t\n\v\f\r";
    const char c = *(*p)++;
    const char *name = memchr(names, c, sizeof names - 1);
    if (name)
        return values[name - names];
    if (c == 'x' || c == 'u') {
        const int n = c == 'x' ? 2 : 4;
        const int value = read_hex(*p, end, n);
        *p += value < 0 ? 0 : n;
        return value;
    }
    if (c < '0' || c > '7')
        return (guchar)c;
    int value = c - '0';
    for (int i = 0; i < 2 && *p < end && **p >= '0' && **p <= '7'; i++)
        value = value * 8 + *(*p)++ - '0';
    return value & 0xff;
}

static void
append_unit(GString *out, guint *high, guint unit)
{
    if (*high && unit >= 0xdc00 && unit < 0xe000) {
        g_string_append_unichar(out, 0x10000 + ((*high - 0xd800) << 10) + (unit - 0xdc00));
        *high = 0;
        return;
    }
    if (*high)
        g_string_append_unichar(out, 0xfffd);
    *high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    if (unit >= 0xdc00 && unit < 0xe000)
        g_string_append_unichar(out, 0xfffd);
    else if (!*high && unit)
        g_string_append_unichar(out, unit);
}

char *
wg_espruino_unquote(const char *literal, gsize n)
{
    const char quote = n >= 2 ? literal[0] : 0;
    g_autoptr(GString) out = g_string_new(NULL);
    const char *end = literal + n - 1;
    guint high = 0;
    if ((quote != '"' && quote != '\'') || *end != quote)
        return NULL;
    for (const char *p = literal + 1; p < end;) {
        int unit = (guchar)*p++;
        if (unit == quote)
            return NULL;
        if (unit == '\\' && p < end)
            unit = read_escape(&p, end);
        else if (unit == '\\')
            return NULL;
        if (unit < 0)
            return NULL;
        append_unit(out, &high, (guint)unit);
    }
    if (high)
        g_string_append_unichar(out, 0xfffd);
    return g_strdup(out->str);
}
