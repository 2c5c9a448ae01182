/* The samples of a board that is no Espruino, in g, numbered and timed from the start. */
#include "device/board-stream.h"

#include "base/error.h"
#include "device/clip-finder.h"
#include "device/watch-private.h"
#include "device/watch-python.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 5000
#define MIN_SAMPLES 32 /* after which the rate is a measurement */
#define RATE_EVERY 100 /* samples, after which the detector is told the rate anew */

struct _WgBoardStream {
    WgWatch *watch;
    GCancellable *cancellable; /* of the program's start: the stream may go before it */
    WgBoardStreamEvents events;
    gpointer user_data;
    gboolean is_running;
    gint64 n_told, first_number;
    double first_s, units_per_g, rate_hz;
    guint deadline_id;
    gboolean has_gestures;
    WgGestureCutter *cutter;
    WgClipFinder clips;
};

typedef struct {
    WgBoardStream *stream;
    GCancellable *cancellable;
} Start;

static void
tell_started(WgBoardStream *self, const GError *error)
{
    wg_clock_clear(self->watch->clock, &self->deadline_id);
    if (error)
        wg_watch_hear_numbers(self->watch, NULL, NULL);
    self->events.started(self->user_data, error);
}

static gboolean
on_deadline(gpointer user_data)
{
    WgBoardStream *self = user_data;
    g_autoptr(GError) error = g_error_new(
        WG_ERROR, WG_ERROR_CONNECTION,
        _("%s tells no steady stream of numbers: three of them a line, like each other"),
        wg_watch_get_name(self->watch));
    self->deadline_id = 0;
    tell_started(self, error);
    return G_SOURCE_REMOVE;
}

/* TRUE once rate and unit are known. The unit stays, the rate is measured on. */
static gboolean
is_measured(WgBoardStream *self)
{
    WgNumberLines *numbers = wg_watch_get_numbers(self->watch);
    if (!numbers || wg_number_lines_get_n(numbers) < MIN_SAMPLES)
        return FALSE;
    self->units_per_g = wg_number_lines_get_units_per_g(numbers);
    self->rate_hz = wg_number_lines_get_rate_hz(numbers);
    return self->units_per_g > 0 && self->rate_hz > 0;
}

/* From within the parser, which must not be freed: an event may free this stream, but not the
 * watch, which the caller holds. */
static const WgCut *
cut(WgBoardStream *self, gint64 number, const double g[3], gboolean is_clipped)
{
    if (!self->has_gestures)
        return NULL;
    if (!self->cutter)
        self->cutter = wg_gesture_cutter_new(self->rate_hz);
    else if (self->n_told % RATE_EVERY == 1)
        wg_gesture_cutter_set_rate(self->cutter, self->rate_hz);
    return wg_gesture_cutter_add(self->cutter, number, g, is_clipped);
}

static void
on_sample(const WgNumberSample *sample, gpointer user_data)
{
    WgBoardStream *self = user_data;
    double g[3];
    if (!self->is_running) {
        self->is_running = is_measured(self);
        if (self->is_running)
            tell_started(self, NULL);
        return;
    }
    if (self->n_told++ == 0) {
        self->first_number = sample->number;
        self->first_s = sample->time_s;
    }
    if (self->n_told % RATE_EVERY == 1)
        self->rate_hz = wg_board_stream_get_rate_hz(self); /* that stays where the board is lost */
    for (int i = 0; i < 3; i++)
        g[i] = (double)sample->values[i] / self->units_per_g;
    const gint64 number = sample->number - self->first_number;
    const gboolean is_clipped =
        wg_clip_finder_take(&self->clips, sample->values, self->units_per_g);
    const WgCut *gesture = cut(self, number, g, is_clipped);
    self->events.sample(self->user_data, number, sample->time_s - self->first_s, g, is_clipped,
                        gesture);
}

static void
on_program(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Start *start = user_data;
    g_autoptr(GError) error = NULL;
    const gboolean done = wg_watch_start_program_finish(WG_WATCH(source), result, &error);
    if (!done && !g_cancellable_is_cancelled(start->cancellable))
        tell_started(start->stream, error);
    g_object_unref(start->cancellable);
    g_free(start);
}

WgBoardStream *
wg_board_stream_new(WgWatch *watch, const WgBoardStreamEvents *events, gpointer user_data)
{
    WgBoardStream *self = g_new0(WgBoardStream, 1);
    self->watch = g_object_ref(watch);
    self->cancellable = g_cancellable_new();
    self->events = *events;
    self->user_data = user_data;
    self->deadline_id = wg_clock_add(watch->clock, PATIENCE_MS, on_deadline, self);
    wg_watch_hear_numbers(watch, on_sample, self);
    if (wg_watch_get_talk(watch) == WG_TALK_PYTHON) {
        Start *start = g_new0(Start, 1);
        start->stream = self;
        start->cancellable = g_object_ref(self->cancellable);
        wg_watch_start_program_async(watch, NULL, on_program, start);
    }
    return self;
}

void
wg_board_stream_cut_gestures(WgBoardStream *self)
{
    self->has_gestures = TRUE;
}

double
wg_board_stream_get_rate_hz(WgBoardStream *self)
{
    WgNumberLines *numbers = wg_watch_get_numbers(self->watch);
    const double rate_hz = numbers ? wg_number_lines_get_rate_hz(numbers) : 0;
    return rate_hz > 0 ? rate_hz : self->rate_hz;
}

double
wg_board_stream_get_units_per_g(WgBoardStream *self)
{
    return self->units_per_g;
}

WgNumberUnit
wg_board_stream_get_unit(WgBoardStream *self)
{
    WgNumberLines *numbers = wg_watch_get_numbers(self->watch);
    return numbers ? wg_number_lines_get_unit(numbers) : WG_UNIT_NONE;
}

void
wg_board_stream_free(WgBoardStream *self)
{
    g_cancellable_cancel(self->cancellable);
    wg_clock_clear(self->watch->clock, &self->deadline_id);
    wg_watch_hear_numbers(self->watch, NULL, NULL);
    wg_watch_stop_program(self->watch);
    g_clear_pointer(&self->cutter, wg_gesture_cutter_free);
    g_object_unref(self->cancellable);
    g_object_unref(self->watch);
    g_free(self);
}
