/* Records from a watch: gestures as its detector cuts them, or the raw stream. */
#pragma once

#include "device/watch.h"

G_BEGIN_DECLS

#define WG_TYPE_RECORDER (wg_recorder_get_type())
G_DECLARE_FINAL_TYPE(WgRecorder, wg_recorder, WG, RECORDER, GObject)

typedef enum { WG_RECORD_GESTURES, WG_RECORD_STREAM } WgRecordMode;

/* Signals: "sample" (int number, double time_s, float x, y, z in g): every accelerometer sample of
 * the watch, for the live plot too; "gesture" (int n_samples, GBytes n x 3 int8 history);
 * "gap" (int n_missing); "failed" (GError). */
WgRecorder *wg_recorder_new(WgWatch *watch);
/* Puts data/watch/record.js into the watch's RAM (nothing is left on it) and starts it. Repeats of
 * a numbered packet are dropped, holes are told as gaps. */
void wg_recorder_start_async(WgRecorder *self, WgRecordMode mode, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_recorder_start_finish(WgRecorder *self, GAsyncResult *result, GError **error);
/* Samples a second: the watch's own 12.5, or what was measured until now of a board that prints
 * numbers, of which only WG_RECORD_STREAM can be had. */
double wg_recorder_get_rate_hz(WgRecorder *self);
/* What the values were told in: 0 where it is the watch's own unit. */
double wg_recorder_get_board_units_per_g(WgRecorder *self);
void wg_recorder_stop_async(WgRecorder *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_recorder_stop_finish(WgRecorder *self, GAsyncResult *result, GError **error);

G_END_DECLS
