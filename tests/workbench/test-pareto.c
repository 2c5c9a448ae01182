/* Which networks go on, and which none is better than. */
#include "workbench/pareto.h"

#include "base/random.h"

static WgParetoPoint
draw_point(WgRandom *random)
{
    return (WgParetoPoint){.accuracy = wg_random_below(random, 8) / 8.0,
                           .bytes = wg_random_below(random, 6),
                           .arena_bytes = wg_random_below(random, 6),
                           .operations = wg_random_below(random, 6)};
}

static gboolean
is_as_good(const WgParetoPoint *a, const WgParetoPoint *b)
{
    return a->accuracy >= b->accuracy && a->bytes <= b->bytes && a->arena_bytes <= b->arena_bytes &&
           a->operations <= b->operations;
}

/* Who is off the front has one on it that is as good everywhere and not its equal; who is on it has
 * nobody so. */
static void
test_front(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int round = 0; round < 300; round++) {
        enum { N = 20 };
        WgParetoPoint points[N];
        gboolean is_front[N];

        for (int i = 0; i < N; i++)
            points[i] = draw_point(&random);
        wg_pareto_mark(points, N, is_front);
        for (int i = 0; i < N; i++) {
            gboolean is_beaten_by_front = FALSE, is_beaten = FALSE;

            for (int j = 0; j < N; j++) {
                const gboolean is_better =
                    is_as_good(&points[j], &points[i]) && !is_as_good(&points[i], &points[j]);

                is_beaten = is_beaten || is_better;
                is_beaten_by_front = is_beaten_by_front || (is_better && is_front[j]);
            }
            g_assert_cmpint(is_front[i], ==, !is_beaten);
            g_assert_cmpint(is_beaten, ==, is_beaten_by_front);
        }
    }
}

static void
test_counts(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 2);
    for (int n = 1; n <= 60; n++) {
        g_autofree WgParetoPoint *points = g_new0(WgParetoPoint, n);
        g_autofree gboolean *survives = g_new0(gboolean, n);
        int n_survive, n_marked = 0;

        for (int i = 0; i < n; i++)
            points[i] = draw_point(&random);
        points[n - 1].accuracy = 0;
        points[n - 1].is_reference = TRUE;
        n_survive = wg_pareto_halve(points, n, survives);
        for (int i = 0; i < n; i++)
            n_marked += survives[i];
        g_assert_cmpint(n_survive, ==, n_marked);
        g_assert_cmpint(n_survive, >=, (n + 2) / 3);
        g_assert_cmpint(n_survive, <=, (n + 1) / 2 + 1);
        g_assert_true(survives[n - 1]);
    }
}

/* 27 networks of known worth, asked in three rounds with ever less chance in the answer: the best
 * is there at the end, always without chance and nearly always with it. */
static int
count_kept(double noise, int n_searches)
{
    int n_kept = 0;

    for (int search = 0; search < n_searches; search++) {
        enum { N = 27 };
        WgParetoPoint points[N];
        gboolean survives[N];
        double worth[N];
        int live[N], n = N, best = 0;
        double spread = noise;
        WgRandom random;

        wg_random_init(&random, (guint64)search, 3);
        for (int i = 0; i < N; i++) {
            worth[i] = 0.7 + 0.25 * (double)wg_random_unit(&random);
            live[i] = i;
            best = worth[i] > worth[best] ? i : best;
        }
        worth[best] += 0.03;
        for (int round = 0; round < 3; round++, spread /= 2.4) {
            int n_next = 0;

            for (int i = 0; i < n; i++) {
                points[i] = draw_point(&random);
                points[i].accuracy = worth[live[i]] + spread * (double)wg_random_normal(&random);
            }
            wg_pareto_halve(points, n, survives);
            for (int i = 0; i < n; i++) {
                if (survives[i])
                    live[n_next++] = live[i];
            }
            n = n_next;
        }
        for (int i = 0; i < n; i++)
            n_kept += live[i] == best;
    }
    return n_kept;
}

static void
test_keeps_best(void)
{
    g_assert_cmpint(count_kept(0, 200), ==, 200);
    g_assert_cmpint(count_kept(0.05, 200), >=, 190);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/pareto/front-is-what-none-is-better-than", test_front);
    g_test_add_func("/workbench/pareto/a-third-to-a-half-goes-on-and-the-reference", test_counts);
    g_test_add_func("/workbench/pareto/halving-keeps-the-best-of-a-known-ranking", test_keeps_best);
    return g_test_run();
}
