/* A watch at the other end of a link in this process, all on a wound clock. */
#include "paced-watch.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#define FACTS "[\"BANGLEJS2\",\"2v10\",\"Storage\",0]" /* of a firmware without packets */
#define STEP_MS 10

void
paced_set_up(PacedWatch *f, gconstpointer data)
{
    f->link = puppet_link_new();
    f->clock = manual_clock_new();
    f->watch = wg_watch_new(WG_LINK(f->link));
    wg_watch_set_clock(f->watch, &f->clock->clock);
    f->unread = g_string_new(NULL);
    f->heard = g_string_new(NULL);
}

void
paced_tear_down(PacedWatch *f, gconstpointer data)
{
    wg_watch_disconnect(f->watch);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_clear_object(&f->result);
    g_object_unref(f->watch);
    g_object_unref(f->link);
    g_assert_cmpint(manual_clock_get_n_timers(f->clock), ==, 0);
    manual_clock_free(f->clock);
    g_string_free(f->unread, TRUE);
    g_string_free(f->heard, TRUE);
}

/* The watch reads a line and answers it; what it is asked to evaluate is answered by its facts. */
static void
obey(PacedWatch *f, const char *line)
{
    const char *number = strstr(line, "n:");
    g_string_append_printf(f->heard, "%s\n", line);
    if (strstr(line, "\"wg\":\"here\"")) {
        f->n_signs++;
        puppet_link_say(f->link, "\x1e{\"wg\":\"here\"}\r\n");
    } else if (number && !strstr(line, "forever")) {
        g_autofree char *answer =
            g_strdup_printf("\x1e{\"wg\":\"=\",\"n\":%d,\"v\":" FACTS "}\r\n", atoi(number + 2));
        puppet_link_say(f->link, answer);
    }
}

static void
read_lines(PacedWatch *f)
{
    for (char *end; !f->is_deaf && (end = strchr(f->unread->str, '\n'));) {
        g_autofree char *line = g_strndup(f->unread->str, (gsize)(end - f->unread->str));
        g_string_erase(f->unread, 0, end + 1 - f->unread->str);
        obey(f, line);
    }
}

/* Both ends do what they can do now. */
void
paced_live(PacedWatch *f)
{
    gboolean is_over = FALSE;
    while (!is_over) {
        while (g_main_context_iteration(NULL, FALSE))
            ;
        g_autofree char *heard = puppet_link_dup_heard(f->link);
        g_string_append(f->unread, heard);
        is_over = !*heard;
        read_lines(f);
    }
}

void
paced_pass(PacedWatch *f, guint ms)
{
    paced_live(f);
    for (guint done = 0; done < ms; done += STEP_MS) {
        manual_clock_wind(f->clock, STEP_MS);
        paced_live(f);
    }
}

/* Winds until the watch is ready (LOST: until it is no longer); the milliseconds it took. */
guint
paced_wind_until(PacedWatch *f, WgWatchState state)
{
    const gboolean wants_ready = state == WG_WATCH_READY;
    guint ms = 0;
    for (paced_live(f); (wg_watch_get_state(f->watch) == WG_WATCH_READY) != wants_ready;
         ms += STEP_MS) {
        g_assert_cmpuint(ms, <, 60000);
        paced_pass(f, STEP_MS);
    }
    return ms;
}

void
paced_on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    PacedWatch *f = user_data;
    g_assert_null(f->result);
    f->result = g_object_ref(result);
}

void
paced_connect(PacedWatch *f)
{
    wg_watch_connect_async(f->watch, NULL, paced_on_answer, f);
    g_assert_cmpuint(paced_wind_until(f, WG_WATCH_READY), ==, 0);
    g_assert_true(wg_watch_connect_finish(f->watch, f->result, NULL));
    g_clear_object(&f->result);
    g_string_truncate(f->heard, 0);
}

void
paced_assert_lost(PacedWatch *f, const char *reason)
{
    g_autoptr(GError) error = NULL;
    while (!f->result)
        g_main_context_iteration(NULL, TRUE);
    g_assert_null(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_nonnull(strstr(error->message, reason));
    g_clear_object(&f->result);
}
