/* How fast this machine multiplies and adds: what no training can be faster than. */
#pragma once

#include "train/network.h"

G_BEGIN_DECLS

/* Most billions of floating point operations a second of one core, measured over a few tens of
 * milliseconds with the widest vectors that the kernels use. */
double wg_peak_measure_gflops(void);

/* Floating point operations that training needs a window: each layer with weights forward, its
 * weights' gradients, and from the second on its input's. Behind a convolution, a ReLU and a max
 * pool only the pool's outputs have a gradient, which an exact backward pass can go by. */
double wg_peak_count_flop(const WgNetwork *network);

G_END_DECLS
