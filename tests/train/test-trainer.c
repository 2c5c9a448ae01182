/* Tests of the trainer: reproducible bits, schedules, stopping, cancelling and what it refuses. */
#include "synthetic.h"

#include "base/error.h"
#include "dataset/import.h"
#include "dataset/split.h"
#include "train/metrics.h"
#include "train/preset.h"
#include "base/workers.h"

#include <math.h>
#include <string.h>

static const WgTrainOptions base = {.epochs = 6,
                                    .batch = 20,
                                    .learning_rate = 0.01f,
                                    .weight_decay = 0.01f,
                                    .label_smoothing = 0.05f,
                                    .class_weights = WG_WEIGHTS_ON,
                                    .shift = 2,
                                    .scale = 0.1f,
                                    .rotation = 0.1f,
                                    .stretch = 0.1f,
                                    .seed = 4,
                                    .n_threads = 1};

static WgTraining *
train(WgNetwork *network, WgWindows *windows, WgWindows *validation, const WgTrainOptions *options)
{
    g_autoptr(GError) error = NULL;
    WgTraining *training =
        wg_train(network, windows, validation, options, NULL, NULL, NULL, &error);

    g_assert_no_error(error);
    return training;
}

/* All that training changes: parameters and running statistics. */
static GBytes *
train_to_bytes(WgTrainOptions options, int n_threads, guint64 seed)
{
    g_autoptr(WgWindows) windows = synthetic_windows(131, 1);
    g_autoptr(WgWindows) validation = synthetic_windows(37, 2);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgTraining) training = NULL;

    options.n_threads = n_threads;
    options.seed = seed;
    training = train(network, windows, validation, &options);
    return wg_network_serialize(network);
}

static void
test_threads(void)
{
    WgTrainOptions all = base;
    const WgTrainOptions *sets[] = {&base, &all};
    const int n_threads[] = {2, 5, 0};

    /* every option on; the labels are uneven by one window, which is what SMOTE adds */
    all.sharpness = 0.05f;
    all.sharpness_from = 0.3f;
    all.smote = TRUE;
    all.patience = 4;
    all.keep_best = TRUE;
    all.schedule = WG_RATE_PLATEAU;
    for (guint set = 0; set < G_N_ELEMENTS(sets); set++) {
        g_autoptr(GBytes) one = train_to_bytes(*sets[set], 1, 4);

        for (guint i = 0; i < G_N_ELEMENTS(n_threads); i++) {
            g_autoptr(GBytes) more = train_to_bytes(*sets[set], n_threads[i], 4);

            g_assert_true(g_bytes_equal(one, more));
        }
    }
}

static void
test_seed(void)
{
    g_autoptr(GBytes) first = train_to_bytes(base, 2, 4);
    g_autoptr(GBytes) again = train_to_bytes(base, 2, 4);
    g_autoptr(GBytes) other = train_to_bytes(base, 2, 5);

    g_assert_true(g_bytes_equal(first, again));
    g_assert_false(g_bytes_equal(first, other));
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
test_learns(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(150, 1);
    g_autoptr(WgWindows) fresh = synthetic_windows(150, 2);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    WgTrainOptions options = base;
    g_autoptr(WgTraining) training = NULL;

    options.epochs = 40;
    training = train(network, windows, NULL, &options);
    g_assert_cmpint(training->n_epochs, ==, 40);
    g_assert_cmpfloat(training->epochs[39].train_loss, <, training->epochs[0].train_loss / 2);
    g_assert_cmpfloat(training->epochs[39].train_accuracy, >, 0.9);
    g_assert_cmpfloat(measure_accuracy(network, fresh), >, 0.9);
}

/* Validation windows with labels that nothing can learn: the loss soon gets worse. */
static WgWindows *
senseless_windows(void)
{
    WgWindows *windows = synthetic_windows(60, 3);

    for (int i = 0; i < windows->n; i++)
        windows->labels[i] = i / 20;
    return windows;
}

static void
test_stops_early(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(90, 1);
    g_autoptr(WgWindows) validation = senseless_windows();
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    WgTrainOptions options = {.epochs = 200,
                              .batch = 16,
                              .learning_rate = 0.01f,
                              .patience = 5,
                              .keep_best = TRUE,
                              .seed = 1,
                              .n_threads = 1};
    g_autoptr(WgTraining) training = train(network, windows, validation, &options);
    const WgEpoch *best = &training->epochs[training->best_epoch - 1];

    g_assert_cmpint(training->n_epochs, <, 200);
    g_assert_cmpint(training->n_epochs, ==, training->best_epoch + 5);
    for (int i = 0; i < training->n_epochs; i++)
        g_assert_cmpfloat(best->validation_loss, <=, training->epochs[i].validation_loss);
    /* the weights given back are those of the best epoch; float sums in another order */
    g_assert_cmpfloat_with_epsilon(measure_loss(network, validation), best->validation_loss, 1e-4);
}

static void
test_keeps_last(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(90, 1);
    g_autoptr(WgWindows) validation = senseless_windows();
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    WgTrainOptions options = {
        .epochs = 30, .batch = 16, .learning_rate = 0.01f, .seed = 1, .n_threads = 1};
    g_autoptr(WgTraining) training = train(network, windows, validation, &options);

    g_assert_cmpint(training->n_epochs, ==, 30);
    g_assert_cmpint(training->best_epoch, <, 30);
    g_assert_cmpfloat_with_epsilon(measure_loss(network, validation),
                                   training->epochs[29].validation_loss, 1e-4);
}

static void
test_schedules(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(30, 1);
    g_autoptr(WgWindows) validation = senseless_windows();
    WgTrainOptions options = {.epochs = 60,
                              .batch = 16,
                              .learning_rate = 0.01f,
                              .seed = 1,
                              .schedule = WG_RATE_COSINE,
                              .n_threads = 1};
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    g_autoptr(WgTraining) cosine = train(network, windows, NULL, &options);
    g_autoptr(WgTraining) plateau = NULL;
    int n_halved = 0;

    g_assert_cmpfloat_with_epsilon(cosine->epochs[0].learning_rate, 0.01, 1e-8);
    g_assert_cmpfloat_with_epsilon(cosine->epochs[30].learning_rate, 0.005, 1e-7);
    g_assert_cmpfloat(cosine->epochs[59].learning_rate, <, 1e-4);
    options.schedule = WG_RATE_PLATEAU;
    plateau = train(network, windows, validation, &options);
    for (int i = 1; i < 60; i++) {
        const float before = plateau->epochs[i - 1].learning_rate;
        const float after = plateau->epochs[i].learning_rate;

        g_assert_true(after == before || after == MAX(1e-5f, before / 2));
        n_halved += after != before;
    }
    g_assert_cmpint(n_halved, >=, 3);
}

typedef struct {
    GCancellable *cancellable;
    int n_epochs;
} Listener;

static void
on_epoch(const WgEpoch *epoch, gpointer user_data)
{
    Listener *listener = user_data;

    listener->n_epochs++;
    g_assert_cmpint(epoch->epoch, ==, listener->n_epochs);
    if (epoch->epoch == 2)
        g_cancellable_cancel(listener->cancellable);
}

static void
test_cancel(void)
{
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(WgWindows) windows = synthetic_windows(90, 1);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    Listener listener = {.cancellable = cancellable};
    WgTrainOptions options = base;
    g_autoptr(GError) error = NULL;

    options.n_threads = 2;
    g_assert_null(
        wg_train(network, windows, NULL, &options, on_epoch, &listener, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint(listener.n_epochs, ==, 2);
}

/* One batch of all windows, in another order: the same loss but for the order of float sums. */
static void
test_permuted(void)
{
    const int n = 40, size = 60;
    const WgTrainOptions options = {
        .epochs = 1, .batch = n, .learning_rate = 0.01f, .seed = 1, .n_threads = 1};
    g_autoptr(WgWindows) windows = synthetic_windows(n, 1);
    g_autoptr(WgWindows) permuted = synthetic_windows(n, 1);
    g_autoptr(WgNetwork) a = synthetic_plain_network(1);
    g_autoptr(WgNetwork) b = synthetic_plain_network(1);
    g_autoptr(WgTraining) first = NULL;
    g_autoptr(WgTraining) second = NULL;

    for (int i = 0; i < n; i++) {
        const int from = (i * 7 + 3) % n;

        memcpy(permuted->x + i * size, windows->x + from * size, sizeof(float) * (gsize)size);
        permuted->labels[i] = windows->labels[from];
    }
    first = train(a, windows, NULL, &options);
    second = train(b, permuted, NULL, &options);
    g_assert_cmpfloat_with_epsilon(first->epochs[0].train_loss, second->epochs[0].train_loss, 1e-5);
    g_assert_cmpfloat(first->epochs[0].train_accuracy, ==, second->epochs[0].train_accuracy);
}

static void
assert_refused(WgWindows *windows, const WgTrainOptions *options, int code)
{
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_train(network, windows, NULL, options, NULL, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, code);
}

static void
test_refusals(void)
{
    const char *const names[] = {"a", "b", NULL};
    g_autoptr(WgWindows) windows = synthetic_windows(9, 1);
    g_autoptr(WgWindows) none = synthetic_windows(0, 1);
    g_autoptr(WgWindows) other = wg_windows_alloc(5, 10, 3, names);
    WgTrainOptions options = base;

    assert_refused(none, &base, WG_ERROR_MISSING);
    assert_refused(other, &base, WG_ERROR_INPUT);
    options.epochs = 0;
    assert_refused(windows, &options, WG_ERROR_USAGE);
    options = base;
    options.learning_rate = -1;
    assert_refused(windows, &options, WG_ERROR_USAGE);
    options = base;
    options.stretch = 1;
    assert_refused(windows, &options, WG_ERROR_USAGE);
    options = base;
    options.learning_rate = 1e30f;
    options.weight_decay = 0;
    assert_refused(windows, &options, WG_ERROR_UNSUPPORTED);
    windows->labels[4] = 3;
    assert_refused(windows, &base, WG_ERROR_INPUT);
}

static void
add_number(int worker, int chunk, gpointer user_data)
{
    gint *counts = user_data;

    g_atomic_int_inc(&counts[chunk]);
}

static void
test_workers(void)
{
    gint counts[97] = {0};
    g_autoptr(WgWorkers) workers = wg_workers_new(4, add_number, counts);

    for (int round = 1; round <= 500; round++) {
        wg_workers_run(workers, 97);
        for (int i = 0; i < 97; i++)
            g_assert_cmpint(counts[i], ==, round);
    }
}

/* The published network on the recordings it was published for: chance is 0.25 (the largest class).
 */
static void
test_recordings(void)
{
    g_autofree char *folder =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "data/recordings/bangle-gestures", NULL);
    g_autofree char *split_path =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "data/recordings/seed-split.json", NULL);
    const char *paths[] = {folder, NULL};
    const WgImportOptions import_options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) import = wg_import_read(paths, &import_options, NULL, NULL, NULL, &error);
    g_autoptr(WgSplit) split =
        import ? wg_split_new_from_file(import->recordings, split_path, &error) : NULL;
    const WgPreset *preset = wg_preset_find("classic", NULL);
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(WgWindows) validation = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgTraining) training = NULL;
    WgTrainOptions options;

    g_assert_no_error(error);
    windows = wg_windows_new(split->dataset, (const int *)(gpointer)split->train->data,
                             (int)split->train->len);
    validation = wg_windows_new(split->dataset, (const int *)(gpointer)split->validation->data,
                                (int)split->validation->len);
    g_assert_cmpint(windows->n, ==, 687);
    g_assert_cmpint(validation->n, ==, 241);
    network = wg_preset_build(preset, 50, 3, windows->n_labels, 1, &error);
    g_assert_no_error(error);
    options = preset->options;
    options.epochs = 30;
    training = train(network, windows, NULL, &options);
    g_assert_cmpfloat(measure_accuracy(network, validation), >, 0.7);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/trainer/equal-bits-at-1-2-and-5-threads", test_threads);
    g_test_add_func("/train/trainer/same-seed-same-weights", test_seed);
    g_test_add_func("/train/trainer/learns-made-up-gestures", test_learns);
    g_test_add_func("/train/trainer/stops-early-with-best-weights", test_stops_early);
    g_test_add_func("/train/trainer/keeps-last-weights-unless-asked", test_keeps_last);
    g_test_add_func("/train/trainer/rate-follows-its-schedule", test_schedules);
    g_test_add_func("/train/trainer/cancel-ends-before-next-batch", test_cancel);
    g_test_add_func("/train/trainer/permuted-batch-has-same-loss", test_permuted);
    g_test_add_func("/train/trainer/refuses-what-cannot-train", test_refusals);
    g_test_add_func("/train/trainer/learns-recordings-far-beyond-chance", test_recordings);
    g_test_add_func("/train/workers/do-each-chunk-once", test_workers);
    return g_test_run();
}
