/* Writes what an exporter gave: one file, a folder, or a zip. */
#include "workbench/export-files.h"

#include "base/error.h"
#include "base/file.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

/* The same bytes each time: a zip keeps times in steps of two seconds from here on. */
#define ZIP_DOS_TIME 0
#define ZIP_DOS_DATE 0x21 /* 1 January 1980 */

static gboolean
write_content(const char *path, GBytes *content, GError **error)
{
    gsize length;
    gconstpointer data = g_bytes_get_data(content, &length);

    return wg_file_write(path, data, length, error);
}

/* Made, or there and empty. */
static gboolean
prepare_folder(const char *path, GError **error)
{
    g_autoptr(GDir) folder = NULL;

    if (g_mkdir_with_parents(path, 0777) != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be made: %s"), path,
                    g_strerror(errno));
        return FALSE;
    }
    folder = wg_file_open_folder(path, error);
    if (!folder)
        return FALSE;
    if (!g_dir_read_name(folder))
        return TRUE;
    g_set_error(
        error, WG_ERROR, WG_ERROR_STORAGE,
        _("%s has files in it, and an export replaces nothing: name a new folder, or a .zip"),
        path);
    return FALSE;
}

static gboolean
write_folder(const GPtrArray *files, const char *path, GError **error)
{
    if (!prepare_folder(path, error))
        return FALSE;
    for (guint i = 0; i < files->len; i++) {
        const WgExportFile *file = g_ptr_array_index(files, i);
        g_autofree char *to = g_build_filename(path, file->path, NULL);
        g_autofree char *parent = g_path_get_dirname(to);

        if (g_mkdir_with_parents(parent, 0777) != 0) {
            g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be made: %s"), parent,
                        g_strerror(errno));
            return FALSE;
        }
        if (!write_content(to, file->content, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_to_zip(zip_t *zip, const WgExportFile *file, const char *folder)
{
    g_autofree char *name = g_strconcat(folder, "/", file->path, NULL);
    gsize length;
    gconstpointer data = g_bytes_get_data(file->content, &length);
    zip_source_t *source = zip_source_buffer(zip, data, length, 0);
    zip_int64_t index;

    if (!source)
        return FALSE;
    index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return FALSE;
    }
    return zip_file_set_dostime(zip, (zip_uint64_t)index, ZIP_DOS_TIME, ZIP_DOS_DATE, 0) == 0;
}

/* libzip writes beside the file and renames. */
static gboolean
write_zip(const GPtrArray *files, const char *path, GError **error)
{
    g_autofree char *base = g_path_get_basename(path);
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    gboolean is_added = zip != NULL;

    base[strlen(base) - strlen(".zip")] = '\0';
    for (guint i = 0; is_added && i < files->len; i++)
        is_added = add_to_zip(zip, g_ptr_array_index(files, i), base);
    if (is_added && zip_close(zip) == 0)
        return TRUE;
    if (zip) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be written: %s"), path,
                    zip_strerror(zip));
        zip_discard(zip);
    } else {
        zip_error_t why;

        zip_error_init_with_code(&why, code);
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be written: %s"), path,
                    zip_error_strerror(&why));
        zip_error_fini(&why);
    }
    return FALSE;
}

/* Alone as the form's first file, or as one zip. */
static gboolean
is_one_file(const WgExporter *exporter, const char *path)
{
    return g_str_has_suffix(path, ".zip") ||
           (exporter->main_suffix && g_str_has_suffix(path, exporter->main_suffix));
}

/* Whether a folder of that name would look like a file of some form. */
static gboolean
is_named_as_file(const char *path)
{
    static const char *const endings[] = {
        ".c", ".cc", ".cpp", ".h", ".ino", ".js", ".json", ".md", ".py", ".tflite",
    };

    for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
        if (g_str_has_suffix(path, endings[i]))
            return TRUE;
    }
    return FALSE;
}

gboolean
wg_export_files_check(const WgExporter *exporter, const char *path, gboolean replaces,
                      GError **error)
{
    const gboolean is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);
    /* a link that leads nowhere is there as well */
    const gboolean is_there = g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);

    if (!*path)
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            _("OUT is empty: name a folder to be made, or a .zip"));
    else if (is_one_file(exporter, path) && is_folder)
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("%s is a folder, and its ending is that of a file: name another"), path);
    else if (is_one_file(exporter, path) && is_there && !replaces)
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    "%s is there already: name another file, or have it replaced by --replace",
                    path);
    else if (!is_one_file(exporter, path) && is_there && !is_folder)
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s is a file: name a folder or a .zip"),
                    path);
    else if (!is_one_file(exporter, path) && !is_there && is_named_as_file(path))
        g_set_error(
            error, WG_ERROR, WG_ERROR_USAGE,
            _("%s has the ending of a file, and “%s” writes several: name a folder or a .zip"),
            path, exporter->name);
    else
        return TRUE;
    return FALSE;
}

gboolean
wg_export_files_write(const GPtrArray *files, const WgExporter *exporter, const char *path,
                      gsize *n_bytes, GError **error)
{
    const gboolean is_single =
        exporter->main_suffix && g_str_has_suffix(path, exporter->main_suffix);
    const guint n = is_single ? 1 : files->len;

    if (n_bytes)
        *n_bytes = 0;
    for (guint i = 0; n_bytes && i < n; i++)
        *n_bytes += g_bytes_get_size(((WgExportFile *)g_ptr_array_index(files, i))->content);
    if (is_single)
        return write_content(path, ((WgExportFile *)g_ptr_array_index(files, 0))->content, error);
    if (g_str_has_suffix(path, ".zip"))
        return write_zip(files, path, error);
    return write_folder(files, path, error);
}
