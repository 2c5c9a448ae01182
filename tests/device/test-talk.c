/* Tests of boards that are no Espruino: known by what they print, heard, and asked for nothing. */
#include "scripted-watch.h"

#include "base/error.h"
#include "device/watch-talk.h"

#include <string.h>

#define STEP_MS 50 /* 20 lines a second */

static void
on_sample(const WgNumberSample *sample, gpointer user_data)
{
    g_array_append_vals(user_data, sample, 1);
}

static void
print_line(ScriptedWatch *f, int i)
{
    g_autofree char *line = g_strdup_printf("%d, %d, %d\r\n", i % 3, -(i % 2), 1000);
    scripted_say(f, line);
    manual_clock_wind(f->clock, STEP_MS);
}

static void
connect_board(ScriptedWatch *f)
{
    wg_watch_connect_async(f->watch, NULL, scripted_on_answer, f);
    scripted_hear(f, "process.version");
    for (int i = 0; i < 100 && !f->result; i++)
        print_line(f, i);
    scripted_wait_result(f);
}

static void
test_a_board_that_prints_numbers_is_ready(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) samples = g_array_new(FALSE, FALSE, sizeof(WgNumberSample));
    connect_board(f);
    g_assert_true(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_no_error(error);
    g_assert_cmpint(wg_watch_get_talk(f->watch), ==, WG_TALK_LINES);
    g_assert_cmpstr(wg_watch_get_kind(f->watch), ==, "generic");
    g_assert_false(wg_watch_has_packets(f->watch));
    wg_watch_hear_numbers(f->watch, on_sample, samples);
    for (int i = 0; i < 20; i++)
        print_line(f, i);
    g_assert_cmpuint(samples->len, ==, 20);
    WgNumberLines *numbers = wg_watch_get_numbers(f->watch);
    /* the clock stands still while a line is read */
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(numbers), 20, 1e-9);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(numbers), ==, 1000);
    g_string_truncate(f->heard, 0);
    manual_clock_wind(f->clock, 60000); /* it may pause, and is not asked why */
    g_assert_false(scripted_has_heard(f, "wg"));
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    wg_watch_hear_numbers(f->watch, NULL, NULL);
}

static void
test_it_is_asked_for_nothing_it_cannot_do(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_board(f);
    g_clear_object(&f->result);
    wg_watch_eval_async(f->watch, "1+1", NULL, scripted_on_answer, f);
    scripted_wait_result(f);
    g_assert_null(wg_watch_eval_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_string_truncate(f->heard, 0);
    wg_watch_disconnect(f->watch);
    g_assert_false(scripted_has_heard(f, "Waggle"));
}

static void
test_an_espruino_that_prints_numbers_is_an_espruino(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_connect_async(f->watch, NULL, scripted_on_answer, f);
    scripted_hear(f, "process.version");
    for (int i = 0; i < 20; i++)
        print_line(f, i);
    scripted_answer(f, SCRIPTED_FACTS);
    scripted_wait_result(f);
    g_assert_true(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_cmpint(wg_watch_get_talk(f->watch), ==, WG_TALK_ESPRUINO);
    g_assert_null(wg_watch_get_numbers(f->watch));
}

static void
test_what_prints_other_things_is_none(ScriptedWatch *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wg_watch_connect_async(f->watch, NULL, scripted_on_answer, f);
    for (int i = 0; i < 200 && !f->result; i++) {
        scripted_say(f, "temperature 21.5\n");
        manual_clock_wind(f->clock, STEP_MS);
    }
    scripted_wait_result(f);
    g_assert_false(wg_watch_connect_finish(f->watch, f->result, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add("/device/talk/" name, ScriptedWatch, NULL, scripted_set_up, test, scripted_tear_down)
    ADD("board-that-prints-numbers-is-ready", test_a_board_that_prints_numbers_is_ready);
    ADD("it-is-asked-for-nothing-it-cannot-do", test_it_is_asked_for_nothing_it_cannot_do);
    ADD("espruino-that-prints-is-an-espruino", test_an_espruino_that_prints_numbers_is_an_espruino);
    ADD("what-prints-other-things-is-none", test_what_prints_other_things_is_none);
#undef ADD
    return g_test_run();
}
