/* The job "stream": replays a long labelled recording, and counts what was noticed. */
#include "base/file.h"
#include "base/error.h"
#include "workbench/json.h"
#include "workbench/stream-report.h"
#include "workbench/test-opening.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static gboolean
save(WgJob *job, const WgStreamSource *source, GError **error)
{
    const char *path = wg_job_get_string(job, "save");
    g_autofree char *text = path ? wg_stream_to_json(source->stream) : NULL;

    return !path || wg_file_write(path, text, strlen(text), error);
}

/* The threshold that would have been better here. The test split is not for choosing. */
static gboolean
find_better(const WgStreamSource *source, const WgReplay *replay, const WgStreamTruth *truth,
            double most_per_hour, WgSweepPoint *better)
{
    g_autoptr(GArray) points = NULL;

    if (g_strcmp0(source->part, "test") == 0 || source->rule.thresholds)
        return FALSE; /* one for all is no advice to who has one a gesture */
    points = wg_stream_sweep(replay, truth, &source->rule);
    *better = g_array_index(points, WgSweepPoint, wg_stream_choose(points, most_per_hour));
    return TRUE;
}

/* What was tuned for gestures as they are cut says nothing of windows that slide. */
static void
note_unused(WgJob *job, const WgStreamSource *source)
{
    g_autoptr(WgDecision) cut =
        source->window.slides && !source->decision && !wg_job_has(job, "threshold")
            ? wg_decision_load(wg_job_get_project(job), source->model, "detector")
            : NULL;

    if (cut)
        wg_job_note(job,
                    "threshold %g: the tuned one is for gestures as the watch cuts them, not for "
                    "windows that slide (tune-threshold --window %s tunes for these)",
                    WG_THRESHOLD_USUAL, source->window_text);
}

static const char *
get_recording(WgJob *job, GError **error)
{
    const char *what = wg_job_get_arguments(job)[0];

    if (!what && wg_job_has(job, "synthesise"))
        return "split:validation";
    if (!what)
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("give a labelled recording (a file, or a stored one's id), or split:test or "
                      "split:validation to have one put together from takes"));
    return what;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *what = get_recording(job, error);
    g_autoptr(WgStreamSource) source = what ? wg_stream_source_new(job, what, TRUE, error) : NULL;
    g_autoptr(WgProgress) progress = wg_progress_split(wg_job_get_progress(job), 0.5, 1);
    const gint64 start_us = g_get_monotonic_time();
    g_autoptr(WgReplay) replay = NULL;
    g_autoptr(WgStreamTruth) truth = NULL;
    g_autoptr(WgStreamScore) score = NULL;
    g_autofree char *verdict = NULL;
    WgSweepPoint better = {0};
    gboolean has_better;
    gint64 n_opened = 0;
    JsonObject *report;

    if (!source || !save(job, source, error))
        return FALSE;
    source->rule.threshold = wg_decision_choose_threshold(job, source->decision);
    source->rule.thresholds = wg_decision_choose_thresholds(job, source->decision);
    if (!source->window.slides && source->rule.n_debounce > 0)
        wg_job_note(job, "the watch's app answers each gesture at once unless it is deployed with "
                         "the same --debounce");
    replay = wg_replay_new(source->model, source->stream, &source->window, progress,
                           wg_job_get_cancellable(job), error);
    if (!replay)
        return FALSE;
    note_unused(job, source);
    if (g_strcmp0(source->part, "test") == 0 && !wg_test_count_opening(job, &n_opened, error))
        return FALSE;
    truth = wg_stream_truth_new(source->stream, source->model, source->rule.other,
                                source->tolerance_ms);
    score = wg_stream_score_new(replay, truth, &source->rule);
    has_better = find_better(
        source, replay, truth,
        wg_job_has(job, "false-alarms") ? wg_job_get_number(job, "false-alarms") : INFINITY,
        &better);
    verdict = wg_stream_dup_verdict(score, truth, has_better ? &better : NULL);
    report = wg_stream_report_new(source, replay, truth, score);
    if (n_opened > 0)
        json_object_set_int_member(report, "test_opened", n_opened);
    json_object_set_double_member(report, "replay_seconds",
                                  (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC);
    json_object_set_string_member(report, "verdict", verdict);
    wg_job_take_result(job, report);
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_STREAM_OPTIONS,
    {"threshold", WG_OPTION_NUMBER, "T", "least probability for an answer, else as tuned, else 0.5",
     NULL, 0, 1},
    {"false-alarms", WG_OPTION_NUMBER, "N", "an hour that advice may allow, else any", NULL, 0,
     1e9},
    {"save", WG_OPTION_STRING, "FILE.json", "keeps the recording, for perform= of a virtual watch",
     NULL},
    {NULL},
};

const WgJobKind wg_job_kind_stream = {
    "stream",
    "replays a long labelled recording: hits, misses, doubles, false alarms an hour",
    "PROJECT [RECORDING]",
    options_table,
    run,
    NULL,
};
