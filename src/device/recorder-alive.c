/* Tells the watch now and then that somebody listens: else it ends the recording by itself. */
#include "device/recorder-private.h"

#include "base/boottime.h"
#include "base/error.h"

#include <glib/gi18n.h>

#define SILENT_ALIVE_MS 2500 /* between two words of it where no samples come */

static void
on_alive(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgRecorder) self = user_data;
    g_autoptr(GError) error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    self->is_asking = FALSE;
    if (!self->is_running)
        return;
    if (!value)
        g_debug("the watch was not told that somebody listens: %s", error->message);
    const gint64 silent_us = wg_get_boottime_us() - self->told_us;
    if (value && g_str_equal(value, "1")) {
        self->told_us = wg_get_boottime_us();
    } else if (value && silent_us >= WG_RECORD_PATIENCE_S * (gint64)G_USEC_PER_SEC) {
        g_autoptr(GError) slept =
            g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                        _("the watch has ended the recording: this computer said nothing for %d s"),
                        (int)(silent_us / G_USEC_PER_SEC));
        wg_recorder_fail(self, slept);
    } else if (value) {
        g_autoptr(GError) gone = g_error_new_literal(
            WG_ERROR, WG_ERROR_BUSY,
            _("the watch has ended the recording: another program was started on it"));
        wg_recorder_fail(self, gone);
    }
}

static gboolean
on_silence(gpointer user_data)
{
    WgRecorder *self = user_data;
    self->alive_id = 0;
    wg_recorder_say_alive(self);
    return G_SOURCE_REMOVE;
}

void
wg_recorder_say_alive(WgRecorder *self)
{
    wg_clock_clear(self->watch->clock, &self->alive_id);
    self->alive_id = wg_clock_add(self->watch->clock, SILENT_ALIVE_MS, on_silence, self);
    self->last_alive_ms = self->health.last_ms;
    if (self->is_asking)
        return;
    self->is_asking = TRUE;
    wg_watch_eval_async(self->watch, "(global.Waggle&&Waggle.alive?Waggle.alive():0)", NULL,
                        on_alive, g_object_ref(self));
}

void
wg_recorder_start_alive(WgRecorder *self)
{
    self->told_us = wg_get_boottime_us();
    self->alive_id = wg_clock_add(self->watch->clock, SILENT_ALIVE_MS, on_silence, self);
}
