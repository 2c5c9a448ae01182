/* Looks over JSON from outside before a parser sees it, which would recurse, saturate or choose. */
#include "base/json-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Whole numbers of so many digits fit into 64 bits. */
#define DIGITS_MAX 18

typedef struct {
    const char *text;
    gsize length, at;
    int deepest;
    GPtrArray *levels;            /* of GHashTable: the keys of each open object; of a list NULL */
    gboolean is_begun, is_closed; /* the one value that a text is */
} Scan;

static void
free_level(gpointer keys)
{
    if (keys)
        g_hash_table_unref(keys);
}

/* From the quote to behind its end. FALSE: there is no end. */
static gboolean
skip_string(Scan *scan)
{
    for (scan->at++; scan->at < scan->length; scan->at++) {
        if (scan->text[scan->at] == '\\') {
            scan->at++;
        } else if (scan->text[scan->at] == '"') {
            scan->at++;
            return TRUE;
        }
    }
    return FALSE;
}

/* What stands before a colon is a key: FALSE where its object has it already. */
static gboolean
add_key(Scan *scan, gsize start)
{
    GHashTable *keys =
        scan->levels->len > 0 ? g_ptr_array_index(scan->levels, scan->levels->len - 1) : NULL;
    gsize next = scan->at;

    if (!keys)
        return TRUE;
    while (next < scan->length && g_ascii_isspace(scan->text[next]))
        next++;
    return next >= scan->length || scan->text[next] != ':' ||
           g_hash_table_add(keys, g_strndup(scan->text + start, scan->at - start));
}

static gboolean
skip_number(Scan *scan)
{
    gsize n_digits = 0;

    while (scan->at < scan->length && g_ascii_isdigit(scan->text[scan->at])) {
        scan->at++;
        n_digits++;
    }
    if (scan->at < scan->length && strchr(".eE", scan->text[scan->at]) && scan->text[scan->at]) {
        while (scan->at < scan->length &&
               (g_ascii_isalnum(scan->text[scan->at]) || strchr(".+-", scan->text[scan->at])) &&
               scan->text[scan->at])
            scan->at++;
        return TRUE; /* a fraction: the parser's double holds it, or infinity */
    }
    return n_digits <= DIGITS_MAX;
}

/* FALSE: what stands outside of all lists and objects is more than one value, of which
 * json-glib 1.6 loses the memory of the first. */
static gboolean
take_outer(Scan *scan, char c)
{
    const gboolean is_whole = c == '"' || c == '[' || c == '{';

    if (g_ascii_isspace(c)) {
        scan->is_closed |= scan->is_begun;
        return TRUE;
    }
    if (scan->is_closed || (scan->is_begun && is_whole))
        return FALSE;
    scan->is_begun = TRUE;
    return TRUE;
}

static const char *
step(Scan *scan)
{
    const char c = scan->text[scan->at];
    const gsize start = scan->at;

    if (scan->levels->len == 0 && !take_outer(scan, c))
        return _("something follows its end");
    if (c == '"') {
        scan->is_closed = scan->levels->len == 0;
        return !skip_string(scan)     ? _("a text in it has no end")
               : add_key(scan, start) ? NULL
                                      : _("an object in it has the same key twice");
    }
    if (g_ascii_isdigit(c))
        return skip_number(scan) ? NULL : _("a whole number in it is too long");
    scan->at++;
    if (c == '\0' || strchr("'/#", c))
        return _("it has a comment or a quotation mark that is not JSON");
    if (c == '[' || c == '{') {
        g_ptr_array_add(scan->levels,
                        c == '{' ? g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)
                                 : NULL);
        return (int)scan->levels->len > scan->deepest ? _("its lists are nested too deep") : NULL;
    }
    if ((c == ']' || c == '}') && scan->levels->len > 0)
        g_ptr_array_set_size(scan->levels, (int)scan->levels->len - 1);
    if (c == ']' || c == '}')
        scan->is_closed = scan->levels->len == 0;
    return NULL;
}

const char *
wg_json_text_find_fault(const char *text, gsize length, int deepest, gsize *offset)
{
    g_autoptr(GPtrArray) levels = g_ptr_array_new_with_free_func(free_level);
    Scan scan = {text, length, 0, deepest, levels, FALSE, FALSE};
    const char *end = NULL, *why = NULL;

    if (!g_utf8_validate_len(text, length, &end)) {
        scan.at = (gsize)(end - text);
        why = _("it is not UTF-8 text");
    }
    while (!why && scan.at < length)
        why = step(&scan);
    if (offset)
        *offset = MIN(scan.at, length);
    return why;
}

int
wg_json_text_get_line(const char *text, gsize offset)
{
    int line = 1;

    for (gsize i = 0; i < offset; i++)
        line += text[i] == '\n';
    return line;
}
