/* Ranges of a network's activations over representative windows. Inside quant/ only. */
#pragma once

#include "quant/quantize.h"

G_BEGIN_DECLS

/* Smallest and largest value of each layer's output; ranges has one entry a layer, the caller's. At
 * most n_samples windows are looked at, evenly taken; 0: all. */
void wg_calibrate(const WgNetwork *network, const WgWindows *windows, int n_samples,
                  WgRange *ranges);

G_END_DECLS
