/* Ranges of a network's activations over representative windows. */
#pragma once

#include "dataset/window.h"
#include "quant/range.h"
#include "train/network.h"

G_BEGIN_DECLS

/* Windows to calibrate on, so many at most (0: all), the same ones each time: every gesture gets
 * one more in turn as long as it has any, and of each gesture they are evenly taken, so that few
 * still show every gesture. `indices` has room for all windows; ascending. Gives how many. */
int wg_calibration_choose(const WgWindows *windows, int n_samples, int *indices);
/* The range of each layer's output by that method over the windows chosen by
 * wg_calibration_choose(); of layers without int8 steps of their own (pools, what a ReLU follows)
 * it is as found. `ranges` has one entry a layer, the caller's. */
void wg_calibrate(const WgNetwork *network, const WgWindows *windows, int n_samples,
                  const WgRangeMethod *method, double percentile, WgRange *ranges);

G_END_DECLS
