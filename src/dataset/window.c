/* Windows: what the network sees of recordings, as the watch would hand them over. */
#include "dataset/window.h"

#include <math.h>
#include <string.h>

/* Samples a second of the watch (80 ms a sample). */
#define WATCH_RATE_HZ 12.5

WgWindows *
wg_windows_alloc(int n, int length, int channels, const char *const *label_names)
{
    WgWindows *self = g_new0(WgWindows, 1);

    self->ref_count = 1;
    self->n = n;
    self->length = length;
    self->channels = channels;
    self->x = g_new0(float, MAX(1, (gsize)n * length * channels));
    self->labels = g_new0(int, MAX(1, n));
    self->recordings = g_new(int, MAX(1, n));
    memset(self->recordings, 0xff, sizeof(int) * (gsize)MAX(1, n));
    self->label_names = g_strdupv((char **)label_names);
    self->n_labels = (int)g_strv_length(self->label_names);
    return self;
}

/* As the watch holds it: 64 steps a g, clipped to int8. */
static float
to_history(float acceleration_g)
{
    return (float)CLAMP(lrintf(acceleration_g * WG_UNITS_PER_G), -128, 127) / WG_UNITS_PER_G;
}

/* Mean of the samples that fall into the watch's sample i (a box filter), so that a faster
 * recording does not alias; a slower one is interpolated. */
static float
sample_at(const WgRecordingSpec *spec, int i, int axis)
{
    const double step = spec->rate_hz / WATCH_RATE_HZ;
    const double centre = i * step;
    const int first = (int)ceil(centre - step / 2), last = (int)floor(centre + step / 2);
    double sum = 0;
    int n = 0;

    if (step <= 1) {
        const int before = MIN((int)centre, spec->n_samples - 1);
        const int after = MIN(before + 1, spec->n_samples - 1);
        const double share = centre - before;

        return (float)((1 - share) * spec->samples[before * spec->n_channels + axis] +
                       share * spec->samples[after * spec->n_channels + axis]);
    }
    for (int j = MAX(0, first); j <= MIN(last, spec->n_samples - 1); j++) {
        sum += spec->samples[j * spec->n_channels + axis];
        n++;
    }
    return n > 0 ? (float)(sum / n) : 0;
}

static void
fill_window(const WgRecordingSpec *spec, int length, int channels, float *x)
{
    const gboolean is_native = fabs(spec->rate_hz - WATCH_RATE_HZ) < 0.01;
    const int n = is_native ? spec->n_samples
                            : (int)floor((spec->n_samples - 1) * WATCH_RATE_HZ / spec->rate_hz) + 1;

    for (int i = 0; i < MIN(n, length); i++) {
        for (int axis = 0; axis < channels; axis++) {
            const float g =
                is_native ? spec->samples[i * spec->n_channels + axis] : sample_at(spec, i, axis);

            x[i * channels + axis] = to_history(g);
        }
    }
}

WgWindows *
wg_windows_new(WgDataset *dataset, const int *indices, int n_indices)
{
    const int n = indices ? n_indices : wg_dataset_get_n(dataset);
    const gsize size = (gsize)WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS;
    WgWindows *self =
        wg_windows_alloc(n, WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS, wg_dataset_get_labels(dataset));

    for (int i = 0; i < n; i++) {
        const int j = indices ? indices[i] : i;

        fill_window(wg_recording_get(wg_dataset_get(dataset, j)), self->length, self->channels,
                    self->x + (gsize)i * size);
        self->labels[i] = wg_dataset_get_label(dataset, j);
        self->recordings[i] = j;
    }
    return self;
}

WgWindows *
wg_windows_ref(WgWindows *self)
{
    g_atomic_int_inc(&self->ref_count);
    return self;
}

void
wg_windows_unref(WgWindows *self)
{
    if (!g_atomic_int_dec_and_test(&self->ref_count))
        return;
    g_free(self->x);
    g_free(self->labels);
    g_free(self->recordings);
    g_strfreev(self->label_names);
    g_free(self);
}

void
wg_windows_get_history(const WgWindows *self, int i, gint8 *history)
{
    const int size = self->length * self->channels;

    for (int j = 0; j < size; j++)
        history[j] = (gint8)lrintf(self->x[(gsize)i * size + j] * WG_UNITS_PER_G);
}
