/* A line of a CSV file and its cells. */
#include "dataset/csv.h"

#include <string.h>

/* The cell from `at` up to the separator, behind which the next one starts; what stands between
 * quotation marks is taken as it is, two of them for one. */
static char *
read_cell(const char **at, char separator)
{
    GString *cell = g_string_new(NULL);
    const char *p = *at + strspn(*at, separator == '\t' ? " " : " \t");

    if (*p == '"' && strchr(p + 1, '"')) {
        for (p++; *p && (*p != '"' || p[1] == '"'); p++) {
            p += *p == '"';
            g_string_append_c(cell, *p);
        }
        p += *p == '"';
    }
    /* what follows a closing quotation mark belongs to it, in a file that means no quotation */
    for (; *p && *p != separator; p++)
        g_string_append_c(cell, *p);
    *at = *p ? p + 1 : NULL;
    return g_strstrip(g_string_free(cell, FALSE));
}

static gboolean
has_outside_quotes(const char *line, char wanted)
{
    gboolean is_quoted = FALSE;

    for (const char *p = line; *p; p++) {
        is_quoted ^= *p == '"';
        if (*p == wanted && !is_quoted)
            return TRUE;
    }
    return FALSE;
}

char **
wg_csv_split(const char *line)
{
    const char separator = has_outside_quotes(line, ';')    ? ';'
                           : has_outside_quotes(line, '\t') ? '\t'
                                                            : ',';
    g_autoptr(GStrvBuilder) cells = g_strv_builder_new();
    const char *at = *line ? line : NULL;

    for (int n = 1; at; n++) {
        g_autofree char *cell = n < WG_CSV_COLUMNS_MAX ? read_cell(&at, separator) : g_strdup(at);

        g_strv_builder_add(cells, cell);
        if (n == WG_CSV_COLUMNS_MAX)
            at = NULL;
    }
    return g_strv_builder_end(cells);
}

void
wg_csv_append_cell(GString *line, const char *text)
{
    const gboolean is_plain = !strpbrk(text, ",;\t\"\r\n");

    if (!is_plain)
        g_string_append_c(line, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            g_string_append_c(line, '"');
        g_string_append_c(line, strchr("\r\n\t", *p) ? ' ' : *p);
    }
    if (!is_plain)
        g_string_append_c(line, '"');
}

int
wg_csv_find(char **cells, const char *const *words, int n_words)
{
    for (int i = 0; cells[i]; i++) {
        for (int j = 0; j < n_words; j++) {
            if (g_ascii_strcasecmp(cells[i], words[j]) == 0)
                return i;
        }
    }
    return -1;
}

gboolean
wg_csv_is_blank(const char *line)
{
    return strspn(line, " \t\r,;") == strlen(line);
}
