/* Tests of made-up takes: between real ones, of the rarer labels, and only where they may be. */
#include "synthetic.h"

#include "train/smote.h"

#include <math.h>
#include <string.h>

#define LENGTH 20
#define CHANNELS 3
#define SIZE (LENGTH * CHANNELS)

/* Synthetic windows on the watch's steps, of which label 1 keeps 9 and label 2 one. */
static WgWindows *
uneven_windows(int n)
{
    WgWindows *windows = synthetic_windows(n, 1);
    int counts[3] = {0}, kept = 0;

    for (int i = 0; i < n; i++) {
        const int label = windows->labels[i], most[] = {n, 9, 1};

        if (counts[label]++ >= most[label])
            continue;
        for (int j = 0; j < SIZE; j++)
            windows->x[kept * SIZE + j] = roundf(windows->x[i * SIZE + j] * 64) / 64;
        windows->labels[kept] = label;
        windows->recordings[kept++] = i;
    }
    windows->n = kept;
    return windows;
}

static int
count_samples(const float *x)
{
    int n = SIZE;

    while (n > 0 && x[n - 1] == 0)
        n--;
    return (n + CHANNELS - 1) / CHANNELS;
}

static float
measure_distance(const float *a, const float *b)
{
    float sum = 0;

    for (int i = 0; i < SIZE; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

/* Whether `made` lies between a and b: where both have samples each value does, where one has ended
 * it is the other's, and the length is between theirs. */
static gboolean
is_between(const float *made, const float *a, const float *b)
{
    const int n = count_samples(made), n_a = count_samples(a), n_b = count_samples(b);

    if (n < MIN(n_a, n_b) || n > MAX(n_a, n_b))
        return FALSE;
    for (int i = 0; i < n * CHANNELS; i++) {
        const float x = i >= n_a * CHANNELS ? b[i] : a[i];
        const float y = i >= n_b * CHANNELS ? a[i] : b[i];

        if (made[i] < MIN(x, y) || made[i] > MAX(x, y))
            return FALSE;
    }
    return TRUE;
}

/* How many of the label's real windows are nearer to `of` than `other` is. */
static int
count_nearer(const WgWindows *windows, int of, int other)
{
    const float *x = windows->x + of * SIZE;
    const float distance = measure_distance(x, windows->x + other * SIZE);
    int n = 0;

    for (int i = 0; i < windows->n; i++)
        n += i != of && windows->labels[i] == windows->labels[of] &&
             measure_distance(x, windows->x + i * SIZE) < distance;
    return n;
}

/* Whether it lies between some window of its label and one of that one's five nearest. */
static gboolean
has_parents(const WgWindows *windows, const float *made, int label)
{
    for (int a = 0; a < windows->n; a++) {
        for (int b = 0; b < windows->n; b++) {
            if (a != b && windows->labels[a] == label && windows->labels[b] == label &&
                count_nearer(windows, a, b) < WG_SMOTE_NEIGHBOURS &&
                is_between(made, windows->x + a * SIZE, windows->x + b * SIZE))
                return TRUE;
        }
    }
    return FALSE;
}

static void
test_evens(void)
{
    g_autoptr(WgWindows) windows = uneven_windows(60);
    g_autoptr(WgWindows) more = wg_smote(windows, 1);
    int counts[3] = {0};

    g_assert_cmpint(windows->n, ==, 30);
    g_assert_cmpint(more->n, ==, 60);
    for (int i = 0; i < more->n; i++)
        counts[more->labels[i]]++;
    for (int label = 0; label < 3; label++)
        g_assert_cmpint(counts[label], ==, 20);
    g_assert_cmpmem(more->x, 30 * SIZE * sizeof(float), windows->x, 30 * SIZE * sizeof(float));
    for (int i = 0; i < more->n; i++)
        g_assert_cmpint(more->recordings[i], ==, i < 30 ? windows->recordings[i] : -1);
}

static void
test_between(void)
{
    g_autoptr(WgWindows) windows = uneven_windows(60);
    g_autoptr(WgWindows) more = wg_smote(windows, 1);
    int n_new = 0;

    for (int i = windows->n; i < more->n; i++) {
        const float *made = more->x + i * SIZE;
        gboolean is_copy = FALSE;

        if (more->labels[i] != 1)
            continue;
        g_assert_true(has_parents(windows, made, 1));
        for (int j = 0; j < SIZE; j++)
            g_assert_cmpfloat(made[j] * 64, ==, roundf(made[j] * 64));
        for (int j = 0; j < windows->n; j++)
            is_copy = is_copy || measure_distance(made, windows->x + j * SIZE) == 0;
        n_new += !is_copy;
    }
    g_assert_cmpint(n_new, >=, 10); /* of 11 */
}

static void
test_single(void)
{
    g_autoptr(WgWindows) windows = uneven_windows(60);
    g_autoptr(WgWindows) more = wg_smote(windows, 1);
    const float *real = NULL;

    for (int i = 0; i < more->n; i++) {
        if (more->labels[i] != 2)
            continue;
        if (!real)
            real = more->x + i * SIZE;
        g_assert_cmpmem(more->x + i * SIZE, SIZE * sizeof(float), real, SIZE * sizeof(float));
    }
    g_assert_nonnull(real);
}

static void
test_seed(void)
{
    g_autoptr(WgWindows) windows = uneven_windows(60);
    g_autoptr(WgWindows) first = wg_smote(windows, 1);
    g_autoptr(WgWindows) again = wg_smote(windows, 1);
    g_autoptr(WgWindows) other = wg_smote(windows, 2);
    const gsize size = 60 * SIZE * sizeof(float);

    g_assert_cmpmem(first->x, size, again->x, size);
    g_assert_cmpint(memcmp(first->x, other->x, size), !=, 0);
}

static void
test_nothing_to_do(void)
{
    g_autoptr(WgWindows) even = synthetic_windows(30, 1);
    g_autoptr(WgWindows) none = synthetic_windows(0, 1);
    g_autoptr(WgWindows) same = wg_smote(even, 1);
    g_autoptr(WgWindows) nothing = wg_smote(none, 1);

    g_assert_cmpint(same->n, ==, 30);
    g_assert_cmpint(nothing->n, ==, 0);
}

/* A label that no window has stays without; the others are evened out. */
static void
test_absent(void)
{
    g_autoptr(WgWindows) windows = uneven_windows(60);
    g_autoptr(WgWindows) more = NULL;

    for (int i = 0; i < windows->n; i++)
        windows->labels[i] = windows->labels[i] == 2 ? 1 : windows->labels[i];
    more = wg_smote(windows, 1);
    g_assert_cmpint(more->n, ==, 40);
    for (int i = 0; i < more->n; i++)
        g_assert_cmpint(more->labels[i], !=, 2);
}

/* What is measured on validation windows is of the windows as they came. */
static void
test_validation(void)
{
    const WgTrainOptions options = {
        .epochs = 2, .batch = 8, .learning_rate = 0.01f, .smote = TRUE, .seed = 1, .n_threads = 1};
    g_autoptr(WgWindows) windows = uneven_windows(60);
    g_autoptr(WgWindows) same = uneven_windows(60);
    g_autoptr(WgWindows) validation = uneven_windows(60);
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    g_autoptr(WgTraining) training =
        wg_train(network, windows, validation, &options, NULL, NULL, NULL, NULL);

    g_assert_nonnull(training);
    g_assert_cmpint(windows->n, ==, 30);
    g_assert_cmpint(validation->n, ==, 30);
    g_assert_cmpmem(windows->x, 30 * SIZE * sizeof(float), same->x, 30 * SIZE * sizeof(float));
    g_assert_cmpmem(validation->x, 30 * SIZE * sizeof(float), same->x, 30 * SIZE * sizeof(float));
    /* 30 windows, not 60, are what it was right on: a share of 30ths */
    g_assert_cmpfloat_with_epsilon(training->epochs[1].validation_accuracy * 30,
                                   roundf(training->epochs[1].validation_accuracy * 30), 1e-4);
    g_assert_cmpfloat_with_epsilon(measure_loss(network, validation),
                                   training->epochs[1].validation_loss, 1e-4);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/smote/evens-out-labels-behind-real-windows", test_evens);
    g_test_add_func("/train/smote/makes-windows-between-near-ones", test_between);
    g_test_add_func("/train/smote/copies-a-single-window", test_single);
    g_test_add_func("/train/smote/follows-its-seed", test_seed);
    g_test_add_func("/train/smote/leaves-even-labels-alone", test_nothing_to_do);
    g_test_add_func("/train/smote/makes-nothing-of-absent-label", test_absent);
    g_test_add_func("/train/smote/never-touches-validation", test_validation);
    return g_test_run();
}
