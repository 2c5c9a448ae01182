/* What a watch that falls silent or goes away leads to, over a real pseudo-terminal and a clock
 * that is wound by hand. */
#include "scripted-watch.h"

#include "base/error.h"

#include <string.h>

static void
test_silence_at_the_greeting(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_connect_async(f->watch, NULL, scripted_on_answer, f);
    for (int i = 0; i < 4; i++) {
        g_assert_null(f->result);
        scripted_hear(f, "process.env.BOARD");
        g_string_truncate(f->heard, 0);
        manual_clock_wind(f->clock, 2000);
    }
    scripted_wait_result(f);
    g_assert_false(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_nonnull(strstr(error->message, "does not answer as an Espruino watch does"));
    g_test_message("said after %" G_GINT64_FORMAT " ms: %s", f->clock->now_us / 1000,
                   error->message);
}

static void
test_a_late_greeting_is_heard(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_connect_async(f->watch, NULL, scripted_on_answer, f);
    scripted_hear(f, "process.env.BOARD");
    scripted_say(f, "\x10\x01\x1f"); /* in the middle of a packet that never ends */
    manual_clock_wind(f->clock, 2000);
    scripted_hear(f, "process.env.BOARD");
    scripted_say(f, "\r\n>");
    manual_clock_wind(f->clock, 100);
    g_assert_null(f->result);
    wg_watch_disconnect(f->watch);
    scripted_wait_result(f);
    g_assert_false(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
}

static void
test_silence_in_an_answer(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    scripted_connect(f);
    g_assert_cmpstr(wg_watch_get_version(f->watch), ==, "2v10");
    g_assert_false(wg_watch_has_packets(f->watch));
    const gint64 start_us = f->clock->now_us;
    wg_watch_eval_async(f->watch, "1+1", NULL, scripted_on_answer, f);
    scripted_hear(f, "1+1");
    manual_clock_wind(f->clock, 2250);
    g_main_context_iteration(NULL, FALSE);
    g_assert_null(f->result);
    manual_clock_wind(f->clock, 500);
    scripted_wait_result(f);
    g_assert_null(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_nonnull(strstr(error->message, "nothing was heard from the watch for 2.5 s"));
    g_test_message("said after %" G_GINT64_FORMAT " ms: %s", (f->clock->now_us - start_us) / 1000,
                   error->message);
}

static void
test_an_answer_out_of_turn_counts_for_nothing(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    scripted_connect(f);
    wg_watch_eval_async(f->watch, "1+1", NULL, scripted_on_answer, f);
    scripted_hear(f, "1+1");
    scripted_hear(f, "\n");
    scripted_say(
        f, "\x1e{\"wg\":\"=\",\"n\":999999,\"v\":\"wrong\"}\r\nnoise\r\n\x06\x15\x10\x01\x20\x01x");
    for (int i = 0; i < 20; i++) {
        g_main_context_iteration(NULL, FALSE);
        g_usleep(1000);
    }
    g_assert_null(f->result);
    scripted_answer(f, "2");
    scripted_wait_result(f);
    g_autofree char *value = wg_watch_eval_finish(f->watch, f->result, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(value, ==, "2");
}

static void
test_unplugged_in_an_answer(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    scripted_connect(f);
    wg_watch_eval_async(f->watch, "1+1", NULL, scripted_on_answer, f);
    scripted_hear(f, "1+1");
    const gint64 start_us = g_get_monotonic_time();
    scripted_unplug(f);
    scripted_wait_result(f);
    g_assert_null(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_LOST);
    g_test_message("said %.1f ms after the plug was pulled: %s",
                   (double)(g_get_monotonic_time() - start_us) / 1000, error->message);
}

static void
test_cancelling_the_greeting(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    wg_watch_connect_async(f->watch, cancellable, scripted_on_answer, f);
    scripted_hear(f, "process.env.BOARD");
    g_cancellable_cancel(cancellable);
    manual_clock_wind(f->clock, 2000);
    scripted_wait_result(f);
    g_assert_false(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(ScriptedWatch *f, gconstpointer data);
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
        g_test_add(path, ScriptedWatch, NULL, scripted_set_up, tests[i].func, scripted_tear_down);
    }
    return g_test_run();
}
