/* The preset of a network that has lost filters, kept so that what trains anew keeps its size. */
#pragma once

#include "dataset/project.h"
#include "train/network.h"
#include "train/preset.h"

G_BEGIN_DECLS

/* Keeps `preset` with the filters and units that `network`, made of it, has left, in the project
 * under a name like "waggle-50" (what is left of 100), or finds the one that is kept already; gives
 * that name, transfer full. Where the network is not built as the preset is, the preset's own.
 * Worker thread. Errors of the project. */
char *wg_pruned_preset_keep(WgProject *project, const WgPreset *preset, const WgNetwork *network,
                            double percent_left, GError **error);

G_END_DECLS
