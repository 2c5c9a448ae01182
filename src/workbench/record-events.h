/* What the job "record" tells while it runs. */
#pragma once

#include "dataset/recording.h"
#include "device/number-lines.h"
#include "device/stream-health.h"
#include "workbench/job.h"
#include "workbench/stream-writer.h"

G_BEGIN_DECLS

/* Events: "started"; "sample" (n, t, x, y, z), 12.5 a second whatever the rate; "health" (state:
 * good, doubtful or bad; rate_hz, nominal_hz, jitter_ms, samples, missing, gaps, clipped), once a
 * second of the stream; "countdown" (n: 3, 2, 1, 0: now); "begin", when the button was pressed;
 * "take" (id, n_samples, known, clipped, missing, held_back, reason); "lost": the watch is waited
 * for; "back" (missed_s: so long a gap, 0 where nothing had come before), also of one that slept.
 */
void wg_record_tell_take(WgJob *job, const WgRecordingSpec *spec, gint64 id, gboolean is_known,
                         int n_missing);
void wg_record_tell_health(WgJob *job, const WgStreamHealth *health);
/* What that event says; transfer full. */
JsonObject *wg_record_describe_health(const WgStreamHealth *health);
void wg_record_tell_sample(WgJob *job, int number, double time_s, double x, double y, double z);
void wg_record_tell_back(WgJob *job, double missed_s);
/* So many of the detector's takes were damaged on their way. */
void wg_record_note_lost(WgJob *job, int n);
/* What was assumed of a board's numbers; nothing of a watch's. */
void wg_record_note_unit(WgJob *job, WgNumberUnit unit, double units_per_g);
/* Adds what became of a stream to the job's result. */
void wg_record_describe_stream(JsonObject *result, const WgWritten *written);

G_END_DECLS
