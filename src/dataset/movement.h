/* Made-up movement that is no gesture, to train what means nothing on. */
#pragma once

#include "base/random.h"
#include "dataset/window.h"

G_BEGIN_DECLS

/* The windows, and behind them n made-up ones of `label` (an index into their labels): from 10 to
 * 34 samples of a hand that moves without meaning. The force is 1 g in a direction that is uniform
 * on the sphere, and on each axis a first-order autoregression v' = s v + sqrt(1 - s^2) e times a
 * size, with e normal, s of a window uniform in 0.3..0.9 and its size from 0.1 to 1.5 g, uniform in
 * its logarithm; on the watch's steps, clipped as it clips. Windows of three channels only; others
 * come back as they are. Made-up windows have recording -1: for windows to train on only. Same
 * seed, same bits; any thread; owner: caller. */
WgWindows *wg_movement_add(WgWindows *windows, int label, int n, guint64 seed);

G_END_DECLS
