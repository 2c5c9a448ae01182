/* Where the points of interruption are put, and how brackets are counted. */
#include "virtual-watch/number.h"
#include "virtual-watch/source-guard.h"

#include <string.h>

#define T WG_GUARD_FUNCTION

static void
assert_guarded(const char *source, const char *expected)
{
    gsize length;
    g_autofree char *guarded = wg_source_guard(source, strlen(source), &length);
    g_assert_cmpstr(guarded, ==, expected);
    g_assert_cmpuint(length, ==, strlen(guarded));
}

static void
test_guards_loops_and_functions(void)
{
    assert_guarded("while(a)b;", "while(" T "(),a)b;");
    assert_guarded("do x(); while (a, b)", "do x(); while (" T "(),a, b)");
    assert_guarded("for(;;){}", "for(;" T "();){}");
    assert_guarded("for(var i=0;i<3;i++)f(i);", "for(var i=0;" T "(),i<3;i++)f(i);");
    assert_guarded("for(k in o)x(k);", "for(k in o)x(k);");
    assert_guarded("for(a=f(function(){x;});;)y", "for(a=f(function(){" T "();x;});" T "();)y");
    assert_guarded("function f(a,b){return a}", "function f(a,b){" T "();return a}");
}

static void
test_leaves_other_text_alone(void)
{
    static const char *const texts[] = {
        "\"while(1)\"", "'for(;;)'",   "/while(x)/.test(s)", "// while(1)\n1",    "/* for(;;) */2",
        "a.while(1)",   "x=a/b;y=c/d", "/[/]while(/g",       "return/'/.test(a)",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_guarded(texts[i], texts[i]);
}

static void
test_bytes_become_characters(void)
{
    assert_guarded("\"\xff\"", "\"\xc3\xbf\"");               /* a byte of the watch */
    assert_guarded("\"\xc3\xa9\"", "\"\xc3\xa9\"");           /* a literal in UTF-8 */
    assert_guarded("/*\xc3\xa9*/1", "/*\xc3\x83\xc2\xa9*/1"); /* elsewhere bytes */
}

static void
assert_open(const char *source, int expected)
{
    g_assert_cmpint(wg_source_count_open_brackets(source, strlen(source)), ==, expected);
}

static void
test_counts_open_brackets(void)
{
    assert_open("f(1)", 0);
    assert_open("function f(){", 1);
    assert_open("[{(", 3);
    assert_open(")", -1);
    assert_open("\"(((\"", 0);
    assert_open("(\"unfinished", 0);
    assert_open("/[(]/", 0);
    assert_open("x // (\n", 0);
    g_assert_cmpint(wg_source_count_open_brackets("/* (", 4), >, 100);
}

static void
test_survives_any_end(void)
{
    const char *source = "for(var i=0;i<3;i++){f(\"a\\\"b\",/[/]x/g);}while(1)/* c */'d'";
    for (gsize n = 0; n <= strlen(source); n++) {
        gsize length;
        g_autofree char *exact = g_memdup2(source, n + 1);
        g_autofree char *guarded = wg_source_guard(exact, n, &length);
        g_assert_cmpuint(length, >=, n);
        wg_source_count_open_brackets(exact, n);
    }
}

static void
test_numbers_read_as_on_the_watch(void)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.5, "-0.5"},
        {0.1 + 0.2, "0.3"},
        {1e21, "10e+20"},
        {1.5e-7, "1.5e-7"},
        {0.999999999, "1"},
        {1.0 / 3, "0.33333333333"},
        {123456789, "123456789"},
        {2.5e30, "2.5e+30"},
        {-G_MAXDOUBLE * 10, "-Infinity"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char text[WG_NUMBER_LENGTH];
        wg_number_format(cases[i].value, text);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/virtual-watch/source-guard/guards-loops-and-functions",
                    test_guards_loops_and_functions);
    g_test_add_func("/virtual-watch/source-guard/leaves-other-text-alone",
                    test_leaves_other_text_alone);
    g_test_add_func("/virtual-watch/source-guard/bytes-become-characters",
                    test_bytes_become_characters);
    g_test_add_func("/virtual-watch/source-guard/counts-open-brackets", test_counts_open_brackets);
    g_test_add_func("/virtual-watch/source-guard/survives-any-end", test_survives_any_end);
    g_test_add_func("/virtual-watch/number/reads-as-on-the-watch",
                    test_numbers_read_as_on_the_watch);
    return g_test_run();
}
