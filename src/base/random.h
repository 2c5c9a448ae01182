/* Seeded random numbers (xoshiro256**): the same seed gives the same numbers on every machine. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    guint64 s[4];
} WgRandom;

/* Seeds by SplitMix64, as Blackman and Vigna recommend. `stream` separates independent uses of one
 * seed (a take's number, an epoch, a layer). */
void wg_random_init(WgRandom *random, guint64 seed, guint64 stream);
guint64 wg_random_next(WgRandom *random);
/* Uniform in [0, n), without bias; n > 0. */
guint32 wg_random_below(WgRandom *random, guint32 n);
/* Uniform in [0, 1). */
float wg_random_unit(WgRandom *random);
/* Standard normal (Box and Muller, one value a call). */
float wg_random_normal(WgRandom *random);
/* Fisher-Yates shuffle of n indices in place. */
void wg_random_shuffle(WgRandom *random, int *indices, int n);

G_END_DECLS
