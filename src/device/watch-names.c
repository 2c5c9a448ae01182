/* The names of gestures as a watch can hold and show them. */
#include "device/watch-names.h"

#include "base/find-string.h"

#include <string.h>

static gboolean
is_latin(gunichar c)
{
    return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c <= 0xff) || c == '\n';
}

/* One letter; returns whether it says anything. */
static gboolean
append_letter(GString *out, gunichar c)
{
    char text[7] = {0};
    if (is_latin(c)) {
        g_string_append_unichar(out, c);
        return g_unichar_isgraph(c);
    }
    if (g_unichar_iszerowidth(c))
        return FALSE;
    if (g_unichar_isspace(c)) {
        g_string_append_c(out, ' ');
        return FALSE;
    }
    g_unichar_to_utf8(c, text);
    g_autofree char *ascii = g_str_to_ascii(text, "C");
    /* a comma of its own would part two names in .tfnames */
    const gboolean is_known = ascii[0] && ascii[0] != '?' && !strchr(ascii, ',');
    g_string_append(out, is_known ? ascii : "?");
    return is_known && g_ascii_isalnum(ascii[0]);
}

char *
wg_watch_names_fold(const char *text, const char *otherwise)
{
    g_autofree char *whole = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean says_something = FALSE;
    for (const char *p = whole; p && *p; p = g_utf8_next_char(p))
        says_something |= append_letter(out, g_utf8_get_char(p));
    return says_something ? g_strdup(out->str) : g_strdup(otherwise);
}

char *
wg_watch_names_join(const char *const *names)
{
    g_autofree char *text = g_strjoinv(",", (char **)names);
    return g_convert_with_fallback(text, -1, "ISO-8859-1", "UTF-8", "?", NULL, NULL, NULL);
}

char **
wg_watch_names_new(const char *const *labels)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (int i = 0; labels && labels[i]; i++) {
        g_autofree char *number = g_strdup_printf("gesture %d", i + 1);
        g_autofree char *first = wg_watch_names_fold(labels[i], number);
        char *name = g_strdup(first);
        for (int n = 2; g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL); n++) {
            g_free(name);
            name = g_strdup_printf("%s %d", first, n);
        }
        g_ptr_array_add(names, name);
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

int
wg_watch_names_find(const char *const *labels, const char *name)
{
    g_auto(GStrv) names = wg_watch_names_new(labels);
    return wg_find_string((const char *const *)names, name);
}
