/* Strips and joins the programs that run on a watch. */
#include "device/program.h"

#include <stdarg.h>
#include <string.h>

/* Made by build-aux/embed.py. */
extern const char *const wg_watch_programs[];

/* Comments stand on lines of their own, a rule that a test keeps. */
static void
append_stripped(GString *out, const char *source)
{
    g_auto(GStrv) lines = g_strsplit(source, "\n", -1);
    gboolean in_comment = FALSE;
    for (int i = 0; lines[i]; i++) {
        const char *line = g_strstrip(lines[i]);
        in_comment |= g_str_has_prefix(line, "/*");
        if (!in_comment && *line)
            g_string_append_printf(out, "%s\n", line);
        if (in_comment && g_str_has_suffix(line, "*/"))
            in_comment = FALSE;
    }
}

char *
wg_program_dup(WgProgram program)
{
    GString *out = g_string_new(NULL);
    append_stripped(out, wg_watch_programs[program]);
    return g_string_free(out, FALSE);
}

char *
wg_program_build(const char *result, ...)
{
    GString *out = g_string_new("(function(){\n");
    va_list programs;
    int program;
    va_start(programs, result);
    while ((program = va_arg(programs, int)) >= 0)
        append_stripped(out, wg_watch_programs[program]);
    va_end(programs);
    g_string_append_printf(out, "return %s;\n})()", result);
    return g_string_free(out, FALSE);
}
