/* Figures of a window that do not need a network: how far, how fast, how long it moved. */
#pragma once

#include "dataset/window.h"

G_BEGIN_DECLS

/* Samples of window i up to the last that is not all zero: its gesture, without the tail. */
int wg_window_get_n_samples(const WgWindows *windows, int i);

G_END_DECLS
