/* The other end of a pseudo-terminal, played by the test. */
#include "scripted-watch.h"
#include "base/file.h"

#include "device-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PATIENCE_US (60 * G_USEC_PER_SEC) /* then the test fails: something hangs */
#define A_LITTLE 30                       /* turns of the main loop */

void
scripted_plug_in(ScriptedWatch *self)
{
    struct termios settings;
    g_assert_cmpint(self->master, <, 0);
    self->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    g_assert_cmpint(self->master, >=, 0);
    g_assert_cmpint(grantpt(self->master), ==, 0);
    g_assert_cmpint(unlockpt(self->master), ==, 0);
    g_assert_cmpint(tcgetattr(self->master, &settings), ==, 0);
    cfmakeraw(&settings);
    g_assert_cmpint(tcsetattr(self->master, TCSANOW, &settings), ==, 0);
    g_assert_cmpint(symlink(ptsname(self->master), self->path), ==, 0);
}

void
scripted_unplug(ScriptedWatch *self)
{
    g_unlink(self->path);
    close(self->master);
    self->master = -1;
    g_string_truncate(self->heard, 0);
}

void
scripted_set_up(ScriptedWatch *self, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    self->folder = g_dir_make_tmp("waggle-XXXXXX", &error);
    g_assert_no_error(error);
    self->path = g_build_filename(self->folder, "tty", NULL);
    self->master = -1;
    scripted_plug_in(self);
    g_autofree char *address = g_strdup_printf("serial:%s", self->path);
    self->clock = manual_clock_new();
    self->link = wg_link_new(address, &error);
    g_assert_no_error(error);
    self->watch = wg_watch_new(self->link);
    wg_watch_set_clock(self->watch, &self->clock->clock);
    self->heard = g_string_new(NULL);
}

void
scripted_tear_down(ScriptedWatch *self, gconstpointer data)
{
    wg_watch_disconnect(self->watch);
    g_clear_object(&self->result);
    g_object_unref(self->watch);
    g_object_unref(self->link);
    g_assert_cmpint(manual_clock_get_n_timers(self->clock), ==, 0);
    manual_clock_free(self->clock);
    g_string_free(self->heard, TRUE);
    if (self->master >= 0)
        close(self->master);
    wg_file_remove_folder(self->folder);
    g_free(self->folder);
    g_free(self->path);
}

void
scripted_on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    ScriptedWatch *self = user_data;
    g_assert_null(self->result);
    self->result = g_object_ref(result);
}

static void
turn(ScriptedWatch *self)
{
    char part[512];
    g_main_context_iteration(NULL, FALSE);
    const gssize n = self->master < 0 ? 0 : read(self->master, part, sizeof part);
    if (n > 0)
        g_string_append_len(self->heard, part, n);
    else
        g_usleep(1000);
}

void
scripted_pass(ScriptedWatch *self, guint ms)
{
    for (guint done = 0; done < ms; done += 50) {
        manual_clock_wind(self->clock, 50);
        while (g_main_context_iteration(NULL, FALSE))
            ;
        if (self->master < 0 && wg_watch_get_state(self->watch) == WG_WATCH_OPENING)
            scripted_wait_state(self, WG_WATCH_LOST); /* a try takes no time on this clock */
    }
}

void
scripted_hear(ScriptedWatch *self, const char *text)
{
    const gint64 end_us = g_get_monotonic_time() + PATIENCE_US;
    while (!strstr(self->heard->str, text)) {
        turn(self);
        if (g_get_monotonic_time() > end_us)
            g_error("the watch was never told “%s”, but: %s", text, self->heard->str);
    }
}

gboolean
scripted_has_heard(ScriptedWatch *self, const char *text)
{
    for (int i = 0; i < A_LITTLE; i++)
        turn(self);
    return strstr(self->heard->str, text) != NULL;
}

void
scripted_wait_result(ScriptedWatch *self)
{
    const gint64 end_us = g_get_monotonic_time() + PATIENCE_US;
    while (!self->result && g_get_monotonic_time() < end_us)
        turn(self);
    g_assert_nonnull(self->result);
}

void
scripted_wait_state(ScriptedWatch *self, WgWatchState state)
{
    const gint64 end_us = g_get_monotonic_time() + PATIENCE_US;
    while (wg_watch_get_state(self->watch) != state && g_get_monotonic_time() < end_us)
        turn(self);
    g_assert_cmpint(wg_watch_get_state(self->watch), ==, state);
}

void
scripted_say(ScriptedWatch *self, const char *text)
{
    g_assert_cmpint(write(self->master, text, strlen(text)), ==, (gssize)strlen(text));
    for (int i = 0; i < A_LITTLE; i++)
        turn(self);
}

void
scripted_answer(ScriptedWatch *self, const char *value)
{
    const char *number = g_strrstr(self->heard->str, "n:");
    g_assert_nonnull(number);
    g_autofree char *line =
        g_strdup_printf("\x1e{\"wg\":\"=\",\"n\":%d,\"v\":%s}\r\n", atoi(number + 2), value);
    g_string_truncate(self->heard, 0);
    scripted_say(self, line);
}

void
scripted_connect(ScriptedWatch *self)
{
    g_autoptr(GError) error = NULL;
    wg_watch_connect_async(self->watch, NULL, scripted_on_answer, self);
    scripted_hear(self, "process.env.BOARD");
    scripted_hear(self, "e:e.toString()}))}\n");
    scripted_answer(self, SCRIPTED_FACTS);
    scripted_wait_result(self);
    g_assert_true(wg_watch_connect_finish(self->watch, self->result, &error));
    g_assert_no_error(error);
    g_clear_object(&self->result);
}
