/* Which build of the kernels a machine runs. */
#include "train/kernel.h"

extern const WgKernels wg_kernels_plain, wg_kernels_avx2, wg_kernels_avx512;

/* a test builds this file with WG_KERNELS_WITHOUT_AVX2 or _AVX512 as machines without them run */
const WgKernels *
wg_kernels_get(void)
{
#if defined(__x86_64__) && !defined(WG_KERNELS_WITHOUT_AVX2)
#if !defined(WG_KERNELS_WITHOUT_AVX512)
    if (__builtin_cpu_supports("avx512f"))
        return &wg_kernels_avx512;
#endif
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return &wg_kernels_avx2;
#endif
    return &wg_kernels_plain;
}
