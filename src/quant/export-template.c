/* The texts of exports (data/export), with what is the model's filled in. */
#include "quant/export-template.h"

#include <string.h>

/* Made by build-aux/embed.py --named: a name, its text, ... */
extern const char *const wg_export_texts[];

struct _WgTemplate {
    GHashTable *values; /* of text by key */
    GHashTable *flags;  /* those that are known; value: whether set */
};

WgTemplate *
wg_template_new(void)
{
    WgTemplate *self = g_new0(WgTemplate, 1);

    self->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    self->flags = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return self;
}

void
wg_template_free(WgTemplate *self)
{
    g_hash_table_unref(self->values);
    g_hash_table_unref(self->flags);
    g_free(self);
}

void
wg_template_set(WgTemplate *self, const char *key, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_hash_table_replace(self->values, g_strdup(key), g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

void
wg_template_set_number(WgTemplate *self, const char *key, double value)
{
    g_autofree char *key_in_c = g_strconcat(key, "_C", NULL);
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(text, sizeof text, "%.6g", value);
    if ((float)g_ascii_strtod(text, NULL) != (float)value)
        g_ascii_formatd(text, sizeof text, "%.9g", value);
    wg_template_set(self, key, "%s", text);
    wg_template_set(self, key_in_c, "%s%sf", text, strpbrk(text, ".e") ? "" : ".0");
}

void
wg_template_set_flag(WgTemplate *self, const char *key, gboolean is_set)
{
    g_hash_table_replace(self->flags, g_strdup(key), GINT_TO_POINTER(is_set));
}

static const char *
find_text(const char *name)
{
    for (int i = 0; wg_export_texts[i]; i += 2) {
        if (g_str_equal(wg_export_texts[i], name))
            return wg_export_texts[i + 1];
    }
    g_error("there is no text “%s” for exports", name);
}

static gboolean
get_flag(const WgTemplate *self, const char *key)
{
    gpointer is_set;

    if (!g_hash_table_lookup_extended(self->flags, key, NULL, &is_set))
        g_error("no exporter sets the flag “%s”", key);
    return GPOINTER_TO_INT(is_set);
}

static void
append_line(const WgTemplate *self, const char *line, GString *out)
{
    for (const char *at = line; *at;) {
        const gsize n = *at == '@' ? strspn(at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") : 0;

        if (n > 0 && at[1 + n] == '@') {
            g_autofree char *key = g_strndup(at + 1, n);
            const char *value = g_hash_table_lookup(self->values, key);

            if (!value)
                g_error("no exporter sets “%s”", key);
            g_string_append(out, value);
            at += n + 2;
        } else {
            g_string_append_c(out, *at++);
        }
    }
    g_string_append_c(out, '\n');
}

char *
wg_template_fill(const WgTemplate *self, const char *name)
{
    g_auto(GStrv) lines = g_strsplit(find_text(name), "\n", -1);
    GString *out = g_string_new(NULL);
    int depth = 0, hidden = 0; /* hidden: the depth at which what follows is left out, 0: none */

    for (int i = 0; lines[i] && (lines[i + 1] || *lines[i]); i++) {
        if (g_str_has_prefix(lines[i], "@if ")) {
            depth++;
            if (!hidden && !get_flag(self, lines[i] + strlen("@if ")))
                hidden = depth;
        } else if (g_str_equal(lines[i], "@else")) {
            hidden = hidden == depth ? 0 : hidden ? hidden : depth;
        } else if (g_str_equal(lines[i], "@end")) {
            hidden = hidden == depth ? 0 : hidden;
            depth--;
        } else if (!hidden) {
            append_line(self, lines[i], out);
        }
    }
    if (depth != 0)
        g_error("“%s” has an @if without @end", name);
    return g_string_free(out, FALSE);
}

void
wg_template_add(const WgTemplate *self, const char *name, GPtrArray *files, const char *path)
{
    wg_export_take_text(files, path, wg_template_fill(self, name));
}

char *
wg_template_quote(const char *text)
{
    GString *out = g_string_new("\"");

    for (const guchar *at = (const guchar *)text; *at; at++) {
        /* three digits, so that none behind them is taken for one more; ?? begins a trigraph */
        if (*at < 0x20 || *at >= 0x7f || *at == '"' || *at == '\\' || *at == '?')
            g_string_append_printf(out, "\\%03o", *at);
        else
            g_string_append_c(out, (char)*at);
    }
    g_string_append_c(out, '"');
    return g_string_free(out, FALSE);
}

char *
wg_template_plain(const char *text)
{
    GString *out = g_string_new(NULL);

    for (const char *at = text; *at; at++) {
        if (strchr("\\`*_<>[]|#@", *at))
            g_string_append_c(out, '\\');
        g_string_append_c(out, (guchar)*at < 0x20 || *at == 0x7f ? ' ' : *at);
    }
    return g_string_free(out, FALSE);
}
