/* Decision trees and forests of them as Python. Inside quant/ only. */
#pragma once

#include "quant/exporter.h"

G_BEGIN_DECLS

/* waggle_model.py, main.py, README.md of source->forest; WG_ERROR_UNSUPPORTED: of features that
 * have no form there (wg_micropython_mask_features), of a range that is no power of two, or too
 * large. */
gboolean wg_python_write_trees(const WgExportSource *source, GPtrArray *files, GError **error);

G_END_DECLS
