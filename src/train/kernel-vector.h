/* The vectors that kernels are written in, and which build of a kernel the machine runs. */
#pragma once

#include "train/kernel.h"

G_BEGIN_DECLS

typedef float Vector __attribute__((vector_size(WG_LANES * sizeof(float)), aligned(4)));
typedef gint32 IntVector __attribute__((vector_size(WG_LANES * sizeof(gint32)), aligned(4)));

#define ALWAYS_INLINE inline __attribute__((always_inline))

/* a test builds with WG_PLAIN_KERNELS what machines without AVX2 run */
#if defined(__x86_64__) && !defined(WG_PLAIN_KERNELS)
#define WG_KERNEL_AVX2 __attribute__((target("avx2,fma")))

static inline gboolean
wg_kernel_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

#else

static inline gboolean
wg_kernel_has_avx2(void)
{
    return FALSE;
}

#endif

G_END_DECLS
