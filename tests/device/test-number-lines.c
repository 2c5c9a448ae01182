/* Tests of boards that print numbers: their columns, unit and rate. */
#include "number-fixture.h"

#include "device/rate-fit.h"

#include <math.h>
#include <string.h>

/* Arduino's millis() in the first column; what is sent waits for the next full millisecond. */
static void
test_the_rate_comes_from_the_boards_own_time(Board *board, gconstpointer data)
{
    double at = 0;
    board_say(board, at, "t,x,y,z\r\n");
    for (int i = 0; i < 3000; i++) {
        const double t = i / 119.0;
        g_autofree char *line = g_strdup_printf("%d,%.3f,%.3f,%.3f\r\n", (int)(t * 1000) + 777,
                                                0.01, 0.02, board_rest(board, 1));
        /* late by up to half a second */
        at = MAX(at, t + 0.5 * wg_random_unit(&board->random));
        board_say(board, at, line);
    }
    g_assert_true(wg_number_lines_is_known(board->lines));
    g_assert_true(wg_number_lines_has_time(board->lines));
    g_assert_cmpuint(board->samples->len, ==, 3000);
    g_test_message("119 Hz measured as %.3f", wg_number_lines_get_rate_hz(board->lines));
    /* 1 ms of rounding over half of 25 s is 0.008 % */
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 119, 0.01);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(board->lines), ==, 1);
    g_assert_cmpint(board_get(board, 2999)->number, ==, 2999); /* jitter makes no gaps */
    g_assert_cmpfloat_with_epsilon(board_get(board, 2999)->values[2], 1, 0.011);
}

/* Without a time: arrivals of a USB serial port, which hands over 64 bytes or what came in 16 ms.
 */
static void
test_the_rate_comes_from_the_arrivals_else(Board *board, gconstpointer data)
{
    g_autoptr(GString) waiting = g_string_new(NULL);
    double since = 0, at = 0;
    for (int i = 0; i < 2000; i++) {
        const double t = i / 52.0;
        g_string_append_printf(waiting, "%.2f %.2f %.2f\n", 0.1, -0.2, board_rest(board, 9.80665));
        if (waiting->len < 64 && t - since < 0.016)
            continue;
        /* now and then all is half a second late, as on a busy machine */
        at = MAX(at, t + (wg_random_unit(&board->random) < 0.002 ? 0.5 : 0.001));
        board_say(board, at, waiting->str);
        g_string_truncate(waiting, 0);
        since = t;
    }
    g_test_message("52 Hz measured as %.3f", wg_number_lines_get_rate_hz(board->lines));
    g_assert_false(wg_number_lines_has_time(board->lines));
    /* 16 ms over half of 38 s is 0.1 % */
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 52, 0.06);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(board->lines), ==, 9.80665);
}

static void
test_a_counter_tells_what_is_missing(Board *board, gconstpointer data)
{
    for (int i = 0; i < 200; i++) {
        g_autofree char *line = g_strdup_printf("%d;%d;%d;%d\n", i, 100, -50, 16384);
        if (i == 100 || i == 101)
            continue;
        board_say(board, i / 50.0, line);
    }
    g_assert_cmpuint(board->samples->len, ==, 198);
    g_assert_cmpint(board_get(board, 99)->number, ==, 99);
    g_assert_cmpint(board_get(board, 100)->number, ==, 102);
    g_assert_false(wg_number_lines_has_time(board->lines));
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 50, 1e-6);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(board->lines), ==, 16384);
}

static void
test_a_time_tells_what_is_missing(Board *board, gconstpointer data)
{
    for (int i = 0; i < 400; i++) {
        g_autofree char *line = g_strdup_printf("x:%d y:%d z:%d t:%d\n", 10, -5, 1000, i * 20000);
        if (i >= 200 && i < 205)
            continue;
        board_say(board, i / 50.0,
                  i == 300 ? "x:10 y:-5 z:1" : line); /* and one is cut, eating the next */
    }
    g_assert_true(wg_number_lines_has_time(board->lines));
    g_assert_cmpint(board_get(board, 199)->number, ==, 199);
    g_assert_cmpint(board_get(board, 200)->number, ==, 205);
    g_assert_cmpint(board_get(board, board->samples->len - 1)->number, ==, 399);
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 50, 1e-6);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(board->lines), ==, 1000);
}

static void
test_a_named_time_may_stand_still(Board *board, gconstpointer data)
{
    board_say(board, 0, "n,ms,x,y,z\r\n");
    for (int i = 0; i < 100; i++) {
        g_autofree char *line = g_strdup_printf("%d,%d,0,0,1\r\n", i, i / 2 * 20);
        board_say(board, i / 100.0, line);
    }
    g_assert_true(wg_number_lines_has_time(board->lines));
    g_assert_cmpint(board_get(board, 99)->number, ==, 99);
    /* 10 ms of rounding over half a second */
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 100, 2);
}

/* A board that is reset counts its milliseconds from 0 again. */
static void
test_time_goes_on_when_the_board_begins_anew(Board *board, gconstpointer data)
{
    for (int i = 0; i < 200; i++) {
        const int ms = (i < 120 ? i : i - 120) * 10;
        g_autofree char *line = g_strdup_printf("%d,0,0,64\n", ms);
        board_say(board, i / 100.0, line);
    }
    for (guint i = 1; i < board->samples->len; i++)
        g_assert_cmpfloat(board_get(board, i)->time_s, >, board_get(board, i - 1)->time_s);
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 100, 1e-6);
}

static void
test_other_text_between_is_no_sample(Board *board, gconstpointer data)
{
    board_say(board, 0, "Booting v1.2.3\nSensor 0x68 found\nWiFi: off\n");
    for (int i = 0; i < 100; i++) {
        g_autofree char *line = g_strdup_printf("ax=%d ay=%d az=%d gx=1 gy=2 gz=3\n", 1, 2, 8192);
        board_say(board, i / 25.0, line);
        if (i % 10 == 0)
            board_say(board, i / 25.0, "battery 87 %\nloop 12\n");
    }
    g_assert_cmpuint(board->samples->len, ==, 100);
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 25, 1e-6);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(board->lines), ==, 8192);
    g_assert_cmpfloat(board_get(board, 50)->values[2], ==, 8192); /* whole: exact */
}

static void
test_units_are_judged_by_what_rests(Board *board, gconstpointer data)
{
    static const double units[] = {1, 9.80665, 64, 256, 1000, 2048, 4096, 8192, 16384};
    for (gsize u = 0; u < G_N_ELEMENTS(units); u++) {
        g_autoptr(WgNumberLines) lines = wg_number_lines_new(board_on_sample, board->samples);
        for (int i = 0; i < 60; i++) {
            g_autofree char *line =
                g_strdup_printf("%.4f %.4f %.4f\n", 0.0, board_rest(board, -units[u]), 0.0);
            wg_number_lines_feed(lines, line, strlen(line), i * 20000);
        }
        g_assert_cmpfloat(wg_number_lines_get_units_per_g(lines), ==, units[u]);
        g_assert_cmpint(wg_number_lines_get_unit(lines), ==, WG_UNIT_USUAL);
    }
}

/* What rests is 1 g, in whatever unit; what does not rest tells nothing. */
static void
test_an_unusual_unit_is_what_rests(Board *board, gconstpointer data)
{
    g_autoptr(WgNumberLines) shaken = wg_number_lines_new(board_on_sample, board->samples);
    for (int i = 0; i < 200; i++) {
        const double angle = i;
        g_autofree char *line =
            g_strdup_printf("%.4f %.4f %.4f\n", 0.0, 0.0, board_rest(board, 500));
        g_autofree char *moving =
            g_strdup_printf("%.4f %.4f %.4f\n", 950 * cos(angle), 950 * sin(angle), 0.0);
        board_say(board, i / 50.0, line);
        wg_number_lines_feed(shaken, moving, strlen(moving), i * 20000);
    }
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_units_per_g(board->lines), 500, 5);
    g_assert_cmpint(wg_number_lines_get_unit(board->lines), ==, WG_UNIT_MEASURED);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(shaken), ==, 1000);
    g_assert_cmpint(wg_number_lines_get_unit(shaken), ==, WG_UNIT_GUESSED);
}

static void
test_equal_bytes_give_equal_samples_however_split(Board *board, gconstpointer data)
{
    g_autoptr(GString) all = g_string_new("time,x,y,z\n");
    for (int i = 0; i < 80; i++)
        g_string_append_printf(all, "%d,%d,%d,%d\n", i * 10, i % 7, i % 5, 1000);
    wg_number_lines_feed(board->lines, all->str, all->len, 0);
    const guint n = board->samples->len;
    g_autoptr(WgNumberLines) other = wg_number_lines_new(board_on_sample, board->samples);
    for (gsize i = 0; i < all->len; i++)
        wg_number_lines_feed(other, all->str + i, 1, 0);
    g_assert_cmpuint(n, ==, 80);
    g_assert_cmpuint(board->samples->len, ==, 160);
    for (guint i = 0; i < n; i++) {
        g_assert_cmpint(board_get(board, i)->number, ==, board_get(board, n + i)->number);
        g_assert_cmpmem(board_get(board, i)->values, 12, board_get(board, n + i)->values, 12);
    }
}

static void
test_endless_lines_are_none(Board *board, gconstpointer data)
{
    g_autofree char *endless = g_strnfill(1000000, '7');
    for (int i = 0; i < 20; i++)
        board_say(board, i, endless);
    board_say(board, 21, "\n");
    for (int i = 0; i < 20; i++)
        board_say(board, 22 + i, "1,2,3\n");
    g_assert_cmpuint(board->samples->len, ==, 20);
}

static void
test_late_times_do_not_move_the_rate(void)
{
    g_autofree WgRateFit *fit = g_new0(WgRateFit, 1);
    WgRandom random;
    wg_random_init(&random, 9, 0);
    wg_rate_fit_init(fit);
    g_assert_cmpfloat(wg_rate_fit_get_hz(fit), ==, 0);
    for (int i = 0; i < 360000; i++) { /* an hour */
        const gboolean is_late = wg_random_unit(&random) < 0.005;
        wg_rate_fit_add(fit, i, i / 100.0 + (is_late ? 0.009 : 0));
    }
    /* one in 200 by 9 ms, over half an hour */
    g_assert_cmpfloat_with_epsilon(wg_rate_fit_get_hz(fit), 100, 1e-6);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add("/device/number-lines/" name, Board, NULL, board_set_up, test, board_tear_down)
    ADD("rate-comes-from-the-boards-time", test_the_rate_comes_from_the_boards_own_time);
    ADD("rate-comes-from-the-arrivals-else", test_the_rate_comes_from_the_arrivals_else);
    ADD("counter-tells-what-is-missing", test_a_counter_tells_what_is_missing);
    ADD("time-tells-what-is-missing", test_a_time_tells_what_is_missing);
    ADD("named-time-may-stand-still", test_a_named_time_may_stand_still);
    ADD("time-goes-on-after-a-reset", test_time_goes_on_when_the_board_begins_anew);
    ADD("other-text-is-no-sample", test_other_text_between_is_no_sample);
    ADD("units-are-judged-by-what-rests", test_units_are_judged_by_what_rests);
    ADD("an-unusual-unit-is-what-rests", test_an_unusual_unit_is_what_rests);
    ADD("equal-however-split", test_equal_bytes_give_equal_samples_however_split);
    ADD("endless-lines-are-none", test_endless_lines_are_none);
#undef ADD
    g_test_add_func("/device/rate-fit/late-times-do-not-move-the-rate",
                    test_late_times_do_not_move_the_rate);
    return g_test_run();
}
