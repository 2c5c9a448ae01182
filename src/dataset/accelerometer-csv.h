/* The CSV reader, for the formats that are a CSV with columns of their own. Inside dataset/ only.
 */
#pragma once

#include "dataset/import.h"

G_BEGIN_DECLS

/* As WgFileFormat's `read`: a header names the columns, a blank line ends a capture. A unit in the
 * header is the takes' own. */
gboolean wg_accelerometer_csv_read(const char *name, const char *content, gsize length,
                                   const WgImportOptions *options, WgFileContent *found,
                                   GError **error);

G_END_DECLS
