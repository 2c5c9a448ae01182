/* Reads and writes whole files; where that fails, names the path and the reason in one sentence. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* By its name: a project, or what SQLite has beside one. Such a file must never be opened and
 * closed but by SQLite: with any descriptor that is closed, Linux takes away all locks that the
 * process has on the file, which may be the project that is open. */
gboolean wg_file_is_project(const char *path);
/* FALSE where the way to the path is barred, WG_ERROR_MISSING with the system's reason; TRUE where
 * something is there, and where nothing is. */
gboolean wg_file_check_reachable(const char *path, GError **error);
/* Sets WG_ERROR_MISSING: that the file cannot be read, with the system's reason where it is one of
 * permission or of the path. The file is not opened. Returns FALSE. */
gboolean wg_file_fail_to_read(const char *path, GError **error);
/* Caller frees; a zero byte follows the content. WG_ERROR_MISSING; WG_ERROR_INPUT: it is a project.
 */
char *wg_file_read(const char *path, gsize *length, GError **error);
/* Replaces the file as a whole, or leaves what is there. WG_ERROR_STORAGE. */
gboolean wg_file_write(const char *path, gconstpointer data, gsize length, GError **error);
/* Caller closes. WG_ERROR_MISSING. */
GDir *wg_file_open_folder(const char *path, GError **error);
/* With the files in it; one that holds a folder stays. FALSE: it is still there. */
gboolean wg_file_remove_folder(const char *path);

G_END_DECLS
