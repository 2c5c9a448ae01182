/* Made-up movement that is no gesture, to train what means nothing on. */
#include "dataset/movement.h"

#include <math.h>
#include <string.h>

#define MOVEMENT_SEED 0x6d6f7665 /* separates this use of a seed from others */
#define FEWEST_SAMPLES 10        /* that the watch reports as a gesture (jswrap_bangle.c) */
#define N_LENGTHS 25
#define SMALLEST_G 0.1f
#define LARGEST_G 1.5f
#define STEPS_OF_RANGE 128 /* of int8 */

static void
draw_gravity(WgRandom *random, float gravity[WG_WINDOW_CHANNELS])
{
    float sum = 0;

    for (int c = 0; c < WG_WINDOW_CHANNELS; c++) {
        gravity[c] = wg_random_normal(random);
        sum += gravity[c] * gravity[c];
    }
    for (int c = 0; c < WG_WINDOW_CHANNELS; c++)
        gravity[c] /= sqrtf(sum) + 1e-6f;
}

static void
move(WgRandom *random, int length, float units_per_g, float *x)
{
    const int n = MIN(length, FEWEST_SAMPLES + (int)wg_random_below(random, N_LENGTHS));
    const float size = SMALLEST_G * powf(LARGEST_G / SMALLEST_G, wg_random_unit(random));
    const float smoothness = 0.3f + 0.6f * wg_random_unit(random);
    const float fresh = sqrtf(1 - smoothness * smoothness);
    float gravity[WG_WINDOW_CHANNELS], v[WG_WINDOW_CHANNELS];

    draw_gravity(random, gravity);
    for (int c = 0; c < WG_WINDOW_CHANNELS; c++)
        v[c] = wg_random_normal(random);
    for (int t = 0; t < n; t++) {
        for (int c = 0; c < WG_WINDOW_CHANNELS; c++) {
            float steps;

            v[c] = smoothness * v[c] + fresh * wg_random_normal(random);
            steps = roundf((gravity[c] + size * v[c]) * units_per_g);
            x[t * WG_WINDOW_CHANNELS + c] =
                CLAMP(steps, -STEPS_OF_RANGE, STEPS_OF_RANGE - 1) / units_per_g;
        }
    }
}

WgWindows *
wg_movement_add(WgWindows *windows, int label, int n, guint64 seed)
{
    const int size = windows->length * windows->channels;
    WgWindows *out;

    if (windows->channels != WG_WINDOW_CHANNELS || n <= 0)
        return wg_windows_ref(windows);
    out = wg_windows_alloc_like(windows, windows->n + n);
    memcpy(out->x, windows->x, sizeof(float) * (gsize)windows->n * (gsize)size);
    memcpy(out->labels, windows->labels, sizeof(int) * (gsize)windows->n);
    memcpy(out->recordings, windows->recordings, sizeof(int) * (gsize)windows->n);
    for (int i = windows->n; i < out->n; i++) {
        float *x = out->x + (gsize)i * (gsize)size;
        WgRandom random;

        wg_random_init(&random, seed ^ MOVEMENT_SEED, (guint64)(i - windows->n));
        memset(x, 0, sizeof(float) * (gsize)size);
        move(&random, windows->length, (float)windows->units_per_g, x);
        out->labels[i] = label;
        out->recordings[i] = -1;
    }
    return out;
}
