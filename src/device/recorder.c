/* Runs data/watch/record.js in a watch's memory and hears what it tells. */
#include "device/recorder-private.h"

#include "base/error.h"
#include "device/json-line.h"
#include "device/program.h"
#include "device/sample-block.h"
#include "device/watch-talk.h"

#include <glib/gi18n.h>
#include <math.h>

#define RAW_PER_G 8192.0  /* of the KX023 at 4 g (jswrap_bangle.c) */
#define FAST_PER_G 4096.0 /* and at 8 g, its data sheet's sensitivity at 16 bits */
#define RAW_END 32767     /* of its range */
#define MAX_GESTURE 50    /* ACCEL_HISTORY_LEN */
#define BLOCK_MS 100      /* samples that are told together span no more */
#define ALIVE_MS 2000     /* of the stream's own time, after which it is told that somebody does */

G_DEFINE_TYPE(WgRecorder, wg_recorder, G_TYPE_OBJECT)

enum { SAMPLE, GESTURE, GAP, LOST, TAKE, TAKE_END, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
wg_recorder_stop_hearing(WgRecorder *self)
{
    g_clear_signal_handler(&self->event_id, self->watch);
    g_clear_signal_handler(&self->state_id, self->watch);
    wg_clock_clear(self->watch->clock, &self->alive_id);
    self->is_running = FALSE;
}

void
wg_recorder_fail(WgRecorder *self, GError *error)
{
    g_autoptr(WgRecorder) alive = g_object_ref(self);
    wg_recorder_stop_hearing(self);
    g_signal_emit(self, signals[FAILED], 0, error);
}

void
wg_recorder_tell_sample(WgRecorder *self, gint64 number, double time_ms, const double g[3],
                        gboolean is_clipped)
{
    const int n_missing = wg_stream_health_take(&self->health, number, time_ms, is_clipped);
    self->is_clipped = is_clipped;
    if (n_missing > 0)
        g_signal_emit(self, signals[GAP], 0, n_missing);
    if (n_missing >= 0)
        g_signal_emit(self, signals[SAMPLE], 0, (int)MIN(self->health.place, G_MAXINT),
                      time_ms / 1000, g[0], g[1], g[2]);
    else
        g_debug("sample %" G_GINT64_FORMAT " came again", number);
}

void
wg_recorder_tell_gesture(WgRecorder *self, int n_samples, GBytes *history)
{
    g_signal_emit(self, signals[GESTURE], 0, n_samples, history);
}

static void
take_samples(WgRecorder *self, JsonNode *line)
{
    const double units_per_g = wg_recorder_get_units_per_g(self);
    WgSampleBlock block;
    double time_ms;
    if (!wg_sample_block_parse(line, &block)) {
        g_debug("a damaged line of samples"); /* told as a gap when the next one comes */
        return;
    }
    time_ms = block.time_ms;
    for (int i = 0; i < block.n_samples; i++) {
        const int *raw = block.samples[i].raw;
        gboolean is_clipped = FALSE;
        for (int axis = 0; axis < 3; axis++)
            is_clipped |= abs(raw[axis]) >= RAW_END;
        time_ms += block.samples[i].step_ms;
        const double g[3] = {raw[0] / units_per_g, raw[1] / units_per_g, raw[2] / units_per_g};
        wg_recorder_tell_sample(self, block.number + i, time_ms, g, is_clipped);
    }
    if (self->is_running && self->health.last_ms - self->last_alive_ms >= ALIVE_MS)
        wg_recorder_say_alive(self);
}

static void
take_gesture(WgRecorder *self, JsonNode *line)
{
    g_autoptr(GBytes) bytes = wg_checked_bytes_parse(line);
    const gsize n = bytes ? g_bytes_get_size(bytes) : 0;
    gint64 number;
    if (!wg_json_read_int(wg_json_get(line, "n"), &number) || number <= self->last_gesture) {
        g_debug("a gesture without a number, or again");
        return;
    }
    if (n == 0 || n % 3 || n / 3 > MAX_GESTURE) {
        g_debug("a damaged gesture of %zu bytes", n);
        return; /* told as lost when the next one comes */
    }
    /* a missing gesture is no hole in the stream of samples */
    if (number > self->last_gesture + 1)
        g_signal_emit(self, signals[LOST], 0, (int)MIN(number - self->last_gesture - 1, G_MAXINT));
    self->last_gesture = number;
    wg_recorder_tell_gesture(self, (int)(n / 3), bytes);
}

/* `member` of the line is a sample by the watch's numbers. */
static void
take_button(WgRecorder *self, JsonNode *line, const char *member, guint signal)
{
    gint64 number;
    if (wg_json_read_int(wg_json_get(line, member), &number) && number >= 0 &&
        number < G_MAXINT / 2)
        g_signal_emit(self, signal, 0, (int)(number + self->health.n_lost_there));
}

static void
on_event(WgWatch *watch, const char *name, JsonNode *line, gpointer user_data)
{
    WgRecorder *self = user_data;
    g_autoptr(WgRecorder) alive = g_object_ref(self);
    if (g_str_equal(name, "block"))
        take_samples(self, line);
    else if (g_str_equal(name, "gesture") && self->mode == WG_RECORD_GESTURES)
        take_gesture(self, line);
    else if (g_str_equal(name, "take") && self->n_button_samples > 0)
        take_button(self, line, "first", signals[TAKE]);
    else if (g_str_equal(name, "takeEnd") && self->n_button_samples > 0)
        take_button(self, line, "end", signals[TAKE_END]);
}

void
wg_recorder_on_state(WgWatch *watch, GParamSpec *pspec, gpointer user_data)
{
    WgRecorder *self = user_data;
    g_autofree char *text = NULL;
    if (wg_watch_get_state(watch) == WG_WATCH_READY)
        return;
    g_object_get(watch, "state-text", &text, NULL);
    g_autoptr(GError) error = g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                                          _("recording ended with the connection: %s"), text);
    wg_recorder_fail(self, error);
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
        wg_recorder_start_alive(self);
        g_task_return_boolean(task, TRUE);
        return;
    }
    wg_recorder_stop_hearing(self);
    g_task_return_error(task, error);
}

void
wg_recorder_start_async(WgRecorder *self, WgRecordMode mode, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(self, cancellable, callback, user_data);
    const int n_block = MAX(1, (int)(BLOCK_MS * self->rate_hz / 1000));
    char rate[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *call = g_strdup_printf(
        "global.Waggle=waggleRecord({rate:%s,block:%d,gestures:%d,length:%d,wanted:%d,"
        "patience:%d}),1",
        g_ascii_dtostr(rate, sizeof rate, self->rate_hz), n_block, mode == WG_RECORD_GESTURES,
        self->n_button_samples, self->n_button_takes, WG_RECORD_PATIENCE_S);
    g_autofree char *program = wg_program_build(call, WG_PROGRAM_RECORD, -1);
    g_autofree char *pause = wg_program_build("wagglePause", WG_PROGRAM_PAUSE, -1);
    g_autofree char *expression =
        g_strdup_printf("(global.Waggle&&Waggle.stop&&Waggle.stop(),%s(),%s)", pause, program);
    wg_recorder_stop_hearing(self);
    g_clear_pointer(&self->board, wg_board_stream_free);
    self->mode = mode;
    if (wg_watch_get_talk(self->watch) != WG_TALK_ESPRUINO) {
        wg_recorder_start_board(self, task);
        return;
    }
    self->last_gesture = -1;
    self->last_alive_ms = 0;
    wg_stream_health_init(&self->health, self->rate_hz);
    /* before it starts: the first samples may come with the answer */
    self->event_id = g_signal_connect(self->watch, "event", G_CALLBACK(on_event), self);
    self->state_id =
        g_signal_connect(self->watch, "notify::state", G_CALLBACK(wg_recorder_on_state), self);
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
    wg_recorder_stop_hearing(g_task_get_source_object(task));
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
        wg_recorder_stop_hearing(self);
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

static void
dispose(GObject *object)
{
    WgRecorder *self = WG_RECORDER(object);
    if (self->watch)
        wg_recorder_stop_hearing(self);
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
    signals[LOST] = g_signal_new("lost", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
    signals[TAKE] = g_signal_new("take", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
    signals[TAKE_END] = g_signal_new("take-end", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT);
    signals[FAILED] = g_signal_new("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wg_recorder_init(WgRecorder *self)
{
    self->rate_hz = WG_RECORD_RATE_HZ;
    wg_stream_health_init(&self->health, self->rate_hz);
}

WgRecorder *
wg_recorder_new(WgWatch *watch)
{
    WgRecorder *self = g_object_new(WG_TYPE_RECORDER, NULL);
    self->watch = g_object_ref(watch);
    return self;
}

gboolean
wg_recorder_set_rate(WgRecorder *self, double rate_hz, GError **error)
{
    if (!wg_record_rate_check(self->watch, rate_hz, error))
        return FALSE;
    self->rate_hz = rate_hz;
    wg_stream_health_init(&self->health, rate_hz);
    return TRUE;
}

void
wg_recorder_set_button(WgRecorder *self, int n_samples, int n_takes)
{
    self->n_button_takes = n_takes;
    self->n_button_samples = n_samples;
}

double
wg_recorder_get_rate_hz(WgRecorder *self)
{
    if (self->board)
        return wg_board_stream_get_rate_hz(self->board);
    return self->board_rate_hz > 0 ? self->board_rate_hz
                                   : wg_stream_health_get_true_rate_hz(&self->health);
}

double
wg_recorder_get_units_per_g(WgRecorder *self)
{
    if (self->board)
        return wg_board_stream_get_units_per_g(self->board);
    if (self->board_units_per_g > 0)
        return self->board_units_per_g;
    return self->rate_hz > WG_RECORD_RATE_HZ ? FAST_PER_G : RAW_PER_G;
}

WgNumberUnit
wg_recorder_get_unit(WgRecorder *self)
{
    return self->board ? wg_board_stream_get_unit(self->board) : WG_UNIT_NONE;
}

const WgCut *
wg_recorder_get_cut(WgRecorder *self)
{
    return self->cut;
}

gboolean
wg_recorder_is_clipped(WgRecorder *self)
{
    return self->is_clipped;
}

const WgStreamHealth *
wg_recorder_get_health(WgRecorder *self)
{
    return &self->health;
}
