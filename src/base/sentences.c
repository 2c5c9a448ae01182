/* Text for people put together from whole sentences, or from the parts of a list. */
#include "base/sentences.h"

#include <glib/gi18n.h>
#include <string.h>

void
wg_append_sentence(GString *text, const char *format, ...)
{
    va_list arguments;

    if (text->len > 0)
        g_string_append_c(text, ' ');
    va_start(arguments, format);
    g_string_append_vprintf(text, format, arguments);
    va_end(arguments);
}

/* Between the parts of a sentence. */
static const char *
translate_separator(const char *separator)
{
    if (g_str_equal(separator, ", "))
        return C_("between parts of a sentence", ", ");
    if (g_str_equal(separator, "; "))
        return C_("between parts of a sentence", "; ");
    if (g_str_equal(separator, ": "))
        return C_("between parts of a sentence", ": ");
    return separator;
}

void
wg_append_part(GString *text, const char *separator, const char *format, ...)
{
    va_list arguments;

    if (text->len > 0)
        g_string_append(text, translate_separator(separator));
    va_start(arguments, format);
    g_string_append_vprintf(text, format, arguments);
    va_end(arguments);
}

/* The message begins with a file's name or place, which is written as it is: "x.csv". */
static gboolean
begins_with_file(const char *message)
{
    const gsize n = strcspn(message, " :;,");
    const char *slash = memchr(message, '/', n);
    const char *dot = g_strrstr_len(message, (gssize)n, ".");

    return slash || (dot && dot > message && g_ascii_isalpha(dot[1]));
}

char *
wg_dup_sentence(const char *message)
{
    static const char *const ends[] = {".", "?", "!", "…", "。", "？", "！", NULL};
    g_autofree char *valid = g_utf8_make_valid(message, -1);
    g_autofree char *first = NULL;
    g_autofree char *upper = NULL;
    const char *rest;

    if (!*valid)
        return g_steal_pointer(&valid);
    rest = g_utf8_next_char(valid);
    first = g_strndup(valid, (gsize)(rest - valid));
    upper = begins_with_file(valid) ? g_strdup(first) : g_utf8_strup(first, -1);
    for (int i = 0; ends[i]; i++) {
        if (g_str_has_suffix(valid, ends[i]))
            return g_strconcat(upper, rest, NULL);
    }
    return g_strconcat(upper, rest, C_("end of a sentence", "."), NULL);
}

void
wg_error_prefix(GError **error, const char *format, ...)
{
    g_autofree char *prefix = NULL;
    g_autofree char *message = NULL;
    va_list arguments;

    if (!error || !*error)
        return;
    va_start(arguments, format);
    prefix = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    /* TRANSLATORS: where or when it happened, and what happened */
    message = g_strdup_printf(_("%s: %s"), prefix, (*error)->message);
    g_free((*error)->message);
    (*error)->message = g_steal_pointer(&message);
}
