/* Changes to a window as a careless wearer or a poor connection makes them. */
#include "dataset/perturb.h"

#include "dataset/window-features.h"

#include <math.h>
#include <string.h>

#define AXES 3

/* By `angle` about the unit vector u: v cos + (u x v) sin + u (u . v) (1 - cos) (Rodrigues). */
static void
rotate(float *v, const double u[AXES], double angle)
{
    const double cosine = cos(angle), sine = sin(angle);
    const double along = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    double turned[AXES];

    for (int i = 0; i < AXES; i++) {
        const int j = (i + 1) % AXES, k = (i + 2) % AXES;

        turned[i] =
            v[i] * cosine + (u[j] * v[k] - u[k] * v[j]) * sine + u[i] * along * (1 - cosine);
    }
    for (int i = 0; i < AXES; i++)
        v[i] = (float)turned[i];
}

static void
draw_axis(WgRandom *random, double u[AXES])
{
    const double z = 2.0 * wg_random_unit(random) - 1, around = 2 * G_PI * wg_random_unit(random);

    u[0] = sqrt(1 - z * z) * cos(around);
    u[1] = sqrt(1 - z * z) * sin(around);
    u[2] = z;
}

/* Sample `at`, between two of the n, of each channel. */
static void
interpolate(const float *x, int n, int channels, double at, float *out)
{
    const int before = MIN((int)at, n - 1), after = MIN(before + 1, n - 1);
    const float share = (float)(at - before);

    for (int c = 0; c < channels; c++)
        out[c] = (1 - share) * x[before * channels + c] + share * x[after * channels + c];
}

/* n samples from 0 to n - 1 at every `speed`-th; gives how many. */
static int
change_speed(const float *x, int n, int length, int channels, double speed, float *out)
{
    const int n_out = MIN(length, (int)floor((n - 1) / speed) + 1);

    for (int t = 0; t < n_out; t++)
        interpolate(x, n, channels, t * speed, out + t * channels);
    return n_out;
}

static int
drop(const float *x, int n, int channels, double share, WgRandom *random, float *out)
{
    int n_out = 0;

    for (int t = 0; t < n; t++) {
        if (wg_random_unit(random) < share && (n_out > 0 || t < n - 1))
            continue;
        memcpy(out + n_out * channels, x + t * channels, sizeof(float) * (gsize)channels);
        n_out++;
    }
    return n_out;
}

static float
to_step(float value, double units_per_g)
{
    return (float)(CLAMP(lrintf((float)(value * units_per_g)), -128, 127) / units_per_g);
}

void
wg_perturb(const WgWindows *windows, int i, WgPerturbation kind, double value, WgRandom *random,
           float *out)
{
    const int length = windows->length, channels = windows->channels;
    const float *x = windows->x + (gsize)i * (gsize)(length * channels);
    int n = wg_window_get_n_samples(windows, i);
    double u[AXES];

    memset(out, 0, sizeof(float) * (gsize)(length * channels));
    if (n == 0)
        return;
    if (kind == WG_PERTURB_SPEED)
        n = change_speed(x, n, length, channels, value, out);
    else if (kind == WG_PERTURB_DROP)
        n = drop(x, n, channels, value / 100, random, out);
    else
        memcpy(out, x, sizeof(float) * (gsize)(n * channels));
    for (int k = 0; kind == WG_PERTURB_NOISE && k < n * channels; k++)
        out[k] += (float)value * wg_random_normal(random);
    if (kind == WG_PERTURB_ROTATION)
        draw_axis(random, u);
    for (int t = 0; kind == WG_PERTURB_ROTATION && t < n; t++) {
        for (int c = 0; c + AXES <= channels; c += AXES)
            rotate(out + t * channels + c, u, value * G_PI / 180);
    }
    for (int k = 0; k < n * channels; k++)
        out[k] = to_step(out[k], windows->units_per_g);
}
