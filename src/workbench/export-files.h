/* Writes what an exporter gave: one file, a folder, or a zip. */
#pragma once

#include <gio/gio.h>

#include "quant/exporter.h"

G_BEGIN_DECLS

/* Whether the files may go to that path, before any work is done for them: WG_ERROR_STORAGE where a
 * file is there that is not to be replaced (by a file alone or a zip; a folder never is), or where
 * a folder is in the place of a file or a file in that of a folder; WG_ERROR_USAGE where it is
 * empty, or a new folder would have the ending of a file. Any thread. */
gboolean wg_export_files_check(const WgExporter *exporter, const char *path, gboolean replaces,
                               GError **error);
/* `path` with the exporter's own suffix: its first file alone. Else one that ends in ".zip": all of
 * them in a zip, in a folder of the zip's name. Else a folder, which is made; WG_ERROR_STORAGE when
 * something is in it already. Files that stand alone and zips are replaced as a
 * whole. `n_bytes` (may be
 * NULL) gets what was written, without the zip's compression. WG_ERROR_STORAGE. */
gboolean wg_export_files_write(const GPtrArray *files, const WgExporter *exporter, const char *path,
                               gsize *n_bytes, GError **error);

G_END_DECLS
