/* The job "record": takes of one gesture, or the raw stream, from a watch. */
#include "base/error.h"
#include "dataset/window.h"
#include "device/recorder.h"
#include "workbench/json.h"
#include "workbench/record-events.h"
#include "workbench/record-plan.h"
#include "workbench/stream-writer.h"
#include "workbench/take-collector.h"

#include <math.h>

#define COUNTDOWN 3
#define HEALTH_MS 1000.0 /* of the stream, from one word on its health to the next */

typedef struct {
    WgJob *job;
    WgWatch *watch;
    WgRecorder *recorder;
    WgRecordPlan plan;
    WgTakeCollector take;
    WgStreamWriter *writer;
    gboolean is_ending;
    int n_taken, n_known, n_held_back, n_lost, countdown, place;
    double last_health_ms;
    guint timeout_id, cancel_id, countdown_id;
    gulong cancelled_id, state_id, event_id;
    GArray *ids; /* gint64 */
    WgWritten written;
    GError *error;
} Recording;

static void
recording_free(Recording *r)
{
    g_clear_handle_id(&r->timeout_id, g_source_remove);
    g_clear_handle_id(&r->cancel_id, g_source_remove);
    g_clear_handle_id(&r->countdown_id, g_source_remove);
    g_clear_signal_handler(&r->state_id, r->watch);
    g_clear_signal_handler(&r->event_id, r->watch);
    if (r->recorder)
        g_signal_handlers_disconnect_by_data(r->recorder, r);
    g_cancellable_disconnect(wg_job_get_cancellable(r->job), r->cancelled_id);
    g_clear_object(&r->recorder);
    g_clear_object(&r->watch);
    g_array_unref(r->ids);
    wg_take_collector_clear(&r->take);
    g_clear_error(&r->error);
    g_clear_object(&r->job);
    g_free(r);
}

static WgRecordingSpec
make_spec(Recording *r)
{
    return (WgRecordingSpec){
        .label = wg_job_get_string(r->job, "label"),
        .person = wg_job_get_string(r->job, "person"),
        .device = wg_watch_get_name(r->watch),
        .rate_hz = wg_recorder_get_rate_hz(r->recorder),
        .n_channels = 3,
        .original_units_per_g = wg_recorder_get_units_per_g(r->recorder),
    };
}

/* A doubtful take is stored and takes no part until somebody says so. */
static gboolean
store_take(Recording *r, WgRecordingSpec *spec)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_autoptr(WgRecording) recording = NULL;
    gint64 id = 0;
    int n_added = 0, n_missing = 0;

    for (int i = 0; i < spec->n_gaps; i++)
        n_missing += spec->gaps[i].n_missing;
    spec->held_back = n_missing > 0 ? "gaps" : spec->n_clipped > 0 ? "clipping" : NULL;
    spec->disabled = spec->held_back != NULL;
    recording = wg_recording_new(spec);
    g_ptr_array_add(list, recording);
    if (!wg_project_add_recordings(wg_job_get_project(r->job), list, &id, &n_added, &r->error))
        return FALSE;
    if (n_added > 0)
        g_array_append_val(r->ids, id);
    else
        r->n_known++;
    r->n_held_back += n_added > 0 && spec->disabled;
    wg_record_tell_take(r->job, spec, id, n_added == 0, n_missing);
    return TRUE;
}

static void
finish(Recording *r)
{
    g_autoptr(WgJob) job = g_object_ref(r->job);
    GError *outcome = g_steal_pointer(&r->error);
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "recordings", r->ids->len);
    json_object_set_int_member(object, "known", r->n_known);
    json_object_set_int_member(object, "held_back", r->n_held_back);
    wg_json_set_ids(object, "ids", (const gint64 *)r->ids->data, (int)r->ids->len);
    if (r->n_lost > 0)
        json_object_set_int_member(object, "lost", r->n_lost);
    if (r->plan.trigger == WG_TRIGGER_CONTINUOUS)
        wg_record_describe_stream(object, &r->written, wg_recorder_get_health(r->recorder));
    wg_job_take_result(job, object);
    recording_free(r);
    wg_job_return(job, outcome);
}

static void
on_stream_written(const WgWritten *written, gpointer user_data)
{
    Recording *r = user_data;
    WgRecordingSpec spec = make_spec(r);

    r->written = *written;
    if (written->error && !r->error)
        r->error = g_error_copy(written->error);
    r->written.error = NULL;
    if (written->id != 0) {
        if (written->is_known)
            r->n_known++;
        else
            g_array_append_val(r->ids, written->id);
        spec.n_samples = written->n_samples;
        spec.n_clipped = (int)wg_recorder_get_health(r->recorder)->n_clipped;
        wg_record_tell_take(r->job, &spec, written->id, written->is_known, written->n_missing);
    }
    finish(r);
}

static void
on_stopped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Recording *r = user_data;
    const WgStreamHealth *health = wg_recorder_get_health(r->recorder);
    g_autoptr(GError) error = NULL;

    if (!wg_recorder_stop_finish(r->recorder, result, &error) && !r->error)
        g_debug("the recorder could not be stopped: %s", error->message);
    if (r->writer)
        wg_stream_writer_finish(g_steal_pointer(&r->writer), wg_recorder_get_rate_hz(r->recorder),
                                (int)MIN(health->n_clipped, G_MAXINT), on_stream_written, r);
    else
        finish(r);
}

/* Ends it; what was taken stays. Takes the error. */
static void
end(Recording *r, GError *error)
{
    if (r->is_ending) {
        g_clear_error(&error);
        return;
    }
    r->is_ending = TRUE;
    r->error = error;
    g_clear_handle_id(&r->countdown_id, g_source_remove);
    wg_recorder_stop_async(r->recorder, NULL, on_stopped, r);
}

static void
on_write_failed(gpointer user_data)
{
    end(user_data, NULL); /* the writer tells why when it is finished */
}

/* Once rate and unit are known, which a board tells by its first samples. */
static void
begin_stream(Recording *r)
{
    const WgRecordingSpec spec = make_spec(r);

    r->writer = wg_stream_writer_new(wg_job_get_project(r->job), &spec, on_write_failed, r);
}

static int
count_take_samples(Recording *r)
{
    return MAX(1, (int)lrint(r->plan.length_s * wg_recorder_get_rate_hz(r->recorder)));
}

static gboolean on_countdown(gpointer user_data);

static void
count_down(Recording *r)
{
    r->countdown = COUNTDOWN + 1;
    r->countdown_id = g_timeout_add_seconds(1, on_countdown, r);
    on_countdown(r);
}

static gboolean
on_countdown(gpointer user_data)
{
    Recording *r = user_data;
    JsonObject *event = json_object_new();

    r->countdown--;
    json_object_set_int_member(event, "n", r->countdown);
    wg_job_tell(r->job, "countdown", event);
    if (r->countdown > 0) {
        wg_job_note(r->job, "%d", r->countdown);
        return G_SOURCE_CONTINUE;
    }
    wg_job_note(r->job, "now");
    r->countdown_id = 0;
    wg_take_collector_begin(&r->take, r->place + 1, count_take_samples(r));
    return G_SOURCE_REMOVE;
}

/* One more is stored. */
static void
count_take(Recording *r)
{
    r->n_taken++;
    if (r->plan.n_wanted > 0)
        wg_progress_tell(wg_job_get_progress(r->job), (double)r->n_taken / r->plan.n_wanted, NULL);
    if (r->plan.n_wanted > 0 && r->n_taken >= r->plan.n_wanted)
        end(r, NULL);
    else if (r->plan.trigger == WG_TRIGGER_COUNTDOWN)
        count_down(r);
}

static void
take_collected(Recording *r)
{
    WgRecordingSpec spec = make_spec(r);
    const double end_g = 32767 / spec.original_units_per_g;

    spec.samples = (const float *)r->take.samples->data;
    spec.n_samples = (int)r->take.samples->len / 3;
    spec.gaps = (const WgGap *)(gpointer)r->take.gaps->data;
    spec.n_gaps = (int)r->take.gaps->len;
    spec.n_clipped = wg_take_collector_count_clipped(&r->take, end_g);
    if (store_take(r, &spec))
        count_take(r);
    else
        end(r, g_steal_pointer(&r->error));
}

static void
on_gesture(WgRecorder *recorder, int n_samples, GBytes *bytes, gpointer user_data)
{
    Recording *r = user_data;
    WgRecordingSpec spec = make_spec(r);
    g_autofree float *samples = wg_take_read_history(bytes, &spec.n_clipped);

    if (r->plan.trigger != WG_TRIGGER_DETECTOR || r->is_ending)
        return;
    spec.samples = samples;
    spec.n_samples = n_samples;
    spec.original_units_per_g = WG_UNITS_PER_G;
    if (store_take(r, &spec))
        count_take(r);
    else
        end(r, g_steal_pointer(&r->error));
}

static void
on_lost(WgRecorder *recorder, int n, gpointer user_data)
{
    Recording *r = user_data;

    r->n_lost += n;
    wg_record_note_lost(r->job, n);
}

static void
on_button(WgRecorder *recorder, int first, gpointer user_data)
{
    Recording *r = user_data;

    if (r->is_ending || wg_take_collector_is_busy(&r->take))
        return;
    wg_take_collector_begin(&r->take, first, count_take_samples(r));
    wg_job_tell(r->job, "begin", json_object_new());
}

static void
on_sample(WgRecorder *recorder, int number, double time_s, double x, double y, double z,
          gpointer user_data)
{
    Recording *r = user_data;
    const WgStreamHealth *health = wg_recorder_get_health(recorder);
    const int step = MAX(1, (int)lrint(health->nominal_hz / WG_RECORD_RATE_HZ));
    const double units = wg_recorder_get_units_per_g(recorder);
    const float sample[3] = {(float)x, (float)y, (float)z};
    const float original[3] = {(float)(x * units), (float)(y * units), (float)(z * units)};
    const int n_missing = number - r->place - 1;

    if (number / step != r->place / step || r->place < 0)
        wg_record_tell_sample(r->job, number / step, time_s, x, y, z);
    r->place = number;
    if (health->last_ms - r->last_health_ms >= HEALTH_MS) {
        r->last_health_ms = health->last_ms;
        wg_record_tell_health(r->job, health);
    }
    if (!r->writer && r->plan.trigger == WG_TRIGGER_CONTINUOUS && !r->is_ending)
        begin_stream(r);
    if (r->writer && !r->is_ending)
        wg_stream_writer_add(r->writer, original, n_missing);
    if (wg_take_collector_add(&r->take, number, sample) && !r->is_ending)
        take_collected(r);
}

static void
on_failed(WgRecorder *recorder, GError *error, gpointer user_data)
{
    end(user_data, g_error_copy(error));
}

static void
on_watch_state(WgWatch *watch, GParamSpec *pspec, gpointer user_data)
{
    if (wg_watch_get_state(watch) == WG_WATCH_READY)
        return;
    end(user_data, g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                               "the watch is out of reach; what was recorded is safe"));
}

static void
on_event(WgWatch *watch, const char *name, JsonNode *value, gpointer user_data)
{
    Recording *r = user_data;

    if (g_str_equal(name, "performed") && wg_job_has(r->job, "watch"))
        end(r, NULL);
}

static gboolean
on_time_over(gpointer user_data)
{
    Recording *r = user_data;

    r->timeout_id = 0;
    end(r, NULL);
    return G_SOURCE_REMOVE;
}

static gboolean
end_cancelled(gpointer user_data)
{
    Recording *r = user_data;

    r->cancel_id = 0;
    end(r, NULL);
    return G_SOURCE_REMOVE;
}

static void
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    Recording *r = user_data;

    /* not at once: a handler must not be disconnected from within itself */
    if (!r->cancel_id)
        r->cancel_id = g_idle_add(end_cancelled, r);
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Recording *r = user_data;
    GError *error = NULL;

    if (!wg_recorder_start_finish(r->recorder, result, &error)) {
        end(r, error);
        return;
    }
    r->state_id = g_signal_connect(r->watch, "notify::state", G_CALLBACK(on_watch_state), r);
    r->event_id = g_signal_connect(r->watch, "event", G_CALLBACK(on_event), r);
    r->cancelled_id =
        g_cancellable_connect(wg_job_get_cancellable(r->job), G_CALLBACK(on_cancelled), r, NULL);
    if (r->plan.seconds > 0)
        r->timeout_id = g_timeout_add((guint)(r->plan.seconds * 1000), on_time_over, r);
    wg_job_tell(r->job, "started", json_object_new());
    if (r->plan.trigger == WG_TRIGGER_COUNTDOWN)
        count_down(r);
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    g_autoptr(WgRecorder) recorder = wg_recorder_new(watch);
    WgRecordPlan plan;
    GError *error = NULL;
    Recording *r;

    if (!wg_record_plan_read(&plan, job, &error) ||
        !wg_recorder_set_rate(recorder, plan.rate_hz, &error)) {
        wg_job_return(job, error);
        return;
    }
    r = g_new0(Recording, 1);
    r->job = g_object_ref(job);
    r->watch = g_object_ref(watch);
    r->recorder = g_steal_pointer(&recorder);
    r->plan = plan;
    r->place = -1;
    r->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    wg_take_collector_init(&r->take);
    if (plan.trigger == WG_TRIGGER_BUTTON)
        wg_recorder_set_button(r->recorder, count_take_samples(r));
    g_signal_connect(r->recorder, "sample", G_CALLBACK(on_sample), r);
    g_signal_connect(r->recorder, "gesture", G_CALLBACK(on_gesture), r);
    g_signal_connect(r->recorder, "lost", G_CALLBACK(on_lost), r);
    g_signal_connect(r->recorder, "take", G_CALLBACK(on_button), r);
    g_signal_connect(r->recorder, "failed", G_CALLBACK(on_failed), r);
    wg_recorder_start_async(
        r->recorder, plan.trigger == WG_TRIGGER_DETECTOR ? WG_RECORD_GESTURES : WG_RECORD_STREAM,
        wg_job_get_cancellable(job), on_started, r);
}

static void
start(WgJob *job)
{
    WgRecordPlan plan;
    GError *error = NULL;

    if (!wg_job_has(job, "label"))
        g_set_error_literal(&error, WG_ERROR, WG_ERROR_USAGE,
                            "“record” needs the gesture's name: give --label L");
    else if (wg_record_plan_read(&plan, job, &error) &&
             wg_project_check_writable(wg_job_get_project(job), &error)) {
        wg_job_with_watch(job, on_connected);
        return;
    }
    wg_job_return(job, error);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL},
    {"label", WG_OPTION_STRING, "L", "the gesture", NULL},
    {"person", WG_OPTION_STRING, "P", "who performs it", NULL},
    {"trigger", WG_OPTION_STRING, "detector|countdown|button|continuous",
     "what begins a take; continuous: the whole stream (detector)", NULL},
    {"count", WG_OPTION_INT, "N", "takes, 10 where no --seconds are given", NULL, 1, 100000},
    {"seconds", WG_OPTION_NUMBER, "S", "for so long", NULL, 0.1, 86400},
    {"length", WG_OPTION_NUMBER, "S", "of a take by countdown or button", "2", 0.2, 600},
    {"rate", WG_OPTION_NUMBER, "HZ", "samples a second: 12.5, 25, 50 or 100", "12.5", 12.5, 100},
    {"raw", WG_OPTION_FLAG, NULL, "one recording of the whole stream", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_record = {
    "record", "records gestures from a watch", "PROJECT", options_table, NULL, start,
};
