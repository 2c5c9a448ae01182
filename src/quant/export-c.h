/* What the exporters "c" and "arduino" share. Inside quant/ only. */
#pragma once

#include "quant/export-c-model.h"

G_BEGIN_DECLS

/* Model, windows and debounce below `folder`, and `template` filled for the other files. */
gboolean wg_export_c_library(const WgExportSource *source, WgTemplate *template, const char *folder,
                             GPtrArray *files, GError **error);
/* The stored takes, as waggle_tests.h at `path`. */
void wg_export_c_tests(const WgExportSource *source, WgTemplate *template, GPtrArray *files,
                       const char *path);

G_END_DECLS
