/* Records from a board that tells numbers and nothing else. */
#include "device/recorder-private.h"

#include "base/error.h"

static void
on_board_started(gpointer user_data, const GError *error)
{
    WgRecorder *self = user_data;
    g_autoptr(GTask) task = g_steal_pointer(&self->board_task);
    self->is_running = !error;
    if (!error) {
        wg_stream_health_init(&self->health, wg_board_stream_get_rate_hz(self->board));
        self->health.is_numbered_whole = TRUE;
        g_task_return_boolean(task, TRUE);
        return;
    }
    wg_recorder_stop_hearing(self);
    g_task_return_error(task, g_error_copy(error));
}

static void
tell_cut(WgRecorder *self, const WgCut *cut)
{
    g_autoptr(GBytes) history = g_bytes_new(cut->history, (gsize)cut->n_steps * 3);
    self->cut = cut;
    wg_recorder_tell_gesture(self, cut->n_steps, history);
    self->cut = NULL;
}

static void
on_board_sample(gpointer user_data, gint64 number, double time_s, const double g[3],
                gboolean is_clipped, const WgCut *cut)
{
    WgRecorder *self = user_data;
    g_autoptr(WgRecorder) alive = g_object_ref(self);
    if (number > G_MAXINT)
        return;
    wg_recorder_tell_sample(self, number, time_s * 1000, g, is_clipped);
    if (cut && self->board) /* the sample may have ended the stream */
        tell_cut(self, cut);
}

void
wg_recorder_start_board(WgRecorder *self, GTask *task)
{
    static const WgBoardStreamEvents events = {on_board_started, on_board_sample};
    if (self->n_button_samples > 0) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_UNSUPPORTED,
                                "%s has no button that is known here: record with --trigger "
                                "detector, countdown or continuous",
                                wg_watch_get_name(self->watch));
        g_object_unref(task);
        return;
    }
    self->board_task = task;
    self->state_id =
        g_signal_connect(self->watch, "notify::state", G_CALLBACK(wg_recorder_on_state), self);
    self->board = wg_board_stream_new(self->watch, &events, self);
    if (self->mode == WG_RECORD_GESTURES)
        wg_board_stream_cut_gestures(self->board);
}
