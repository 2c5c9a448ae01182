/* Which of many networks are worth a look: none is better in every way, or they are among the most
 * accurate. */
#include "workbench/pareto.h"

#define REDUCTION 3

static gboolean
dominates(const WgParetoPoint *a, const WgParetoPoint *b)
{
    const gboolean is_no_worse = a->accuracy >= b->accuracy && a->bytes <= b->bytes &&
                                 a->arena_bytes <= b->arena_bytes && a->operations <= b->operations;

    return is_no_worse && (a->accuracy > b->accuracy || a->bytes < b->bytes ||
                           a->arena_bytes < b->arena_bytes || a->operations < b->operations);
}

void
wg_pareto_mark(const WgParetoPoint *points, int n, gboolean *is_front)
{
    for (int i = 0; i < n; i++) {
        is_front[i] = TRUE;
        for (int j = 0; j < n && is_front[i]; j++)
            is_front[i] = !dominates(&points[j], &points[i]);
    }
}

static int
compare_points(gconstpointer a, gconstpointer b, gpointer user_data)
{
    const WgParetoPoint *points = user_data;
    const int i = *(const int *)a, j = *(const int *)b;
    const WgParetoPoint *left = &points[i], *right = &points[j];

    if (left->accuracy != right->accuracy)
        return left->accuracy < right->accuracy ? 1 : -1;
    if (left->bytes != right->bytes)
        return left->bytes > right->bytes ? 1 : -1;
    return (i > j) - (i < j);
}

void
wg_pareto_rank(const WgParetoPoint *points, int n, int *order)
{
    for (int i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, n, sizeof(int), compare_points, (gpointer)points);
}

int
wg_pareto_halve(const WgParetoPoint *points, int n, gboolean *survives)
{
    const int n_kept = (n + REDUCTION - 1) / REDUCTION, n_looked_at = (n + 1) / 2;
    g_autofree int *order = g_new(int, n + 1);
    int n_survive = 0;

    wg_pareto_rank(points, n, order);
    wg_pareto_mark(points, n, survives);
    for (int i = 0; i < n; i++) {
        const gboolean is_front = survives[order[i]];

        survives[order[i]] =
            i < n_kept || (i < n_looked_at && is_front) || points[order[i]].is_reference;
        n_survive += survives[order[i]];
    }
    return n_survive;
}
