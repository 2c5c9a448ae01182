/* Tests of MicroPython boards: MicroPython itself behind a pseudo-terminal, its sensors played. */
#include "base/error.h"
#include "device/watch-python.h"
#include "device/watch-talk.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

typedef struct {
    GSubprocess *process;
    int slave; /* kept open, as a cable keeps plugged in */
    char *address;
    WgWatch *watch;
    GAsyncResult *result;
    GArray *samples; /* WgNumberSample */
} Board;

static int
open_terminal(Board *board)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct termios mode;
    g_assert_cmpint(grantpt(master) | unlockpt(master), ==, 0);
    g_autofree char *path = g_strdup(ptsname(master));
    board->slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    g_assert_cmpint(tcgetattr(board->slave, &mode), ==, 0);
    cfmakeraw(&mode);
    g_assert_cmpint(tcsetattr(board->slave, TCSANOW, &mode), ==, 0);
    g_assert_cmpint(fcntl(master, F_SETFL, O_NONBLOCK), ==, 0);
    board->address = g_strconcat("serial:", path, NULL);
    return master;
}

/* `data`: the stub of its sensor, NULL: it has none. */
static void
set_up(Board *board, gconstpointer data)
{
    const int master = open_terminal(board);
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
    g_autofree char *program =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/micropython/board.mjs", NULL);
    g_autofree char *python =
        g_build_filename(g_getenv("WAGGLE_BUILD"), "tests/micropython/micropython.mjs", NULL);
    g_autofree char *stub =
        data ? g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/micropython", data, NULL) : NULL;
    g_autoptr(GError) error = NULL;
    g_subprocess_launcher_take_stdin_fd(launcher, fcntl(master, F_DUPFD_CLOEXEC, 3));
    g_subprocess_launcher_take_stdout_fd(launcher, master);
    board->process =
        g_subprocess_launcher_spawn(launcher, &error, "node", program, python, stub, NULL);
    g_assert_no_error(error);
    board->samples = g_array_new(FALSE, FALSE, sizeof(WgNumberSample));
}

static void
tear_down(Board *board, gconstpointer data)
{
    wg_watch_disconnect(board->watch);
    g_clear_object(&board->result);
    g_object_unref(board->watch);
    g_subprocess_force_exit(board->process);
    g_assert_true(g_subprocess_wait(board->process, NULL, NULL));
    g_object_unref(board->process);
    close(board->slave);
    g_free(board->address);
    g_array_unref(board->samples);
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    ((Board *)user_data)->result = g_object_ref(result);
}

static void
on_sample(const WgNumberSample *sample, gpointer user_data)
{
    g_array_append_vals(user_data, sample, 1);
}

static void
wait_result(Board *board)
{
    while (!board->result)
        g_main_context_iteration(NULL, TRUE);
}

static void
connect_board(Board *board, const char *options)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *address = g_strconcat(board->address, options, NULL);
    g_autoptr(WgLink) link = wg_link_new(address, &error);
    g_assert_no_error(error);
    board->watch = wg_watch_new(link);
    wg_watch_connect_async(board->watch, NULL, on_answer, board);
    wait_result(board);
    wg_watch_connect_finish(board->watch, board->result, &error);
    g_assert_no_error(error);
    g_clear_object(&board->result);
    g_assert_cmpint(wg_watch_get_talk(board->watch), ==, WG_TALK_PYTHON);
    g_assert_cmpstr(wg_watch_get_kind(board->watch), ==, "micropython");
}

static gboolean
start(Board *board, GError **error)
{
    wg_watch_hear_numbers(board->watch, on_sample, board->samples);
    wg_watch_start_program_async(board->watch, NULL, on_answer, board);
    wait_result(board);
    const gboolean done = wg_watch_start_program_finish(board->watch, board->result, error);
    g_clear_object(&board->result);
    return done;
}

static void
wait_samples(Board *board, guint n)
{
    while (board->samples->len < n && wg_watch_get_state(board->watch) == WG_WATCH_READY)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(board->samples->len, >=, n);
}

static void
check_stream(Board *board, double x, double y, double z)
{
    WgNumberLines *numbers = wg_watch_get_numbers(board->watch);
    const WgNumberSample *sample = &g_array_index(board->samples, WgNumberSample, 30);
    g_assert_true(wg_number_lines_has_time(numbers));
    g_assert_cmpfloat(wg_number_lines_get_units_per_g(numbers), ==, 1);
    for (guint i = 0; i < board->samples->len; i++)
        g_assert_cmpint(g_array_index(board->samples, WgNumberSample, i).number, ==, i);
    /* printed with four digits */
    g_assert_cmpfloat_with_epsilon(sample->values[0], x, 1e-4);
    g_assert_cmpfloat_with_epsilon(sample->values[1], y, 1e-4);
    g_assert_cmpfloat_with_epsilon(sample->values[2], z, 1e-4);
    g_test_message("%s %s: %.2f Hz", wg_watch_get_name(board->watch),
                   wg_watch_get_version(board->watch), wg_number_lines_get_rate_hz(numbers));
}

static void
test_a_microbit_is_read_and_left_as_it_was(Board *board, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_board(board, "");
    g_assert_true(start(board, &error));
    g_assert_no_error(error);
    wait_samples(board, 60);
    check_stream(board, 0.12, -0.04, -0.99);
    wg_watch_stop_program(board->watch);
    /* and once more: it had its own REPL back in between */
    g_array_set_size(board->samples, 0);
    g_assert_true(start(board, &error));
    wait_samples(board, 40);
    check_stream(board, 0.12, -0.04, -0.99);
}

static void
test_a_chip_on_the_bus_is_found_and_switched_on(Board *board, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_board(board, "");
    g_assert_true(start(board, &error));
    g_assert_no_error(error);
    wait_samples(board, 60);
    check_stream(board, 0, -4094 / 8197.0, 1);
}

static void
test_the_address_may_say_how_it_is_read(Board *board, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_board(board, "?read=(0.5,0,abs(-1))");
    g_assert_true(start(board, &error));
    g_assert_no_error(error);
    wait_samples(board, 40);
    check_stream(board, 0.5, 0, 1);
}

static void
test_a_board_without_a_sensor_says_so(Board *board, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_board(board, "");
    g_assert_false(start(board, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, "no accelerometer found"));
    g_assert_cmpint(wg_watch_get_state(board->watch), ==, WG_WATCH_READY);
}

static void
test_an_expression_that_fails_is_told(Board *board, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    connect_board(board, "?read=1/0");
    g_assert_false(start(board, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_assert_nonnull(strstr(error->message, "ZeroDivisionError"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, stub, test)                                                                      \
    g_test_add("/device/python/" name, Board, stub, set_up, test, tear_down)
    ADD("microbit-is-read-and-left-as-it-was", "microbit.py",
        test_a_microbit_is_read_and_left_as_it_was);
    ADD("chip-on-the-bus-is-switched-on", "lsm6dsox.py",
        test_a_chip_on_the_bus_is_found_and_switched_on);
    ADD("address-says-how-it-is-read", NULL, test_the_address_may_say_how_it_is_read);
    ADD("board-without-a-sensor-says-so", NULL, test_a_board_without_a_sensor_says_so);
    ADD("expression-that-fails-is-told", NULL, test_an_expression_that_fails_is_told);
#undef ADD
    return g_test_run();
}
