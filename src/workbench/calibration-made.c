/* Windows that no one performed, to see what it costs to calibrate on them. */
#include "workbench/calibration-made.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

#define NOISE_STREAM 0x6e6f6973 /* separates this use of a seed from others */

static float
to_step(double steps, double units_per_g)
{
    return (float)(CLAMP(rint(steps), -128, 127) / units_per_g);
}

WgWindows *
wg_calibration_make_noise(const WgWindows *like, int n, gboolean is_normal, guint64 seed)
{
    WgWindows *noise = wg_windows_alloc_like(like, n);
    const gsize n_values = (gsize)n * (gsize)like->length * (gsize)like->channels;
    WgRandom random;

    wg_random_init(&random, seed, NOISE_STREAM);
    for (gsize i = 0; i < n_values; i++) {
        const double steps = is_normal ? 64 * (double)wg_random_normal(&random)
                                       : (double)wg_random_below(&random, 256) - 128;

        noise->x[i] = to_step(steps, like->units_per_g);
    }
    return noise;
}

WgWindows *
wg_calibration_make_scaled(const WgWindows *windows, double factor)
{
    WgWindows *scaled = wg_windows_alloc_like(windows, windows->n);
    const gsize n_values = (gsize)windows->n * (gsize)windows->length * (gsize)windows->channels;

    for (gsize i = 0; i < n_values; i++)
        scaled->x[i] =
            to_step((double)windows->x[i] * windows->units_per_g * factor, windows->units_per_g);
    memcpy(scaled->labels, windows->labels, sizeof(int) * (gsize)windows->n);
    memcpy(scaled->recordings, windows->recordings, sizeof(int) * (gsize)windows->n);
    return scaled;
}
