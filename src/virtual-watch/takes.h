/* Which takes the watch performs: a label's, a file's, or a part of a split. */
#pragma once

#include <gio/gio.h>

#include "dataset/performance.h"

G_BEGIN_DECLS

/* `what`: "split:test" (train, validation), a file (gestures in any format the importer reads, or
 * {"samples":[[x,y,z],...]} raw), else a label. Takes come from the project file, or without one
 * (NULL) from the shipped recordings. GPtrArray of WgTake, at least one.
 * Errors: WG_ERROR_INPUT, WG_ERROR_MISSING naming what there is none of. */
GPtrArray *wg_takes_load(const char *what, const char *project, GError **error);

G_END_DECLS
