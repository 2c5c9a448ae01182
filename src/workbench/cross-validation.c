/* Trains a preset again and again, each time without some takes or persons, and asks it those. */
#include "workbench/cross-validation.h"

#include "base/error.h"
#include "dataset/split.h"
#include "dataset/thin.h"
#include "quant/verdict.h"
#include "base/workers.h"
#include "workbench/model.h"
#include "workbench/training.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct {
    const WgCrossOptions *options;
    GPtrArray *splits; /* of WgSplit, seed by seed */
    WgCrossPart *parts;
    GError **errors; /* of each part */
    gsize n_takes;   /* to train on, of all parts */
    gsize n_done;    /* atomic: of them times epochs */
    WgProgress *progress;
    GCancellable *cancellable;
} Validation;

typedef struct {
    Validation *v;
    const WgCrossPart *part;
} Running;

static void
on_epoch(const WgEpoch *epoch, gpointer user_data)
{
    const Running *running = user_data;
    Validation *v = running->v;
    const gsize n = (gsize)running->part->n_train;
    const double n_all = (double)v->n_takes * v->options->options.epochs;

    wg_progress_tell(
        v->progress,
        (double)((gsize)g_atomic_pointer_add(&v->n_done, (gssize)n) + n) / MAX(1, n_all), NULL);
}

static gboolean
quantize(const WgCrossForm *form, const WgSplit *split, WgModel *model, WgCrossPart *part,
         GError **error)
{
    model->int8 = wg_cross_form_make(form, model->network, split, (guint64)part->seed, error);
    if (!model->int8)
        return FALSE;
    part->bytes = g_bytes_get_size(wg_int8_network_get_bytes(model->int8));
    part->arena_bytes = wg_arena_bytes(model->int8, FALSE);
    return TRUE;
}

static void
keep_answers(WgSplit *split, const WgWindows *test, const float *probabilities, WgCrossPart *part)
{
    part->n = test->n;
    part->takes = g_memdup2(split->test->data, sizeof(int) * (gsize)test->n);
    part->truth = g_memdup2(test->labels, sizeof(int) * (gsize)test->n);
    part->predicted = g_new(int, test->n);
    for (int i = 0; i < test->n; i++) {
        part->predicted[i] =
            wg_argmax(probabilities + (gsize)i * (gsize)test->n_labels, test->n_labels);
        part->n_errors += part->predicted[i] != part->truth[i];
    }
}

/* A method without a network: nothing of the preset, no int8 form. */
static gboolean
run_baseline(Validation *v, WgSplit *split, WgCrossPart *part, GError **error)
{
    WgForestOptions forest = v->options->forest;
    g_autoptr(WgWindows) train =
        wg_windows_new(split->dataset, (const int *)split->train->data, (int)split->train->len);
    g_autoptr(WgWindows) test =
        wg_windows_new(split->dataset, (const int *)split->test->data, (int)split->test->len);
    g_autofree float *probabilities = g_new(float, (gsize)test->n *(gsize)test->n_labels + 1);
    const gsize n = (gsize)part->n_train;

    forest.seed = (guint64)part->seed;
    forest.n_threads = 1;
    if (!wg_baseline_answer(v->options->method, &forest, train, test, probabilities, v->cancellable,
                            error))
        return FALSE;
    keep_answers(split, test, probabilities, part);
    wg_progress_tell(v->progress,
                     (double)((gsize)g_atomic_pointer_add(&v->n_done, (gssize)n) + n) /
                         MAX(1, (double)v->n_takes),
                     NULL);
    return TRUE;
}

static gboolean
run_part(Validation *v, int i, GError **error)
{
    WgSplit *split = g_ptr_array_index(v->splits, i);
    WgCrossPart *part = &v->parts[i];
    WgTrainOptions options = v->options->options;
    Running running = {v, part};
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;
    g_autoptr(WgWindows) test = NULL;
    g_autofree float *probabilities = NULL;
    WgModel model = {0};

    if (v->options->method != WG_METHOD_NETWORK)
        return run_baseline(v, split, part, error);
    options.seed = (guint64)part->seed;
    options.n_threads = 1;
    network = wg_training_run(v->options->preset, &options, split, on_epoch, &running, &training,
                              v->cancellable, error);
    if (!network)
        return FALSE;
    model.network = network;
    model.n_labels = wg_dataset_get_n_labels(split->dataset);
    if (v->options->is_int8 && !quantize(v->options->form, split, &model, part, error))
        return FALSE;
    int8 = model.int8;
    model.network = int8 ? NULL : network;
    test = wg_windows_new(split->dataset, (const int *)split->test->data, (int)split->test->len);
    probabilities = g_new(float, (gsize)test->n *(gsize)test->n_labels + 1);
    wg_model_predict(&model, test, probabilities);
    keep_answers(split, test, probabilities, part);
    if (v->options->forms)
        part->answers =
            wg_cross_forms_ask(v->options->forms, network, split, test, (guint64)part->seed, error);
    return !v->options->forms || part->answers;
}

/* Of a person's split only while it is asked for. */
static void
fill_train(const Validation *v, WgSplit *split, int share)
{
    if (v->options->n_folds == 0)
        wg_split_train_on_rest(split);
    if (v->options->shares) {
        GArray *kept = wg_thin_takes(split->dataset, split->train, v->options->shares[share]);

        g_array_unref(split->train);
        split->train = kept;
    }
}

static void
on_chunk(int worker, int chunk, gpointer user_data)
{
    Validation *v = user_data;
    WgSplit *split = g_ptr_array_index(v->splits, chunk);

    if (g_cancellable_set_error_if_cancelled(v->cancellable, &v->errors[chunk]))
        return;
    if (v->options->n_folds == 0)
        fill_train(v, split, v->parts[chunk].share);
    run_part(v, chunk, &v->errors[chunk]);
    wg_split_train_on_none(split);
}

/* Takes over the split, or what a share of its training takes leaves. */
static void
add_split(Validation *v, WgSplit *split, WgCrossPart part, GArray *parts)
{
    fill_train(v, split, part.share);
    part.n_train = (int)split->train->len;
    if (v->options->n_folds == 0)
        wg_split_train_on_none(split);
    g_array_append_val(parts, part);
    g_ptr_array_add(v->splits, split);
}

/* The splits of all seeds, and what their parts are called. */
static gboolean
add_splits(Validation *v, WgDataset *dataset, int share, GArray *parts, GError **error)
{
    const gboolean by_person = v->options->n_folds == 0;

    for (int seed = 1; seed <= v->options->n_seeds; seed++) {
        g_autoptr(GPtrArray) splits =
            by_person ? wg_split_new_leave_one_person_out(dataset, error)
                      : wg_split_new_folds(dataset, v->options->n_folds, (guint64)seed, error);

        if (!splits)
            return FALSE;
        if (!by_person && v->options->n_folds_run > 0)
            g_ptr_array_set_size(splits, MIN((int)splits->len, v->options->n_folds_run));
        for (guint i = 0; i < splits->len; i++) {
            WgSplit *split = g_ptr_array_index(splits, i);
            WgRecording *first = wg_dataset_get(dataset, g_array_index(split->test, int, 0));
            const char *person = wg_recording_get(first)->person;
            const WgCrossPart part = {
                .seed = seed,
                .share = share,
                .name = by_person ? g_strdup(person ? person : "unknown")
                                  : g_strdup_printf(_("seed %d fold %u"), seed, i + 1),
            };

            add_split(v, split, part, parts);
        }
        g_ptr_array_set_free_func(splits, NULL); /* they are the other's now */
    }
    return TRUE;
}

static void
clear_part(gpointer data)
{
    WgCrossPart *part = data;

    g_free(part->name);
    g_free(part->takes);
    g_free(part->truth);
    g_free(part->predicted);
    g_clear_pointer(&part->answers, wg_cross_answers_free);
}

/* All parts; the first error in their order counts. */
static gboolean
run_parts(Validation *v, GError **error)
{
    const int n = (int)v->splits->len;
    const int n_threads = wg_workers_count(v->options->n_threads);
    g_autofree GError **errors = g_new0(GError *, n + 1);
    WgWorkers *workers = wg_workers_new(MIN(n_threads, n), on_chunk, v);

    v->errors = errors;
    wg_workers_run(workers, n);
    wg_workers_free(workers);
    return wg_error_propagate_first(errors, n, error);
}

/* Trees are asked about figures of three axes. */
static gboolean
check_method(WgDataset *dataset, const WgCrossOptions *options, GError **error)
{
    const int n = wg_window_options_get_n_channels(wg_dataset_get_window(dataset));

    if ((options->method != WG_METHOD_TREE && options->method != WG_METHOD_FOREST) || n >= 3)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                _("a tree looks at three channels, the windows have %d: give three, or use another "
                  "method"),
                n);
    return FALSE;
}

WgCrossResult *
wg_cross_validate(WgDataset *dataset, const WgCrossOptions *options, WgProgress *progress,
                  GCancellable *cancellable, GError **error)
{
    const gint64 start_us = g_get_monotonic_time();
    g_autoptr(GPtrArray) splits = g_ptr_array_new_with_free_func((GDestroyNotify)wg_split_free);
    g_autoptr(GArray) parts = g_array_new(FALSE, TRUE, sizeof(WgCrossPart));
    Validation v = {
        .options = options, .splits = splits, .progress = progress, .cancellable = cancellable};
    WgCrossResult *result;
    gsize n_parts = 0;

    g_array_set_clear_func(parts, clear_part);
    if (!check_method(dataset, options, error))
        return NULL;
    for (int share = 0; share < (options->shares ? options->n_shares : 1); share++) {
        if (!add_splits(&v, dataset, share, parts, error))
            return NULL;
    }
    for (guint i = 0; i < parts->len; i++)
        v.n_takes += g_array_index(parts, WgCrossPart, i).n_train;
    v.parts = (WgCrossPart *)(gpointer)parts->data;
    if (!run_parts(&v, error))
        return NULL;
    result = g_new0(WgCrossResult, 1);
    result->parts = g_array_steal(parts, &n_parts);
    result->n_parts = (int)n_parts;
    for (int i = 0; i < result->n_parts; i++) {
        result->n += result->parts[i].n;
        result->n_errors += result->parts[i].n_errors;
    }
    result->seconds = (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC;
    return result;
}

void
wg_cross_result_measure(const WgCrossResult *self, int n_seeds, double *accuracies, double *mean,
                        double *spread)
{
    double sum = 0, squares = 0;

    for (int seed = 1; seed <= n_seeds; seed++) {
        int n = 0, n_errors = 0;

        for (int i = 0; i < self->n_parts; i++) {
            if (self->parts[i].seed != seed)
                continue;
            n += self->parts[i].n;
            n_errors += self->parts[i].n_errors;
        }
        accuracies[seed - 1] = 1 - (double)n_errors / MAX(1, n);
        sum += accuracies[seed - 1];
    }
    *mean = sum / n_seeds;
    for (int i = 0; i < n_seeds; i++)
        squares += (accuracies[i] - *mean) * (accuracies[i] - *mean);
    *spread = n_seeds > 1 ? sqrt(squares / (n_seeds - 1)) : NAN;
}

void
wg_cross_result_free(WgCrossResult *self)
{
    for (int i = 0; i < self->n_parts; i++)
        clear_part(&self->parts[i]);
    g_free(self->parts);
    g_free(self);
}
