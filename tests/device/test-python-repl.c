/* The raw REPL as calls: what it sends, what it makes of answers, garbage and silence. */
#include "base/error.h"
#include "device/python-repl.h"
#include "manual-clock.h"

#include <string.h>

#define ENTER "\r\x03\x03\x02\x01"
#define PROMPT "raw REPL; CTRL-B to exit\r\n>"
#define ASK                                                                                        \
    "\x05"                                                                                         \
    "A\x01"
#define DEADLINE_MS 1000

typedef struct {
    ManualClock *clock;
    WgPythonRepl *repl;
    GString *sent;
    char *output;
    GError *error;
    int n_done;
} Bench;

static void
on_send(const void *bytes, gsize n, gpointer user_data)
{
    g_string_append_len(((Bench *)user_data)->sent, bytes, (gssize)n);
}

static void
on_done(const char *output, const GError *error, gpointer user_data)
{
    Bench *bench = user_data;

    g_clear_pointer(&bench->output, g_free);
    g_clear_error(&bench->error);
    bench->output = g_strdup(output);
    bench->error = error ? g_error_copy(error) : NULL;
    bench->n_done++;
}

static void
set_up(Bench *bench, gconstpointer data)
{
    bench->clock = manual_clock_new();
    bench->sent = g_string_new(NULL);
    bench->repl = wg_python_repl_new(&bench->clock->clock, on_send, bench);
}

static void
tear_down(Bench *bench, gconstpointer data)
{
    wg_python_repl_free(bench->repl);
    g_assert_cmpint(manual_clock_get_n_timers(bench->clock), ==, 0);
    manual_clock_free(bench->clock);
    g_string_free(bench->sent, TRUE);
    g_free(bench->output);
    g_clear_error(&bench->error);
}

/* What was sent since the last time is this. */
static void
check_sent(Bench *bench, const char *wanted)
{
    g_assert_cmpstr(bench->sent->str, ==, wanted);
    g_string_truncate(bench->sent, 0);
}

/* A byte at a time, as a slow line brings them. */
static void
say(Bench *bench, const char *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++)
        wg_python_repl_take(bench->repl, bytes + i, 1);
}

#define SAY(bench, text) say(bench, text, sizeof text - 1)

static void
run(Bench *bench, const char *program)
{
    wg_python_repl_run(bench->repl, program, DEADLINE_MS, on_done, bench);
}

static void
check_output(Bench *bench, int n_done, const char *output)
{
    g_assert_cmpint(bench->n_done, ==, n_done);
    g_assert_no_error(bench->error);
    g_assert_cmpstr(bench->output, ==, output);
}

static void
test_board_without_paste(Bench *bench, gconstpointer data)
{
    run(bench, "print(1)");
    check_sent(bench, ENTER);
    SAY(bench, "\r\n>>> \r\nMicroPython\r\n>>> \r\n" PROMPT);
    check_sent(bench, ASK);
    SAY(bench, "R\0");
    check_sent(bench, "print(1)\x04");
    SAY(bench, "OK1\r\n\x04\x04");
    g_assert_cmpint(bench->n_done, ==, 0); /* its prompt is still to come */
    SAY(bench, ">");
    check_output(bench, 1, "1\r\n");
    g_assert_false(wg_python_repl_has_paste(bench->repl));
    /* it is there now, and is not asked again */
    run(bench, "x");
    check_sent(bench, "x\x04");
    SAY(bench, "OK\x04\x04>");
    check_output(bench, 2, "");
    wg_python_repl_leave(bench->repl);
    check_sent(bench, "\x03\x02");
}

static void
test_old_board(Bench *bench, gconstpointer data)
{
    run(bench, "x");
    SAY(bench, PROMPT);
    check_sent(bench, ENTER ASK);
    SAY(bench, PROMPT);
    check_sent(bench, "x\x04");
    SAY(bench, "OK\x04\x04>");
    check_output(bench, 1, "");
}

static void
test_long_program_goes_in_parts(Bench *bench, gconstpointer data)
{
    g_autofree char *program = g_strnfill(600, 'a');

    run(bench, program);
    SAY(bench, PROMPT "R\0");
    g_assert_cmpuint(bench->sent->len, ==, strlen(ENTER ASK) + WG_PYTHON_PART_BYTES);
    manual_clock_wind(bench->clock, WG_PYTHON_PART_MS);
    g_assert_cmpuint(bench->sent->len, ==, strlen(ENTER ASK) + 2 * WG_PYTHON_PART_BYTES);
    manual_clock_wind(bench->clock, WG_PYTHON_PART_MS);
    g_assert_cmpuint(bench->sent->len, ==, strlen(ENTER ASK) + 600 + 1);
    SAY(bench, "OK\x04\x04>");
    check_output(bench, 1, "");
}

static void
test_paste_sends_what_is_allowed(Bench *bench, gconstpointer data)
{
    run(bench, "0123456789");
    SAY(bench, PROMPT);
    check_sent(bench, ENTER ASK);
    SAY(bench, "R\x01\x04\x00");
    check_sent(bench, "0123");
    SAY(bench, "\x01");
    check_sent(bench, "4567");
    SAY(bench, "\x01");
    check_sent(bench, "89\x04");
    g_assert_true(wg_python_repl_has_paste(bench->repl));
    SAY(bench, "\x01\x04");
    SAY(bench, "out\x04\x04>");
    check_output(bench, 1, "out");
}

static void
test_board_stops_a_paste(Bench *bench, gconstpointer data)
{
    run(bench, "0123456789");
    SAY(bench, PROMPT "R\x01\x04\x00");
    check_sent(bench, ENTER ASK "0123");
    SAY(bench, "\x04");
    check_sent(bench, "\x04");
    SAY(bench, "\x04MemoryError: no\r\n\x04>");
    g_assert_error(bench->error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_cmpstr(bench->error->message, ==, "MemoryError: no");
}

static void
test_exception(Bench *bench, gconstpointer data)
{
    run(bench, "1/0");
    SAY(bench, PROMPT "R\0");
    SAY(bench, "OKa\x04Traceback (most recent call last):\r\n  File \"<stdin>\", line 1\r\n"
               "ZeroDivisionError: \xff divide by zero\r\n\x04>");
    g_assert_error(bench->error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(bench->error->message, "divide by zero"));
    g_assert_true(g_utf8_validate(bench->error->message, -1, NULL));
    g_string_truncate(bench->sent, 0);
    run(bench, "x"); /* the board is where it was */
    check_sent(bench, "x\x04");
    SAY(bench, "OK\x04\x04>");
    check_output(bench, 2, "");
}

static void
test_silence_ends_it(Bench *bench, gconstpointer data)
{
    static const struct {
        const char *said;
        gsize n;
    } cases[] = {
        {"", 0},
        {"\r\n>>> ", 6},
        {PROMPT, sizeof PROMPT - 1},
        {PROMPT "R", sizeof PROMPT},
        {PROMPT "R\0O", sizeof PROMPT + 2},
        {PROMPT "R\0OKhalf", sizeof PROMPT + 7},
        {PROMPT "R\0OKhalf\x04", sizeof PROMPT + 8},
        {PROMPT "R\x01\x04", sizeof PROMPT + 2},
        {PROMPT "R\x01\x04\x00", sizeof PROMPT + 3},
        {PROMPT "??", sizeof PROMPT + 1},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        WgPythonRepl *repl = wg_python_repl_new(&bench->clock->clock, on_send, bench);

        wg_python_repl_run(repl, "0123456789", DEADLINE_MS, on_done, bench);
        wg_python_repl_take(repl, cases[i].said, cases[i].n);
        manual_clock_wind(bench->clock, DEADLINE_MS + WG_PYTHON_PART_MS);
        g_assert_cmpint(bench->n_done, ==, (int)i + 1);
        g_assert_error(bench->error, WG_ERROR, WG_ERROR_CONNECTION);
        wg_python_repl_free(repl);
    }
}

static void
test_endless_garbage_ends_it(Bench *bench, gconstpointer data)
{
    g_autofree char *garbage = g_strnfill(1000, '?');
    g_autoptr(GError) gone = g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, "gone");

    run(bench, "x");
    SAY(bench, PROMPT "R\0OK");
    for (int i = 0; i < 100 && bench->n_done == 0; i++)
        wg_python_repl_take(bench->repl, garbage, 1000);
    g_assert_error(bench->error, WG_ERROR, WG_ERROR_CONNECTION);
    g_string_truncate(bench->sent, 0);
    run(bench, "x"); /* begins anew */
    check_sent(bench, ENTER);
    wg_python_repl_fail(bench->repl, gone);
    g_assert_cmpint(bench->n_done, ==, 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add("/device/python-repl/" name, Bench, NULL, set_up, test, tear_down)
    ADD("board-without-paste-gets-it-plainly", test_board_without_paste);
    ADD("old-board-takes-the-question-for-a-beginning", test_old_board);
    ADD("long-program-goes-in-parts", test_long_program_goes_in_parts);
    ADD("paste-sends-what-is-allowed", test_paste_sends_what_is_allowed);
    ADD("board-stops-a-paste", test_board_stops_a_paste);
    ADD("exception-is-told-by-its-last-line", test_exception);
    ADD("silence-ends-it-at-any-place", test_silence_ends_it);
    ADD("endless-garbage-ends-it", test_endless_garbage_ends_it);
#undef ADD
    return g_test_run();
}
