/* Seeded random numbers: xoshiro256** of Blackman and Vigna (2018), seeded by SplitMix64. */
#include "base/random.h"

#include <math.h>

static guint64
splitmix64(guint64 *state)
{
    guint64 z = (*state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static guint64
rotate_left(guint64 x, int k)
{
    return (x << k) | (x >> (64 - k));
}

void
wg_random_init(WgRandom *random, guint64 seed, guint64 stream)
{
    guint64 mixed = stream;
    guint64 state = seed ^ splitmix64(&mixed);

    for (int i = 0; i < 4; i++)
        random->s[i] = splitmix64(&state);
}

guint64
wg_random_next(WgRandom *random)
{
    guint64 *s = random->s;
    const guint64 result = rotate_left(s[1] * 5, 7) * 9;
    const guint64 t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

guint32
wg_random_below(WgRandom *random, guint32 n)
{
    const guint32 threshold = -n % n; /* 2^32 mod n: values below it would be too frequent */
    guint64 product;

    g_return_val_if_fail(n > 0, 0);
    do {
        product = (wg_random_next(random) >> 32) * (guint64)n;
    } while ((guint32)product < threshold);
    return (guint32)(product >> 32);
}

float
wg_random_unit(WgRandom *random)
{
    return (float)(wg_random_next(random) >> 40) * 0x1p-24f;
}

float
wg_random_normal(WgRandom *random)
{
    const float u = 1.0f - wg_random_unit(random);
    const float v = wg_random_unit(random);

    return sqrtf(-2.0f * logf(u)) * cosf(2.0f * (float)G_PI * v);
}

void
wg_random_shuffle(WgRandom *random, int *indices, int n)
{
    for (int i = n - 1; i > 0; i--) {
        const int j = (int)wg_random_below(random, (guint32)i + 1);
        const int kept = indices[i];

        indices[i] = indices[j];
        indices[j] = kept;
    }
}
