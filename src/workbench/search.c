/* Searches networks and training settings under a watch's budget, by successive halving. */
#include "workbench/search.h"

#include "base/error.h"
#include "base/workers.h"
#include "workbench/cross-validation.h"
#include "workbench/pareto.h"
#include "workbench/search-private.h"
#include "workbench/search-stream.h"

#include <glib/gi18n.h>
#include <math.h>

#define EPOCHS_USUAL 200 /* of which the early rounds take a share where no limit is given */

/* Folds of five, the share of epochs (a reduction of 3, as that of the networks), and of the time
 * until its end: so the last round has the rest. */
static const struct {
    int n_folds;
    double epochs, until;
} rounds[WG_SEARCH_ROUNDS] = {{1, 1.0 / 9, 0.12}, {2, 1.0 / 3, 0.35}, {WG_SEARCH_FOLDS, 1, 1}};

typedef struct {
    WgSearch *search;
    const WgSearchOptions *options;
    GPtrArray *live;         /* of WgSearchTrial of the search, in the order to run them */
    int round;               /* from 0 */
    int n_threads;           /* for the folds of one trial */
    gint64 start_us, end_us; /* of the search, of the round; end 0: open */
    gint n_started, n_done;  /* atomic; of the round */
    gint n_skipped;          /* atomic; of the search: for lack of time or as it was cancelled */
    GError **errors;         /* of each live one */
    WgProgress *progress;
    GCancellable *cancellable;
} Halving;

void
wg_search_free(WgSearch *self)
{
    g_clear_pointer(&self->trials, g_ptr_array_unref);
    g_clear_pointer(&self->refused, g_ptr_array_unref);
    g_clear_pointer(&self->datasets, g_hash_table_unref);
    g_free(self);
}

int
wg_search_stream_count_errors(const WgSearchStream *self)
{
    return self->n_misses + self->n_wrong + self->n_doubles + self->n_false_alarms;
}

/* The share of the time at which a round ends. */
static double
get_until(const Halving *self, int round)
{
    return rounds[round].until * (self->options->stream ? WG_SEARCH_BEFORE_STREAM : 1);
}

static int
get_epochs(const Halving *self, const WgSearchTrial *trial)
{
    const int own = trial->preset ? trial->preset->options.epochs : 0;
    const int limit = self->options->epochs;
    const double share = rounds[self->round].epochs * (limit > 0 ? limit : EPOCHS_USUAL);

    return self->round == WG_SEARCH_ROUNDS - 1 ? own : MIN(MAX(1, (int)lround(share)), own);
}

static double
get_work(int n_folds, int epochs)
{
    return (double)n_folds * epochs;
}

/* Whether the trial would not be done in time, by what it took in the round before; the first of a
 * round always may. */
static gboolean
is_late(Halving *self, const WgSearchTrial *trial)
{
    const double work = get_work(rounds[self->round].n_folds, get_epochs(self, trial));
    double expected_s = 0;

    if (self->end_us == 0 || g_atomic_int_add(&self->n_started, 1) == 0)
        return FALSE;
    if (trial->round > 0)
        expected_s = trial->seconds / get_work(trial->n_folds, trial->epochs) * work;
    return (double)g_get_monotonic_time() + expected_s * G_USEC_PER_SEC > (double)self->end_us;
}

static double
measure_spread(const WgCrossResult *cross)
{
    double sum = 0, squares = 0;
    const int n = cross->n_parts;

    for (int i = 0; i < n; i++) {
        const WgCrossPart *part = &cross->parts[i];
        const double accuracy = 1 - (double)part->n_errors / MAX(1, part->n);

        sum += accuracy;
        squares += accuracy * accuracy;
    }
    return n > 1 ? sqrt(MAX(0, squares - sum * sum / n) / (n - 1)) : 0;
}

static void
tell_progress(Halving *self)
{
    const int n = (int)self->live->len, n_done = g_atomic_int_get(&self->n_done);
    const double start = self->round > 0 ? get_until(self, self->round - 1) : 0;
    const double part = get_until(self, self->round) - start;
    g_autofree char *text =
        /* Translators: rounds, then networks of the round that are done and all of it */
        g_strdup_printf(_("Round %d of %d: %d of %d networks tried"), self->round + 1,
                        WG_SEARCH_ROUNDS, n_done, n);

    wg_progress_tell(self->progress, start + part * n_done / MAX(1, n), text);
}

static void
run_trial(Halving *self, WgSearchTrial *trial, GError **error)
{
    const int round = trial->preset ? self->round : WG_SEARCH_ROUNDS - 1;
    WgCrossOptions options = {.preset = trial->preset,
                              .method = trial->method,
                              .forest = trial->forest,
                              .n_folds = WG_SEARCH_FOLDS,
                              .n_folds_run = rounds[round].n_folds,
                              .n_seeds = 1,
                              .n_threads = self->n_threads,
                              .is_int8 = TRUE};
    g_autoptr(WgCrossResult) cross = NULL;

    if (trial->preset)
        options.options = trial->preset->options;
    options.options.epochs = get_epochs(self, trial);
    cross = wg_cross_validate(trial->dataset, &options, NULL, self->cancellable, error);
    if (!cross) {
        if (g_error_matches(*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_atomic_int_inc(&self->n_skipped);
        return;
    }
    trial->round = round + 1;
    trial->n_folds = options.n_folds_run;
    trial->epochs = options.options.epochs;
    trial->n = cross->n;
    trial->n_errors = cross->n_errors;
    trial->accuracy = 1 - (double)cross->n_errors / MAX(1, cross->n);
    trial->spread = measure_spread(cross);
    trial->seconds = cross->seconds;
    g_atomic_int_inc(&self->n_done);
    tell_progress(self);
    if (self->options->func)
        self->options->func(trial, self->options->user_data);
}

static void
on_chunk(int worker, int chunk, gpointer user_data)
{
    Halving *self = user_data;
    WgSearchTrial *trial = g_ptr_array_index(self->live, chunk);

    if (g_cancellable_is_cancelled(self->cancellable) || is_late(self, trial))
        g_atomic_int_inc(&self->n_skipped);
    else
        run_trial(self, trial, &self->errors[chunk]);
}

/* Those whose training diverged are refused, other errors are the search's; the first counts. */
static gboolean
sort_errors(Halving *self, GError **error)
{
    for (guint i = 0; i < self->live->len; i++) {
        const WgSearchTrial *trial = g_ptr_array_index(self->live, i);
        GError **why = &self->errors[i];
        const gboolean is_refusal = g_error_matches(*why, WG_ERROR, WG_ERROR_UNSUPPORTED);

        if (is_refusal)
            wg_search_refuse(self->search, trial->preset, (*why)->message);
        if (is_refusal || g_error_matches(*why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_clear_error(why);
    }
    return wg_error_propagate_first(self->errors, (int)self->live->len, error);
}

static gboolean
run_round(Halving *self, GError **error)
{
    const int n = (int)self->live->len;
    const int n_threads = wg_workers_count(self->options->n_threads);
    g_autofree GError **errors = g_new0(GError *, n + 1);
    const double seconds = self->options->seconds;
    WgWorkers *workers;

    self->errors = errors;
    self->n_started = self->n_done = 0;
    self->n_threads = MAX(1, n_threads / MAX(1, n));
    self->end_us =
        seconds > 0
            ? self->start_us + (gint64)(seconds * get_until(self, self->round) * G_USEC_PER_SEC)
            : 0;
    tell_progress(self);
    workers = wg_workers_new(MIN(n_threads, n), on_chunk, self);
    wg_workers_run(workers, n);
    wg_workers_free(workers);
    return sort_errors(self, error);
}

static WgParetoPoint
make_point(const WgSearchTrial *trial)
{
    return (WgParetoPoint){
        .accuracy = trial->stream.is_asked ? -wg_search_stream_count_errors(&trial->stream)
                                           : trial->accuracy,
        .bytes = (gint64)trial->need.bytes,
        .arena_bytes = (gint64)trial->need.arena_bytes,
        .operations = trial->need.operations,
        .is_reference = trial->is_reference && g_str_equal(trial->name, wg_presets[0]->name),
    };
}

/* Points of the networks of the list that finished so many rounds, and were asked a recording or
 * not, which `kept` gets. */
static GArray *
make_points(GPtrArray *trials, int round, gboolean is_asked, GPtrArray *kept)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(WgParetoPoint));

    for (guint i = 0; i < trials->len; i++) {
        WgSearchTrial *trial = g_ptr_array_index(trials, i);
        const WgParetoPoint point = make_point(trial);

        if (trial->round != round || !trial->runs_on_watch || trial->stream.is_asked != is_asked)
            continue;
        g_array_append_val(points, point);
        g_ptr_array_add(kept, trial);
    }
    return points;
}

/* Who goes on to the next round, the most promising first; the reference not later than second, for
 * where time is short there is then something to compare with. */
static void
choose_survivors(Halving *self)
{
    g_autoptr(GPtrArray) finished = g_ptr_array_new();
    g_autoptr(GArray) array = make_points(self->live, self->round + 1, FALSE, finished);
    const WgParetoPoint *points = (const WgParetoPoint *)(gpointer)array->data;
    const int n = (int)array->len;
    g_autofree gboolean *survives = g_new0(gboolean, n + 1);
    g_autofree int *order = g_new(int, n + 1);

    wg_pareto_halve(points, n, survives);
    wg_pareto_rank(points, n, order);
    g_ptr_array_set_size(self->live, 0);
    for (int i = 0; i < n; i++) {
        const int k = order[i];

        if (survives[k])
            g_ptr_array_insert(self->live, points[k].is_reference && i > 0 ? 1 : -1,
                               g_ptr_array_index(finished, k));
    }
}

static int
compare_trials(gconstpointer a, gconstpointer b)
{
    const WgSearchTrial *left = *(WgSearchTrial *const *)a, *right = *(WgSearchTrial *const *)b;
    const int n_left = wg_search_stream_count_errors(&left->stream);
    const int n_right = wg_search_stream_count_errors(&right->stream);

    if (left->runs_on_watch != right->runs_on_watch)
        return left->runs_on_watch ? -1 : 1;
    if (left->round != right->round)
        return right->round - left->round;
    if (left->stream.is_asked != right->stream.is_asked)
        return left->stream.is_asked ? -1 : 1;
    if (n_left != n_right)
        return n_left - n_right;
    if (left->accuracy != right->accuracy)
        return left->accuracy < right->accuracy ? 1 : -1;
    if (left->need.bytes != right->need.bytes)
        return left->need.bytes > right->need.bytes ? 1 : -1;
    return g_strcmp0(left->name, right->name);
}

static const WgSearchTrial *
get_first(const WgSearch *self)
{
    return g_ptr_array_index(self->trials, 0);
}

/* Leaves those that finished a round, sorted; marks the front among those of the last one. FALSE
 * where no network did. */
static gboolean
conclude(WgSearch *self)
{
    g_autoptr(GPtrArray) last = g_ptr_array_new();
    g_autoptr(GArray) points = NULL;
    g_autofree gboolean *is_front = NULL;

    for (guint i = self->trials->len; i-- > 0;) {
        if (((WgSearchTrial *)g_ptr_array_index(self->trials, i))->round == 0)
            g_ptr_array_remove_index(self->trials, i);
    }
    g_ptr_array_sort(self->trials, compare_trials);
    if (self->trials->len == 0 || !get_first(self)->runs_on_watch)
        return FALSE;
    points =
        make_points(self->trials, get_first(self)->round, get_first(self)->stream.is_asked, last);
    is_front = g_new0(gboolean, points->len);
    wg_pareto_mark((const WgParetoPoint *)(gpointer)points->data, (int)points->len, is_front);
    for (guint i = 0; i < last->len; i++)
        ((WgSearchTrial *)g_ptr_array_index(last, i))->is_front = is_front[i];
    return TRUE;
}

static gboolean
ask_stream(Halving *self, GError **error)
{
    const double seconds = self->options->seconds;
    const gint64 end_us = seconds > 0 ? self->start_us + (gint64)(seconds * G_USEC_PER_SEC) : 0;
    int n_skipped = 0;

    if (self->options->stream)
        n_skipped = wg_search_ask_stream(self->search, self->options, end_us, self->progress,
                                         self->cancellable, error);
    self->n_skipped += MAX(0, n_skipped);
    return n_skipped >= 0;
}

WgSearch *
wg_search_new(WgDataset *dataset, const WgSearchOptions *options, WgProgress *progress,
              GCancellable *cancellable, GError **error)
{
    g_autoptr(WgSearch) self = g_new0(WgSearch, 1);
    g_autoptr(GPtrArray) live = g_ptr_array_new();
    Halving halving = {.search = self,
                       .options = options,
                       .live = live,
                       .start_us = g_get_monotonic_time(),
                       .progress = progress,
                       .cancellable = cancellable};

    if (!wg_search_enter(self, dataset, options, cancellable, error))
        return NULL;
    for (guint i = 0; i < self->trials->len; i++)
        g_ptr_array_add(live, g_ptr_array_index(self->trials, i));
    for (int i = 0; i < WG_SEARCH_ROUNDS && !g_cancellable_is_cancelled(cancellable); i++) {
        halving.round = i;
        if (!run_round(&halving, error))
            return NULL;
        choose_survivors(&halving);
    }
    if (!ask_stream(&halving, error))
        return NULL;
    self->is_complete = halving.n_skipped == 0 && halving.round == WG_SEARCH_ROUNDS - 1;
    if (!conclude(self)) {
        const guint n = self->refused->len;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return NULL;
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("no network could be trained: %s"),
                    n > 0 ? ((WgSearchRefusal *)g_ptr_array_index(self->refused, n - 1))->reason
                          : "");
        return NULL;
    }
    self->seconds = (double)(g_get_monotonic_time() - halving.start_us) / G_USEC_PER_SEC;
    return g_steal_pointer(&self);
}
