/* Has a network bring each channel to the same spread, as it is over the training windows. */
#pragma once

#include "dataset/window.h"
#include "train/network.h"

G_BEGIN_DECLS

/* Sets the network's scale of each channel to 1 / standard deviation over the windows' samples (not
 * the zeros that fill a window up), and its offset to their mean where wg_network_takes_offsets();
 * else to 0. A channel that hardly varies keeps its scale within 1 / WG_STANDARD_SPREAD_MIN. The
 * windows must have the network's channels, else WG_ERROR_UNSUPPORTED. */
gboolean wg_standardise(WgNetwork *network, const WgWindows *windows, GError **error);

/* In g: a step of the watch's. */
#define WG_STANDARD_SPREAD_MIN (1.0 / WG_UNITS_PER_G)

G_END_DECLS
