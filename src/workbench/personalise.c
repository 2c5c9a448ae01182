/* A network for few takes: from a base where that helps with them, else from nothing. */
#include "workbench/personalise.h"

#include "base/error.h"
#include "base/workers.h"
#include "dataset/split.h"
#include "train/metrics.h"

#include <glib/gi18n.h>
#include <math.h>

#define FOLDS_MOST 5
#define REPEATS 3
/* What was known before of the gain, from the gestures that chose the method (bench/personalise
 * --development, 10 draws): the mean over its three sets (+0.013, +0.022, +0.004), and how far the
 * gain of a draw is from it (0.038, 0.055, 0.030). */
#define GAIN_BEFORE 0.013
#define GAIN_BEFORE_SPREAD 0.04
#define SHARE_OF_FOLDS 0.9 /* of the work; the rest trains the chosen one */

typedef struct {
    const WgNetwork *base;
    const WgPersonalOptions *options;
    GPtrArray *splits;   /* of WgSplit, repeat by repeat */
    GArray *takes;       /* of int, windows' index of each fold's test take, fold by fold */
    guint8 *is_right[2]; /* n_splits x n_takes: of plain, of personal */
    double *accuracy[2]; /* of each split */
    GError **errors;     /* of each split */
    int n_folds, n_takes;
    gint n_done; /* atomic: splits */
    WgProgress *progress;
    GCancellable *cancellable;
} Trial;

WgPersonalOptions
wg_personal_options(void)
{
    return (WgPersonalOptions){.plain = wg_transfer_plain_options(),
                               .personal = wg_transfer_personal_options(),
                               .n_repeats = REPEATS,
                               .seed = 1};
}

static WgNetwork *
train(Trial *trial, gboolean is_personal, WgWindows *windows, guint64 seed, int n_threads,
      GError **error)
{
    WgTrainOptions options = is_personal ? trial->options->personal : trial->options->plain;

    options.seed = seed;
    options.n_threads = n_threads;
    return is_personal
               ? wg_transfer_train(trial->base, windows, &options, trial->cancellable, error)
               : wg_transfer_train_plain(windows, &options, trial->cancellable, error);
}

/* Notes which takes of the fold's test the network gets right. */
static void
ask(Trial *trial, int number, gboolean is_personal, const WgNetwork *network, WgWindows *test)
{
    const int n_labels = wg_network_get_n_classes(network);
    g_autofree float *logits = g_new(float, test->n *n_labels);
    int n_right = 0;

    wg_network_predict(network, test->x, test->n, logits);
    for (int i = 0; i < test->n; i++) {
        const gboolean is_right = wg_argmax(logits + i * n_labels, n_labels) == test->labels[i];

        n_right += is_right;
        trial->is_right[is_personal][number * trial->n_takes + test->recordings[i]] = is_right;
    }
    trial->accuracy[is_personal][number] = (double)n_right / test->n;
}

static gboolean
run_fold(Trial *trial, int number, GError **error)
{
    WgSplit *split = g_ptr_array_index(trial->splits, number);
    g_autoptr(WgWindows) windows = wg_windows_new(
        split->dataset, (const int *)(gpointer)split->train->data, (int)split->train->len);
    g_autoptr(WgWindows) test = wg_windows_new(
        split->dataset, (const int *)(gpointer)split->test->data, (int)split->test->len);
    const guint64 seed = trial->options->seed + (guint64)number;

    for (int is_personal = 0; is_personal < 2; is_personal++) {
        g_autoptr(WgNetwork) network = train(trial, is_personal, windows, seed, 1, error);

        if (!network)
            return FALSE;
        ask(trial, number, is_personal, network, test);
    }
    return TRUE;
}

static void
on_fold(int worker, int number, gpointer user_data)
{
    Trial *trial = user_data;

    if (run_fold(trial, number, &trial->errors[number]))
        wg_progress_tell(
            trial->progress,
            SHARE_OF_FOLDS * (g_atomic_int_add(&trial->n_done, 1) + 1) / trial->splits->len, NULL);
}

/* All folds; the first error in their order counts. */
static gboolean
run_folds(Trial *trial, GError **error)
{
    const int n = (int)trial->splits->len;
    const int n_threads = wg_workers_count(trial->options->n_threads);
    g_autofree GError **errors = g_new0(GError *, n);
    g_autoptr(WgWorkers) workers = wg_workers_new(MIN(n_threads, n), on_fold, trial);

    trial->errors = errors;
    wg_workers_run(workers, n);
    return wg_error_propagate_first(errors, n, error);
}

/* Takes of the gesture with fewest, -1 with an error where that are too few. */
static int
count_fewest(WgDataset *dataset, GError **error)
{
    const int n_labels = wg_dataset_get_n_labels(dataset);
    g_autofree int *counts = g_new0(int, n_labels + 1);
    int least = 0;

    if (n_labels < 2) {
        g_set_error_literal(
            error, WG_ERROR, WG_ERROR_MISSING,
            _("a network needs takes of 2 gestures at least to tell apart: record or "
              "import more"));
        return -1;
    }
    for (int i = 0; i < wg_dataset_get_n(dataset); i++)
        counts[wg_dataset_get_label(dataset, i)]++;
    for (int i = 1; i < n_labels; i++)
        least = counts[i] < counts[least] ? i : least;
    if (counts[least] >= WG_PERSONAL_TAKES_MIN)
        return counts[least];
    g_set_error(error, WG_ERROR, WG_ERROR_TOO_SHORT,
                _("“%s” has %d of the %d takes that a personal model needs of each gesture: record "
                  "more of it"),
                wg_dataset_get_labels(dataset)[least], counts[least], WG_PERSONAL_TAKES_MIN);
    return -1;
}

static gboolean
add_splits(Trial *trial, WgDataset *dataset, GError **error)
{
    for (int repeat = 0; repeat < trial->options->n_repeats; repeat++) {
        g_autoptr(GPtrArray) splits = wg_split_new_folds(
            dataset, trial->n_folds, trial->options->seed + (guint64)repeat, error);

        if (!splits)
            return FALSE;
        for (guint i = 0; i < splits->len; i++)
            g_ptr_array_add(trial->splits, g_ptr_array_index(splits, i));
        g_ptr_array_set_free_func(splits, NULL); /* they are the other's now */
    }
    return TRUE;
}

static WgPersonalScore
score(const Trial *trial, int is_personal)
{
    const int n = (int)trial->splits->len;
    const double *accuracy = trial->accuracy[is_personal];
    double sum = 0, squares = 0, n_right = 0;

    for (int i = 0; i < n; i++) {
        sum += accuracy[i];
        squares += accuracy[i] * accuracy[i];
    }
    for (int i = 0; i < n * trial->n_takes; i++)
        n_right += trial->is_right[is_personal][i];
    return (WgPersonalScore){.accuracy = n_right / (trial->n_takes * trial->options->n_repeats),
                             .spread = n > 1 ? sqrt(MAX(0, squares - sum * sum / n) / (n - 1)) : 0};
}

/* The rule of the header. A take is asked once a repeat. */
static void
decide(const Trial *trial, WgPersonal *self)
{
    const int n = trial->n_takes, n_splits = (int)trial->splits->len;
    const double before = 1 / (GAIN_BEFORE_SPREAD * GAIN_BEFORE_SPREAD);
    double sum = 0, squares = 0, weight;

    for (int take = 0; take < n; take++) {
        double gain = 0;

        for (int i = 0; i < n_splits; i++)
            gain += trial->is_right[1][i * n + take] - trial->is_right[0][i * n + take];
        gain /= trial->options->n_repeats;
        sum += gain;
        squares += gain * gain;
    }
    self->gain = sum / n;
    self->gain_error = MAX(1.0 / n, sqrt(MAX(0, squares - sum * sum / n) / (n - 1) / n));
    weight = 1 / (self->gain_error * self->gain_error);
    self->likely_gain = (GAIN_BEFORE * before + self->gain * weight) / (before + weight);
    self->is_personal = self->likely_gain > 0;
}

static gboolean
run_trial(Trial *trial, WgDataset *dataset, WgPersonal *self, GError **error)
{
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    const int n_splits = (int)trial->splits->len;
    g_autofree guint8 *plain_right = g_new0(guint8, n_splits * trial->n_takes);
    g_autofree guint8 *personal_right = g_new0(guint8, n_splits * trial->n_takes);
    g_autofree double *plain_accuracy = g_new0(double, n_splits);
    g_autofree double *personal_accuracy = g_new0(double, n_splits);

    trial->is_right[0] = plain_right;
    trial->is_right[1] = personal_right;
    trial->accuracy[0] = plain_accuracy;
    trial->accuracy[1] = personal_accuracy;
    if (!run_folds(trial, error))
        return FALSE;
    self->n_takes = trial->n_takes;
    self->plain = score(trial, 0);
    self->personal = score(trial, 1);
    decide(trial, self);
    self->network = train(trial, self->is_personal, windows, trial->options->seed,
                          trial->options->n_threads, error);
    return self->network != NULL;
}

WgPersonal *
wg_personal_new(const WgNetwork *base, WgDataset *dataset, const WgPersonalOptions *options,
                WgProgress *progress, GCancellable *cancellable, GError **error)
{
    const gint64 start_us = g_get_monotonic_time();
    g_autoptr(GPtrArray) splits = g_ptr_array_new_with_free_func((GDestroyNotify)wg_split_free);
    const int n_fewest = count_fewest(dataset, error);
    Trial trial = {.base = base,
                   .options = options,
                   .splits = splits,
                   .n_folds = MIN(FOLDS_MOST, n_fewest),
                   .n_takes = wg_dataset_get_n(dataset),
                   .progress = progress,
                   .cancellable = cancellable};
    g_autoptr(WgPersonal) self = NULL;

    if (n_fewest < 0 || !add_splits(&trial, dataset, error))
        return NULL;
    self = g_new0(WgPersonal, 1);
    if (!run_trial(&trial, dataset, self, error))
        return NULL;
    self->seconds = (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC;
    return g_steal_pointer(&self);
}

void
wg_personal_free(WgPersonal *self)
{
    g_clear_pointer(&self->network, wg_network_unref);
    g_free(self);
}

char *
wg_personal_dup_advice(const WgPersonal *self)
{
    const double plain = 100 * self->plain.accuracy, personal = 100 * self->personal.accuracy;

    if (!self->is_personal)
        return g_strdup_printf(
            _("The base does not help with these gestures: beginning from it, %.0f %% of the takes "
              "that were left out are right, and %.0f %% from nothing. So the model is one "
              "trained from nothing; more takes help it most."),
            personal, plain);
    if (self->gain > self->gain_error)
        return g_strdup_printf(_("Beginning from the base helps: %.0f %% of the takes that were "
                                 "left out are right, and %.0f %% from nothing."),
                               personal, plain);
    return g_strdup_printf(
        _("So few takes cannot show whether the base helps (%.0f %% of those left out are right "
          "with it, %.0f %% without); with other gestures it helped a little, so it is used."),
        personal, plain);
}
