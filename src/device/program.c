/* Strips and joins the programs that run on a watch. */
#include "device/program.h"

#include <stdarg.h>
#include <string.h>

/* Made by build-aux/embed.py. */
extern const char *const wg_watch_programs[];

static gboolean
is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '$';
}

/* A space between these two would be missed: words, and signs that would become another one. */
static gboolean
is_needed_between(char before, char after)
{
    return (is_word(before) && is_word(after)) ||
           (before == after && (before == '+' || before == '-'));
}

/* Copies the literal that begins at `p`; in apostrophes where that needs no escapes, since it will
 * stand within a literal in quotes. Returns its end. */
static const char *
append_literal(GString *out, const char *p)
{
    const char quote = *p;
    const char *end = p + 1;
    gboolean has_other = FALSE;
    for (; *end && *end != quote; end++) {
        has_other |= *end == '\'' || *end == '"' || *end == '\\';
        if (*end == '\\' && end[1])
            end++;
    }
    g_string_append_c(out, has_other ? quote : '\'');
    g_string_append_len(out, p + 1, end - p - 1);
    g_string_append_c(out, has_other ? quote : '\'');
    return *end ? end + 1 : end;
}

/* Every statement of these programs ends with a semicolon or a brace, so line ends mean nothing;
 * and there is no regular expression in them. */
static void
append_small(GString *out, const char *source)
{
    gboolean is_space = FALSE;
    for (const char *p = source; *p;) {
        if (g_ascii_isspace(*p)) {
            is_space = TRUE;
            p++;
            continue;
        }
        if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");
            is_space = TRUE;
            p = end ? end + 2 : p + strlen(p);
            continue;
        }
        if (is_space && out->len > 0 && is_needed_between(out->str[out->len - 1], *p))
            g_string_append_c(out, ' ');
        is_space = FALSE;
        if (*p == '"' || *p == '\'')
            p = append_literal(out, p);
        else
            g_string_append_c(out, *p++);
    }
}

static void
append_programs(GString *out, int first, va_list others)
{
    for (int program = first; program >= 0; program = va_arg(others, int))
        append_small(out, wg_watch_programs[program]);
}

char *
wg_program_join(int program, ...)
{
    GString *out = g_string_new(NULL);
    va_list others;
    va_start(others, program);
    append_programs(out, program, others);
    va_end(others);
    return g_string_free(out, FALSE);
}

char *
wg_program_build(const char *result, ...)
{
    GString *out = g_string_new("(function(){");
    va_list programs;
    va_start(programs, result);
    const int first = va_arg(programs, int);
    append_programs(out, first, programs);
    va_end(programs);
    g_string_append_printf(out, "return %s;})()", result);
    return g_string_free(out, FALSE);
}
