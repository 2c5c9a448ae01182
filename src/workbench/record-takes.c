/* The takes of a recording: what begins one, what ends it, and the stream beneath. */
#include "base/boottime.h"
#include "dataset/window.h"
#include "workbench/record-events.h"
#include "workbench/record-private.h"

#include <math.h>

#define HEALTH_MS 1000.0 /* of the stream, from one word on its health to the next */

WgRecordingSpec
wg_record_run_make_spec(WgRecordRun *r)
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

static void
on_write_failed(gpointer user_data)
{
    wg_record_run_end(user_data, NULL); /* the writer tells why when it is finished */
}

/* Once rate and unit are known, which a board tells by its first samples. */
static void
begin_stream(WgRecordRun *r)
{
    const WgRecordingSpec spec = wg_record_run_make_spec(r);

    r->writer = wg_stream_writer_new(r->job, &spec, on_write_failed, r);
}

int
wg_record_run_count_samples(WgRecordRun *r)
{
    return MAX(1, (int)lrint(r->plan.length_s * wg_recorder_get_rate_hz(r->recorder)));
}

static gboolean on_countdown(gpointer user_data);

void
wg_record_run_count_down(WgRecordRun *r)
{
    r->countdown = r->plan.countdown_s + 1;
    r->countdown_id = g_timeout_add_seconds(1, on_countdown, r);
    on_countdown(r);
}

static gboolean
on_countdown(gpointer user_data)
{
    WgRecordRun *r = user_data;
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
    wg_take_collector_begin(&r->take, r->place + 1, wg_record_run_count_samples(r));
    return G_SOURCE_REMOVE;
}

/* One more is there, and on its way into the project. */
static void
count_take(WgRecordRun *r)
{
    r->n_taken++;
    if (r->plan.n_wanted > 0)
        wg_progress_tell(wg_job_get_progress(r->job), (double)r->n_taken / r->plan.n_wanted, NULL);
    if (r->plan.n_wanted > 0 && r->n_taken >= r->plan.n_wanted)
        wg_record_run_end(r, NULL);
    else if (r->plan.trigger == WG_TRIGGER_COUNTDOWN)
        wg_record_run_count_down(r);
}

/* Of as many seconds as the watch's own window, at the stream's rate. */
static void
prepare_ordinary(WgRecordRun *r)
{
    const double per_step = wg_recorder_get_rate_hz(r->recorder) / WG_RECORD_RATE_HZ;

    wg_ordinary_cutter_init(&r->ordinary, (int)lrint(WG_WINDOW_LENGTH * per_step),
                            (int)ceil(WG_GESTURE_MAX_STEPS * per_step));
}

static void
keep(WgRecordRun *r, WgRecordingSpec *spec)
{
    wg_take_store_add(&r->store, spec);
    count_take(r);
}

static void
keep_window(WgRecordRun *r)
{
    WgRecordingSpec spec = wg_record_run_make_spec(r);

    spec.samples = r->ordinary.window;
    spec.n_samples = r->ordinary.length;
    spec.n_clipped = r->ordinary.n_clipped;
    keep(r, &spec);
}

void
wg_record_run_end_ordinary(WgRecordRun *r)
{
    while (r->ordinary.samples && wg_ordinary_cutter_end(&r->ordinary))
        keep_window(r);
}

/* Until so many seconds are there that were measured. */
static void
hear_ordinary(WgRecordRun *r, int number, const float sample[3], gboolean is_clipped)
{
    const double n_wanted = r->plan.seconds * wg_recorder_get_rate_hz(r->recorder);

    if (!r->ordinary.samples)
        prepare_ordinary(r);
    if (wg_ordinary_cutter_add(&r->ordinary, number, sample, is_clipped))
        keep_window(r);
    r->n_heard++;
    wg_progress_tell(wg_job_get_progress(r->job), MIN(1, r->n_heard / n_wanted), NULL);
    if (r->n_heard >= n_wanted)
        wg_record_run_end(r, NULL);
}

static void
take_collected(WgRecordRun *r)
{
    WgRecordingSpec spec = wg_record_run_make_spec(r);
    const double end_g = 32767 / spec.original_units_per_g;

    spec.samples = (const float *)r->take.samples->data;
    spec.n_samples = (int)r->take.samples->len / 3;
    spec.gaps = (const WgGap *)(gpointer)r->take.gaps->data;
    spec.n_gaps = (int)r->take.gaps->len;
    spec.n_clipped = wg_take_collector_count_clipped(&r->take, end_g);
    keep(r, &spec);
}

static void
on_gesture(WgRecorder *recorder, int n_samples, GBytes *bytes, gpointer user_data)
{
    WgRecordRun *r = user_data;
    const WgCut *cut = wg_recorder_get_cut(recorder);
    WgRecordingSpec spec = wg_record_run_make_spec(r);
    g_autofree float *samples = wg_take_read_history(bytes, &spec.n_clipped);

    if (!wg_trigger_uses_detector(r->plan.trigger) || r->is_ending)
        return;
    while (r->ordinary.samples &&
           wg_ordinary_cutter_cut(&r->ordinary, cut ? cut->n_samples : n_samples))
        keep_window(r);
    if (cut) { /* at its own rate, and in its own units */
        spec.samples = cut->samples;
        spec.n_samples = cut->n_samples;
        spec.gaps = cut->gaps;
        spec.n_gaps = cut->n_gaps;
        spec.n_clipped = cut->n_clipped;
    } else {
        spec.samples = samples;
        spec.n_samples = n_samples;
        spec.original_units_per_g = WG_UNITS_PER_G;
    }
    keep(r, &spec);
}

static void
on_lost(WgRecorder *recorder, int n, gpointer user_data)
{
    WgRecordRun *r = user_data;

    r->n_lost += n;
    wg_record_note_lost(r->job, n);
}

static void
on_button(WgRecorder *recorder, int first, gpointer user_data)
{
    WgRecordRun *r = user_data;

    if (r->is_ending || wg_take_collector_is_busy(&r->take))
        return;
    wg_take_collector_begin(&r->take, r->offset + first, wg_record_run_count_samples(r));
    wg_job_tell(r->job, "begin", json_object_new());
}

static void
on_button_again(WgRecorder *recorder, int end, gpointer user_data)
{
    WgRecordRun *r = user_data;

    if (!r->is_ending)
        wg_take_collector_shorten(&r->take, r->offset + end);
}

/* Samples may come late, all at once after a sleep: the one that came the fastest says when the
 * watch's time began, and the watch's time when the others were measured. */
static void
tell_newest(WgRecordRun *r, double time_s)
{
    const gint64 measured_us = (gint64)(time_s * G_USEC_PER_SEC);
    const gint64 begun_us = wg_get_boottime_us() - measured_us;

    if (r->begun_us == 0 || begun_us < r->begun_us)
        r->begun_us = begun_us;
    r->newest_us = r->begun_us + measured_us;
}

static void
on_sample(WgRecorder *recorder, int told, double time_s, double x, double y, double z,
          gpointer user_data)
{
    WgRecordRun *r = user_data;
    const WgStreamHealth *health = wg_recorder_get_health(recorder);
    const int step = MAX(1, (int)lrint(health->nominal_hz / WG_RECORD_RATE_HZ));
    const double units = wg_recorder_get_units_per_g(recorder);
    const float sample[3] = {(float)x, (float)y, (float)z};
    const float original[3] = {(float)(x * units), (float)(y * units), (float)(z * units)};
    const int number = r->offset + told;
    const int n_missing = number - r->place - 1;

    if (number / step != r->place / step || r->place < 0)
        wg_record_tell_sample(r->job, number / step, time_s, x, y, z);
    r->place = number;
    tell_newest(r, time_s);
    if (health->last_ms - r->last_health_ms >= HEALTH_MS) {
        r->last_health_ms = health->last_ms;
        wg_record_tell_health(r->job, health);
    }
    if (!r->writer && r->plan.trigger == WG_TRIGGER_CONTINUOUS && !r->is_ending)
        begin_stream(r);
    if (r->writer && !r->is_ending)
        wg_stream_writer_add(r->writer, original, n_missing);
    if (r->plan.trigger == WG_TRIGGER_ORDINARY && !r->is_ending)
        hear_ordinary(r, number, sample, wg_recorder_is_clipped(recorder));
    if (wg_take_collector_add(&r->take, number, sample, wg_recorder_is_clipped(recorder)) &&
        !r->is_ending)
        take_collected(r);
}

void
wg_record_run_hear(WgRecordRun *self)
{
    g_signal_connect(self->recorder, "sample", G_CALLBACK(on_sample), self);
    g_signal_connect(self->recorder, "gesture", G_CALLBACK(on_gesture), self);
    g_signal_connect(self->recorder, "lost", G_CALLBACK(on_lost), self);
    g_signal_connect(self->recorder, "take", G_CALLBACK(on_button), self);
    g_signal_connect(self->recorder, "take-end", G_CALLBACK(on_button_again), self);
}
