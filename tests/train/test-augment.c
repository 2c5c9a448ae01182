/* Tests of augmentation: what it may change and what it must leave. */
#include "synthetic.h"

#include "train/augment.h"

#include <math.h>
#include <string.h>

#define LENGTH 20
#define CHANNELS 3
#define SIZE (LENGTH * CHANNELS)

static const WgTrainOptions strong = {.shift = 4, .scale = 0.4f, .rotation = 0.5f, .stretch = 0.4f};

static int
count_samples(const float *x)
{
    int n = SIZE;

    while (n > 0 && x[n - 1] == 0)
        n--;
    return (n + CHANNELS - 1) / CHANNELS;
}

static void
augment(const WgTrainOptions *options, const float *x, guint64 stream, float *out)
{
    WgRandom random;

    wg_random_init(&random, 1, stream);
    wg_augment(options, x, LENGTH, CHANNELS, &random, out);
}

static void
test_tail(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(60, 1);

    for (int i = 0; i < windows->n; i++) {
        const float *x = windows->x + i * SIZE;
        const int n = count_samples(x);
        float out[SIZE];

        for (guint64 stream = 0; stream < 50; stream++) {
            augment(&strong, x, stream, out);
            g_assert_cmpint(count_samples(out), >=, MIN(4, n));
            g_assert_cmpint(count_samples(out), <=, (int)ceilf((float)n * 1.4f) + 4);
            for (int j = 0; j < SIZE; j++) {
                g_assert_cmpfloat(out[j], >=, -2);
                g_assert_cmpfloat(out[j], <=, 127.0f / 64);
            }
        }
    }
}

static void
test_no_options(void)
{
    const WgTrainOptions none = {0};
    g_autoptr(WgWindows) windows = synthetic_windows(10, 1);
    float out[SIZE];

    g_assert_false(wg_augment_is_wanted(&none));
    g_assert_true(wg_augment_is_wanted(&strong));
    for (int i = 0; i < windows->n; i++) {
        augment(&none, windows->x + i * SIZE, (guint64)i, out);
        g_assert_cmpfloat(largest_difference(out, windows->x + i * SIZE, SIZE), <, 1e-6f);
    }
}

static void
test_rotation(void)
{
    const WgTrainOptions options = {.rotation = 0.3f};
    float x[SIZE] = {0}, out[SIZE];
    float largest = 0;

    for (int i = 0; i < 15 * CHANNELS; i++)
        x[i] = 0.9f * sinf((float)i);
    for (guint64 stream = 0; stream < 100; stream++) {
        augment(&options, x, stream, out);
        for (int t = 0; t < 15; t++) {
            const float *a = x + t * CHANNELS, *b = out + t * CHANNELS;
            const float length = sqrtf(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
            const float cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (length * length);

            g_assert_cmpfloat_with_epsilon(sqrtf(b[0] * b[0] + b[1] * b[1] + b[2] * b[2]), length,
                                           1e-5);
            g_assert_cmpfloat(cosine, >, cosf(0.3f) - 1e-4f);
        }
        largest = MAX(largest, largest_difference(x, out, SIZE));
    }
    g_assert_cmpfloat(largest, >, 0.05f);
}

static void
test_shift(void)
{
    const WgTrainOptions options = {.shift = 2};
    gboolean seen[5] = {FALSE};
    float x[SIZE] = {0}, out[SIZE];

    for (int t = 0; t < 10; t++) {
        for (int c = 0; c < CHANNELS; c++)
            x[t * CHANNELS + c] = 0.1f * (float)(t + 1);
    }
    for (guint64 stream = 0; stream < 100; stream++) {
        int shift;

        augment(&options, x, stream, out);
        shift = count_samples(out) - 10;
        g_assert_cmpint(ABS(shift), <=, 2);
        seen[shift + 2] = TRUE;
        for (int t = 0; t < 10 + shift; t++)
            g_assert_cmpfloat_with_epsilon(out[t * CHANNELS], 0.1f * (float)(MAX(0, t - shift) + 1),
                                           1e-5);
    }
    for (int i = 0; i < 5; i++)
        g_assert_true(seen[i]);
}

static void
test_streams(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(1, 1);
    float a[SIZE], b[SIZE], c[SIZE];

    augment(&strong, windows->x, 7, a);
    augment(&strong, windows->x, 7, b);
    augment(&strong, windows->x, 8, c);
    g_assert_cmpmem(a, sizeof a, b, sizeof b);
    g_assert_cmpint(memcmp(a, c, sizeof a), !=, 0);
}

static void
test_empty(void)
{
    const float zero[SIZE] = {0};
    float out[SIZE];

    memset(out, 1, sizeof out);
    augment(&strong, zero, 1, out);
    g_assert_cmpmem(out, sizeof out, zero, sizeof zero);
}

/* Training with augmentation leaves the windows and their labels as they were. */
static void
test_windows_stay(void)
{
    const WgTrainOptions options = {.epochs = 2,
                                    .batch = 8,
                                    .learning_rate = 0.01f,
                                    .shift = 3,
                                    .scale = 0.3f,
                                    .rotation = 0.3f,
                                    .stretch = 0.3f};
    g_autoptr(WgWindows) windows = synthetic_windows(30, 1);
    g_autoptr(WgWindows) same = synthetic_windows(30, 1);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgTraining) training =
        wg_train(network, windows, NULL, &options, NULL, NULL, NULL, NULL);

    g_assert_nonnull(training);
    g_assert_cmpmem(windows->x, 30 * SIZE * sizeof(float), same->x, 30 * SIZE * sizeof(float));
    g_assert_cmpmem(windows->labels, 30 * sizeof(int), same->labels, 30 * sizeof(int));
}

/* A board that measures 4 g is not clipped as the watch is. */
static void
test_wider_range(void)
{
    WgTrainOptions options = strong;
    float x[SIZE], out[SIZE], largest = 0;

    options.range_g = 4;
    for (int i = 0; i < SIZE; i++)
        x[i] = i % CHANNELS == 2 ? 3.5f : 0.5f;
    for (guint64 stream = 0; stream < 50; stream++) {
        augment(&options, x, stream, out);
        for (int i = 0; i < SIZE; i++)
            largest = fmaxf(largest, fabsf(out[i]));
    }
    g_assert_cmpfloat(largest, >, 3.5f);
    g_assert_cmpfloat(largest, <=, 4);
}

/* Three of four takes, and the gesture itself is what it is without. */
static void
test_memory(void)
{
    WgTrainOptions options = strong;
    float x[SIZE] = {0}, with[SIZE], without[SIZE];
    int n_left = 0, n_set = 0;

    options.tail = 0.75f;
    for (int i = 0; i < SIZE / 2; i++)
        x[i] = 0.25f + 0.5f * (float)(i % 5);
    for (guint64 stream = 0; stream < 400; stream++) {
        int n;

        augment(&strong, x, stream, without);
        augment(&options, x, stream, with);
        n = count_samples(without) * CHANNELS;
        g_assert_cmpmem(with, sizeof(float) * (gsize)n, without, sizeof(float) * (gsize)n);
        n_left += n < SIZE && count_samples(with) > count_samples(without);
        for (int i = n; i < SIZE; i++) {
            n_set += with[i] != 0;
            g_assert_cmpfloat(with[i], >=, -2);
            g_assert_cmpfloat(with[i], <=, 127.0f / 64);
            g_assert_cmpfloat(with[i] * 64, ==, roundf(with[i] * 64));
        }
    }
    g_assert_cmpint(n_left, >, 250);
    g_assert_cmpint(n_left, <, 330);
    g_assert_cmpint(n_set, >, n_left); /* not the last sample alone */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/augment/keeps-zero-tail-and-range", test_tail);
    g_test_add_func("/train/augment/without-options-changes-nothing", test_no_options);
    g_test_add_func("/train/augment/rotation-keeps-magnitude-and-bound", test_rotation);
    g_test_add_func("/train/augment/shift-moves-samples", test_shift);
    g_test_add_func("/train/augment/follows-its-stream", test_streams);
    g_test_add_func("/train/augment/leaves-empty-window-empty", test_empty);
    g_test_add_func("/train/augment/never-changes-windows-or-labels", test_windows_stay);
    g_test_add_func("/train/augment/keeps-a-wider-range", test_wider_range);
    g_test_add_func("/train/augment/leaves-memory-behind-its-share-of-takes", test_memory);
    return g_test_run();
}
