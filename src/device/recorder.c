/* Runs data/watch/record.js in a watch's memory and hears what it tells. */
#include "device/recorder.h"

#include "base/error.h"
#include "device/board-stream.h"
#include "device/json-line.h"
#include "device/program.h"
#include "device/watch-talk.h"

#include <math.h>

#define WATCH_RATE_HZ 12.5 /* polled every 80 ms (jswrap_bangle.c) */
#define RAW_PER_G 8192.0   /* of the KX023 at 4 g (jswrap_bangle.c) */
#define MAX_GESTURE 50     /* ACCEL_HISTORY_LEN */
#define MAX_RAW 32768.0

struct _WgRecorder {
    GObject parent;
    WgWatch *watch;
    WgRecordMode mode;
    gboolean is_running;
    gint64 last_sample, last_gesture;
    gulong event_id, state_id;
    WgBoardStream *board;                    /* NULL: an Espruino runs our program */
    GTask *board_task;                       /* of its start */
    double board_rate_hz, board_units_per_g; /* when it was ended */
};

G_DEFINE_TYPE(WgRecorder, wg_recorder, G_TYPE_OBJECT)

enum { SAMPLE, GESTURE, GAP, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* FALSE: it is a repeat. Tells what is missing before it. */
static gboolean
count(WgRecorder *self, gint64 *last, gint64 number)
{
    if (number <= *last) {
        g_debug("number %" G_GINT64_FORMAT " came again", number);
        return FALSE;
    }
    const gint64 n_missing = number - *last - 1;
    *last = number;
    if (n_missing > 0)
        g_signal_emit(self, signals[GAP], 0, (int)MIN(n_missing, G_MAXINT));
    return TRUE;
}

static void
take_sample(WgRecorder *self, JsonNode *value)
{
    JsonNode *values = wg_json_get(value, "a");
    double raw[3], ms;
    gint64 number;
    if (!wg_json_read_int(wg_json_get(value, "n"), &number) || number < 0 || number > G_MAXINT ||
        !wg_json_read_double(wg_json_get(value, "t"), &ms)) {
        g_debug("a sample without number or time");
        return;
    }
    for (guint i = 0; i < 3; i++) {
        if (!wg_json_read_double(wg_json_at(values, i), &raw[i]) || !(fabs(raw[i]) <= MAX_RAW)) {
            g_debug("sample %" G_GINT64_FORMAT " has no values", number);
            return; /* and is told as a gap when the next one comes */
        }
    }
    if (count(self, &self->last_sample, number))
        g_signal_emit(self, signals[SAMPLE], 0, (int)number, ms / 1000, raw[0] / RAW_PER_G,
                      raw[1] / RAW_PER_G, raw[2] / RAW_PER_G);
}

static void
take_gesture(WgRecorder *self, JsonNode *value)
{
    const char *base64 = wg_json_read_string(wg_json_get(value, "d"));
    gint64 number;
    gsize n = 0;
    if (!base64 || !wg_json_read_int(wg_json_get(value, "n"), &number)) {
        g_debug("a gesture without number or history");
        return;
    }
    guint8 *history = g_base64_decode(base64, &n);
    g_autoptr(GBytes) bytes = g_bytes_new_take(history, n);
    if (n == 0 || n % 3 || n / 3 > MAX_GESTURE)
        g_debug("a gesture of %zu bytes", n);
    else if (number > self->last_gesture) {
        /* a missing gesture is no hole in the stream of samples */
        self->last_gesture = number;
        g_signal_emit(self, signals[GESTURE], 0, (int)(n / 3), bytes);
    }
}

static void
on_event(WgWatch *watch, const char *name, JsonNode *value, gpointer user_data)
{
    WgRecorder *self = user_data;
    g_autoptr(WgRecorder) alive = g_object_ref(self);
    if (g_str_equal(name, "sample"))
        take_sample(self, value);
    else if (g_str_equal(name, "gesture") && self->mode == WG_RECORD_GESTURES)
        take_gesture(self, value);
}

static void
stop_hearing(WgRecorder *self)
{
    g_clear_signal_handler(&self->event_id, self->watch);
    g_clear_signal_handler(&self->state_id, self->watch);
    self->is_running = FALSE;
}

static void
on_state(WgWatch *watch, GParamSpec *pspec, gpointer user_data)
{
    WgRecorder *self = user_data;
    g_autoptr(WgRecorder) alive = g_object_ref(self);
    g_autofree char *text = NULL;
    if (wg_watch_get_state(watch) == WG_WATCH_READY)
        return;
    g_object_get(watch, "state-text", &text, NULL);
    g_autoptr(GError) error =
        g_error_new(WG_ERROR, WG_ERROR_CONNECTION, "recording ended with the connection: %s", text);
    stop_hearing(self);
    g_signal_emit(self, signals[FAILED], 0, error);
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    WgRecorder *self = g_task_get_source_object(task);
    GError *error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    if (value) {
        self->is_running = TRUE;
        g_task_return_boolean(task, TRUE);
        return;
    }
    stop_hearing(self);
    g_task_return_error(task, error);
}

static void
on_board_started(gpointer user_data, const GError *error)
{
    WgRecorder *self = user_data;
    g_autoptr(GTask) task = g_steal_pointer(&self->board_task);
    self->is_running = !error;
    if (!error) {
        g_task_return_boolean(task, TRUE);
        return;
    }
    stop_hearing(self);
    g_task_return_error(task, g_error_copy(error));
}

static void
on_board_sample(gpointer user_data, gint64 number, double time_s, const double g[3])
{
    WgRecorder *self = user_data;
    g_autoptr(WgRecorder) alive = g_object_ref(self);
    if (number <= G_MAXINT && count(self, &self->last_sample, number))
        g_signal_emit(self, signals[SAMPLE], 0, (int)number, time_s, g[0], g[1], g[2]);
}

static void
start_board(WgRecorder *self, WgRecordMode mode, GTask *task)
{
    static const WgBoardStreamEvents events = {on_board_started, on_board_sample};
    if (mode != WG_RECORD_STREAM) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_UNSUPPORTED,
                                "%s cuts no gestures: record its stream, with --raw --seconds S",
                                wg_watch_get_name(self->watch));
        g_object_unref(task);
        return;
    }
    self->last_sample = -1;
    self->board_task = task;
    self->state_id = g_signal_connect(self->watch, "notify::state", G_CALLBACK(on_state), self);
    self->board = wg_board_stream_new(self->watch, &events, self);
}

void
wg_recorder_start_async(WgRecorder *self, WgRecordMode mode, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(self, cancellable, callback, user_data);
    g_autofree char *program =
        wg_program_build("global.Waggle=waggleRecord(),1", WG_PROGRAM_RECORD, -1);
    g_autofree char *expression =
        g_strdup_printf("(global.Waggle&&Waggle.stop&&Waggle.stop(),%s)", program);
    stop_hearing(self);
    g_clear_pointer(&self->board, wg_board_stream_free);
    if (wg_watch_get_talk(self->watch) != WG_TALK_ESPRUINO) {
        start_board(self, mode, task);
        return;
    }
    self->mode = mode;
    self->last_sample = self->last_gesture = -1;
    /* before it starts: the first samples may come with the answer */
    self->event_id = g_signal_connect(self->watch, "event", G_CALLBACK(on_event), self);
    self->state_id = g_signal_connect(self->watch, "notify::state", G_CALLBACK(on_state), self);
    wg_watch_eval_async(self->watch, expression, cancellable, on_started, task);
}

gboolean
wg_recorder_start_finish(WgRecorder *self, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
on_stopped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    GError *error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    stop_hearing(g_task_get_source_object(task));
    if (value)
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, error);
}

void
wg_recorder_stop_async(WgRecorder *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
    GTask *task = g_task_new(self, cancellable, callback, user_data);
    if (!self->is_running) {
        g_task_return_boolean(task, TRUE);
        g_object_unref(task);
        return;
    }
    if (self->board) {
        stop_hearing(self);
        self->board_rate_hz = wg_board_stream_get_rate_hz(self->board);
        self->board_units_per_g = wg_board_stream_get_units_per_g(self->board);
        g_clear_pointer(&self->board, wg_board_stream_free);
        g_task_return_boolean(task, TRUE);
        g_object_unref(task);
        return;
    }
    wg_watch_eval_async(self->watch,
                        "(global.Waggle&&Waggle.stop&&Waggle.stop(),delete global.Waggle,1)",
                        cancellable, on_stopped, task);
}

gboolean
wg_recorder_stop_finish(WgRecorder *self, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

double
wg_recorder_get_rate_hz(WgRecorder *self)
{
    if (self->board)
        return wg_board_stream_get_rate_hz(self->board);
    return self->board_rate_hz > 0 ? self->board_rate_hz : WATCH_RATE_HZ;
}

double
wg_recorder_get_board_units_per_g(WgRecorder *self)
{
    return self->board ? wg_board_stream_get_units_per_g(self->board) : self->board_units_per_g;
}

static void
dispose(GObject *object)
{
    WgRecorder *self = WG_RECORDER(object);
    if (self->watch)
        stop_hearing(self);
    g_clear_pointer(&self->board, wg_board_stream_free);
    g_clear_object(&self->board_task);
    g_clear_object(&self->watch);
    G_OBJECT_CLASS(wg_recorder_parent_class)->dispose(object);
}

static void
wg_recorder_class_init(WgRecorderClass *class)
{
    const GType type = G_TYPE_FROM_CLASS(class);
    G_OBJECT_CLASS(class)->dispose = dispose;
    signals[SAMPLE] =
        g_signal_new("sample", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 5,
                     G_TYPE_INT, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
    signals[GESTURE] = g_signal_new("gesture", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BYTES);
    signals[GAP] = g_signal_new("gap", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_INT);
    signals[FAILED] = g_signal_new("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wg_recorder_init(WgRecorder *self)
{
}

WgRecorder *
wg_recorder_new(WgWatch *watch)
{
    WgRecorder *self = g_object_new(WG_TYPE_RECORDER, NULL);
    self->watch = g_object_ref(watch);
    return self;
}
