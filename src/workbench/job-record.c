/* The job "record": takes of one gesture, or the raw stream, from a watch. */
#include "base/boottime.h"
#include "base/error.h"
#include "workbench/guest.h"
#include "workbench/record-events.h"
#include "workbench/record-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define SILENT_S 5 /* without a sample, from the start on */

static void
recording_free(WgRecordRun *r)
{
    g_clear_handle_id(&r->timeout_id, g_source_remove);
    g_clear_handle_id(&r->cancel_id, g_source_remove);
    g_clear_handle_id(&r->silence_id, g_source_remove);
    g_clear_handle_id(&r->countdown_id, g_source_remove);
    g_clear_signal_handler(&r->event_id, r->watch);
    if (r->recorder)
        g_signal_handlers_disconnect_by_data(r->recorder, r);
    g_cancellable_disconnect(wg_job_get_cancellable(r->job), r->cancelled_id);
    g_clear_pointer(&r->comeback, wg_comeback_free);
    g_clear_object(&r->recorder);
    g_clear_object(&r->watch);
    wg_take_store_clear(&r->store);
    wg_take_collector_clear(&r->take);
    if (r->ordinary.samples)
        wg_ordinary_cutter_clear(&r->ordinary);
    g_clear_error(&r->error);
    g_clear_object(&r->job);
    g_free(r);
}

static void
finish(gpointer user_data)
{
    WgRecordRun *r = user_data;
    g_autoptr(WgJob) job = g_object_ref(r->job);
    GError *outcome = g_steal_pointer(&r->error);
    JsonObject *object = json_object_new();

    if (r->has_started && r->place < 0 && r->n_taken == 0 && !outcome &&
        !g_cancellable_is_cancelled(wg_job_get_cancellable(job)))
        outcome = g_error_new(WG_ERROR, WG_ERROR_MISSING,
                              _("not one sample came from %s: is its accelerometer switched on?"),
                              wg_watch_get_name(r->watch));
    wg_take_store_describe(&r->store, object);
    if (r->n_lost > 0)
        json_object_set_int_member(object, "lost", r->n_lost);
    if (r->plan.trigger == WG_TRIGGER_CONTINUOUS)
        wg_record_describe_stream(object, &r->written);
    wg_job_take_result(job, object);
    recording_free(r);
    wg_job_return(job, outcome);
}

/* In the stream so far. */
static int
count_clipped(WgRecordRun *r)
{
    return r->n_clipped + (int)MIN(wg_recorder_get_health(r->recorder)->n_clipped, G_MAXINT / 2);
}

static void
on_stream_written(const WgWritten *written, gpointer user_data)
{
    WgRecordRun *r = user_data;
    WgRecordingSpec spec = wg_record_run_make_spec(r);

    r->written = *written;
    if (written->error && !r->error)
        r->error = g_error_copy(written->error);
    r->written.error = NULL;
    if (written->id != 0) {
        spec.n_samples = written->n_samples;
        spec.n_clipped = count_clipped(r);
        wg_take_store_count(&r->store, &spec, written->id, written->is_known, written->n_missing);
    }
    wg_take_store_drain(&r->store, finish);
}

static void
on_stopped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgRecordRun *r = user_data;
    g_autoptr(GError) error = NULL;

    if (!wg_recorder_stop_finish(r->recorder, result, &error) && !r->error)
        g_debug("the recorder could not be stopped: %s", error->message);
    wg_record_run_end_ordinary(r);
    if (r->writer)
        wg_stream_writer_finish(g_steal_pointer(&r->writer), wg_recorder_get_rate_hz(r->recorder),
                                count_clipped(r), on_stream_written, r);
    else
        wg_take_store_drain(&r->store, finish);
}

static void
on_store_failed(GError *error, gpointer user_data)
{
    WgRecordRun *r = user_data;

    if (!r->is_ending)
        wg_record_run_end(r, error);
    else if (!r->error)
        r->error = error;
    else
        g_error_free(error);
}

/* Ends it; what was taken stays. Takes the error. */
void
wg_record_run_end(WgRecordRun *r, GError *error)
{
    if (r->is_ending) {
        g_clear_error(&error);
        return;
    }
    r->is_ending = TRUE;
    r->error = error;
    g_clear_handle_id(&r->countdown_id, g_source_remove);
    if (!r->is_starting) /* else once it has started */
        wg_recorder_stop_async(r->recorder, NULL, on_stopped, r);
}

/* A virtual watch has come to the end of what it performs. */
static void
on_event(WgWatch *watch, const char *name, JsonNode *value, gpointer user_data)
{
    WgRecordRun *r = user_data;
    GError *error = NULL;

    if (!g_str_equal(name, "performed") || !wg_job_has(r->job, "watch"))
        return;
    if (wg_job_has(r->job, "count") && r->n_taken < r->plan.n_wanted)
        g_set_error(&error, WG_ERROR, WG_ERROR_MISSING,
                    "the watch has performed all that it was given, and %d of %d takes were "
                    "recorded: give more takes to perform, or a smaller --count",
                    r->n_taken, r->plan.n_wanted);
    wg_record_run_end(r, error);
}

static gboolean
on_time_over(gpointer user_data)
{
    WgRecordRun *r = user_data;

    r->timeout_id = 0;
    wg_record_run_end(r, NULL);
    return G_SOURCE_REMOVE;
}

static gboolean
end_cancelled(gpointer user_data)
{
    WgRecordRun *r = user_data;

    r->cancel_id = 0;
    wg_record_run_end(r, NULL);
    return G_SOURCE_REMOVE;
}

static void
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    WgRecordRun *r = user_data;

    /* not at once: a handler must not be disconnected from within itself */
    if (!r->cancel_id)
        r->cancel_id = g_idle_add(end_cancelled, r);
}

/* Once: whoever waits in vain is told so. */
static gboolean
on_silent(gpointer user_data)
{
    WgRecordRun *r = user_data;

    r->silence_id = 0;
    if (r->place < 0 && r->n_taken == 0 && !r->is_ending)
        wg_job_note(r->job,
                    _("no sample has come from %s for %d s: is its accelerometer switched on?"),
                    wg_watch_get_name(r->watch), SILENT_S);
    return G_SOURCE_REMOVE;
}

static void
begin(WgRecordRun *r)
{
    r->event_id = g_signal_connect(r->watch, "event", G_CALLBACK(on_event), r);
    if (r->plan.seconds > 0 && r->plan.trigger != WG_TRIGGER_ORDINARY)
        r->timeout_id = g_timeout_add((guint)(r->plan.seconds * 1000), on_time_over, r);
    r->silence_id = g_timeout_add_seconds(SILENT_S, on_silent, r);
    r->has_started = TRUE;
    wg_record_note_unit(r->job, wg_recorder_get_unit(r->recorder),
                        wg_recorder_get_units_per_g(r->recorder));
    wg_job_tell(r->job, "started", json_object_new());
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgRecordRun *r = user_data;
    GError *error = NULL;

    r->is_starting = FALSE;
    wg_recorder_start_finish(r->recorder, result, &error);
    if (r->is_ending) {
        g_clear_error(&error);
        wg_recorder_stop_async(r->recorder, NULL, on_stopped, r);
    } else if (error && wg_comeback_is_away(r->comeback)) {
        g_error_free(error); /* it is started again when the watch is back */
    } else if (error) {
        wg_record_run_end(r, error);
    } else {
        if (!r->has_started)
            begin(r);
        if (r->plan.trigger == WG_TRIGGER_COUNTDOWN && !wg_take_collector_is_busy(&r->take))
            wg_record_run_count_down(r);
    }
}

static void
start_recorder(WgRecordRun *r)
{
    r->is_starting = TRUE;
    wg_recorder_start_async(r->recorder,
                            wg_trigger_uses_detector(r->plan.trigger) ? WG_RECORD_GESTURES
                                                                      : WG_RECORD_STREAM,
                            wg_job_get_cancellable(r->job), on_started, r);
}

static void
on_watch_lost(gpointer user_data)
{
    WgRecordRun *r = user_data;

    r->n_clipped = count_clipped(r);
    g_clear_handle_id(&r->countdown_id, g_source_remove);
}

/* The watch numbers anew from 0; what was missed since the newest sample is a gap before that. */
static void
on_watch_back(double away_s, gpointer user_data)
{
    WgRecordRun *r = user_data;
    const double missed_s = (double)(wg_get_boottime_us() - r->newest_us) / G_USEC_PER_SEC;

    if (r->is_ending)
        return;
    if (r->place >= 0)
        r->offset = r->place + 1 + (int)lrint(missed_s * wg_recorder_get_rate_hz(r->recorder));
    wg_record_tell_back(r->job, r->place >= 0 ? missed_s : 0);
    r->last_health_ms = 0;
    r->begun_us = 0;
    if (!r->is_starting)
        start_recorder(r);
}

static void
on_failed(WgRecorder *recorder, GError *error, gpointer user_data)
{
    WgRecordRun *r = user_data;

    if (wg_comeback_is_away(r->comeback))
        return;
    /* the computer slept for longer than the watch waits; the connection is there still */
    if (g_error_matches(error, WG_ERROR, WG_ERROR_CONNECTION) &&
        wg_watch_get_state(r->watch) == WG_WATCH_READY) {
        wg_job_note(r->job, _("%s; it is begun anew, with a gap"), error->message);
        on_watch_lost(r);
        on_watch_back(0, r);
    } else {
        wg_record_run_end(r, g_error_copy(error));
    }
}

static void
on_watch_gone(GError *error, gpointer user_data)
{
    wg_record_run_end(user_data, error);
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    static const WgComebackFuncs funcs = {on_watch_lost, on_watch_back, on_watch_gone};
    g_autoptr(WgRecorder) recorder = wg_recorder_new(watch);
    WgRecordPlan plan;
    GError *error = NULL;
    WgRecordRun *r;

    if (!wg_record_plan_read(&plan, job, &error) ||
        !wg_recorder_set_rate(recorder, plan.rate_hz, &error)) {
        wg_job_return(job, error);
        return;
    }
    r = g_new0(WgRecordRun, 1);
    r->job = g_object_ref(job);
    r->watch = g_object_ref(watch);
    r->recorder = g_steal_pointer(&recorder);
    r->plan = plan;
    r->place = -1;
    wg_take_store_init(&r->store, r->job, on_store_failed, r);
    r->store.is_guest = wg_job_has(job, "guest");
    wg_take_collector_init(&r->take);
    if (plan.trigger == WG_TRIGGER_BUTTON)
        wg_recorder_set_button(r->recorder, wg_record_run_count_samples(r), plan.n_wanted);
    g_signal_connect(r->recorder, "failed", G_CALLBACK(on_failed), r);
    wg_record_run_hear(r);
    r->comeback = wg_comeback_new(job, watch, wg_job_get_number(job, "wait"), &funcs, r);
    r->cancelled_id =
        g_cancellable_connect(wg_job_get_cancellable(job), G_CALLBACK(on_cancelled), r, NULL);
    start_recorder(r);
}

/* A countdown counts seconds of this computer: a virtual watch that performs many times faster
 * would be through before, or find itself left alone meanwhile. */
static gboolean
choose_pace(WgJob *job, const WgRecordPlan *plan, GError **error)
{
    const char *address = wg_job_get_string(job, "watch");
    g_autofree char *paced = NULL;

    if (plan->trigger != WG_TRIGGER_COUNTDOWN || !address ||
        !g_str_has_prefix(address, "virtual:") || !strstr(address, "perform=") ||
        strstr(address, "speed="))
        return TRUE;
    paced = g_strconcat(address, "&speed=1", NULL);
    return wg_job_set(job, "watch", paced, error);
}

static void
start(WgJob *job)
{
    WgRecordPlan plan;
    GError *error = NULL;

    if (!wg_job_has(job, "label"))
        g_set_error_literal(&error, WG_ERROR, WG_ERROR_USAGE,
                            "“record” needs the gesture's name: give --label L");
    else if (wg_record_plan_read(&plan, job, &error) && wg_guest_check(job, &error) &&
             wg_project_check_writable(wg_job_get_project(job), &error) &&
             choose_pace(job, &plan, &error)) {
        wg_job_with_watch(job, on_connected);
        return;
    }
    wg_job_return(job, error);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL},
    {"label", WG_OPTION_NAME, "L", "the gesture", NULL},
    {"person", WG_OPTION_NAME, "P", "who performs it", NULL},
    WG_GUEST_OPTION,
    {"trigger", WG_OPTION_STRING, "detector|countdown|button|continuous|ordinary",
     "what begins a take; continuous: the whole stream; ordinary: a minute of movement that is no "
     "gesture, cut into takes (detector)",
     NULL},
    {"count", WG_OPTION_INT, "N", "takes, 10 where no --seconds are given", NULL, 1, 100000},
    {"seconds", WG_OPTION_NUMBER, "S", "for so long", NULL, 0.1, 86400},
    {"length", WG_OPTION_NUMBER, "S", "of a take by countdown or button", "2", 0.2, 600},
    {"countdown", WG_OPTION_INT, "S", "before each take by countdown, 1 to 10",
     G_STRINGIFY(WG_COUNTDOWN_S), 1, 10},
    {"rate", WG_OPTION_NUMBER, "HZ", "samples a second: 12.5, 25, 50 or 100", "12.5", 12.5, 100},
    {"raw", WG_OPTION_FLAG, NULL, "one recording of the whole stream", NULL},
    WG_COMEBACK_OPTION,
    {NULL},
};

const WgJobKind wg_job_kind_record = {
    "record", "records gestures from a watch", "PROJECT", options_table, NULL, start,
};
