/* A model asked of takes that are changed as one says: by noise, a turn and another pace at once.
 */
#include "workbench/perturbed.h"

#include <math.h>

double
wg_perturbed_measure_movement(const WgWindows *windows)
{
    const int channels = windows->channels, axes = MIN(3, channels);
    double sum = 0;
    gint64 n = 0;

    for (int i = 0; i < windows->n; i++) {
        const float *x = windows->x + (gsize)i * (gsize)(windows->length * channels);
        const int n_samples = wg_window_count_samples(x, windows->length, channels);

        for (int axis = 0; axis < axes; axis++) {
            double mean = 0;

            for (int t = 0; t < n_samples; t++)
                mean += (double)x[t * channels + axis] / n_samples;
            for (int t = 0; t < n_samples; t++)
                sum += ((double)x[t * channels + axis] - mean) *
                       ((double)x[t * channels + axis] - mean);
        }
        n += n_samples * axes;
    }
    return n > 0 ? sqrt(sum / (double)n) : 0;
}

/* Takes the windows. */
static WgWindows *
change(WgWindows *windows, WgPerturbation kind, double value, guint64 seed)
{
    g_autoptr(WgWindows) before = windows;
    WgWindows *after = wg_windows_alloc_like(before, before->n);
    const gsize size = (gsize)before->length * (gsize)before->channels;

    for (int i = 0; i < before->n; i++) {
        WgRandom random;

        wg_random_init(&random, seed + (guint64)kind, (guint64)i);
        wg_perturb(before, i, kind, value, &random, after->x + (gsize)i * size);
        after->labels[i] = before->labels[i];
        after->recordings[i] = before->recordings[i];
    }
    return after;
}

WgWindows *
wg_perturbed_new(const WgWindows *windows, const WgPerturbing *how, guint64 seed)
{
    const double noise_g = how->noise_percent / 100 * wg_perturbed_measure_movement(windows);
    WgWindows *changed = wg_windows_ref((WgWindows *)windows);

    if (fabs(how->speed - 1) > 1e-9)
        changed = change(changed, WG_PERTURB_SPEED, how->speed, seed);
    if (how->rotation_degrees > 0)
        changed = change(changed, WG_PERTURB_ROTATION, how->rotation_degrees, seed);
    if (noise_g > 0)
        changed = change(changed, WG_PERTURB_NOISE, noise_g, seed);
    return changed;
}
