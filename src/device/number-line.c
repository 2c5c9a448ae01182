/* Takes one line of numbers apart. */
#include "device/number-line.h"

#include <math.h>
#include <string.h>

#define MAX_NUMBER_CHARS 32
#define MAX_VALUE 1e15 /* microseconds of thirty years */
#define MAX_UNIT_CHARS 8

typedef struct {
    const char *at, *end;
} Text;

static gboolean
is_word_char(char c)
{
    return g_ascii_isalpha(c) || c == '_';
}

static gboolean
is_separator(char c)
{
    return c != '\0' && strchr(",; \t()[]{}|\"'", c) != NULL;
}

static void
skip_separators(Text *text)
{
    while (text->at < text->end && is_separator(*text->at))
        text->at++;
}

/* FALSE: there stands none. */
static gboolean
take_number(Text *text, double *value)
{
    char digits[MAX_NUMBER_CHARS + 1];
    gsize n = 0;
    char *rest = NULL;
    while (n < MAX_NUMBER_CHARS && text->at + n < text->end && text->at[n] != '\0' &&
           strchr("0123456789+-.eE", text->at[n])) {
        digits[n] = text->at[n];
        n++;
    }
    digits[n] = '\0';
    *value = g_ascii_strtod(digits, &rest);
    if (rest == digits || !(fabs(*value) <= MAX_VALUE))
        return FALSE;
    text->at += rest - digits;
    return text->at == text->end || g_ascii_tolower(*text->at) != 'x'; /* "0x1f" */
}

/* "g", "mg", "m/s^2", "ms" right behind a number. */
static void
skip_unit(Text *text)
{
    int n = 0;
    while (text->at < text->end && n < MAX_UNIT_CHARS &&
           (g_ascii_isalnum(*text->at) || (*text->at != '\0' && strchr("/^%_", *text->at)))) {
        text->at++;
        n++;
    }
}

static void
take_name(Text *text, char *name)
{
    gsize n = 0;
    /* "acc.x", and the unit of the number before: "m/s^2" */
    for (; text->at < text->end &&
           (g_ascii_isalnum(*text->at) || (*text->at != '\0' && strchr("_./^", *text->at)));
         text->at++)
        if (n + 1 < WG_LINE_NAME)
            name[n++] = g_ascii_tolower(*text->at);
    name[n] = '\0';
}

/* What ties a name to its number. */
static gboolean
skip_tie(Text *text)
{
    gboolean is_tied = FALSE;
    while (text->at < text->end &&
           (is_separator(*text->at) || *text->at == ':' || *text->at == '=')) {
        is_tied |= *text->at == ':' || *text->at == '=';
        text->at++;
    }
    return is_tied;
}

static gboolean
is_between_digits(const char *line, gsize n, gsize i)
{
    return i > 0 && i + 1 < n && g_ascii_isdigit(line[i - 1]) && g_ascii_isdigit(line[i + 1]);
}

/* See the header. */
static gboolean
has_decimal_commas(const char *line, gsize n)
{
    int n_commas = 0, n_here = 0; /* in this cell */
    gboolean has_number = FALSE, has_ended = FALSE, is_parted = FALSE;
    for (gsize i = 0; i < n; i++) {
        if (g_ascii_isdigit(line[i])) {
            has_number = TRUE;
            is_parted |= has_ended;
        } else if (line[i] != '\0' && strchr("; \t|", line[i])) {
            has_ended |= has_number;
            n_here = 0;
        } else if ((line[i] == ',' || line[i] == '.') && is_between_digits(line, n, i)) {
            if (line[i] == '.' || ++n_here > 1)
                return FALSE;
            n_commas++;
        }
    }
    return n_commas > 0 && is_parted;
}

static int
parse_points(const char *line, gsize n, WgLineCell cells[WG_LINE_CELLS])
{
    Text text = {line, line + n};
    int n_cells = 0;
    skip_separators(&text);
    while (text.at < text.end && n_cells < WG_LINE_CELLS) {
        WgLineCell *cell = &cells[n_cells];
        cell->name[0] = '\0';
        if (is_word_char(*text.at)) {
            take_name(&text, cell->name);
            (void)skip_tie(&text);
            /* "Acc x: 1" is the name x; a unit that stands by itself ends the line */
            while (text.at < text.end && is_word_char(*text.at)) {
                take_name(&text, cell->name);
                (void)skip_tie(&text);
            }
            if (text.at == text.end)
                return n_cells;
        }
        if (!take_number(&text, &cell->value))
            return 0;
        n_cells++;
        skip_unit(&text);
        if (text.at < text.end && !is_separator(*text.at))
            return 0; /* "12:30", "1.2.3" */
        skip_separators(&text);
    }
    return n_cells;
}

int
wg_number_line_parse(const char *line, gsize n, WgLineCell cells[WG_LINE_CELLS])
{
    if (!has_decimal_commas(line, n))
        return parse_points(line, n, cells);
    g_autofree char *points = g_memdup2(line, n);
    for (gsize i = 0; i < n; i++)
        if (line[i] == ',' && is_between_digits(line, n, i))
            points[i] = '.';
    return parse_points(points, n, cells);
}

gboolean
wg_number_line_is_damaged(const char *line, gsize n, int n_cells)
{
    static const char *const none[] = {"nan", "inf",  "infinity",  "ovf", "null",  "nil",
                                       "na",  "none", "undefined", "err", "error", NULL};
    g_autoptr(GString) whole = g_string_sized_new(n);
    WgLineCell cells[WG_LINE_CELLS];
    int n_none = 0;
    for (gsize i = 0; i < n;) {
        gsize end = i;
        while (end < n && (g_ascii_isalnum(line[end]) || line[end] == '_'))
            end++;
        g_autofree char *word = g_ascii_strdown(line + i, (gssize)(end - i));
        if (end > i && g_strv_contains(none, word)) {
            g_string_append(whole, "0."); /* a comma behind it parts */
            n_none++;
        } else {
            end = MAX(end, i + 1);
            g_string_append_len(whole, line + i, (gssize)(end - i));
        }
        i = end;
    }
    return n_none > 0 && wg_number_line_parse(whole->str, whole->len, cells) == n_cells;
}

int
wg_number_line_parse_header(const char *line, gsize n, WgLineCell cells[WG_LINE_CELLS])
{
    Text text = {line, line + n};
    int n_cells = 0;
    skip_separators(&text);
    while (text.at < text.end && n_cells < WG_LINE_CELLS) {
        if (!is_word_char(*text.at))
            return 0;
        cells[n_cells].value = 0;
        take_name(&text, cells[n_cells].name);
        n_cells++;
        if (text.at < text.end && !is_separator(*text.at))
            return 0;
        skip_separators(&text);
    }
    return n_cells;
}
