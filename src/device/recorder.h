/* Records from a watch: gestures as its detector cuts them, or the raw stream. */
#pragma once

#include "device/gesture-cutter.h"
#include "device/number-lines.h"
#include "device/record-rate.h"
#include "device/stream-health.h"
#include "device/watch.h"

G_BEGIN_DECLS

#define WG_TYPE_RECORDER (wg_recorder_get_type())
G_DECLARE_FINAL_TYPE(WgRecorder, wg_recorder, WG, RECORDER, GObject)

typedef enum { WG_RECORD_GESTURES, WG_RECORD_STREAM } WgRecordMode;

/* Signals: "sample" (int number, double time_s, double x, y, z in g): every accelerometer sample of
 * the watch; `number` counts the missing ones too. "gap" (int n_missing) comes before the sample
 * behind it. "gesture" (int n_samples, GBytes n x 3 int8 history). "lost" (int n): so many gestures
 * did not arrive whole. "take" (int first): the button was pressed, the take begins with sample
 * `first`. "take-end" (int end): pressed again, the take ends
 * before sample `end`. "failed" (GError). */
WgRecorder *wg_recorder_new(WgWatch *watch);
/* Before it starts: 12.5 (with the watch's own settings, as from the beginning), 25, 50 or 100;
 * those need a KX023, whose range is then +-8 g. WG_ERROR_UNSUPPORTED where the watch has none,
 * _USAGE for another rate. */
gboolean wg_recorder_set_rate(WgRecorder *self, double rate_hz, GError **error);
/* Before it starts: the watch's button begins a take of so many samples, told by "take", and ends
 * it earlier where it is pressed again, told by "take-end"; the watch buzzes at beginning and end,
 * and shows how many of `n_takes` (0: nobody says) there are. */
void wg_recorder_set_button(WgRecorder *self, int n_samples, int n_takes);
/* Samples a second: those of the watch as measured (wg_stream_health_get_true_rate_hz), or what was
 * measured until now of a board that prints numbers. Such a board has no detector: its gestures are
 * cut here, by the same one. */
double wg_recorder_get_rate_hz(WgRecorder *self);
/* What the sensor gives for one g: 8192, 4096 at +-8 g, or the unit of a board that prints numbers,
 * which is known once it has started. */
double wg_recorder_get_units_per_g(WgRecorder *self);
/* How that is known of a board that prints numbers; WG_UNIT_NONE of a watch. */
WgNumberUnit wg_recorder_get_unit(WgRecorder *self);
/* Within "gesture": the samples it was made of, at the board's own rate; NULL: the watch has told
 * no more than the history. */
const WgCut *wg_recorder_get_cut(WgRecorder *self);
/* Within "sample": it was at the end of the sensor's range, of which a board does not tell
 * (clip-finder.h). */
gboolean wg_recorder_is_clipped(WgRecorder *self);
/* Since the start; valid as long as the recorder. */
const WgStreamHealth *wg_recorder_get_health(WgRecorder *self);
/* Puts data/watch/record.js into the watch's RAM (nothing is left on it) and starts it. Repeats of
 * a numbered sample are dropped, holes are told as gaps, a damaged line is a hole. The watch stops
 * by itself, and has its settings back, when nobody has listened for 15 s or the connection broke.
 */
void wg_recorder_start_async(WgRecorder *self, WgRecordMode mode, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_recorder_start_finish(WgRecorder *self, GAsyncResult *result, GError **error);
void wg_recorder_stop_async(WgRecorder *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_recorder_stop_finish(WgRecorder *self, GAsyncResult *result, GError **error);

G_END_DECLS
