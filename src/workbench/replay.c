/* A stream replayed through windows and a network: what it made of each window. */
#include "workbench/replay.h"

#include "base/error.h"
#include "base/workers.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define CHUNK 128 /* windows between two looks at the cancellable */

typedef struct {
    const WgModel *model;
    WgReplay *replay;
    int n_chunks;
    gint n_done; /* atomic */
    WgProgress *progress;
    GCancellable *cancellable;
} Running;

gboolean
wg_replay_window_parse(const char *text, WgReplayWindow *window, GError **error)
{
    char *end = NULL;

    *window = (WgReplayWindow){FALSE, 0, 0};
    if (g_str_equal(text, "detector"))
        return TRUE;
    window->slides = TRUE;
    window->window_ms = g_ascii_strtod(text, &end);
    if (end != text && *end == ',') {
        const char *step = end + 1;

        window->step_ms = g_ascii_strtod(step, &end);
        if (end != step && !*end && window->window_ms > 0 && window->window_ms <= 60000 &&
            window->step_ms > 0 && window->step_ms <= 60000)
            return TRUE;
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--window takes detector, or a length and a step in milliseconds as 2000,160; not "
                "“%s”",
                text);
    return FALSE;
}

char *
wg_replay_window_dup_text(const WgReplayWindow *window)
{
    return window->slides ? g_strdup_printf("%g,%g", window->window_ms, window->step_ms)
                          : g_strdup("detector");
}

static gboolean
get_input_length(const WgModel *model, int *length, GError **error)
{
    const int n_inputs = model->int8 ? wg_int8_network_get_input(model->int8)->n_elements
                                     : wg_network_get_length(model->network) *
                                           wg_network_get_channels(model->network);
    const gboolean is_acceleration =
        model->int8 ? n_inputs % WG_WINDOW_CHANNELS == 0
                    : wg_network_get_channels(model->network) == WG_WINDOW_CHANNELS;

    /* a model that was not stored tells no window */
    if (model->window.rate_hz > 0 && !wg_model_check_watch(model, "a stream", error))
        return FALSE;
    *length = n_inputs / WG_WINDOW_CHANNELS;
    if (is_acceleration && *length > 0)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("the model wants %d numbers a window, which is no acceleration of %d axes"),
                n_inputs, WG_WINDOW_CHANNELS);
    return FALSE;
}

static WgStreamWindows *
slide(const WgStream *stream, const WgReplayWindow *window, int length, GError **error)
{
    const int n_filled = (int)lrint(window->window_ms / 1000 * stream->rate_hz);
    const int step = (int)lrint(window->step_ms / 1000 * stream->rate_hz);

    if (fabs(stream->rate_hz - WG_STREAM_RATE_HZ) > 0.01) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("the recording has %g Hz, the model was trained at %g Hz: record at that rate"),
            stream->rate_hz, WG_STREAM_RATE_HZ);
        return NULL;
    }
    if (n_filled < 1 || n_filled > length || step < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--window %g,%g is %d samples each %d; the model takes windows of 1 to %d "
                    "samples (%.0f to %.0f ms) and a step of at least 1 (%.0f ms)",
                    window->window_ms, window->step_ms, n_filled, step, length,
                    1000 / stream->rate_hz, 1000 * length / stream->rate_hz,
                    1000 / stream->rate_hz);
        return NULL;
    }
    return wg_stream_slide(stream, length, n_filled, step);
}

/* The rule of data/watch/recognise.js: the first of the largest raw outputs, and its probability.
 */
static void
judge_int8(const WgModel *model, const gint8 *history, int n, int *best, double *confidence)
{
    const WgTensorInfo *output = wg_int8_network_get_output(model->int8);
    const int n_outputs = output->n_elements;
    g_autofree float *outputs = g_new(float, (gsize)n *n_outputs);

    wg_int8_network_run_history(model->int8, history, n, outputs);
    for (int i = 0; i < n; i++) {
        const float *row = outputs + (gsize)i * n_outputs;

        best[i] = wg_argmax(row, n_outputs);
        confidence[i] = output->type == WG_TENSOR_INT8
                            ? (row[best[i]] - output->zero_point) * output->scale
                            : (double)row[best[i]];
    }
}

static void
judge_float(const WgModel *model, const gint8 *history, int n, int length, int *best,
            double *confidence)
{
    g_autoptr(WgWindows) windows =
        wg_windows_alloc(n, length, WG_WINDOW_CHANNELS, (const char *const *)model->labels);
    g_autofree float *probabilities = g_new(float, (gsize)n * model->n_labels);

    for (int i = 0; i < n * length * WG_WINDOW_CHANNELS; i++)
        windows->x[i] = (float)history[i] / WG_UNITS_PER_G;
    wg_model_predict(model, windows, probabilities);
    for (int i = 0; i < n; i++) {
        const float *row = probabilities + (gsize)i * model->n_labels;

        best[i] = wg_argmax(row, model->n_labels);
        confidence[i] = (double)row[best[i]];
    }
}

static void
on_chunk(int worker, int chunk, gpointer user_data)
{
    Running *running = user_data;
    WgReplay *replay = running->replay;
    const int first = chunk * CHUNK, n = MIN(CHUNK, replay->n - first);
    const int length = replay->windows->length;
    const gint8 *history = replay->windows->history + (gsize)first * length * WG_WINDOW_CHANNELS;

    if (g_cancellable_is_cancelled(running->cancellable))
        return;
    if (running->model->int8)
        judge_int8(running->model, history, n, replay->best + first, replay->confidence + first);
    else
        judge_float(running->model, history, n, length, replay->best + first,
                    replay->confidence + first);
    wg_progress_tell(running->progress,
                     (double)(g_atomic_int_add(&running->n_done, 1) + 1) / running->n_chunks, NULL);
}

WgReplay *
wg_replay_new(const WgModel *model, const WgStream *stream, const WgReplayWindow *window,
              WgProgress *progress, GCancellable *cancellable, GError **error)
{
    g_autoptr(WgReplay) self = g_new0(WgReplay, 1);
    Running running = {model, self, 0, 0, progress, cancellable};
    WgWorkers *workers;
    int length = 0;

    if (!get_input_length(model, &length, error))
        return NULL;
    self->windows = window->slides ? slide(stream, window, length, error)
                                   : wg_stream_detect(stream, length, error);
    if (!self->windows)
        return NULL;
    self->n = self->windows->n;
    self->n_samples = stream->n_samples;
    self->n_labels = model->n_labels;
    self->rate_hz = stream->rate_hz;
    self->step_ms = window->slides
                        ? lrint(window->step_ms / 1000 * stream->rate_hz) * 1000 / stream->rate_hz
                        : 0;
    self->best = g_new0(int, self->n + 1);
    self->confidence = g_new0(double, self->n + 1);
    running.n_chunks = (self->n + CHUNK - 1) / CHUNK;
    workers = wg_workers_new(CLAMP(running.n_chunks, 1, wg_workers_count(0)), on_chunk, &running);
    wg_workers_run(workers, running.n_chunks);
    wg_workers_free(workers);
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
        return NULL;
    return g_steal_pointer(&self);
}

void
wg_replay_free(WgReplay *self)
{
    g_clear_pointer(&self->windows, wg_stream_windows_free);
    g_free(self->best);
    g_free(self->confidence);
    g_free(self);
}

gboolean
wg_stream_rule_is_sure(const WgStreamRule *rule, int label, double confidence)
{
    return confidence >= (rule->thresholds ? rule->thresholds[label] : rule->threshold);
}

WgStreamAnswers *
wg_replay_answer(const WgReplay *self, const WgStreamRule *rule)
{
    WgStreamAnswers *answers = g_new0(WgStreamAnswers, 1);
    g_autoptr(WgDebounce) debounce =
        rule->n_debounce > 0 ? wg_debounce_new(rule->n_debounce, rule->span_ms) : NULL;
    const double sample_ms = 1000 / self->rate_hz;

    answers->spans = g_new(WgSpan, self->n + 1);
    answers->confidence = g_new(double, self->n + 1);
    for (int i = 0; i < self->n; i++) {
        const int end = self->windows->ends[i];
        const gboolean is_gesture =
            wg_stream_rule_is_sure(rule, self->best[i], self->confidence[i]) &&
            self->best[i] != rule->other;
        int label = is_gesture ? self->best[i] : -1;
        double first_ms = end * sample_ms;

        if (debounce)
            label = wg_debounce_feed(debounce, end * sample_ms, label, &first_ms);
        if (label < 0)
            continue;
        answers->spans[answers->n] = (WgSpan){
            self->windows->slides ? (int)lrint(first_ms / sample_ms) - 1 : self->windows->starts[i],
            end, label};
        answers->confidence[answers->n++] = self->confidence[i];
    }
    return answers;
}

void
wg_stream_answers_free(WgStreamAnswers *self)
{
    g_free(self->spans);
    g_free(self->confidence);
    g_free(self);
}
