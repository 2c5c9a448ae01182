/* Tests of boards that print numbers: what is read from a line, and how their rate is measured. */
#include "base/random.h"
#include "device/number-line.h"
#include "device/number-lines.h"
#include "device/rate-fit.h"

#include <math.h>
#include <string.h>

static void
check_line(const char *line, int n, const double *values)
{
    WgLineCell cells[WG_LINE_CELLS];
    g_test_message("%s", line);
    g_assert_cmpint(wg_number_line_parse(line, strlen(line), cells), ==, n);
    for (int i = 0; i < n; i++)
        g_assert_cmpfloat(cells[i].value, ==, values[i]);
}

static void
test_any_separators_names_and_units(void)
{
    static const double three[] = {0.5, -0.25, 9.75}, four[] = {12, 0.5, -0.25, 9.75};
    static const char *const lines[] = {
        "0.5,-0.25,9.75",
        "0.5, -0.25, 9.75,",
        "0.5;-0.25;9.75",
        "0.5\t-0.25\t9.75",
        "  0.5   -0.25   9.75  ",
        "(0.5, -0.25, 9.75)",
        "[5e-1,-25e-2,+9.75]",
        "x:0.5 y:-0.25 z:9.75",
        "x: 0.5, y: -0.25, z: 9.75",
        "ax=0.5 ay=-0.25 az=9.75",
        "X = 0.5 | Y = -0.25 | Z = 9.75",
        "Accel X: 0.5 m/s^2, Accel Y: -0.25 m/s^2, Accel Z: 9.75 m/s^2",
        "0.5g -0.25g 9.75g",
        "{\"x\":0.5,\"y\":-0.25,\"z\":9.75}",
        "Acc x 0.5 y -0.25 z 9.75",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        check_line(lines[i], 3, three);
    check_line("12,0.5,-0.25,9.75", 4, four);
    check_line("t=12ms x=0.5 y=-0.25 z=9.75", 4, four);
}

static void
test_sentences_times_of_day_and_the_like_are_none(void)
{
    static const char *const lines[] = {
        "",
        "hello",
        "12:30:01 0.5 0.5 0.5",
        "1.2.3",
        "-",
        "nan,nan,nan",
        "1e999,0,0",
        "0x1f,2,3",
        "--1,2,3",
        "x:,y:,z:",
        "\x1e{\"wg\":\"block\"}",
        "rate: 50 Hz!",
        ">>> print(1)",
    };
    WgLineCell cells[WG_LINE_CELLS];
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_test_message("%s", lines[i]);
        g_assert_cmpint(wg_number_line_parse(lines[i], strlen(lines[i]), cells), <, 3);
    }
    g_assert_cmpint(wg_number_line_parse_header("Time,aX,aY,aZ", 13, cells), ==, 4);
    g_assert_cmpstr(cells[0].name, ==, "time");
    g_assert_cmpstr(cells[3].name, ==, "az");
    g_assert_cmpint(wg_number_line_parse_header("1,2,3", 5, cells), ==, 0);
}

typedef struct {
    WgNumberLines *lines;
    GArray *samples; /* WgNumberSample */
    WgRandom random;
} Board;

static void
on_sample(const WgNumberSample *sample, gpointer user_data)
{
    g_array_append_vals(user_data, sample, 1);
}

static void
set_up(Board *board, gconstpointer data)
{
    board->samples = g_array_new(FALSE, FALSE, sizeof(WgNumberSample));
    board->lines = wg_number_lines_new(on_sample, board->samples);
    wg_random_init(&board->random, 4, 0);
}

static void
tear_down(Board *board, gconstpointer data)
{
    wg_number_lines_free(board->lines);
    g_array_unref(board->samples);
}

static void
say(Board *board, double at_s, const char *text)
{
    wg_number_lines_feed(board->lines, text, strlen(text), (gint64)(at_s * 1e6));
}

static const WgNumberSample *
get(const Board *board, guint i)
{
    return &g_array_index(board->samples, WgNumberSample, i);
}

/* A value at rest, of so many units a g, with a little noise. */
static double
rest(Board *board, double units_per_g)
{
    return units_per_g * (1 + 0.02 * (wg_random_unit(&board->random) - 0.5));
}

/* Arduino's millis() in the first column; what is sent waits for the next full millisecond. */
static void
test_the_rate_comes_from_the_boards_own_time(Board *board, gconstpointer data)
{
    double at = 0;
    say(board, at, "t,x,y,z\r\n");
    for (int i = 0; i < 3000; i++) {
        const double t = i / 119.0;
        g_autofree char *line = g_strdup_printf("%d,%.3f,%.3f,%.3f\r\n", (int)(t * 1000) + 777,
                                                0.01, 0.02, rest(board, 1));
        /* late by up to half a second */
        at = MAX(at, t + 0.5 * wg_random_unit(&board->random));
        say(board, at, line);
    }
    g_assert_true(wg_number_lines_is_known(board->lines));
    g_assert_true(wg_number_lines_has_time(board->lines));
    g_assert_cmpuint(board->samples->len, ==, 3000);
    g_test_message("119 Hz measured as %.3f", wg_number_lines_get_rate_hz(board->lines));
    /* 1 ms of rounding over half of 25 s is 0.008 % */
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 119, 0.01);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(board->lines), ==, 1);
    g_assert_cmpint(get(board, 2999)->number, ==, 2999); /* jitter makes no gaps */
    g_assert_cmpfloat_with_epsilon(get(board, 2999)->values[2], 1, 0.011);
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
        g_string_append_printf(waiting, "%.2f %.2f %.2f\n", 0.1, -0.2, rest(board, 9.80665));
        if (waiting->len < 64 && t - since < 0.016)
            continue;
        /* now and then all is half a second late, as on a busy machine */
        at = MAX(at, t + (wg_random_unit(&board->random) < 0.002 ? 0.5 : 0.001));
        say(board, at, waiting->str);
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
        say(board, i / 50.0, line);
    }
    g_assert_cmpuint(board->samples->len, ==, 198);
    g_assert_cmpint(get(board, 99)->number, ==, 99);
    g_assert_cmpint(get(board, 100)->number, ==, 102);
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
        say(board, i / 50.0,
            i == 300 ? "x:10 y:-5 z:1" : line); /* and one is cut, eating the next */
    }
    g_assert_true(wg_number_lines_has_time(board->lines));
    g_assert_cmpint(get(board, 199)->number, ==, 199);
    g_assert_cmpint(get(board, 200)->number, ==, 205);
    g_assert_cmpint(get(board, board->samples->len - 1)->number, ==, 399);
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 50, 1e-6);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(board->lines), ==, 1000);
}

static void
test_a_named_time_may_stand_still(Board *board, gconstpointer data)
{
    say(board, 0, "n,ms,x,y,z\r\n");
    for (int i = 0; i < 100; i++) {
        g_autofree char *line = g_strdup_printf("%d,%d,0,0,1\r\n", i, i / 2 * 20);
        say(board, i / 100.0, line);
    }
    g_assert_true(wg_number_lines_has_time(board->lines));
    g_assert_cmpint(get(board, 99)->number, ==, 99);
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
        say(board, i / 100.0, line);
    }
    for (guint i = 1; i < board->samples->len; i++)
        g_assert_cmpfloat(get(board, i)->time_s, >, get(board, i - 1)->time_s);
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 100, 1e-6);
}

static void
test_other_text_between_is_no_sample(Board *board, gconstpointer data)
{
    say(board, 0, "Booting v1.2.3\nSensor 0x68 found\nWiFi: off\n");
    for (int i = 0; i < 100; i++) {
        g_autofree char *line = g_strdup_printf("ax=%d ay=%d az=%d gx=1 gy=2 gz=3\n", 1, 2, 8192);
        say(board, i / 25.0, line);
        if (i % 10 == 0)
            say(board, i / 25.0, "battery 87 %\nloop 12\n");
    }
    g_assert_cmpuint(board->samples->len, ==, 100);
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 25, 1e-6);
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(board->lines), ==, 8192);
    g_assert_cmpfloat(get(board, 50)->values[2], ==, 8192); /* whole: exact */
}

static void
test_units_are_judged_by_what_rests(Board *board, gconstpointer data)
{
    static const double units[] = {1, 9.80665, 64, 256, 1000, 2048, 4096, 8192, 16384};
    for (gsize u = 0; u < G_N_ELEMENTS(units); u++) {
        g_autoptr(WgNumberLines) lines = wg_number_lines_new(on_sample, board->samples);
        for (int i = 0; i < 60; i++) {
            g_autofree char *line =
                g_strdup_printf("%.4f %.4f %.4f\n", 0.0, rest(board, -units[u]), 0.0);
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
    g_autoptr(WgNumberLines) shaken = wg_number_lines_new(on_sample, board->samples);
    for (int i = 0; i < 200; i++) {
        const double angle = i;
        g_autofree char *line = g_strdup_printf("%.4f %.4f %.4f\n", 0.0, 0.0, rest(board, 500));
        g_autofree char *moving =
            g_strdup_printf("%.4f %.4f %.4f\n", 950 * cos(angle), 950 * sin(angle), 0.0);
        say(board, i / 50.0, line);
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
    g_autoptr(WgNumberLines) other = wg_number_lines_new(on_sample, board->samples);
    for (gsize i = 0; i < all->len; i++)
        wg_number_lines_feed(other, all->str + i, 1, 0);
    g_assert_cmpuint(n, ==, 80);
    g_assert_cmpuint(board->samples->len, ==, 160);
    for (guint i = 0; i < n; i++) {
        g_assert_cmpint(get(board, i)->number, ==, get(board, n + i)->number);
        g_assert_cmpmem(get(board, i)->values, 12, get(board, n + i)->values, 12);
    }
}

static void
test_endless_lines_are_none(Board *board, gconstpointer data)
{
    g_autofree char *endless = g_strnfill(1000000, '7');
    for (int i = 0; i < 20; i++)
        say(board, i, endless);
    say(board, 21, "\n");
    for (int i = 0; i < 20; i++)
        say(board, 22 + i, "1,2,3\n");
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
    g_test_add_func("/device/number-line/any-separators-names-and-units",
                    test_any_separators_names_and_units);
    g_test_add_func("/device/number-line/sentences-are-none",
                    test_sentences_times_of_day_and_the_like_are_none);
#define ADD(name, test)                                                                            \
    g_test_add("/device/number-lines/" name, Board, NULL, set_up, test, tear_down)
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
