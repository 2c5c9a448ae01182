/* Tests of taking a network over to other gestures, and of the recipe of its base. */
#include "synthetic.h"

#include "base/error.h"
#include "train/base-model.h"
#include "train/metrics.h"
#include "train/preset.h"
#include "train/transfer.h"

#include <math.h>
#include <string.h>

#define N_SAMPLES 25

/* A network that was trained on three made-up gestures, ending in a dense layer with biases. */
static WgNetwork *
make_base(guint64 seed)
{
    g_autoptr(WgWindows) windows = synthetic_windows(90, seed);
    WgTrainOptions options = wg_transfer_plain_options();

    options.epochs = 20;
    options.n_threads = 1;
    return wg_transfer_train_plain(windows, &options, NULL, NULL);
}

static double
measure_accuracy(const WgNetwork *network, const WgWindows *windows)
{
    const int n_classes = wg_network_get_n_classes(network);
    g_autofree float *logits = g_new(float, windows->n *n_classes);
    int n_correct = 0;

    wg_network_predict(network, windows->x, windows->n, logits);
    for (int i = 0; i < windows->n; i++)
        n_correct += wg_argmax(logits + i * n_classes, n_classes) == windows->labels[i];
    return (double)n_correct / windows->n;
}

static void
test_head_only(void)
{
    g_autoptr(WgNetwork) base = make_base(1);
    g_autoptr(WgWindows) takes = synthetic_windows(15, 2);
    g_autoptr(WgWindows) fresh = synthetic_windows(90, 3);
    const WgTrainOptions options = wg_transfer_personal_options();
    g_autoptr(WgNetwork) network = wg_transfer_new(base, 3, NULL);
    const int n = wg_network_get_n_layers(base);
    const WgLayer *head = wg_network_get_layer(network, n - 1);
    gboolean has_changed = FALSE;

    for (int i = 0; i < head->n_parameters; i++)
        g_assert_cmpfloat(head->parameters[i], ==, 0);
    wg_transfer_fit_head(network, takes, &options);
    for (int i = 0; i < n - 1; i++) {
        const WgLayer *before = wg_network_get_layer(base, i);
        const WgLayer *after = wg_network_get_layer(network, i);

        g_assert_cmpmem(after->parameters, sizeof(float) * (gsize)after->n_parameters,
                        before->parameters, sizeof(float) * (gsize)before->n_parameters);
        g_assert_cmpmem(after->state, sizeof(float) * (gsize)after->n_state, before->state,
                        sizeof(float) * (gsize)before->n_state);
    }
    for (int i = 0; i < head->n_parameters; i++)
        has_changed = has_changed || head->parameters[i] != 0;
    g_assert_true(has_changed);
    g_assert_cmpfloat(measure_accuracy(network, fresh), >, 0.9);
}

static void
test_other_classes(void)
{
    g_autoptr(WgNetwork) base = make_base(1);
    g_autoptr(WgNetwork) network = wg_transfer_new(base, 7, NULL);

    g_assert_cmpint(wg_network_get_n_classes(network), ==, 7);
    g_assert_cmpint(wg_network_get_length(network), ==, wg_network_get_length(base));
}

static GBytes *
transfer(const WgNetwork *base, int n_threads, guint64 seed)
{
    g_autoptr(WgWindows) takes = synthetic_windows(40, 2);
    WgTrainOptions options = wg_transfer_personal_options();
    g_autoptr(GError) error = NULL;
    g_autoptr(WgNetwork) network = NULL;

    options.epochs = 6;
    options.seed = seed;
    options.n_threads = n_threads;
    network = wg_transfer_train(base, takes, &options, NULL, &error);
    g_assert_no_error(error);
    return wg_network_serialize(network);
}

static void
test_threads(void)
{
    g_autoptr(WgNetwork) base = make_base(1);
    g_autoptr(GBytes) one = transfer(base, 1, 4);
    g_autoptr(GBytes) two = transfer(base, 2, 4);
    g_autoptr(GBytes) five = transfer(base, 5, 4);
    g_autoptr(GBytes) other = transfer(base, 1, 5);

    g_assert_true(g_bytes_equal(one, two));
    g_assert_true(g_bytes_equal(one, five));
    g_assert_false(g_bytes_equal(one, other));
}

static void
test_refusals(void)
{
    g_autoptr(WgNetwork) base = make_base(1);
    g_autoptr(WgNetwork) classic =
        wg_preset_build(wg_preset_find("classic", NULL), 20, 3, 3, 1, NULL);
    const char *const names[] = {"a", "b", NULL};
    g_autoptr(WgWindows) longer = wg_windows_alloc(6, 30, 3, names);
    const WgTrainOptions options = wg_transfer_personal_options();
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_transfer_train(base, longer, &options, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_assert_nonnull(strstr(error->message, "windows of 20 samples and 3 channels"));
    g_clear_error(&error);
    g_assert_null(wg_transfer_new(classic, 2, &error)); /* its dense layer has no biases */
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
}

/* n takes each of "rise", "fall" and "random" in one folder. */
static WgDataset *
make_recordings(int n_each)
{
    static const char *const labels[] = {"rise", "fall", "random"};
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int i = 0; i < 3 * n_each; i++) {
        float samples[N_SAMPLES * 3];
        const WgRecordingSpec spec = {.label = labels[i % 3],
                                      .file = "/somewhere/folder/file.txt",
                                      .rate_hz = 12.5,
                                      .n_samples = N_SAMPLES,
                                      .n_channels = 3,
                                      .samples = samples};

        for (int t = 0; t < N_SAMPLES * 3; t++)
            samples[t] =
                0.1f * wg_random_normal(&random) + (t % 3 == i % 3 ? 0.03f * (float)(t / 3) : 0.2f);
        g_ptr_array_add(takes, wg_recording_new(&spec));
    }
    return wg_dataset_new(takes, NULL, NULL);
}

static double
get_square(const float *x)
{
    double sum = 0;

    for (int i = 0; i < WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS; i++)
        sum += (double)x[i] * (double)x[i];
    return sum;
}

static void
test_task(void)
{
    enum { N = 6, TURNS = 5, SIZE = WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS };
    g_autoptr(WgDataset) dataset = make_recordings(N);
    const WgBaseOptions options = {.n_turns = TURNS, .seed = 1};
    g_autoptr(WgWindows) task = wg_base_windows_new(dataset, &options, NULL);
    int counts[2 * TURNS] = {0};

    g_assert_cmpint(task->n, ==, 2 * N * TURNS); /* "random" is no gesture */
    g_assert_cmpint(task->n_labels, ==, 2 * TURNS);
    for (int i = 0; i < task->n; i++) {
        const float *x = task->x + (gsize)i * SIZE, *plain = task->x + (gsize)(i % (2 * N)) * SIZE;

        counts[task->labels[i]]++;
        /* rotation and mirror keep lengths, to float's rounding; these takes stay below 2 g */
        g_assert_cmpfloat_with_epsilon(get_square(x), get_square(plain), 1e-4 * get_square(plain));
        if (i >= 2 * N)
            g_assert_cmpfloat(fabsf(x[1] - plain[1]) + fabsf(x[0] - plain[0]), >, 0);
    }
    for (int label = 0; label < 2 * TURNS; label++)
        g_assert_cmpint(counts[label], ==, N);
}

static GBytes *
train_base(int n_threads)
{
    g_autoptr(WgDataset) dataset = make_recordings(6);
    const WgBaseOptions options = {.n_turns = 4, .epochs = 3, .seed = 1, .n_threads = n_threads};
    g_autoptr(WgNetwork) network = wg_base_train(dataset, &options, NULL, NULL);

    g_assert_cmpint(wg_network_get_n_classes(network), ==, 2);
    return wg_network_serialize(network);
}

static void
test_base_threads(void)
{
    g_autoptr(GBytes) one = train_base(1);
    g_autoptr(GBytes) two = train_base(2);
    g_autoptr(GBytes) five = train_base(5);

    g_assert_true(g_bytes_equal(one, two));
    g_assert_true(g_bytes_equal(one, five));
}

static void
test_base_of_nothing(void)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(WgDataset) dataset = wg_dataset_new(none, NULL, NULL);
    const WgBaseOptions options = {.seed = 1};
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_base_train(dataset, &options, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/transfer/head-alone-changes-and-tells-gestures-apart", test_head_only);
    g_test_add_func("/train/transfer/head-has-as-many-classes-as-asked", test_other_classes);
    g_test_add_func("/train/transfer/equal-bits-at-1-2-and-5-threads", test_threads);
    g_test_add_func("/train/transfer/refuses-a-base-that-does-not-fit", test_refusals);
    g_test_add_func("/train/base-model/each-gesture-becomes-as-many-as-turns", test_task);
    g_test_add_func("/train/base-model/equal-bits-at-1-2-and-5-threads", test_base_threads);
    g_test_add_func("/train/base-model/refuses-no-recordings", test_base_of_nothing);
    return g_test_run();
}
