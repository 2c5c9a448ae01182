/* The seeded random numbers and the table of watches. */
#include "base/error.h"
#include "base/random.h"
#include "base/watch-kind.h"

#include <math.h>
#include <string.h>

static void
test_same_seed(void)
{
    WgRandom a, b, c;
    gboolean is_other = FALSE;

    wg_random_init(&a, 7, 1);
    wg_random_init(&b, 7, 1);
    wg_random_init(&c, 7, 2);
    for (int i = 0; i < 1000; i++) {
        const guint64 value = wg_random_next(&a);

        g_assert_cmpuint(value, ==, wg_random_next(&b));
        is_other = is_other || value != wg_random_next(&c);
    }
    g_assert_true(is_other);
}

static void
test_bounds(void)
{
    WgRandom random;
    int counts[7] = {0};
    double sum = 0, squares = 0;

    wg_random_init(&random, 1, 0);
    for (int i = 0; i < 70000; i++)
        counts[wg_random_below(&random, 7)]++;
    for (int i = 0; i < 7; i++) /* ten standard deviations of a fair die */
        g_assert_cmpint(abs(counts[i] - 10000), <, 930);
    for (int i = 0; i < 100000; i++) {
        const float unit = wg_random_unit(&random);
        const float normal = wg_random_normal(&random);

        g_assert_true(unit >= 0 && unit < 1);
        sum += normal;
        squares += normal * normal;
    }
    g_assert_cmpfloat(fabs(sum / 100000), <, 0.03);
    g_assert_cmpfloat(fabs(squares / 100000 - 1), <, 0.05);
}

static void
test_shuffle(void)
{
    WgRandom random;
    int indices[100], seen[100] = {0}, n_moved = 0;

    for (int i = 0; i < 100; i++)
        indices[i] = i;
    wg_random_init(&random, 3, 0);
    wg_random_shuffle(&random, indices, 100);
    for (int i = 0; i < 100; i++) {
        seen[indices[i]]++;
        n_moved += indices[i] != i;
    }
    for (int i = 0; i < 100; i++)
        g_assert_cmpint(seen[i], ==, 1);
    g_assert_cmpint(n_moved, >, 80);
}

static void
test_watch_kinds(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_cmpuint(wg_watch_kind_find("bangle2", NULL)->builtin_arena_limit_bytes, ==, 4000);
    g_assert_null(wg_watch_kind_find("sundial", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, "sundial"));
    g_assert_nonnull(strstr(error->message, "microbit2"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/random/same-seed-same-numbers", test_same_seed);
    g_test_add_func("/base/random/is-fair-and-bounded", test_bounds);
    g_test_add_func("/base/random/shuffle-keeps-every-index", test_shuffle);
    g_test_add_func("/base/watch-kind/unknown-kind-names-all", test_watch_kinds);
    return g_test_run();
}
