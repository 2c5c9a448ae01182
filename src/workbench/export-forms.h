/* The table of exporters: those of quant/, and those that need the programs of a watch. */
#pragma once

#include "quant/exporter.h"

G_BEGIN_DECLS

extern const WgExporter *const wg_exporters[]; /* NULL-terminated */
/* NULL with WG_ERROR_USAGE naming all. */
const WgExporter *wg_exporter_find(const char *name, GError **error);
/* A line each, for --help; owner: caller. */
char *wg_exporter_dup_help(void);

G_END_DECLS
