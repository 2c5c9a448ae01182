/* Asks the finalists of a search a long recording. */
#include "workbench/search-stream.h"

#include "base/error.h"
#include "base/workers.h"
#include "dataset/split.h"
#include "quant/quantize.h"
#include "workbench/decision.h"
#include "workbench/stream-score.h"
#include "workbench/stream-source.h"
#include "workbench/training.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* A fold trains four fifths of the takes. */
#define ALL_OF_A_FOLD ((double)WG_SEARCH_FOLDS / (WG_SEARCH_FOLDS - 1))

typedef struct {
    const WgSearchOptions *options;
    GPtrArray *finalists;
    GError **errors; /* of each */
    gint64 end_us;
    double from;                       /* of the progress */
    gint n_started, n_done, n_skipped; /* atomic */
    WgProgress *progress;
    GCancellable *cancellable;
} Asking;

static WgInt8Network *
train(const WgSearchTrial *trial, WgSplit *split, GCancellable *cancellable, GError **error)
{
    const WgQuantizeOptions quantize = {.softmax = TRUE};
    WgTrainOptions options = trial->preset->options;
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgWindows) calibration = NULL;
    g_autoptr(GBytes) tflite = NULL;

    options.epochs = trial->epochs;
    options.seed = 1;
    options.n_threads = 1;
    network =
        wg_training_run(trial->preset, &options, split, NULL, NULL, &training, cancellable, error);
    if (!network)
        return NULL;
    calibration = wg_windows_new(split->dataset, NULL, 0);
    tflite = wg_quantize(network, calibration, &quantize, error);
    return tflite ? wg_int8_network_new(tflite, error) : NULL;
}

static int
find_other(WgDataset *dataset, const char *other)
{
    for (int i = 0; other && i < wg_dataset_get_n_labels(dataset); i++) {
        if (g_str_equal(wg_dataset_get_labels(dataset)[i], other))
            return i;
    }
    return -1;
}

static gboolean
ask(const Asking *self, WgSearchTrial *trial, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(int));
    WgSplit split = {trial->dataset, all, none, none};
    const WgReplayWindow detector = {0};
    const WgStreamRule rule = {.threshold = WG_THRESHOLD_USUAL,
                               .other = find_other(trial->dataset, self->options->other)};
    WgModel model = {.labels = (char **)wg_dataset_get_labels(trial->dataset),
                     .n_labels = wg_dataset_get_n_labels(trial->dataset),
                     .window = *wg_dataset_get_window(trial->dataset)};
    g_autoptr(WgInt8Network) int8 = NULL;
    g_autoptr(WgReplay) replay = NULL;
    g_autoptr(WgStreamTruth) truth = NULL;
    g_autoptr(WgStreamScore) score = NULL;

    for (int i = 0; i < wg_dataset_get_n(trial->dataset); i++)
        g_array_append_val(all, i);
    model.int8 = int8 = train(trial, &split, self->cancellable, error);
    if (!int8)
        return FALSE;
    replay =
        wg_replay_new(&model, self->options->stream, &detector, NULL, self->cancellable, error);
    if (!replay)
        return FALSE;
    truth = wg_stream_truth_new(self->options->stream, &model, rule.other, WG_STREAM_TOLERANCE_MS);
    score = wg_stream_score_new(replay, truth, &rule);
    trial->stream = (WgSearchStream){.is_asked = TRUE,
                                     .n_hits = score->match->n_hits,
                                     .n_misses = score->match->n_misses,
                                     .n_wrong = score->match->n_wrong,
                                     .n_doubles = score->match->n_doubles,
                                     .n_false_alarms = score->match->n_false_alarms};
    return TRUE;
}

/* Whether it would not be done in time, by what its folds took. */
static gboolean
is_late(Asking *self, const WgSearchTrial *trial)
{
    const double expected_s = trial->seconds / trial->n_folds * ALL_OF_A_FOLD;

    if (g_atomic_int_add(&self->n_started, 1) == 0 || self->end_us == 0)
        return FALSE;
    return (double)g_get_monotonic_time() + expected_s * G_USEC_PER_SEC > (double)self->end_us;
}

static void
tell_progress(Asking *self)
{
    const int n = (int)self->finalists->len, n_done = g_atomic_int_get(&self->n_done);
    g_autofree char *text =
        /* Translators: networks that are done and all of them */
        g_strdup_printf(_("The recording: %d of %d networks asked"), n_done, n);

    wg_progress_tell(self->progress, self->from + (1 - self->from) * n_done / MAX(1, n), text);
}

static void
on_chunk(int worker, int chunk, gpointer user_data)
{
    Asking *self = user_data;
    WgSearchTrial *trial = g_ptr_array_index(self->finalists, chunk);

    if (g_cancellable_is_cancelled(self->cancellable) || is_late(self, trial)) {
        g_atomic_int_inc(&self->n_skipped);
        return;
    }
    if (!ask(self, trial, &self->errors[chunk]))
        return;
    g_atomic_int_inc(&self->n_done);
    tell_progress(self);
}

static int
compare_accuracy(gconstpointer a, gconstpointer b)
{
    const WgSearchTrial *left = *(WgSearchTrial *const *)a, *right = *(WgSearchTrial *const *)b;

    if (left->accuracy != right->accuracy)
        return left->accuracy < right->accuracy ? 1 : -1;
    return g_strcmp0(left->name, right->name);
}

/* The default preset is second at least: where time is short there is then something to compare
 * with. */
static GPtrArray *
list_finalists(const WgSearch *self)
{
    GPtrArray *finalists = g_ptr_array_new();

    for (guint i = 0; i < self->trials->len; i++) {
        WgSearchTrial *trial = g_ptr_array_index(self->trials, i);

        if (trial->preset && trial->round == WG_SEARCH_ROUNDS &&
            wg_window_options_is_watch(wg_dataset_get_window(trial->dataset)))
            g_ptr_array_add(finalists, trial);
    }
    g_ptr_array_sort(finalists, compare_accuracy);
    for (guint i = 2; i < finalists->len; i++) {
        WgSearchTrial *trial = g_ptr_array_index(finalists, i);

        if (trial->is_reference && g_str_equal(trial->name, wg_presets[0]->name)) {
            g_ptr_array_remove_index(finalists, i);
            g_ptr_array_insert(finalists, 1, trial);
        }
    }
    return finalists;
}

/* The first that counts, which is neither a training that diverged nor a cancellation. */
static gboolean
sort_errors(Asking *self, GError **error)
{
    for (guint i = 0; i < self->finalists->len; i++) {
        GError **why = &self->errors[i];
        const gboolean is_stop = g_error_matches(*why, G_IO_ERROR, G_IO_ERROR_CANCELLED);

        self->n_skipped += is_stop;
        if (is_stop || g_error_matches(*why, WG_ERROR, WG_ERROR_UNSUPPORTED))
            g_clear_error(why);
    }
    return wg_error_propagate_first(self->errors, (int)self->finalists->len, error);
}

int
wg_search_ask_stream(WgSearch *self, const WgSearchOptions *options, gint64 end_us,
                     WgProgress *progress, GCancellable *cancellable, GError **error)
{
    g_autoptr(GPtrArray) finalists = list_finalists(self);
    const int n = (int)finalists->len;
    const int n_threads = wg_workers_count(options->n_threads);
    g_autofree GError **errors = g_new0(GError *, n + 1);
    Asking asking = {.options = options,
                     .finalists = finalists,
                     .errors = errors,
                     .end_us = end_us,
                     .from = WG_SEARCH_BEFORE_STREAM,
                     .progress = progress,
                     .cancellable = cancellable};
    WgWorkers *workers;

    if (n == 0)
        return 0;
    tell_progress(&asking);
    workers = wg_workers_new(MIN(n_threads, n), on_chunk, &asking);
    wg_workers_run(workers, n);
    wg_workers_free(workers);
    return sort_errors(&asking, error) ? asking.n_skipped : -1;
}

WgStream *
wg_search_load_stream(const char *path, WgDataset *dataset, char **note, GError **error)
{
    const WgStreamOptions as_it_says = {0};
    g_autoptr(WgStream) stream = wg_stream_load(path, &as_it_says, error);
    g_autofree char *resampled = NULL;
    gboolean has_gesture = FALSE;

    *note = NULL;
    if (!stream)
        return NULL;
    for (guint i = 0; i < stream->events->len; i++)
        has_gesture =
            has_gesture ||
            find_other(dataset, g_array_index(stream->events, WgStreamEvent, i).label) >= 0;
    if (!has_gesture) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_INPUT,
            _("%s has none of the gestures that are searched with: label some in it, or give "
              "another recording"),
            path);
        return NULL;
    }
    if (fabs(stream->rate_hz - WG_STREAM_RATE_HZ) < 0.01) {
        *note = g_strdup(stream->note);
        return g_steal_pointer(&stream);
    }
    resampled =
        g_strdup_printf(_("resampled from %g to the watch's %g Hz: the watch itself does not "
                          "smooth, so its detector may cut some gestures otherwise"),
                        stream->rate_hz, WG_STREAM_RATE_HZ);
    *note = stream->note ? g_strdup_printf("%s; %s", stream->note, resampled)
                         : g_steal_pointer(&resampled);
    return wg_stream_resample(stream, WG_STREAM_RATE_HZ, error);
}
