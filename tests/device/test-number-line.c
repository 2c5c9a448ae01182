/* Tests of what is read from a line that a board prints. */
#include "device/number-line.h"

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

static void
test_decimal_commas(void)
{
    static const double three[] = {0.05, -0.01, 1.5}, mixed[] = {0, 0.5, 1},
                        four[] = {1234, 0.05, -0.01, 1.5};
    static const double six[] = {1, 2, 3, 4, 5, 6}, whole[] = {1, 2, 3};
    static const char *const lines[] = {
        "0,05;-0,01;1,50",       "0,05\t-0,01\t1,50",
        "0,05 -0,01 1,50",       "0,05 ; -0,01 ; 1,50 ;",
        "x:0,05 y:-0,01 z:1,50", "x=0,05, y=-0,01, z=1,50",
        "0,05, -0,01, 1,50",     "0,05g; -0,01g; 1,50g",
        "(0,05; -0,01; 1,50)",   "X: 0,05 | Y: -0,01 | Z: 1,5",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        check_line(lines[i], 3, three);
    check_line("1234;0,05;-0,01;1,50", 4, four);
    check_line("0;0,5;1", 3, mixed);
    check_line("1,2,3", 3, whole);
    check_line(" 1,2,3 ", 3, whole);
    check_line("1, 2, 3", 3, whole);
    check_line("1,2,3;4,5,6", 6, six);
    check_line("x:1,y:2,z:3", 3, whole);
    /* with a point the comma parts */
    check_line("1234,0.05 -0.01 1.5", 4, four);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/number-line/any-separators-names-and-units",
                    test_any_separators_names_and_units);
    g_test_add_func("/device/number-line/sentences-are-none",
                    test_sentences_times_of_day_and_the_like_are_none);
    g_test_add_func("/device/number-line/decimal-commas", test_decimal_commas);
    return g_test_run();
}
