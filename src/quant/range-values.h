/* Every value that a network's layers give for windows, a few windows at a time. */
#pragma once

#include "train/network.h"

G_BEGIN_DECLS

/* n values of a layer's output, of some windows. */
typedef void (*WgValuesFunc)(int layer, const float *values, gsize n, gpointer user_data);

/* x: n windows as the network takes them. Layers of which `is_wanted` (one a layer) is FALSE are
 * left out; NULL: none is. Inference mode; memory for a few windows. */
void wg_values_foreach(const WgNetwork *network, const float *x, int n, const gboolean *is_wanted,
                       WgValuesFunc func, gpointer user_data);

G_END_DECLS
