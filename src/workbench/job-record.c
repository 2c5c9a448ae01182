/* The job "record": takes of one gesture, or a stretch of the raw stream, from a watch. */
#include "base/error.h"
#include "dataset/window.h"
#include "device/recorder.h"
#include "workbench/job.h"
#include "workbench/json.h"

typedef struct {
    WgJob *job;
    WgWatch *watch;
    WgRecorder *recorder;
    gboolean is_raw, is_ending;
    int n_wanted, n_taken, n_known;
    guint timeout_id, cancel_id;
    gulong cancelled_id, state_id, event_id;
    GArray *ids;    /* gint64 */
    GArray *stream; /* float, g */
    GError *error;
} Recording;

static void
recording_free(Recording *r)
{
    g_clear_handle_id(&r->timeout_id, g_source_remove);
    g_clear_handle_id(&r->cancel_id, g_source_remove);
    g_clear_signal_handler(&r->state_id, r->watch);
    g_clear_signal_handler(&r->event_id, r->watch);
    if (r->recorder)
        g_signal_handlers_disconnect_by_data(r->recorder, r);
    g_cancellable_disconnect(wg_job_get_cancellable(r->job), r->cancelled_id);
    g_clear_object(&r->recorder);
    g_clear_object(&r->watch);
    g_array_unref(r->ids);
    g_array_unref(r->stream);
    g_clear_error(&r->error);
    g_clear_object(&r->job);
    g_free(r);
}

static gboolean
store(Recording *r, const float *samples, int n_samples, int n_clipped)
{
    const double units_per_g = wg_recorder_get_board_units_per_g(r->recorder);
    const WgRecordingSpec spec = {
        .label = wg_job_get_string(r->job, "label"),
        .person = wg_job_get_string(r->job, "person"),
        .device = wg_watch_get_name(r->watch),
        .rate_hz = wg_recorder_get_rate_hz(r->recorder),
        .n_samples = n_samples,
        .n_channels = 3,
        .samples = samples,
        .original_units_per_g = units_per_g > 0 ? units_per_g : WG_UNITS_PER_G,
        .n_clipped = n_clipped,
    };
    g_autoptr(WgRecording) recording = wg_recording_new(&spec);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    JsonObject *event = json_object_new();
    gint64 id = 0;
    int n_added = 0;

    g_ptr_array_add(list, recording);
    if (!wg_project_add_recordings(wg_job_get_project(r->job), list, &id, &n_added, &r->error)) {
        json_object_unref(event);
        return FALSE;
    }
    if (n_added > 0)
        g_array_append_val(r->ids, id);
    else
        r->n_known++;
    json_object_set_boolean_member(event, "known", n_added == 0);
    json_object_set_int_member(event, "id", id);
    json_object_set_int_member(event, "n_samples", n_samples);
    json_object_set_boolean_member(event, "clipped", n_clipped > 0);
    if (n_clipped > 0)
        json_object_set_string_member(event, "reason",
                                      "clipped: the watch measures up to 2 g here, do it softer");
    else
        json_object_set_null_member(event, "reason");
    wg_job_tell(r->job, "take", event);
    return TRUE;
}

static void
on_stopped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Recording *r = user_data;
    g_autoptr(GError) error = NULL;
    JsonObject *object;
    WgJob *job = g_object_ref(r->job);
    GError *outcome = NULL;

    if (!wg_recorder_stop_finish(r->recorder, result, &error) && !r->error)
        g_debug("the recorder could not be stopped: %s", error->message);
    if (r->is_raw && !r->error && r->stream->len > 0)
        store(r, (const float *)r->stream->data, (int)r->stream->len / 3, 0);
    object = json_object_new();
    json_object_set_int_member(object, "recordings", r->ids->len);
    json_object_set_int_member(object, "known", r->n_known);
    wg_json_set_ids(object, "ids", (const gint64 *)r->ids->data, (int)r->ids->len);
    wg_job_take_result(job, object);
    outcome = g_steal_pointer(&r->error);
    recording_free(r);
    wg_job_return(job, outcome);
    g_object_unref(job);
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
    wg_recorder_stop_async(r->recorder, NULL, on_stopped, r);
}

static void
on_sample(WgRecorder *recorder, int number, double time_s, double x, double y, double z,
          gpointer user_data)
{
    Recording *r = user_data;
    const float sample[3] = {(float)x, (float)y, (float)z};
    JsonObject *event = json_object_new();

    json_object_set_int_member(event, "n", number);
    json_object_set_double_member(event, "t", time_s);
    json_object_set_double_member(event, "x", x);
    json_object_set_double_member(event, "y", y);
    json_object_set_double_member(event, "z", z);
    wg_job_tell(r->job, "sample", event);
    if (r->is_raw && !r->is_ending)
        g_array_append_vals(r->stream, sample, 3);
}

static void
on_gesture(WgRecorder *recorder, int n_samples, GBytes *bytes, gpointer user_data)
{
    Recording *r = user_data;
    gsize length = 0;
    const gint8 *history = g_bytes_get_data(bytes, &length);
    g_autofree float *samples = g_new(float, length);
    int n_clipped = 0;

    if (r->is_raw || r->is_ending)
        return;
    for (gsize i = 0; i < length; i++) {
        samples[i] = (float)history[i] / WG_UNITS_PER_G;
        n_clipped += history[i] == -128 || history[i] == 127;
    }
    if (!store(r, samples, n_samples, n_clipped)) {
        end(r, g_steal_pointer(&r->error));
        return;
    }
    r->n_taken++;
    if (r->n_wanted > 0)
        wg_progress_tell(wg_job_get_progress(r->job), (double)r->n_taken / r->n_wanted, NULL);
    if (r->n_wanted > 0 && r->n_taken >= r->n_wanted)
        end(r, NULL);
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
    const double seconds = wg_job_get_number(r->job, "seconds");
    GError *error = NULL;

    if (!wg_recorder_start_finish(r->recorder, result, &error)) {
        end(r, error);
        return;
    }
    r->state_id = g_signal_connect(r->watch, "notify::state", G_CALLBACK(on_watch_state), r);
    r->event_id = g_signal_connect(r->watch, "event", G_CALLBACK(on_event), r);
    r->cancelled_id =
        g_cancellable_connect(wg_job_get_cancellable(r->job), G_CALLBACK(on_cancelled), r, NULL);
    if (seconds > 0)
        r->timeout_id = g_timeout_add((guint)(seconds * 1000), on_time_over, r);
    wg_job_tell(r->job, "started", json_object_new());
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    Recording *r = g_new0(Recording, 1);

    r->job = g_object_ref(job);
    r->watch = g_object_ref(watch);
    r->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    r->stream = g_array_new(FALSE, FALSE, sizeof(float));
    r->is_raw = wg_job_has(job, "raw");
    r->n_wanted = wg_job_has(job, "count")     ? (int)wg_job_get_int(job, "count")
                  : wg_job_has(job, "seconds") ? 0
                                               : 10;
    r->recorder = wg_recorder_new(watch);
    g_signal_connect(r->recorder, "sample", G_CALLBACK(on_sample), r);
    g_signal_connect(r->recorder, "gesture", G_CALLBACK(on_gesture), r);
    g_signal_connect(r->recorder, "failed", G_CALLBACK(on_failed), r);
    wg_recorder_start_async(r->recorder, r->is_raw ? WG_RECORD_STREAM : WG_RECORD_GESTURES,
                            wg_job_get_cancellable(job), on_started, r);
}

static void
start(WgJob *job)
{
    GError *error = NULL;

    if (!wg_job_has(job, "label")) {
        wg_job_return(job, g_error_new(WG_ERROR, WG_ERROR_USAGE,
                                       "“record” needs the gesture's name: give --label L"));
        return;
    }
    if (wg_job_has(job, "raw") && !wg_job_has(job, "seconds")) {
        wg_job_return(
            job, g_error_new(WG_ERROR, WG_ERROR_USAGE, "--raw needs the length: give --seconds S"));
        return;
    }
    if (!wg_project_check_writable(wg_job_get_project(job), &error)) {
        wg_job_return(job, error);
        return;
    }
    wg_job_with_watch(job, on_connected);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL},
    {"label", WG_OPTION_STRING, "L", "the gesture", NULL},
    {"person", WG_OPTION_STRING, "P", "who performs it", NULL},
    {"count", WG_OPTION_INT, "N", "takes, 10 where no --seconds are given", NULL, 1, 100000},
    {"seconds", WG_OPTION_NUMBER, "S", "for so long", NULL, 0.1, 86400},
    {"raw", WG_OPTION_FLAG, NULL, "one recording of the whole stream", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_record = {
    "record", "records gestures from a watch", "PROJECT", options_table, NULL, start,
};
