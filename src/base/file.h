/* Reads and writes whole files; where that fails, names the path and the reason in one sentence. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Caller frees; a zero byte follows the content. WG_ERROR_MISSING. */
char *wg_file_read(const char *path, gsize *length, GError **error);
/* Replaces the file as a whole, or leaves what is there. WG_ERROR_STORAGE. */
gboolean wg_file_write(const char *path, gconstpointer data, gsize length, GError **error);
/* Caller closes. WG_ERROR_MISSING. */
GDir *wg_file_open_folder(const char *path, GError **error);
/* With the files in it; one that holds a folder stays. FALSE: it is still there. */
gboolean wg_file_remove_folder(const char *path);

G_END_DECLS
