/* Text from a watch, a file or a neighbour, made fit to be shown. */
#include "base/shown.h"

#define ELLIPSIS 0x2026

/* Unicode's explicit directional formatting characters (UAX #9) and its two own line ends turn
 * what stands around them, so that a name could look like another text. */
static gboolean
is_obeyed(gunichar c)
{
    return g_unichar_iscntrl(c) || c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
wg_dup_shown(const char *text, int max_chars)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *shown = g_string_new(NULL);
    int n = 0;

    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);

        n++;
        if (max_chars > 0 && n == max_chars && *g_utf8_next_char(p)) {
            g_string_append_unichar(shown, ELLIPSIS);
            break;
        }
        g_string_append_unichar(shown, is_obeyed(c) ? '?' : c);
    }
    return g_string_free(shown, FALSE);
}
