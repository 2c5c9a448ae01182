/* The table of file formats: by name, and in words. */
#include "dataset/import.h"

#include "base/error.h"

#include <glib/gi18n.h>

const WgFileFormat *
wg_file_format_find(const char *name, gboolean is_written, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (int i = 0; wg_file_formats[i]; i++) {
        if (is_written && !wg_file_formats[i]->write)
            continue;
        if (g_str_equal(name, wg_file_formats[i]->name))
            return wg_file_formats[i];
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", wg_file_formats[i]->name);
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("there is no format “%s”: choose one of %s"),
                name, names->str);
    return NULL;
}

const WgFileFormat *
wg_file_format_judge(const char *name, const char *content, gsize length)
{
    const WgFileFormat *best = NULL;
    int best_match = 0;

    for (int i = 0; wg_file_formats[i]; i++) {
        const int match = wg_file_formats[i]->matches(name, content, length);

        if (match > best_match) {
            best = wg_file_formats[i];
            best_match = match;
        }
    }
    return best;
}

gboolean
wg_file_format_is_companion(const char *path)
{
    g_autofree char *base = g_path_get_basename(path);

    for (int i = 0; wg_file_formats[i]; i++) {
        if (wg_file_formats[i]->companions && g_strv_contains(wg_file_formats[i]->companions, base))
            return TRUE;
    }
    return FALSE;
}

char *
wg_file_format_dup_help(gboolean is_written)
{
    GString *text = g_string_new("Formats:\n");

    for (int i = 0; wg_file_formats[i]; i++) {
        if (!is_written || wg_file_formats[i]->write)
            g_string_append_printf(text, "  %-22s %s\n", wg_file_formats[i]->name,
                                   wg_file_formats[i]->description);
    }
    return g_string_free(text, FALSE);
}
