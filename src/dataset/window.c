/* Windows: what the network sees of recordings, as the watch would hand them over. */
#include "dataset/window.h"

#include "dataset/resample.h"

#include <math.h>
#include <string.h>

/* Rates no further apart are the same: over a window they drift by a fraction of a sample. */
#define SAME_RATE_HZ 0.01
/* Samples of the slower rate to either side that the resampling filter looks at (14.5), and some.
 */
#define FILTER_REACH 16

WgWindows *
wg_windows_alloc(int n, int length, int channels, const char *const *label_names)
{
    WgWindows *self = g_new0(WgWindows, 1);

    self->ref_count = 1;
    self->n = n;
    self->length = length;
    self->channels = channels;
    self->rate_hz = WG_WINDOW_RATE_HZ;
    self->units_per_g = WG_UNITS_PER_G;
    self->x = g_new0(float, MAX(1, (gsize)n * length * channels));
    self->labels = g_new0(int, MAX(1, n));
    self->recordings = g_new(int, MAX(1, n));
    memset(self->recordings, 0xff, sizeof(int) * (gsize)MAX(1, n));
    self->label_names = g_strdupv((char **)label_names);
    self->n_labels = (int)g_strv_length(self->label_names);
    return self;
}

WgWindows *
wg_windows_alloc_like(const WgWindows *other, int n)
{
    WgWindows *self = wg_windows_alloc(n, other->length, other->channels,
                                       (const char *const *)other->label_names);

    self->rate_hz = other->rate_hz;
    self->units_per_g = other->units_per_g;
    return self;
}

/* The recording at the window's rate. Only so much of it as the window can hold and the filter
 * reaches is resampled where the window is its beginning. NULL: it is at that rate already. */
static float *
resample(const WgRecordingSpec *spec, const WgWindowOptions *options, int *n)
{
    const double ratio = spec->rate_hz / options->rate_hz;
    const int needed = (int)ceil((options->length + FILTER_REACH) * fmax(1, ratio)) + FILTER_REACH;
    const int n_used =
        options->event == WG_EVENT_FIRST ? MIN(spec->n_samples, needed) : spec->n_samples;
    g_autoptr(GError) error = NULL;
    float *samples;

    *n = spec->n_samples;
    if (!(spec->rate_hz > 0) || fabs(spec->rate_hz - options->rate_hz) < SAME_RATE_HZ)
        return NULL;
    samples = wg_resample(spec->samples, n_used, spec->n_channels, spec->rate_hz, options->rate_hz,
                          n, &error);
    if (!samples) {
        *n = 0;
        g_warning("recording %d is left out: %s", (int)spec->id, error->message);
    }
    return samples;
}

/* First sample of the stretch of `n_stretch` samples that is furthest from the mean. */
static int
find_event(const float *samples, int n, int n_channels, int n_stretch)
{
    g_autofree double *sums = g_new0(double, (gsize)n + 1); /* of the energy before each sample */
    double means[3] = {0};
    int best = 0;

    for (int i = 0; i < n * 3; i++)
        means[i % 3] += samples[i / 3 * n_channels + i % 3] / (double)n;
    for (int i = 0; i < n; i++) {
        sums[i + 1] = sums[i];
        for (int axis = 0; axis < 3; axis++) {
            const double far = samples[i * n_channels + axis] - means[axis];

            sums[i + 1] += far * far;
        }
    }
    for (int i = 1; i + n_stretch <= n; i++) {
        if (sums[i + n_stretch] - sums[i] > sums[best + n_stretch] - sums[best])
            best = i;
    }
    return best;
}

/* First sample of the window in the recording; negative where the recording is the shorter one. */
static int
find_start(const float *samples, int n, int n_channels, const WgWindowOptions *options)
{
    const int length = options->length, n_stretch = MAX(1, length / 4);
    int start;

    if (options->event == WG_EVENT_FIRST)
        return 0;
    if (n <= length)
        return options->event == WG_EVENT_END      ? n - length
               : options->event == WG_EVENT_CENTRE ? (n - length) / 2
                                                   : 0;
    start = find_event(samples, n, n_channels, n_stretch);
    if (options->event == WG_EVENT_CENTRE)
        start += (n_stretch - length) / 2;
    if (options->event == WG_EVENT_END)
        start += n_stretch - length;
    return CLAMP(start, 0, n - length);
}

static float
to_step(double value, double units_per_g)
{
    return (float)(CLAMP(lrintf((float)(value * units_per_g)), -128, 127) / units_per_g);
}

/* One sample as the window's channels. */
static void
fill_sample(const float *sample, const WgWindowOptions *options, double units_per_g, float *x)
{
    int n = 0;

    for (int c = 0; c < 6; c++) {
        if (!(options->channels & (1u << c)))
            continue;
        x[n++] =
            to_step(c < 3 ? (double)sample[c] : sample[c] * options->range_g / options->range_dps,
                    units_per_g);
    }
    if (options->channels & WG_CHANNEL_MAGNITUDE)
        x[n] = to_step(sqrt((double)sample[0] * sample[0] + (double)sample[1] * sample[1] +
                            (double)sample[2] * sample[2]),
                       units_per_g);
}

static void
fill_window(const WgRecordingSpec *spec, const WgWindowOptions *options, WgWindows *self, float *x)
{
    int n = 0;
    g_autofree float *resampled = resample(spec, options, &n);
    const float *samples = resampled ? resampled : spec->samples;
    const int start = find_start(samples, n, spec->n_channels, options);

    for (int i = MAX(0, -start); i < MIN(self->length, n - start); i++)
        fill_sample(samples + (gsize)(start + i) * (gsize)spec->n_channels, options,
                    self->units_per_g, x + (gsize)i * (gsize)self->channels);
}

WgWindows *
wg_windows_new(WgDataset *dataset, const int *indices, int n_indices)
{
    const WgWindowOptions *options = wg_dataset_get_window(dataset);
    const int n = indices ? n_indices : wg_dataset_get_n(dataset);
    WgWindows *self =
        wg_windows_alloc(n, options->length, wg_window_options_get_n_channels(options),
                         wg_dataset_get_labels(dataset));
    const gsize size = (gsize)self->length * (gsize)self->channels;

    self->rate_hz = options->rate_hz;
    self->units_per_g = 128 / options->range_g;
    for (int i = 0; i < n; i++) {
        const int j = indices ? indices[i] : i;

        fill_window(wg_recording_get(wg_dataset_get(dataset, j)), options, self,
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
        history[j] = (gint8)lrint(self->x[(gsize)i * size + j] * self->units_per_g);
}

int
wg_window_count_samples(const float *x, int length, int channels)
{
    int n = length * channels;

    while (n > 0 && x[n - 1] == 0)
        n--;
    return (n + channels - 1) / channels;
}
