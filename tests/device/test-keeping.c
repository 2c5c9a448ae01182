/* What becomes of a watch that was lost: it is had back, and who waits for it is told. */
#include "scripted-watch.h"

#include "base/error.h"

#include <string.h>

static void
greet(ScriptedWatch *f)
{
    /* a try that began before the watch was there must fail first */
    while (!scripted_has_heard(f, "process.env.BOARD"))
        scripted_pass(f, 50);
    scripted_hear(f, "e:e.toString()}))}\n");
    scripted_answer(f, SCRIPTED_FACTS);
}

/* Winds until the watch is in this state; the milliseconds it took. */
static guint
wind_until(ScriptedWatch *f, WgWatchState state)
{
    guint ms = 0;
    for (; wg_watch_get_state(f->watch) != state; ms += 50) {
        g_assert_cmpuint(ms, <, 60000);
        scripted_pass(f, 50);
    }
    return ms;
}

static void
lose(ScriptedWatch *f)
{
    scripted_unplug(f);
    scripted_wait_state(f, WG_WATCH_LOST);
}

static void
test_a_lost_watch_stays_lost_unless_kept(ScriptedWatch *f, gconstpointer data)
{
    scripted_connect(f);
    lose(f);
    scripted_plug_in(f);
    scripted_pass(f, 5000);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_LOST);
    g_assert_cmpuint(f->heard->len, ==, 0);
    g_assert_nonnull(strstr(wg_watch_get_trouble(f->watch), "closed at the other end"));
}

static void
test_a_kept_watch_is_had_back(ScriptedWatch *f, gconstpointer data)
{
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    g_assert_cmpfloat(wg_watch_get_lost_s(f->watch), <, 0);
    for (int i = 0; i < 3; i++) {
        lose(f);
        scripted_pass(f, 20000);
        scripted_wait_state(f, WG_WATCH_LOST); /* a try may be going on */
        g_assert_nonnull(strstr(wg_watch_get_trouble(f->watch), "there is no device"));
        g_assert_cmpfloat_with_epsilon(wg_watch_get_lost_s(f->watch), 20, 1e-6);
        scripted_plug_in(f);
        const guint ms = wind_until(f, WG_WATCH_OPENING);
        g_assert_cmpuint(ms, <=, 1000);
        greet(f);
        scripted_wait_state(f, WG_WATCH_READY);
        g_assert_cmpfloat(wg_watch_get_lost_s(f->watch), <, 0);
        g_assert_null(wg_watch_get_trouble(f->watch));
        g_test_message("opened %u ms after it was plugged in", ms);
    }
}

static void
test_the_first_try_is_at_once(ScriptedWatch *f, gconstpointer data)
{
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    scripted_unplug(f);
    scripted_plug_in(f); /* as fast as that */
    scripted_wait_state(f, WG_WATCH_LOST);
    manual_clock_wind(f->clock, 0);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_OPENING);
    greet(f);
    scripted_wait_state(f, WG_WATCH_READY);
}

static void
test_the_link_may_hurry_it(ScriptedWatch *f, gconstpointer data)
{
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    lose(f);
    scripted_pass(f, 10000);
    scripted_plug_in(f);
    wg_link_emit_back(f->link);
    manual_clock_wind(f->clock, 0);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_OPENING);
    greet(f);
    scripted_wait_state(f, WG_WATCH_READY);
    wg_link_emit_back(f->link);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
}

static void
test_disconnecting_ends_it(ScriptedWatch *f, gconstpointer data)
{
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    lose(f);
    scripted_pass(f, 1000);
    wg_watch_disconnect(f->watch);
    scripted_plug_in(f);
    scripted_pass(f, 5000);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_CLOSED);
    g_assert_cmpuint(f->heard->len, ==, 0);
    g_assert_cmpint(manual_clock_get_n_timers(f->clock), ==, 0);
}

static void
test_a_watch_that_was_never_there_is_not_awaited(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_unplug(f);
    wg_watch_connect_async(f->watch, NULL, scripted_on_answer, f);
    scripted_wait_result(f);
    g_assert_false(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_cmpint(manual_clock_get_n_timers(f->clock), ==, 0);
}

static void
test_what_was_queued_fails(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    wg_watch_eval_async(f->watch, "1+1", NULL, scripted_on_answer, f);
    scripted_hear(f, "1+1");
    scripted_unplug(f);
    scripted_plug_in(f);
    scripted_wait_result(f);
    g_assert_null(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_clear_object(&f->result);
    manual_clock_wind(f->clock, 0);
    greet(f);
    scripted_wait_state(f, WG_WATCH_READY);
    wg_watch_eval_async(f->watch, "2+2", NULL, scripted_on_answer, f);
    scripted_hear(f, "2+2");
    scripted_hear(f, "e:e.toString()}))}\n");
    scripted_answer(f, "4");
    scripted_wait_result(f);
    g_autoptr(GError) none = NULL;
    g_autofree char *value = wg_watch_eval_finish(f->watch, f->result, &none);
    g_assert_no_error(none);
    g_assert_cmpstr(value, ==, "4");
}

static void
test_who_waits_is_told(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    lose(f);
    wg_watch_wait_async(f->watch, 60000, NULL, scripted_on_answer, f);
    scripted_pass(f, 10000);
    g_assert_null(f->result);
    scripted_plug_in(f);
    wind_until(f, WG_WATCH_OPENING);
    greet(f);
    scripted_wait_result(f);
    g_assert_true(wg_watch_wait_finish(f->watch, f->result, &error));
    g_assert_no_error(error);
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
}

static void
test_who_waits_too_long_is_told_why(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    lose(f);
    wg_watch_wait_async(f->watch, 5000, NULL, scripted_on_answer, f);
    scripted_pass(f, 4950);
    g_assert_null(f->result);
    scripted_pass(f, 50);
    scripted_wait_result(f);
    g_assert_false(wg_watch_wait_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
    g_assert_nonnull(strstr(error->message, "did not come back within 5 s: there is no device"));
}

static void
test_waiting_can_be_cancelled(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    lose(f);
    wg_watch_wait_async(f->watch, 5000, cancellable, scripted_on_answer, f);
    g_cancellable_cancel(cancellable);
    scripted_wait_result(f);
    g_assert_false(wg_watch_wait_finish(f->watch, f->result, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_waiting_without_hope_ends_at_once(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    scripted_connect(f);
    lose(f);
    wg_watch_wait_async(f->watch, 5000, NULL, scripted_on_answer, f);
    scripted_wait_result(f);
    g_assert_false(wg_watch_wait_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
}

static void
test_who_connects_meanwhile_joins(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_set_keeping(f->watch, TRUE);
    scripted_connect(f);
    lose(f);
    scripted_plug_in(f);
    wind_until(f, WG_WATCH_OPENING);
    wg_watch_connect_async(f->watch, NULL, scripted_on_answer, f);
    greet(f);
    scripted_wait_result(f);
    g_assert_true(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_no_error(error);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(ScriptedWatch *f, gconstpointer data);
    } tests[] = {
        {"a-lost-watch-stays-lost-unless-kept", test_a_lost_watch_stays_lost_unless_kept},
        {"a-kept-watch-is-had-back", test_a_kept_watch_is_had_back},
        {"the-first-try-is-at-once", test_the_first_try_is_at_once},
        {"the-link-may-hurry-it", test_the_link_may_hurry_it},
        {"disconnecting-ends-it", test_disconnecting_ends_it},
        {"never-there-is-not-awaited", test_a_watch_that_was_never_there_is_not_awaited},
        {"what-was-queued-fails", test_what_was_queued_fails},
        {"who-waits-is-told", test_who_waits_is_told},
        {"who-waits-too-long-is-told-why", test_who_waits_too_long_is_told_why},
        {"waiting-can-be-cancelled", test_waiting_can_be_cancelled},
        {"waiting-without-hope-ends-at-once", test_waiting_without_hope_ends_at_once},
        {"who-connects-meanwhile-joins", test_who_connects_meanwhile_joins},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/keeping/%s", tests[i].name);
        g_test_add(path, ScriptedWatch, NULL, scripted_set_up, tests[i].func, scripted_tear_down);
    }
    return g_test_run();
}
