/* Files of text from other systems, made the UTF-8 with line feeds that readers know. */
#include "dataset/file-text.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static gboolean
decode_utf16(const char *path, char **content, gsize *length, const char *form, GError **error)
{
    char *text = g_convert(*content + 2, (gssize)*length - 2, "UTF-8", form, NULL, length, NULL);

    if (!text) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s: this is no whole UTF-16 text: save it as UTF-8"), path);
        return FALSE;
    }
    g_free(*content);
    *content = text;
    return TRUE;
}

/* Texts have no other control characters than line ends and tabs, and none begins as a map in CBOR
 * does (RFC 8949, 3.1). */
static gboolean
is_text(const char *content, gsize length)
{
    if (length > 0 && (guchar)*content >> 5 == 5)
        return FALSE;
    for (gsize i = 0; i < length; i++) {
        if (content[i] == '\0' ||
            ((guchar)content[i] < ' ' && !strchr("\t\n\v\f\r\x1a", content[i])))
            return FALSE;
    }
    return TRUE;
}

static gboolean
is_json(const char *content)
{
    while (g_ascii_isspace(*content))
        content++;
    return *content == '{' || *content == '[';
}

/* No line feed but at the end, as a program that joins files may put there. */
static gboolean
has_lone_returns(const char *content)
{
    const char *feed = strchr(content, '\n'), *turn = strchr(content, '\r');

    return turn && turn[1] != '\n' && (!feed || strspn(feed, " \t\r\n") == strlen(feed));
}

/* The few bytes that Windows-1252 leaves out are control characters of Latin-1. */
static char *
decode_latin(const char *content, gsize *length)
{
    gsize n = *length;
    char *text = g_convert(content, (gssize)n, "UTF-8", "WINDOWS-1252", NULL, length, NULL);

    return text ? text : g_convert(content, (gssize)n, "UTF-8", "ISO-8859-1", NULL, length, NULL);
}

gboolean
wg_file_text_decode(const char *path, char **content, gsize *length, gboolean *is_guess,
                    GError **error)
{
    const gsize mark = strlen(BYTE_ORDER_MARK);

    *is_guess = FALSE;
    if (*length >= 2 && memcmp(*content, "\xff\xfe", 2) == 0 &&
        !decode_utf16(path, content, length, "UTF-16LE", error))
        return FALSE;
    if (*length >= 2 && memcmp(*content, "\xfe\xff", 2) == 0 &&
        !decode_utf16(path, content, length, "UTF-16BE", error))
        return FALSE;
    if (*length >= mark && memcmp(*content, BYTE_ORDER_MARK, mark) == 0) {
        *length -= mark;
        memmove(*content, *content + mark, *length + 1);
    }
    if (!is_text(*content, *length))
        return TRUE;
    if (!g_utf8_validate(*content, (gssize)*length, NULL)) {
        char *text = decode_latin(*content, length);

        g_free(*content);
        *content = text;
        *is_guess = TRUE;
    }
    if (!is_json(*content) && has_lone_returns(*content))
        g_strdelimit(*content, "\r", '\n');
    return TRUE;
}

const char *
wg_file_text_get_guess(void)
{
    return _("its text is not UTF-8, so it was taken as Windows-1252");
}
