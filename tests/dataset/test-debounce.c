/* One answer of many inferences: how many, how soon, which, and when the next one. */
#include "dataset/debounce.h"

/* Feeds labels (a digit each, '.': no gesture) every step_ms; the answers as they come, '-': none.
 */
static char *
answer(int n, double span_ms, double step_ms, const char *labels)
{
    g_autoptr(WgDebounce) debounce = wg_debounce_new(n, span_ms);
    GString *answers = g_string_new(NULL);

    for (int i = 0; labels[i]; i++) {
        double first_ms = -1;
        const int label = wg_debounce_feed(debounce, i * step_ms,
                                           labels[i] == '.' ? -1 : labels[i] - '0', &first_ms);

        g_string_append_c(answers, label < 0 ? '-' : (char)('0' + label));
        if (label >= 0)
            g_assert_cmpfloat(first_ms, <=, i * step_ms);
    }
    return g_string_free(answers, FALSE);
}

static void
check(int n, double span_ms, double step_ms, const char *labels, const char *wanted)
{
    g_autofree char *found = answer(n, span_ms, step_ms, labels);

    g_assert_cmpstr(found, ==, wanted);
}

static void
test_ninth(void)
{
    /* the article's: 50 inferences a second, the ninth is 160 ms after the first */
    check(9, 450, 20, "11111111", "--------");
    check(9, 450, 20, "111111111", "--------1");
    check(1, 450, 20, "2", "2");
}

static void
test_span(void)
{
    /* nine of them each 60 ms take 480 ms: the first has left when the ninth comes */
    check(9, 450, 60, "111111111111", "------------");
    check(8, 450, 60, "11111111", "-------1");
    /* first to last must be less than the span, not equal to it */
    check(2, 450, 450, "11", "--");
    check(2, 450, 449, "11", "-1");
}

static void
test_majority(void)
{
    check(9, 450, 20, "222211111", "--------1");
    check(9, 450, 20, "111122222", "--------2");
    check(4, 450, 20, "2112", "---2");                   /* of equals the one that came first */
    check(5, 450, 20, "1..1..2..1..2", "------------1"); /* none of a gesture does not count */
}

static void
test_refractory(void)
{
    /* it goes on, and no second answer comes of it */
    check(3, 100, 20, "1111111111111111", "--1-------------");
    /* three without are 80 ms from one to the next, four are 100 ms: it was quiet */
    check(3, 100, 20, "111...1111111", "--1----------");
    check(3, 100, 20, "111....111", "--1------1");
    /* another gesture in the meantime belongs to the same movement */
    check(3, 100, 20, "11122222.....222", "--1------------2");
}

static void
test_first(void)
{
    g_autoptr(WgDebounce) debounce = wg_debounce_new(2, 100);
    double first_ms = 0;

    g_assert_cmpint(wg_debounce_feed(debounce, 0, 1, &first_ms), ==, -1);
    g_assert_cmpint(wg_debounce_feed(debounce, 150, 1, &first_ms), ==, -1);
    g_assert_cmpint(wg_debounce_feed(debounce, 200, 1, &first_ms), ==, 1);
    g_assert_cmpfloat(first_ms, ==, 150); /* the one at 0 is too old to count */
}

static void
test_fit(void)
{
    g_assert_cmpint(wg_debounce_fit(9, 450, 20), ==, 9);
    g_assert_cmpint(wg_debounce_fit(9, 450, 80), ==, 6);  /* five steps are 400 ms */
    g_assert_cmpint(wg_debounce_fit(9, 450, 150), ==, 3); /* a third step is 450 ms, not less */
    g_assert_cmpint(wg_debounce_fit(9, 450, 1000), ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/debounce/answers-with-the-nth-inference", test_ninth);
    g_test_add_func("/dataset/debounce/forgets-inferences-that-are-too-old", test_span);
    g_test_add_func("/dataset/debounce/answers-with-the-most-frequent", test_majority);
    g_test_add_func("/dataset/debounce/is-silent-until-it-was-quiet", test_refractory);
    g_test_add_func("/dataset/debounce/tells-when-its-buffer-began", test_first);
    g_test_add_func("/dataset/debounce/fits-inferences-into-a-span", test_fit);
    return g_test_run();
}
