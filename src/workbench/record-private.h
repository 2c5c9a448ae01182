/* What the files of the job "record" share: one recording that goes on. */
#pragma once

#include "device/recorder.h"
#include "workbench/comeback.h"
#include "workbench/ordinary-cutter.h"
#include "workbench/record-plan.h"
#include "workbench/stream-writer.h"
#include "workbench/take-collector.h"
#include "workbench/take-store.h"

G_BEGIN_DECLS

typedef struct {
    WgJob *job;
    WgWatch *watch;
    WgRecorder *recorder;
    WgRecordPlan plan;
    WgTakeCollector take;
    WgOrdinaryCutter ordinary;
    WgStreamWriter *writer;
    WgTakeStore store;
    WgComeback *comeback;
    gboolean is_starting, has_started, is_ending;
    int n_taken, n_lost, countdown;
    int n_heard;       /* samples of ordinary movement, whatever the watch missed */
    int place, offset; /* of the newest sample; what is before the numbers of this connection */
    int n_clipped;     /* in earlier connections */
    gint64 begun_us;   /* when this connection's time 0 was, on wg_get_boottime_us(), at the latest;
                        * 0: not known */
    gint64 newest_us;  /* when the newest sample was measured, on the same clock */
    double last_health_ms;
    guint timeout_id, cancel_id, countdown_id, silence_id;
    gulong cancelled_id, event_id;
    WgWritten written;
    GError *error;
} WgRecordRun;

/* job-record.c: ends it; what was taken stays. Takes the error. */
void wg_record_run_end(WgRecordRun *self, GError *error);

/* record-takes.c: hears the recorder from now on. */
void wg_record_run_hear(WgRecordRun *self);
/* What a recording of this watch begins with. */
WgRecordingSpec wg_record_run_make_spec(WgRecordRun *self);
/* Of ordinary movement, what is not stored yet is, where it fills a window. */
void wg_record_run_end_ordinary(WgRecordRun *self);
/* In a take of given length. */
int wg_record_run_count_samples(WgRecordRun *self);
/* 3, 2, 1, and a take begins. */
void wg_record_run_count_down(WgRecordRun *self);

G_END_DECLS
