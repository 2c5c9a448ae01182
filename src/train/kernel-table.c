/* The kernels of one build. */
#include "train/kernel-vector.h"

extern const WgKernels JOIN(wg_kernels, WG_KERNEL_BUILD);

const WgKernels JOIN(wg_kernels, WG_KERNEL_BUILD) = {
    .multiply = KERNEL(multiply),
    .follow = KERNEL(follow),
    .follow_pooled = KERNEL(follow_pooled),
    .pool_rectified = KERNEL(pool_rectified),
    .sum_rows = KERNEL(sum_rows),
    .measure = KERNEL(measure),
    .scale_rows = KERNEL(scale_rows),
    .pool_scaled = KERNEL(pool_scaled),
    .sum_gradients = KERNEL(sum_gradients),
    .mix_gradients = KERNEL(mix_gradients),
};
