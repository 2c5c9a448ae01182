/* What the files of the recorder share. */
#pragma once

#include "device/board-stream.h"
#include "device/recorder.h"
#include "device/watch-private.h"

G_BEGIN_DECLS

#define WG_RECORD_PATIENCE_S 15 /* so long the watch goes on when nobody listens */

struct _WgRecorder {
    GObject parent;
    WgWatch *watch;
    WgRecordMode mode;
    double rate_hz;
    int n_button_samples;
    int n_button_takes; /* the watch shows */
    gboolean is_running, is_asking;
    WgStreamHealth health;
    gint64 last_gesture;
    double last_alive_ms; /* on the stream's clock */
    gint64 told_us; /* when the watch last knew that somebody listens, on wg_get_boottime_us() */
    guint alive_id;
    gulong event_id, state_id;
    WgBoardStream *board;                    /* NULL: an Espruino runs our program */
    GTask *board_task;                       /* of its start */
    double board_rate_hz, board_units_per_g; /* when it was ended */
    gboolean is_clipped;                     /* the newest sample */
    const WgCut *cut;                        /* while a board's gesture is told */
};

/* recorder.c */
void wg_recorder_tell_sample(WgRecorder *self, gint64 number, double time_ms, const double g[3],
                             gboolean is_clipped);
/* `history`: as the signal "gesture" has it. */
void wg_recorder_tell_gesture(WgRecorder *self, int n_samples, GBytes *history);
/* From now on nothing of the watch is heard. */
void wg_recorder_stop_hearing(WgRecorder *self);
/* The same, and the signal "failed". */
void wg_recorder_fail(WgRecorder *self, GError *error);
/* The watch's "notify::state": a lost one ends the recording. */
void wg_recorder_on_state(WgWatch *watch, GParamSpec *pspec, gpointer self);

/* recorder-alive.c: the watch has just heard of us, and again while it is silent. */
void wg_recorder_start_alive(WgRecorder *self);
/* Now; a recording that the watch has ended fails. */
void wg_recorder_say_alive(WgRecorder *self);

/* recorder-board.c: takes the task, which ends when the numbers are understood. */
void wg_recorder_start_board(WgRecorder *self, GTask *task);

G_END_DECLS
