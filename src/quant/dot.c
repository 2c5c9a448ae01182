/* The inner product of the int8 layers. */
#include "quant/dot.h"

/* products of 16-bit values up to 256 x 256 whose sum still fits 32 bits */
#define BLOCK 16384

/* built for both and chosen when the program starts; elsewhere as the compiler does it */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define WG_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define WG_CLONES
#endif

WG_CLONES gint32
wg_dot(const gint8 *a, int a_offset, const gint8 *b, int b_offset, int n)
{
    const gint16 a_add = (gint16)a_offset, b_add = (gint16)b_offset;
    guint32 sum = 0;

    for (int i = 0; i < n; i++) {
        const gint16 x = (gint16)(a[i] + a_add), y = (gint16)(b[i] + b_add);

        sum += (guint32)((gint32)x * y);
    }
    return (gint32)sum;
}

WG_CLONES gint32
wg_dot_wide(const gint16 *a, const gint16 *b, int n)
{
    guint32 sum = 0;

    for (int from = 0; from < n; from += BLOCK) {
        const int after = (MIN(n, from + BLOCK) / WG_DOT_STEP) * WG_DOT_STEP;
        gint32 part = 0;

        for (int i = from; i < after; i++)
            part += (gint32)a[i] * b[i];
        sum += (guint32)part;
    }
    return (gint32)sum;
}
