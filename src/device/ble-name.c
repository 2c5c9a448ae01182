/* Bluetooth addresses and the names of watches. */
#include "device/ble-name.h"

#include <string.h>

#define ADDRESS_CHARS 17
#define SHOWN_CHARS 40
#define REPLACEMENT 0xFFFD

gboolean
wg_ble_is_address(const char *text)
{
    if (strlen(text) != ADDRESS_CHARS)
        return FALSE;
    for (int i = 0; i < ADDRESS_CHARS; i++)
        if (i % 3 == 2 ? text[i] != ':' : !g_ascii_isxdigit(text[i]))
            return FALSE;
    return TRUE;
}

gboolean
wg_ble_is_known_name(const char *name)
{
    /* what Espruino's boards are called over the air: the boards of
     * its sources (2v29) */
    static const char *const beginnings[] = {
        "Bangle.js", "Espruino", "Puck.js",       "Pixl.js", "MDBT42Q",
        "Jolt.js",   "iTracker", "BBC micro:bit", "Thingy",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(beginnings); i++)
        if (g_str_has_prefix(name, beginnings[i]))
            return TRUE;
    return FALSE;
}

char *
wg_ble_dup_shown(const char *name)
{
    GString *shown = g_string_new(NULL);
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    int n = 0;
    for (const char *c = valid; *c && n < SHOWN_CHARS; c = g_utf8_next_char(c), n++)
        g_string_append_unichar(shown, g_unichar_isprint(g_utf8_get_char(c)) ? g_utf8_get_char(c)
                                                                             : REPLACEMENT);
    return g_string_free(shown, FALSE);
}
