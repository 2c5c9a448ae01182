/* Where a job's stream comes from: a file, a stored recording, or takes put together. */
#include "workbench/stream-source.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/stream-synthesis.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

#define SPLIT_PREFIX "split:"
#define DEBOUNCE_MAX 1000

gboolean
wg_stream_rule_set_debounce(WgStreamRule *rule, const char *text, double step_ms, GError **error)
{
    char *end = NULL;
    const char *comma;

    if (!text) {
        rule->n_debounce =
            step_ms > 0 ? wg_debounce_fit(WG_DEBOUNCE_N, WG_DEBOUNCE_SPAN_MS, step_ms) : 0;
        rule->span_ms = WG_DEBOUNCE_SPAN_MS;
        return TRUE;
    }
    if (g_str_equal(text, "0")) {
        rule->n_debounce = 0;
        return TRUE;
    }
    rule->n_debounce = (int)CLAMP(g_ascii_strtoll(text, &end, 10), -1, DEBOUNCE_MAX + 1);
    comma = end;
    rule->span_ms = *comma == ',' ? g_ascii_strtod(comma + 1, &end) : -1;
    if (rule->n_debounce < 1 || rule->n_debounce > DEBOUNCE_MAX || end == comma + 1 || *end ||
        !(rule->span_ms > 0 && rule->span_ms <= 60000)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--debounce takes a number of inferences and milliseconds as 9,450, or 0; not "
                    "“%s”",
                    text);
        return FALSE;
    }
    if ((rule->n_debounce - 1) * step_ms < rule->span_ms)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--debounce %s never answers: %d inferences each %g ms take %g ms; at most %d come "
                "within %g ms",
                text, rule->n_debounce, step_ms, (rule->n_debounce - 1) * step_ms,
                wg_debounce_fit(rule->n_debounce, rule->span_ms, step_ms), rule->span_ms);
    return FALSE;
}

static gboolean
find_other(WgStreamSource *self, const char *label, GError **error)
{
    self->rule.other = -1;
    for (int i = 0; label && i < self->model->n_labels; i++) {
        if (g_str_equal(self->model->labels[i], label))
            self->rule.other = i;
    }
    if (!label || self->rule.other >= 0)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--other takes a gesture of the model, and “%s” is none", label);
    return FALSE;
}

/* As the window really steps: by whole samples. */
static double
get_step_ms(const WgReplayWindow *window)
{
    return rint(window->step_ms / 1000 * WG_STREAM_RATE_HZ) * 1000 / WG_STREAM_RATE_HZ;
}

/* What the options say, and what was tuned where they say nothing. */
static gboolean
read_options(WgStreamSource *self, WgJob *job, gboolean takes_tuned, GError **error)
{
    const char *kind = wg_job_get_string(job, "model");
    const WgDecision *decision;
    const char *window = wg_job_get_string(job, "window");
    const char *debounce = wg_job_get_string(job, "debounce");
    const char *other = wg_job_get_string(job, "other");

    if (!g_str_equal(kind, "float") && !g_str_equal(kind, "int8")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--model takes float or int8, not “%s”", kind);
        return FALSE;
    }
    if (!wg_replay_window_parse(window ? window : "detector", &self->window, error))
        return FALSE;
    self->window_text = wg_replay_window_dup_text(&self->window);
    self->model = wg_model_load(wg_job_get_project(job), kind, error);
    if (!self->model)
        return FALSE;
    if (takes_tuned)
        self->decision = wg_decision_load(wg_job_get_project(job), self->model, self->window_text);
    decision = self->decision;
    self->rule.threshold = WG_THRESHOLD_USUAL;
    if (!find_other(self, other || !decision ? other : decision->other, error))
        return FALSE;
    if (!debounce && decision && decision->n_debounce > 0) {
        self->rule.n_debounce = decision->n_debounce;
        self->rule.span_ms = decision->span_ms;
    } else if (!wg_stream_rule_set_debounce(&self->rule, debounce, get_step_ms(&self->window),
                                            error)) {
        return FALSE;
    }
    self->tolerance_ms = wg_job_has(job, "tolerance") ? wg_job_get_number(job, "tolerance")
                         : self->window.slides        ? self->window.window_ms + self->rule.span_ms
                                                      : WG_STREAM_TOLERANCE_MS;
    return TRUE;
}

/* All takes of the project that the model was never shown mean nothing to it. */
static gboolean
add_unknown(const WgStreamSource *self, WgProject *project, GPtrArray *others, GError **error)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, error);

    for (guint i = 0; all && i < all->len; i++) {
        WgRecording *recording = g_ptr_array_index(all, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);

        if (!spec->disabled &&
            !g_strv_contains((const char *const *)self->model->labels, spec->label))
            g_ptr_array_add(others, wg_recording_ref(recording));
    }
    return all != NULL;
}

WgStream *
wg_stream_source_perform(const WgStreamSource *self, WgJob *job, WgDataset *dataset,
                         WgProgress *progress, GError **error)
{
    const WgSynthesisOptions options = {
        .seed = (guint64)wg_job_get_int(job, "seed"),
        .duration_s = wg_job_get_number(job, "synthesise"),
    };
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GPtrArray) others =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < wg_dataset_get_n(dataset); i++)
        g_ptr_array_add(wg_dataset_get_label(dataset, i) == self->rule.other ? others : takes,
                        wg_recording_ref(wg_dataset_get(dataset, i)));
    if (!add_unknown(self, wg_job_get_project(job), others, error))
        return NULL;
    return wg_stream_synthesise(takes, others, &options, progress, wg_job_get_cancellable(job),
                                error);
}

static WgStream *
put_together(WgStreamSource *self, WgJob *job, const char *part, GError **error)
{
    g_autoptr(WgProgress) progress = wg_progress_split(wg_job_get_progress(job), 0, 0.5);
    g_autoptr(WgDataset) dataset =
        wg_model_load_part(self->model, wg_job_get_project(job), part, error);

    if (!dataset)
        return NULL;
    self->part = g_strdup(part);
    self->description = g_strdup_printf(
        _("This is no recording of a day: it is put together from %d %s takes, with pauses and "
          "movement that means nothing between them (seed %" PRId64 ")."),
        wg_dataset_get_n(dataset), part, wg_job_get_int(job, "seed"));
    return wg_stream_source_perform(self, job, dataset, progress, error);
}

static WgStream *
load_recording(WgStreamSource *self, WgProject *project, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, error);

    for (guint i = 0; all && i < all->len; i++) {
        const WgRecording *recording = g_ptr_array_index(all, i);

        if (wg_recording_get(recording)->id != id)
            continue;
        self->description = g_strdup_printf(
            _("Recording %" PRId64 " of the project: “%s” from its start to its end."), id,
            wg_recording_get(recording)->label);
        return wg_stream_new_from_recording(recording);
    }
    if (all)
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("the project has no recording %" PRId64 " (“list” tells their ids)"), id);
    return NULL;
}

static WgStream *
load_stream(WgStreamSource *self, WgJob *job, const char *what, GError **error)
{
    const WgStreamOptions options = {wg_job_get_number(job, "rate"),
                                     wg_job_get_number(job, "units-per-g")};
    char *end = NULL;
    const gint64 id = g_ascii_strtoll(what, &end, 10);
    WgStream *stream;

    if (g_str_has_prefix(what, SPLIT_PREFIX))
        return put_together(self, job, what + strlen(SPLIT_PREFIX), error);
    if (wg_job_has(job, "synthesise")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--synthesise puts takes together, and “%s” is a recording: give split:test, "
                    "split:validation, or none of the two",
                    what);
        return NULL;
    }
    if (!g_file_test(what, G_FILE_TEST_EXISTS)) {
        if (end != what && !*end)
            return load_recording(self, wg_job_get_project(job), id, error);
        if (!wg_file_check_reachable(what, error))
            return NULL;
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("there is no file “%s”: give a labelled recording, a stored one's id, or "
                      "split:validation"),
                    what);
        return NULL;
    }
    stream = wg_stream_load(what, &options, error);
    if (stream)
        self->description = g_strdup(what);
    return stream;
}

/* Models and the detector know the watch's rate only. */
static gboolean
take_watch_rate(WgStreamSource *self, WgJob *job, GError **error)
{
    WgStream *resampled;

    if (fabs(self->stream->rate_hz - WG_STREAM_RATE_HZ) < 0.01)
        return TRUE;
    resampled = wg_stream_resample(self->stream, WG_STREAM_RATE_HZ, error);
    if (!resampled)
        return FALSE;
    wg_job_note(job,
                _("resampled from %g to the watch's %g Hz: the watch itself does not smooth, so "
                  "its detector may cut some gestures otherwise"),
                self->stream->rate_hz, WG_STREAM_RATE_HZ);
    wg_stream_free(self->stream);
    self->stream = resampled;
    return TRUE;
}

WgStreamSource *
wg_stream_source_new(WgJob *job, const char *what, gboolean takes_tuned, GError **error)
{
    g_autoptr(WgStreamSource) self = g_new0(WgStreamSource, 1);

    if (!read_options(self, job, takes_tuned, error))
        return NULL;
    if (!what)
        return g_steal_pointer(&self);
    self->stream = load_stream(self, job, what, error);
    if (!self->stream)
        return NULL;
    if (self->stream->note)
        wg_job_note(job, "%s", self->stream->note);
    if (!take_watch_rate(self, job, error))
        return NULL;
    return g_steal_pointer(&self);
}

void
wg_stream_source_free(WgStreamSource *self)
{
    g_clear_pointer(&self->model, wg_model_free);
    g_clear_pointer(&self->stream, wg_stream_free);
    g_clear_pointer(&self->decision, wg_decision_free);
    g_free(self->part);
    g_free(self->description);
    g_free(self->window_text);
    g_free(self);
}
