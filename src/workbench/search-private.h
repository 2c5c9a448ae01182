/* Who takes part in a search. For search.c only. */
#pragma once

#include "workbench/search.h"

G_BEGIN_DECLS

/* Makes the lists of a new search and fills them: trials that fit, in the order drawn and behind
 * the built-in presets, and refusals. Errors as wg_search_new. */
gboolean wg_search_enter(WgSearch *self, WgDataset *dataset, const WgSearchOptions *options,
                         GCancellable *cancellable, GError **error);
void wg_search_refuse(WgSearch *self, const WgPreset *preset, const char *reason);

G_END_DECLS
