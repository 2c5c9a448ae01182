/* The extremes of any stretch of a signal, against looking at each sample of it. */
#include "dataset/pyramid.h"

#include "base/random.h"

#include <math.h>

#define N_CHANNELS 3

static gboolean
search(const float *samples, int n_all, int channel, int first, int n, float *min, float *max)
{
    *min = INFINITY;
    *max = -INFINITY;
    for (int i = MAX(first, 0); i < first + n && i < n_all; i++) {
        const float value = samples[i * N_CHANNELS + channel];

        if (isnan(value))
            continue;
        *min = fminf(*min, value);
        *max = fmaxf(*max, value);
    }
    return *min <= *max;
}

static float *
make_signal(int n, guint64 stream)
{
    float *samples = g_new(float, (gsize)n *N_CHANNELS);
    WgRandom random;

    wg_random_init(&random, 1, stream);
    for (int i = 0; i < n * N_CHANNELS; i++)
        samples[i] = wg_random_below(&random, 40) == 0 ? NAN : wg_random_normal(&random);
    return samples;
}

/* In pieces of any length, as a watch sends them. */
static WgPyramid *
build(const float *samples, int n, WgRandom *random)
{
    WgPyramid *pyramid = wg_pyramid_new(N_CHANNELS);

    for (int at = 0; at < n;) {
        const int wanted = (int)wg_random_below(random, 100), piece = MIN(n - at, wanted);

        wg_pyramid_append(pyramid, samples + at * N_CHANNELS, piece);
        at += piece;
    }
    return pyramid;
}

static void
test_any_stretch(void)
{
    static const int lengths[] = {0, 1, 7, 8, 9, 63, 64, 65, 511, 513, 4097, 40000};

    for (gsize which = 0; which < G_N_ELEMENTS(lengths); which++) {
        const int n = lengths[which];
        g_autofree float *samples = make_signal(n, which);
        g_autoptr(WgPyramid) pyramid = NULL;
        WgRandom random;

        wg_random_init(&random, 2, which);
        pyramid = build(samples, n, &random);
        g_assert_cmpint(wg_pyramid_get_n(pyramid), ==, n);
        for (int turn = 0; turn < 400; turn++) {
            const int channel = (int)wg_random_below(&random, N_CHANNELS);
            const int first = (int)wg_random_below(&random, (guint32)n + 20) - 10;
            const int length =
                (int)wg_random_below(&random, turn % 2 ? 30 : (guint32)MAX(n + 20 - first, 1));
            float min, max, true_min, true_max;
            const gboolean is_any = wg_pyramid_get(pyramid, channel, first, length, &min, &max);

            g_assert_true(is_any ==
                          search(samples, n, channel, first, length, &true_min, &true_max));
            if (is_any) { /* the very values: nothing is computed with them */
                g_assert_true(min == true_min);
                g_assert_true(max == true_max);
            }
        }
    }
}

/* Each sample falls into one column, whatever the zoom. */
static void
test_columns(void)
{
    enum { N = 20000, N_COLUMNS = 301 };
    static const double zooms[] = {0.013, 0.5, 1, 1.7, 3.14159, 64, 66.4452, 700};
    g_autofree float *samples = make_signal(N, 99);
    g_autoptr(WgPyramid) pyramid = wg_pyramid_new(N_CHANNELS);

    wg_pyramid_append(pyramid, samples, N);
    for (gsize zoom = 0; zoom < G_N_ELEMENTS(zooms); zoom++) {
        const double first = 4321.25, per_column = zooms[zoom];
        g_autofree float *min = g_new(float, N_COLUMNS), *max = g_new(float, N_COLUMNS);

        wg_pyramid_get_columns(pyramid, 1, first, per_column, N_COLUMNS, min, max);
        for (int k = 0; k < N_COLUMNS; k++) {
            float true_min = INFINITY, true_max = -INFINITY;

            for (int i = 0; i < N; i++) {
                if (i < first + k * per_column || i >= first + (k + 1) * per_column ||
                    isnan(samples[i * N_CHANNELS + 1]))
                    continue;
                true_min = fminf(true_min, samples[i * N_CHANNELS + 1]);
                true_max = fmaxf(true_max, samples[i * N_CHANNELS + 1]);
            }
            g_assert_true(true_min <= true_max ? min[k] == true_min && max[k] == true_max
                                               : isnan(min[k]) && isnan(max[k]));
        }
    }
}

static void
test_clear(void)
{
    const float first[N_CHANNELS] = {9, 9, 9}, second[N_CHANNELS] = {-1, 0, 1};
    g_autoptr(WgPyramid) pyramid = wg_pyramid_new(N_CHANNELS);
    float min, max;

    wg_pyramid_append(pyramid, first, 1);
    wg_pyramid_clear(pyramid);
    g_assert_false(wg_pyramid_get(pyramid, 0, 0, 10, &min, &max));
    wg_pyramid_append(pyramid, second, 1);
    g_assert_true(wg_pyramid_get(pyramid, 0, 0, 10, &min, &max));
    g_assert_true(min == -1 && max == -1);
    g_assert_true(wg_pyramid_get_sample(pyramid, 0)[2] == 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/pyramid/has-the-extremes-of-any-stretch", test_any_stretch);
    g_test_add_func("/dataset/pyramid/puts-each-sample-into-one-column-at-any-zoom", test_columns);
    g_test_add_func("/dataset/pyramid/begins-anew-once-cleared", test_clear);
    return g_test_run();
}
