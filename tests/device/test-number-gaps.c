/* Tests of boards that print numbers: which samples are missing. */
#include "number-fixture.h"

/* So many lines a second, in batches as a USB port hands them over; none between `from` and `to`.
 */
static void
play_with_hole(Board *board, double rate_hz, int n, double from, double to)
{
    g_autoptr(GString) waiting = g_string_new(NULL);
    double since = 0;
    for (int i = 0; i < n; i++) {
        const double t = i / rate_hz;
        if (t > from && t < to)
            continue;
        g_string_append_printf(waiting, "%.3f,%.3f,%.3f\n", 0.1, -0.2, board_rest(board, 1));
        if (waiting->len < 64 && t - since < 0.016)
            continue;
        board_say(board, t + 0.001 * wg_random_unit(&board->random), waiting->str);
        g_string_truncate(waiting, 0);
        since = t;
    }
}

static gint64
count_missing(const Board *board)
{
    const WgNumberSample *last = board_get(board, board->samples->len - 1);
    return last->number + 1 - (gint64)board->samples->len;
}

static int
count_gaps(const Board *board)
{
    int n = 0;
    for (guint i = 1; i < board->samples->len; i++)
        n += board_get(board, i)->number > board_get(board, i - 1)->number + 1;
    return n;
}

static void
test_a_silence_is_a_gap(Board *board, gconstpointer data)
{
    static const double rates_hz[] = {12.5, 50, 119, 400};
    for (gsize i = 0; i < G_N_ELEMENTS(rates_hz); i++) {
        const double rate_hz = rates_hz[i];
        board_renew(board);
        play_with_hole(board, rate_hz, (int)(12 * rate_hz), 5, 8);
        g_test_message("%g Hz: %d missing, %.3f Hz", rate_hz, (int)count_missing(board),
                       wg_number_lines_get_rate_hz(board->lines));
        g_assert_cmpint(count_gaps(board), ==, 1);
        /* a batch is 16 ms and a period, or 64 bytes */
        g_assert_cmpfloat_with_epsilon((double)count_missing(board), 3 * rate_hz,
                                       2 + 0.016 * rate_hz);
        g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), rate_hz,
                                       0.005 * rate_hz);
    }
}

/* A machine that sleeps half a second now and then gets all of it afterwards; a board that hands
 * over each 0.4 s is never silent. */
static void
test_what_is_only_late_is_no_gap(Board *board, gconstpointer data)
{
    for (int batch = 1; batch <= 40; batch += 39) {
        g_autoptr(GString) waiting = g_string_new(NULL);
        int n_waiting = 0;
        board_renew(board);
        for (int i = 0; i < 3000; i++) {
            const gboolean sleeps = i > 500 && i % 250 < 50;
            g_string_append_printf(waiting, "%.3f,%.3f,%.3f\n", 0.1, -0.2, board_rest(board, 1));
            if (++n_waiting < batch || sleeps)
                continue;
            board_say(board, i / 100.0 + 0.004 * wg_random_unit(&board->random), waiting->str);
            g_string_truncate(waiting, 0);
            n_waiting = 0;
        }
        g_assert_cmpuint(board->samples->len, >, 2900);
        g_assert_cmpint(count_missing(board), ==, 0);
        g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 100, 0.5);
    }
}

/* It gets slower, without a silence. */
static void
test_another_pace_is_no_gap(Board *board, gconstpointer data)
{
    double at = 0;
    for (int i = 0; i < 2000; i++) {
        at += i < 1000 ? 0.01 : 0.02;
        board_say(board, at, "0.01,0.02,1.01\n");
    }
    g_assert_cmpint(count_missing(board), ==, 0);
}

static void
test_a_sample_that_could_not_be_read_is_missing(Board *board, gconstpointer data)
{
    for (int i = 0; i < 500; i++)
        board_say(board, i / 50.0 + 0.012 * wg_random_unit(&board->random),
                  i % 20 == 19 ? "nan,nan, NaN\r\n" : "0.013,-0.021,1.002\r\n");
    g_assert_cmpuint(board->samples->len, ==, 475);
    g_assert_cmpint(board_get(board, 474)->number, ==, 498);
    g_assert_cmpint(count_gaps(board), ==, 24);
    g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 50, 0.1);
}

/* "I2C error" may stand for a sample, or beside one: time tells. */
static void
test_time_tells_whether_a_word_stood_for_a_sample(Board *board, gconstpointer data)
{
    for (int stands = 0; stands <= 1; stands++) {
        board_renew(board);
        for (int i = 0; i < 1000; i++) {
            const double t = i / 50.0 + 0.006 * wg_random_unit(&board->random);
            if (i % 50 == 40)
                board_say(board, t, "I2C error\n");
            if (i % 50 != 40 || !stands)
                board_say(board, t, "0.013,-0.021,1.002\r\n");
        }
        g_test_message("%d of %d", (int)count_missing(board), stands ? 20 : 0);
        g_assert_cmpint(count_missing(board), >=, stands ? 19 : 0); /* the first rate is rough */
        g_assert_cmpint(count_missing(board), <=, stands ? 20 : 0);
        g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 50, 0.1);
    }
}

static void
test_a_board_that_begins_anew_leaves_a_gap(Board *board, gconstpointer data)
{
    static const double pauses_s[] = {0.5, 0, 2};
    for (gsize k = 0; k < G_N_ELEMENTS(pauses_s); k++) {
        const double pause_s = pauses_s[k];
        board_renew(board);
        for (int i = 0; i < 800; i++) {
            const double t = i < 300 ? i * 0.02 : i * 0.02 + pause_s;
            const int ms = i < 300 ? i * 20 : 130 + (i - 300) * 20;
            g_autofree char *line = g_strdup_printf("%d,0.013,-0.021,1.002\r\n", ms);
            if (i == 300)
                board_say(board, t - 0.01,
                          "ets Jun  8 2016 00:22:57\r\nrst:0x1 (POWERON_RESET)\r\n");
            board_say(board, t + 0.005 * wg_random_unit(&board->random), line);
        }
        g_assert_cmpint(board_get(board, 300)->number, ==, 300 + (int)(pause_s * 50));
        g_assert_cmpint(board_get(board, 799)->number, ==, 799 + (int)(pause_s * 50));
        g_assert_cmpfloat_with_epsilon(board_get(board, 799)->time_s, 799 * 0.02 + pause_s, 0.021);
        g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 50, 0.05);
    }
}

/* Arduino's micros() after 71 minutes. */
static void
test_a_time_that_wraps_goes_on(Board *board, gconstpointer data)
{
    for (int i = 0; i < 400; i++) {
        const guint32 us = 4294967295u - 2000000u + (guint32)i * 20000u;
        g_autofree char *line = g_strdup_printf("%u,0.013,-0.021,1.002\r\n", us);
        board_say(board, i * 0.02 + (i > 90 ? 0.3 : 0), line);
    }
    g_assert_cmpint(board_get(board, 399)->number, ==, 399);
    g_assert_cmpfloat_with_epsilon(board_get(board, 399)->time_s, 399 * 0.02, 1e-6);
}

/* It wrote to its card for a second: nothing was measured, so that nothing was counted. */
static void
test_a_board_that_counts_may_have_stood_still(Board *board, gconstpointer data)
{
    for (int has_time = 0; has_time <= 1; has_time++) {
        board_renew(board);
        board_say(board, 0, has_time ? "n,ms,x,y,z\n" : "n,x,y,z\n");
        for (int i = 0; i < 600; i++) {
            const double t = i / 100.0 + (i >= 300);
            g_autofree char *time = has_time ? g_strdup_printf("%d,", (int)(t * 1000)) : NULL;
            g_autofree char *line =
                g_strdup_printf("%d,%s0.01,0.02,1.01\n", i, has_time ? time : "");
            board_say(board, t, line);
        }
        g_assert_cmpint(board_get(board, 299)->number, ==, 299);
        g_assert_cmpint(board_get(board, 300)->number, ==, 400);
        g_assert_cmpfloat_with_epsilon(wg_number_lines_get_rate_hz(board->lines), 100, 0.1);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add("/device/number-gaps/" name, Board, NULL, board_set_up, test, board_tear_down)
    ADD("silence-is-a-gap", test_a_silence_is_a_gap);
    ADD("late-is-no-gap", test_what_is_only_late_is_no_gap);
    ADD("another-pace-is-no-gap", test_another_pace_is_no_gap);
    ADD("unreadable-is-missing", test_a_sample_that_could_not_be_read_is_missing);
    ADD("time-tells-what-words-stand-for", test_time_tells_whether_a_word_stood_for_a_sample);
    ADD("beginning-anew-leaves-a-gap", test_a_board_that_begins_anew_leaves_a_gap);
    ADD("time-that-wraps-goes-on", test_a_time_that_wraps_goes_on);
    ADD("counting-board-may-stand-still", test_a_board_that_counts_may_have_stood_still);
#undef ADD
    return g_test_run();
}
