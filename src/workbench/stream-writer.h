/* Writes samples into the project as they come, never on the main loop. */
#pragma once

#include "dataset/recording.h"
#include "workbench/job.h"

G_BEGIN_DECLS

typedef struct _WgStreamWriter WgStreamWriter;

typedef struct {
    gint64 id; /* 0: there were no samples */
    int n_samples, n_gaps, n_missing;
    gboolean is_known;   /* the project has the very same recording already, which is `id` */
    double rate_hz;      /* that it is stored with */
    double longest_ms;   /* from a sample's arrival here until its commit had returned */
    const GError *error; /* NULL: all is stored; else what was stored until then is `id` */
} WgWritten;

typedef void (*WgWrittenFunc)(const WgWritten *written, gpointer user_data);

/* Main thread only. `failed` (once) when something cannot be written; finish it then. What cannot
 * be written because another program writes the project is kept until it can be (patience.h). The
 * recording comes into being with the first sample; label, person, device, rate and units are the
 * spec's. */
WgStreamWriter *wg_stream_writer_new(WgJob *job, const WgRecordingSpec *spec,
                                     void (*failed)(gpointer user_data), gpointer user_data);
/* A sample in the source's units, before which so many are missing. It is handed to the project's
 * thread at once, or as soon as the one before it is written. */
void wg_stream_writer_add(WgStreamWriter *self, const float original[3], int n_missing);
/* Ends it with what is known by now, and frees it once `done` has been called. */
void wg_stream_writer_finish(WgStreamWriter *self, double rate_hz, int n_clipped,
                             WgWrittenFunc done, gpointer user_data);

G_END_DECLS
