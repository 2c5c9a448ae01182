/* Reads and writes whole files; where that fails, names the path and the reason in one sentence. */
#include "base/file.h"

#include "base/error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* GLib's texts name what it tried, on a temporary file even; the reason stands behind the last
 * colon. */
static const char *
get_reason(const GError *why)
{
    const char *colon = g_strrstr(why->message, ": ");

    return colon ? colon + strlen(": ") : why->message;
}

gboolean
wg_file_is_project(const char *path)
{
    static const char *const endings[] = {".waggle", ".waggle-wal", ".waggle-shm",
                                          ".waggle-journal"};
    g_autofree char *lower = g_ascii_strdown(path, -1);

    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        if (g_str_has_suffix(lower, endings[i]))
            return TRUE;
    }
    return FALSE;
}

gboolean
wg_file_check_reachable(const char *path, GError **error)
{
    GStatBuf facts;

    if (g_stat(path, &facts) == 0 || errno == ENOENT)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("%s cannot be read: %s"), path,
                g_strerror(errno));
    return FALSE;
}

gboolean
wg_file_fail_to_read(const char *path, GError **error)
{
    if (g_access(path, R_OK) != 0)
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("%s cannot be read: %s"), path,
                    g_strerror(errno));
    else
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("%s cannot be read"), path);
    return FALSE;
}

char *
wg_file_read(const char *path, gsize *length, GError **error)
{
    g_autoptr(GError) why = NULL;
    char *content = NULL;

    if (wg_file_is_project(path)) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_INPUT,
            _("%s is a project, not a file of this kind: open it, or merge it into another"), path);
        return NULL;
    }
    if (g_file_get_contents(path, &content, length, &why))
        return content;
    g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("%s cannot be read: %s"), path,
                get_reason(why));
    return NULL;
}

gboolean
wg_file_write(const char *path, gconstpointer data, gsize length, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (g_file_set_contents_full(path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                 &why))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be written: %s"), path,
                get_reason(why));
    return FALSE;
}

GDir *
wg_file_open_folder(const char *path, GError **error)
{
    g_autoptr(GError) why = NULL;
    GDir *folder = g_dir_open(path, 0, &why);

    if (!folder)
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("%s cannot be read: %s"), path,
                    get_reason(why));
    return folder;
}

gboolean
wg_file_remove_folder(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    while (folder && (name = g_dir_read_name(folder))) {
        g_autofree char *file = g_build_filename(path, name, NULL);

        g_unlink(file);
    }
    return g_rmdir(path) == 0;
}
