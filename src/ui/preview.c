/* The live trace while nothing is recorded: streams the watch's accelerometer into a plot. */
#include "ui/preview.h"

#include "device/recorder.h"
#include "device/watch-talk.h"
#include "workbench/record-events.h"

#include <math.h>

typedef enum { IDLE, STARTING, STREAMING, STOPPING } State;

struct _WgPreview {
    GObject parent_instance;
    WgTrace *trace;       /* NULL once it is gone */
    WgHealthLight *light; /* the same */
    double told_s;        /* when, by the stream's time, its health was shown */
    WgRecorder *recorder;
    State state;
    gboolean is_stop_wanted;
    void (*stopped)(gpointer user_data);
    gpointer user_data;
};

G_DEFINE_FINAL_TYPE(WgPreview, wg_preview, G_TYPE_OBJECT)

static void
wg_preview_dispose(GObject *object)
{
    WgPreview *self = WG_PREVIEW(object);

    g_clear_weak_pointer(&self->trace);
    g_clear_weak_pointer(&self->light);
    if (self->recorder)
        g_signal_handlers_disconnect_by_data(self->recorder, self);
    g_clear_object(&self->recorder);
    G_OBJECT_CLASS(wg_preview_parent_class)->dispose(object);
}

static void
wg_preview_class_init(WgPreviewClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = wg_preview_dispose;
}

static void
wg_preview_init(WgPreview *self)
{
}

WgPreview *
wg_preview_new(WgTrace *trace, WgHealthLight *light)
{
    WgPreview *self = g_object_new(WG_TYPE_PREVIEW, NULL);

    g_set_weak_pointer(&self->trace, trace);
    g_set_weak_pointer(&self->light, light);
    return self;
}

static void
on_sample(WgRecorder *recorder, int number, double time_s, double x, double y, double z,
          gpointer user_data)
{
    WgPreview *self = WG_PREVIEW(user_data);
    /* the trace runs at the detector's rate, a board at its own */
    const double rate_hz = wg_recorder_get_health(recorder)->nominal_hz;
    const int step = MAX(1, (int)lrint(rate_hz / WG_RECORD_RATE_HZ));

    if (self->trace && self->state == STREAMING && number % step == 0)
        wg_trace_add(self->trace, number / step, x, y, z);
    if (!self->light || self->state != STREAMING)
        return;
    wg_health_light_hear(self->light);
    if (time_s >= self->told_s + 1) {
        g_autoptr(JsonObject) health = wg_record_describe_health(wg_recorder_get_health(recorder));

        self->told_s = time_s;
        wg_health_light_tell(self->light, health);
    }
}

static void
on_gesture(WgRecorder *recorder, int n_samples, GBytes *history, gpointer user_data)
{
    WgPreview *self = WG_PREVIEW(user_data);

    if (self->trace && self->state == STREAMING)
        wg_trace_mark(self->trace, n_samples, TRUE);
}

static void
end(WgPreview *self)
{
    void (*stopped)(gpointer) = self->stopped;

    if (self->recorder)
        g_signal_handlers_disconnect_by_data(self->recorder, self);
    g_clear_object(&self->recorder);
    if (self->light && self->state != IDLE)
        wg_health_light_stop(self->light);
    self->state = IDLE;
    self->is_stop_wanted = FALSE;
    self->stopped = NULL;
    if (stopped)
        stopped(self->user_data);
}

static void
on_stopped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgPreview) self = WG_PREVIEW(user_data);
    g_autoptr(GError) error = NULL;

    /* a watch that went away has stopped as well */
    if (!wg_recorder_stop_finish(WG_RECORDER(source), result, &error))
        g_debug("the preview could not be stopped: %s", error->message);
    end(self);
}

static void
stop(WgPreview *self)
{
    self->state = STOPPING;
    wg_recorder_stop_async(self->recorder, NULL, on_stopped, g_object_ref(self));
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgPreview) self = WG_PREVIEW(user_data);
    g_autoptr(GError) error = NULL;

    if (!wg_recorder_start_finish(WG_RECORDER(source), result, &error)) {
        g_debug("no preview: %s", error->message); /* the watch's own state says why */
        end(self);
        return;
    }
    self->state = STREAMING;
    self->told_s = 0;
    if (self->light)
        wg_health_light_begin(self->light);
    if (self->is_stop_wanted)
        stop(self);
}

static void
on_failed(WgRecorder *recorder, GError *error, gpointer user_data)
{
    WgPreview *self = WG_PREVIEW(user_data);

    g_debug("the preview ended: %s", error->message);
    if (self->state == STREAMING)
        end(self);
}

void
wg_preview_start(WgPreview *self, WgWatch *watch)
{
    if (self->state != IDLE)
        return;
    self->recorder = wg_recorder_new(watch);
    self->state = STARTING;
    g_signal_connect(self->recorder, "sample", G_CALLBACK(on_sample), self);
    g_signal_connect(self->recorder, "gesture", G_CALLBACK(on_gesture), self);
    g_signal_connect(self->recorder, "failed", G_CALLBACK(on_failed), self);
    wg_recorder_start_async(self->recorder,
                            wg_watch_get_talk(watch) == WG_TALK_ESPRUINO ? WG_RECORD_GESTURES
                                                                         : WG_RECORD_STREAM,
                            NULL, on_started, g_object_ref(self));
}

void
wg_preview_stop(WgPreview *self, void (*stopped)(gpointer user_data), gpointer user_data)
{
    self->stopped = stopped;
    self->user_data = user_data;
    if (self->state == IDLE)
        end(self);
    else if (self->state == STREAMING)
        stop(self);
    else
        self->is_stop_wanted = TRUE;
}
