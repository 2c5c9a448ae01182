/* What is no sound JSON is told before a parser sees it. */
#include "base/json-text.h"

#include <string.h>

#define DEEPEST 3

static const char *
find_fault(const char *text)
{
    return wg_json_text_find_fault(text, strlen(text), DEEPEST, NULL);
}

static void
test_lets_json_pass(void)
{
    g_assert_null(find_fault("{\"a\": [1, -2.5e300, {\"a\": \"/'#[[[[{{{\\\"\"}], \"b\": null}"));
    g_assert_null(find_fault("[[1,2],[3,4]]"));
    g_assert_null(find_fault("{\"a\": \"a\", \"b\": {\"a\": 1}, \"c\": {\"a\": 2}}"));
    g_assert_null(find_fault("123456789012345678"));
    g_assert_null(find_fault(" [1] \n "));
    g_assert_null(find_fault(" -1.5e3 "));
    g_assert_null(find_fault("\"a [ b\""));
    g_assert_null(find_fault(" true"));
    g_assert_null(find_fault("1234567890123456789012.5"));
}

static void
test_names_the_fault(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"[[[[1]]]]", "deep"},
        {"{\"a\":1,\"a\" :2}", "twice"},
        {"{\"b\":{\"a\":1},\"b\":2}", "twice"},
        {"[1 // note\n]", "comment"},
        {"['a']", "comment"},
        {"[\"a]", "no end"},
        {"[18446744073709551615]", "too long"},
        {"[\"\xff\"]", "UTF-8"},
        {"{\"a\":1} [2]", "follows"},
        {"[1]]", "follows"},
        {"88{\"a\":[]}", "follows"},
        {"1 2", "follows"},
        {"\"a\"[]", "follows"},
        {"var a = []", "follows"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *fault = find_fault(cases[i].text);

        g_assert_nonnull(fault);
        g_assert_nonnull(strstr(fault, cases[i].says));
    }
}

static void
test_tells_the_line(void)
{
    const char *text = "{\n\"a\": 1,\n\"a\": 2}";
    gsize offset = 0;

    g_assert_nonnull(wg_json_text_find_fault(text, strlen(text), DEEPEST, &offset));
    g_assert_cmpint(wg_json_text_get_line(text, offset), ==, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/json-text/lets-json-pass", test_lets_json_pass);
    g_test_add_func("/base/json-text/names-the-fault", test_names_the_fault);
    g_test_add_func("/base/json-text/tells-the-line", test_tells_the_line);
    return g_test_run();
}
