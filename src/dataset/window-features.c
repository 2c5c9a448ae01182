/* Figures of a window that do not need a network: how far, how fast, how long it moved. */
#include "dataset/window-features.h"

#include <math.h>

#define AXES 3
#define N_SERIES 4 /* and magnitude */
#define N_STATISTICS 11

static const char *const series_names[N_SERIES] = {"x", "y", "z", "magnitude"};
static const char *const statistic_names[N_STATISTICS] = {
    "mean",           "deviation",      "least",     "most",           "range",         "energy",
    "zero crossings", "mean crossings", "mean step", "place of least", "place of most",
};
static const char *const third_names[] = {"first third", "middle third", "last third"};
static const char *const correlation_names[] = {"xy correlation", "xz correlation",
                                                "yz correlation"};

G_STATIC_ASSERT(WG_N_WINDOW_FEATURES == N_SERIES * N_STATISTICS + AXES * 3 + 3 + 1);

int
wg_window_get_n_samples(const WgWindows *windows, int i)
{
    const gsize size = (gsize)windows->length * (gsize)windows->channels;

    return wg_window_count_samples(windows->x + (gsize)i * size, windows->length,
                                   windows->channels);
}

static double
get_mean(const float *v, int start, int end)
{
    double sum = 0;

    for (int t = start; t < end; t++)
        sum += v[t];
    return end > start ? sum / (end - start) : 0;
}

/* Share of steps after which v is on the other side of `level`. */
static float
count_crossings(const float *v, int n, double level)
{
    int n_crossings = 0;

    for (int t = 1; t < n; t++)
        n_crossings += (v[t - 1] > level) != (v[t] > level);
    return n > 1 ? (float)n_crossings / (float)(n - 1) : 0;
}

static void
measure_series(const float *v, int n, float *out)
{
    const double mean = get_mean(v, 0, n);
    double squares = 0, deviations = 0, steps = 0;
    int least = 0, most = 0;

    for (int t = 0; t < n; t++) {
        squares += (double)v[t] * v[t];
        deviations += (v[t] - mean) * (v[t] - mean);
        steps += t > 0 ? fabsf(v[t] - v[t - 1]) : 0;
        least = v[t] < v[least] ? t : least;
        most = v[t] > v[most] ? t : most;
    }
    *out++ = (float)mean;
    *out++ = (float)sqrt(deviations / n);
    *out++ = v[least]; /* NOLINT(clang-analyzer-core.*): of 0 .. n - 1 */
    *out++ = v[most];
    *out++ = v[most] - v[least];
    *out++ = (float)(squares / n);
    *out++ = count_crossings(v, n, 0);
    *out++ = count_crossings(v, n, mean);
    *out++ = (float)(steps / MAX(1, n - 1));
    *out++ = (float)least / (float)MAX(1, n - 1);
    *out = (float)most / (float)MAX(1, n - 1);
}

static float
correlate(const float *a, const float *b, int n)
{
    const double mean_a = get_mean(a, 0, n), mean_b = get_mean(b, 0, n);
    double ab = 0, aa = 0, bb = 0;

    for (int t = 0; t < n; t++) {
        ab += (a[t] - mean_a) * (b[t] - mean_b);
        aa += (a[t] - mean_a) * (a[t] - mean_a);
        bb += (b[t] - mean_b) * (b[t] - mean_b);
    }
    return aa > 0 && bb > 0 ? (float)(ab / sqrt(aa * bb)) : 0;
}

/* `series` has room for N_SERIES x length. */
static void
measure_window(const WgWindows *windows, int i, float *series, float *out)
{
    const int length = windows->length, n = wg_window_get_n_samples(windows, i);
    const float *x = windows->x + (gsize)i * (gsize)(length * windows->channels);

    if (n == 0)
        return;
    for (int t = 0; t < n; t++) {
        const float *sample = x + t * windows->channels;

        for (int axis = 0; axis < AXES; axis++)
            series[axis * length + t] = sample[axis];
        series[AXES * length + t] =
            sqrtf(sample[0] * sample[0] + sample[1] * sample[1] + sample[2] * sample[2]);
    }
    for (int k = 0; k < N_SERIES; k++, out += N_STATISTICS)
        measure_series(series + k * length, n, out);
    for (int axis = 0; axis < AXES; axis++) {
        for (int third = 0; third < 3; third++)
            *out++ = (float)get_mean(series + axis * length, n * third / 3, n * (third + 1) / 3);
    }
    for (int axis = 0; axis < AXES - 1; axis++) {
        for (int other = axis + 1; other < AXES; other++)
            *out++ = correlate(series + axis * length, series + other * length, n);
    }
    *out = (float)n;
}

float *
wg_windows_dup_features(const WgWindows *windows)
{
    float *features = g_new0(float, MAX(1, (gsize)windows->n * WG_N_WINDOW_FEATURES));
    g_autofree float *series = g_new(float, (gsize)N_SERIES *(gsize)windows->length);

    g_return_val_if_fail(windows->channels >= AXES, features);
    for (int i = 0; i < windows->n; i++)
        measure_window(windows, i, series, features + (gsize)i * WG_N_WINDOW_FEATURES);
    return features;
}

char *
wg_window_feature_dup_name(int feature)
{
    g_return_val_if_fail(feature >= 0 && feature < WG_N_WINDOW_FEATURES, NULL);
    if (feature < N_SERIES * N_STATISTICS)
        return g_strdup_printf("%s %s", series_names[feature / N_STATISTICS],
                               statistic_names[feature % N_STATISTICS]);
    feature -= N_SERIES * N_STATISTICS;
    if (feature < AXES * 3)
        return g_strdup_printf("%s %s", series_names[feature / 3], third_names[feature % 3]);
    feature -= AXES * 3;
    return g_strdup(feature < 3 ? correlation_names[feature] : "samples");
}
