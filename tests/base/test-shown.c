/* Tests of text that is made fit to be shown. */
#include "base/shown.h"

static void
check(const char *text, int max_chars, const char *wanted)
{
    g_autofree char *shown = wg_dup_shown(text, max_chars);
    g_assert_cmpstr(shown, ==, wanted);
}

static void
test_nothing_that_a_terminal_obeys(void)
{
    check("\x1b]0;x\a\x1b[2Ja\r\nb\x7f", 0, "?]0;x??[2Ja??b?");
    check("a\xe2\x80\xae"
          "b\xe2\x81\xa6"
          "c\xe2\x80\xa8"
          "d\xc2\x9b"
          "e",
          0, "a?b?c?d?e");
    check("a\xff"
          "b",
          0,
          "a\xef\xbf\xbd"
          "b");
}

static void
test_letters_of_all_languages_stay(void)
{
    check("wippen – Bågø 振る \xf0\x9f\x91\x8b\xe2\x80\x8d", 0,
          "wippen – Bågø 振る \xf0\x9f\x91\x8b\xe2\x80\x8d");
    check("<b>&amp;", 0, "<b>&amp;");
}

static void
test_long_text_is_cut(void)
{
    check("abcdef", 4, "abc…");
    check("abcd", 4, "abcd");
    check("", 4, "");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/shown/nothing-that-a-terminal-obeys",
                    test_nothing_that_a_terminal_obeys);
    g_test_add_func("/base/shown/letters-of-all-languages-stay",
                    test_letters_of_all_languages_stay);
    g_test_add_func("/base/shown/long-text-is-cut", test_long_text_is_cut);
    return g_test_run();
}
