/* What went over a link: the text form of it. */
#include "device/wire-trace.h"

#include "base/error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define HEAD "waggle-trace 1"
#define SHOWN_CHARS 40

static const char *const words[] = {"open", ">", "<", "shut"};

struct _WgWireWriter {
    FILE *file;
    gint64 begin_us;
    char *path;
    gboolean has_failed; /* and was told */
};

char *
wg_wire_escape(gconstpointer data, gsize n, gsize most)
{
    const guint8 *bytes = data;
    GString *out = g_string_new(NULL);

    for (gsize i = 0; i < MIN(n, most); i++) {
        if (bytes[i] == '\n')
            g_string_append(out, "\\n");
        else if (bytes[i] == '\r')
            g_string_append(out, "\\r");
        else if (bytes[i] == '"' || bytes[i] == '\\')
            g_string_append_printf(out, "\\%c", bytes[i]);
        else if (bytes[i] < 0x20 || bytes[i] > 0x7e)
            g_string_append_printf(out, "\\x%02x", bytes[i]);
        else
            g_string_append_c(out, (char)bytes[i]);
    }
    return g_string_free(out, FALSE);
}

/* The byte after a backslash at *p, -1: none such. */
static int
unescape(const char **p, const char *end)
{
    const char c = *(*p)++;

    if (c == 'n' || c == 'r')
        return c == 'n' ? '\n' : '\r';
    if (c == '"' || c == '\\')
        return c;
    if (c != 'x' || end - *p < 2 || !g_ascii_isxdigit((*p)[0]) || !g_ascii_isxdigit((*p)[1]))
        return -1;
    *p += 2;
    return g_ascii_xdigit_value((*p)[-2]) * 16 + g_ascii_xdigit_value((*p)[-1]);
}

/* From the quote at p to the quote that is the line's end; NULL: it is no such text. */
static GBytes *
read_text(const char *p, const char *end)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    if (end - p < 2 || *p != '"' || end[-1] != '"')
        return NULL;
    p++;
    end--;
    while (p < end) {
        int byte = (guint8)*p++;

        if (byte == '"')
            return NULL;
        if (byte == '\\')
            byte = p < end ? unescape(&p, end) : -1;
        if (byte < 0)
            return NULL;
        const guint8 value = (guint8)byte;
        g_byte_array_append(bytes, &value, 1);
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

static void
event_free(gpointer data)
{
    WgWireEvent *event = data;

    g_bytes_unref(event->bytes);
    g_free(event);
}

/* "TIME WORD" or "TIME WORD "TEXT""; NULL: it is none of both. */
static WgWireEvent *
read_line(const char *line, const char *end)
{
    char *after = NULL;
    const double time_ms = g_ascii_strtod(line, &after);

    if (after == line || after >= end || *after != ' ' || !(time_ms >= 0 && time_ms < 1e12))
        return NULL;
    after++;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        const gsize n = strlen(words[i]);
        GBytes *bytes = NULL;
        WgWireEvent *event;

        if ((gsize)(end - after) < n || strncmp(after, words[i], n) != 0)
            continue;
        if (after + n == end && i == WG_WIRE_OPEN)
            bytes = g_bytes_new(NULL, 0);
        else if (after + n < end && after[n] == ' ')
            bytes = read_text(after + n + 1, end);
        if (!bytes)
            return NULL;
        event = g_new0(WgWireEvent, 1);
        *event = (WgWireEvent){time_ms, (WgWireKind)i, bytes};
        return event;
    }
    return NULL;
}

GPtrArray *
wg_wire_trace_parse(const char *name, const char *text, gsize length, GError **error)
{
    g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func(event_free);
    g_autofree char *copy = g_strndup(text, length); /* ends with a zero byte, and at the first */
    double last_ms = 0;
    int number = 0;

    for (const char *line = copy, *next; *line; line = next) {
        const char *newline = strchr(line, '\n');
        const char *end = newline ? newline : line + strlen(line);
        WgWireEvent *event;

        next = newline ? newline + 1 : end;
        if (end > line && end[-1] == '\r')
            end--;
        number++;
        if (number == 1 && (gsize)(end - line) == strlen(HEAD) && g_str_has_prefix(line, HEAD))
            continue;
        if (number == 1) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("%s is no trace: its first line is not “%s”"), name, HEAD);
            return NULL;
        }
        if (line == end || *line == '#')
            continue;
        event = read_line(line, end);
        if (event)
            g_ptr_array_add(events, event);
        if (!event || event->time_ms < last_ms) {
            g_autofree char *shown = wg_wire_escape(line, (gsize)(end - line), SHOWN_CHARS);

            g_set_error(
                error, WG_ERROR, WG_ERROR_INPUT,
                _("%s:%d: “%s” is no line of a trace: it is a time in ms not before the last "
                  "one, then open, >, < or shut, then a text in quotes"),
                name, number, shown);
            return NULL;
        }
        last_ms = event->time_ms;
    }
    if (events->len > 0)
        return g_steal_pointer(&events);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s holds no talk with a watch"), name);
    return NULL;
}

GPtrArray *
wg_wire_trace_load(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) reason = NULL;

    if (g_file_get_contents(path, &text, &length, &reason))
        return wg_wire_trace_parse(path, text, length, error);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("the trace cannot be read: %s"),
                reason->message);
    return NULL;
}

/* There is nothing yet, or a trace of before: anything else somebody may want to keep. */
static gboolean
may_replace(const char *path, GError **error)
{
    char head[sizeof HEAD] = "";
    FILE *file = g_fopen(path, "re");
    gsize n;

    if (!file || !g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        if (file)
            fclose(file);
        return TRUE; /* what is no file holds nothing; what cannot be read is told when written */
    }
    n = fread(head, 1, strlen(HEAD), file);
    fclose(file);
    if (n == 0 || strcmp(head, HEAD) == 0)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "%s is there already and is no trace: give --trace another name", path);
    return FALSE;
}

WgWireWriter *
wg_wire_writer_new(const char *path, GError **error)
{
    WgWireWriter *self;
    FILE *file;

    if (!may_replace(path, error))
        return NULL;
    file = g_fopen(path, "we");
    if (!file) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("the trace %s cannot be written: %s"),
                    path, g_strerror(errno));
        return NULL;
    }
    self = g_new0(WgWireWriter, 1);
    self->file = file;
    self->path = g_strdup(path);
    self->begin_us = g_get_monotonic_time();
    fprintf(file, HEAD "\n");
    return self;
}

/* Once; the talk itself goes on. */
static void
tell_trouble(WgWireWriter *self)
{
    if (!self->has_failed)
        g_printerr("the trace %s is not whole: %s\n", self->path, g_strerror(errno));
    self->has_failed = TRUE;
}

void
wg_wire_writer_add(WgWireWriter *self, WgWireKind kind, gconstpointer data, gsize n)
{
    g_autofree char *text = wg_wire_escape(data, n, n);
    const gint64 elapsed_us = g_get_monotonic_time() - self->begin_us;

    fprintf(self->file, "%" G_GINT64_FORMAT ".%03d %s", elapsed_us / 1000, (int)(elapsed_us % 1000),
            words[kind]);
    if (kind != WG_WIRE_OPEN)
        fprintf(self->file, " \"%s\"", text);
    fputc('\n', self->file);
    if (fflush(self->file) != 0)
        tell_trouble(self);
}

void
wg_wire_writer_free(WgWireWriter *self)
{
    if (fclose(self->file) != 0)
        tell_trouble(self);
    g_free(self->path);
    g_free(self);
}
