/* The vectors that kernels are written in. Each kernel file is built once for every machine in
 * meson.build, with WG_KERNEL_BUILD that machine's name. */
#pragma once

#include "train/kernel.h"

G_BEGIN_DECLS

/* floats of a vector: as the machine has them, for wider ones are slow */
#if defined(__AVX512F__)
#define WIDTH 16
#elif defined(__AVX__)
#define WIDTH 8
#else
#define WIDTH 4
#endif

typedef float Vector __attribute__((vector_size(WIDTH * sizeof(float)), aligned(4), may_alias));
typedef gint32 IntVector
    __attribute__((vector_size(WIDTH * sizeof(gint32)), aligned(4), may_alias));

#define ALWAYS_INLINE inline __attribute__((always_inline))

#define JOIN_NAMES(name, build) name##_##build
#define JOIN(name, build) JOIN_NAMES(name, build)
/* wg_kernel_NAME_BUILD */
#define KERNEL(name) JOIN(wg_kernel_##name, WG_KERNEL_BUILD)

static ALWAYS_INLINE Vector
load(const float *from)
{
    return *(const Vector *)from;
}

static ALWAYS_INLINE void
store(float *to, Vector value)
{
    *(Vector *)to = value;
}

/* a where `is_a` is -1, b where it is 0 */
static ALWAYS_INLINE Vector
choose(IntVector is_a, Vector a, Vector b)
{
    return (Vector)((is_a & (IntVector)a) | (~is_a & (IntVector)b));
}

static ALWAYS_INLINE Vector
rectify(Vector value)
{
    return (Vector)((value > 0) & (IntVector)value);
}

void KERNEL(multiply)(const WgProduct *product, const float *a, const float *b, float *c);
void KERNEL(follow)(const WgTaps *taps, const float *x, const float *dy, const float *weights,
                    float *sums, float *dx);
void KERNEL(follow_pooled)(const WgTaps *taps, const float *x, const float *dy,
                           const gint32 *places, int n_out, const float *weights, float *sums,
                           float *dx);
void KERNEL(pool_rectified)(const float *x, int pool, int n_out, int channels, float *y,
                            gint32 *places);
void KERNEL(sum_rows)(const float *x, int n_rows, int channels, float *sums);
void KERNEL(measure)(const float *x, int n_rows, int channels, float *mean, float *variance);
void KERNEL(scale_rows)(const float *x, int n_rows, int channels, const float *factor,
                        const float *offset, gboolean is_rectified, float *y);
void KERNEL(pool_scaled)(const float *x, int pool, int n_out, int channels, const float *factor,
                         const float *offset, float *y, gint32 *places);
void KERNEL(sum_gradients)(const float *x, const float *y, const float *dy, int n_rows,
                           int channels, const float *mean, float *sum, float *sum_h);
void KERNEL(mix_gradients)(const float *x, const float *y, const float *dy, int n_rows,
                           int channels, const float *by_dy, const float *by_x, const float *offset,
                           float *dx);

G_END_DECLS
