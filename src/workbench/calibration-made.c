/* Windows that no one performed, to see what it costs to calibrate on them. */
#include "workbench/calibration-made.h"

#include "base/random.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define NOISE_STREAM 0x6e6f6973 /* separates this use of a seed from others */

static float
to_step(double steps, double units_per_g)
{
    return (float)(CLAMP(rint(steps), -128, 127) / units_per_g);
}

static const struct {
    const char *name, *description;
} noises[] = {
    [WG_NOISE_UNIFORM] = {"noise", N_("noise")},
    [WG_NOISE_NORMAL] = {"noise-normal", N_("normal noise")},
    [WG_NOISE_UNIT] = {"noise-unit", N_("noise from 0 to 1 g")},
};

gboolean
wg_noise_find(const char *name, WgNoise *noise)
{
    for (gsize i = 0; i < G_N_ELEMENTS(noises); i++) {
        *noise = (WgNoise)i;
        if (g_strcmp0(noises[i].name, name) == 0)
            return TRUE;
    }
    return FALSE;
}

const char *
wg_noise_describe(WgNoise noise)
{
    return _(noises[noise].description);
}

static double
draw_steps(WgNoise noise, double units_per_g, WgRandom *random)
{
    switch (noise) {
    case WG_NOISE_NORMAL:
        return 64 * (double)wg_random_normal(random);
    case WG_NOISE_UNIT:
        return units_per_g * (double)wg_random_unit(random);
    case WG_NOISE_UNIFORM:
        break;
    }
    return (double)wg_random_below(random, 256) - 128;
}

WgWindows *
wg_calibration_make_noise(const WgWindows *like, int n, WgNoise noise, guint64 seed)
{
    WgWindows *windows = wg_windows_alloc_like(like, n);
    const gsize n_values = (gsize)n * (gsize)like->length * (gsize)like->channels;
    WgRandom random;

    wg_random_init(&random, seed, NOISE_STREAM);
    for (gsize i = 0; i < n_values; i++)
        windows->x[i] = to_step(draw_steps(noise, like->units_per_g, &random), like->units_per_g);
    return windows;
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
