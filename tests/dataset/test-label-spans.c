/* Putting labelled stretches in, by hand, and that none ever overlap. */
#include "dataset/label-spans.h"

#include "base/random.h"

static char *
say(GArray *spans)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < spans->len; i++) {
        const WgLabelSpan *span = &g_array_index(spans, WgLabelSpan, i);

        g_string_append_printf(text, "%s%s:%d-%d", i ? " " : "", span->label, span->first,
                               span->first + span->n_samples);
    }
    return g_string_free(text, FALSE);
}

static void
check(GArray *spans, const char *expected)
{
    g_autofree char *text = say(spans);

    g_assert_cmpstr(text, ==, expected);
}

static void
test_puts_in_order(void)
{
    g_autoptr(GArray) spans = wg_label_spans_new(NULL, 0);

    g_assert_cmpint(wg_label_spans_put(spans, 50, 10, "b"), ==, 0);
    g_assert_cmpint(wg_label_spans_put(spans, 10, 10, "a"), ==, 0);
    g_assert_cmpint(wg_label_spans_put(spans, 90, 10, "c"), ==, 2);
    check(spans, "a:10-20 b:50-60 c:90-100");
    g_assert_cmpint(wg_label_spans_find(spans, 19), ==, 0);
    g_assert_cmpint(wg_label_spans_find(spans, 20), ==, -1);
}

static void
test_what_it_covers_gives_way(void)
{
    g_autoptr(GArray) spans = wg_label_spans_new(NULL, 0);

    wg_label_spans_put(spans, 0, 100, "a");
    g_assert_cmpint(wg_label_spans_put(spans, 40, 20, "b"), ==, 1);
    check(spans, "a:0-40 b:40-60 a:60-100");
    g_assert_cmpint(wg_label_spans_put(spans, 30, 40, "c"), ==, 1);
    check(spans, "a:0-30 c:30-70 a:70-100");
    g_assert_cmpint(wg_label_spans_put(spans, 0, 100, "d"), ==, 0);
    check(spans, "d:0-100");
    wg_label_spans_put(spans, 0, 100, g_array_index(spans, WgLabelSpan, 0).label);
    check(spans, "d:0-100");
}

static void
test_ends_move_up_to_their_neighbours(void)
{
    const WgLabelSpan all[] = {{10, 10, "a"}, {30, 10, "b"}, {60, 10, "c"}};
    g_autoptr(GArray) spans = wg_label_spans_new(all, 3);

    wg_label_spans_move(spans, 1, 25, 20, 100);
    check(spans, "a:10-20 b:25-45 c:60-70");
    wg_label_spans_move(spans, 1, 5, 90, 100);
    check(spans, "a:10-20 b:20-60 c:60-70");
    wg_label_spans_move(spans, 2, 80, 50, 100);
    check(spans, "a:10-20 b:20-60 c:80-100");
    wg_label_spans_move(spans, 2, 400, 1, 100);
    check(spans, "a:10-20 b:20-60 c:99-100");
    wg_label_spans_move(spans, 0, 3, -5, 100);
    check(spans, "a:3-4 b:20-60 c:99-100");
}

static void
test_none_ever_overlap(void)
{
    g_autoptr(GArray) spans = wg_label_spans_new(NULL, 0);
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int round = 0; round < 2000; round++) {
        const int first = (int)wg_random_below(&random, 900);
        const int n = 1 + (int)wg_random_below(&random, 100);
        const char label[] = {(char)('a' + wg_random_below(&random, 5)), 0};
        int end = 0;

        if (spans->len > 0 && round % 3 == 0) {
            const int i = (int)wg_random_below(&random, spans->len);

            wg_label_spans_move(spans, i, first, n, 1000);
        } else {
            const int i = wg_label_spans_put(spans, first, n, label);

            g_assert_cmpint(g_array_index(spans, WgLabelSpan, i).first, ==, first);
            g_assert_cmpstr(g_array_index(spans, WgLabelSpan, i).label, ==, label);
            g_assert_cmpint(wg_label_spans_find(spans, first), ==, i);
        }
        for (guint i = 0; i < spans->len; i++) {
            const WgLabelSpan *span = &g_array_index(spans, WgLabelSpan, i);

            g_assert_cmpint(span->first, >=, end);
            g_assert_cmpint(span->n_samples, >=, 1);
            end = span->first + span->n_samples;
        }
        g_assert_cmpint(end, <=, 1000);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/label-spans/puts-in-order", test_puts_in_order);
    g_test_add_func("/dataset/label-spans/what-it-covers-gives-way", test_what_it_covers_gives_way);
    g_test_add_func("/dataset/label-spans/ends-move-up-to-their-neighbours",
                    test_ends_move_up_to_their_neighbours);
    g_test_add_func("/dataset/label-spans/none-ever-overlap", test_none_ever_overlap);
    return g_test_run();
}
