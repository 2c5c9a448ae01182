/* What a watch that falls silent or goes away leads to, over a real pseudo-terminal and a clock
 * that is wound by hand. */
#include "device-fixture.h"
#include "manual-clock.h"

#include "base/error.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define FACTS                                                                                      \
    "[\"BANGLEJS2\",\"2v10\",\"Storage,tensorflow\",0]" /* of a firmware without packets */

typedef struct {
    int master;
    ManualClock *clock;
    WgWatch *watch;
    GAsyncResult *result;
    GString *heard; /* what the watch was told */
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    struct termios settings;
    f->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    g_assert_cmpint(f->master, >=, 0);
    g_assert_cmpint(grantpt(f->master), ==, 0);
    g_assert_cmpint(unlockpt(f->master), ==, 0);
    g_assert_cmpint(tcgetattr(f->master, &settings), ==, 0);
    cfmakeraw(&settings);
    g_assert_cmpint(tcsetattr(f->master, TCSANOW, &settings), ==, 0);
    g_autofree char *address = g_strdup_printf("serial:%s", ptsname(f->master));
    f->clock = manual_clock_new();
    f->watch = fixture_watch_new(address);
    wg_watch_set_clock(f->watch, &f->clock->clock);
    f->heard = g_string_new(NULL);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    wg_watch_disconnect(f->watch);
    g_clear_object(&f->result);
    g_object_unref(f->watch);
    g_assert_cmpint(manual_clock_get_n_timers(f->clock), ==, 0);
    manual_clock_free(f->clock);
    g_string_free(f->heard, TRUE);
    if (f->master >= 0)
        close(f->master);
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Fixture *f = user_data;
    f->result = g_object_ref(result);
}

/* Runs the main loop until the watch was told something that holds `text`. */
static void
hear(Fixture *f, const char *text)
{
    const gint64 end_us = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    while (!strstr(f->heard->str, text)) {
        char part[512];
        g_main_context_iteration(NULL, FALSE);
        const gssize n = read(f->master, part, sizeof part);
        if (n > 0)
            g_string_append_len(f->heard, part, n);
        else
            g_usleep(1000);
        if (g_get_monotonic_time() > end_us)
            g_error("the watch was never told “%s”, but: %s", text, f->heard->str);
    }
}

static void
wait_result(Fixture *f)
{
    const gint64 end_us = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    while (!f->result && g_get_monotonic_time() < end_us) {
        g_main_context_iteration(NULL, FALSE);
        g_usleep(1000);
    }
    g_assert_nonnull(f->result);
}

static void
say(Fixture *f, const char *text)
{
    g_assert_cmpint(write(f->master, text, strlen(text)), ==, (gssize)strlen(text));
}

/* Answers the question whose number was asked last with this value. */
static void
answer(Fixture *f, const char *value)
{
    const char *number = g_strrstr(f->heard->str, "n:");
    g_assert_nonnull(number);
    g_autofree char *line =
        g_strdup_printf("\x1e{\"wg\":\"=\",\"n\":%d,\"v\":%s}\r\n", atoi(number + 2), value);
    g_string_truncate(f->heard, 0);
    say(f, line);
}

static void
connect_to_old_watch(Fixture *f)
{
    g_autoptr(GError) error = NULL;
    wg_watch_connect_async(f->watch, NULL, on_answer, f);
    hear(f, "process.env.BOARD");
    hear(f, "\n");
    answer(f, FACTS);
    wait_result(f);
    g_assert_true(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_no_error(error);
    g_clear_object(&f->result);
}

static void
test_silence_at_the_greeting(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_connect_async(f->watch, NULL, on_answer, f);
    for (int i = 0; i < 4; i++) {
        g_assert_null(f->result);
        hear(f, "process.env.BOARD");
        g_string_truncate(f->heard, 0);
        manual_clock_wind(f->clock, 2000);
    }
    wait_result(f);
    g_assert_false(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_nonnull(strstr(error->message, "does not answer as an Espruino watch does"));
    g_test_message("said after %" G_GINT64_FORMAT " ms: %s", f->clock->now_us / 1000,
                   error->message);
}

static void
test_a_late_greeting_is_heard(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_connect_async(f->watch, NULL, on_answer, f);
    hear(f, "process.env.BOARD");
    say(f, "\x10\x01\x1f"); /* in the middle of a packet that never ends */
    manual_clock_wind(f->clock, 2000);
    hear(f, "process.env.BOARD");
    say(f, "\r\n>");
    manual_clock_wind(f->clock, 100);
    g_assert_null(f->result);
    wg_watch_disconnect(f->watch);
    wait_result(f);
    g_assert_false(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
}

static void
test_silence_in_an_answer(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_to_old_watch(f);
    g_assert_cmpstr(wg_watch_get_version(f->watch), ==, "2v10");
    g_assert_false(wg_watch_has_packets(f->watch));
    const gint64 start_us = f->clock->now_us;
    wg_watch_eval_async(f->watch, "1+1", NULL, on_answer, f);
    hear(f, "1+1");
    manual_clock_wind(f->clock, 9999);
    g_main_context_iteration(NULL, FALSE);
    g_assert_null(f->result);
    manual_clock_wind(f->clock, 1);
    wait_result(f);
    g_assert_null(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_nonnull(strstr(error->message, "did not answer for 10 s"));
    g_test_message("said after %" G_GINT64_FORMAT " ms: %s", (f->clock->now_us - start_us) / 1000,
                   error->message);
}

static void
test_an_answer_out_of_turn_counts_for_nothing(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_to_old_watch(f);
    wg_watch_eval_async(f->watch, "1+1", NULL, on_answer, f);
    hear(f, "1+1");
    hear(f, "\n");
    say(f, "\x1e{\"wg\":\"=\",\"n\":999999,\"v\":\"wrong\"}\r\nnoise\r\n\x06\x15\x10\x01\x20\x01x");
    for (int i = 0; i < 20; i++) {
        g_main_context_iteration(NULL, FALSE);
        g_usleep(1000);
    }
    g_assert_null(f->result);
    answer(f, "2");
    wait_result(f);
    g_autofree char *value = wg_watch_eval_finish(f->watch, f->result, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(value, ==, "2");
}

static void
test_unplugged_in_an_answer(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_to_old_watch(f);
    wg_watch_eval_async(f->watch, "1+1", NULL, on_answer, f);
    hear(f, "1+1");
    const gint64 start_us = g_get_monotonic_time();
    close(f->master);
    f->master = -1;
    wait_result(f);
    g_assert_null(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_LOST);
    g_test_message("said %.1f ms after the plug was pulled: %s",
                   (double)(g_get_monotonic_time() - start_us) / 1000, error->message);
}

static void
test_cancelling_the_greeting(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    wg_watch_connect_async(f->watch, cancellable, on_answer, f);
    hear(f, "process.env.BOARD");
    g_cancellable_cancel(cancellable);
    manual_clock_wind(f->clock, 2000);
    wait_result(f);
    g_assert_false(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(Fixture *f, gconstpointer data);
    } tests[] = {
        {"silence-at-the-greeting", test_silence_at_the_greeting},
        {"a-late-greeting-is-heard", test_a_late_greeting_is_heard},
        {"silence-in-an-answer", test_silence_in_an_answer},
        {"an-answer-out-of-turn", test_an_answer_out_of_turn_counts_for_nothing},
        {"unplugged-in-an-answer", test_unplugged_in_an_answer},
        {"cancelling-the-greeting", test_cancelling_the_greeting},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/deadlines/%s", tests[i].name);
        g_test_add(path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
    return g_test_run();
}
