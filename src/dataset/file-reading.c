/* What the readers of file formats have in common. */
#include "dataset/file-reading.h"

#include "base/error.h"
#include "dataset/file-text.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

char *
wg_file_dup_label(const char *path, const WgImportOptions *options, GError **error)
{
    g_autofree char *base = g_path_get_basename(path);
    char *dot = strchr(base, '.');

    if (dot)
        *dot = '\0';
    if (options->label)
        return g_strdup(options->label);
    if (*base && g_utf8_validate(base, -1, NULL))
        return g_steal_pointer(&base);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                *base ? _("%s: its name is not UTF-8 text, so it names no gesture: give --label L")
                      : _("%s: its name begins with a dot, so it names no gesture: give --label L"),
                path);
    return NULL;
}

void
wg_file_say_once(WgFileContent *found, const char *path, const char *key, const char *text)
{
    if (found->kept && g_hash_table_contains(found->kept, key))
        return;
    if (found->kept)
        g_hash_table_insert(found->kept, g_strdup(key), json_node_new(JSON_NODE_NULL));
    g_ptr_array_add(found->messages, g_strdup_printf("%s: %s", path, text));
}

void
wg_file_say_guess(WgFileContent *found, const char *path)
{
    wg_file_say_once(found, path, "text:windows-1252", wg_file_text_get_guess());
}
