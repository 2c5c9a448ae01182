/* Learning curves: the law, the thinning and the whole. */
#include "workbench/learning-curve.h"

#include "base/random.h"
#include "dataset/split.h"
#include "dataset/thin.h"
#include "gestures.h"

#include <math.h>
#include <string.h>

static void
test_law_is_found(void)
{
    static const WgPowerLaw laws[] = {{0.03, 0.5, 0.01, 0}, {0.1, 1.2, 0, 0}, {0.02, 0.8, 0.05, 0}};
    const double n[] = {200, 350, 500, 750, 1000}, weights[] = {1, 1, 1, 1, 1};

    for (gsize k = 0; k < G_N_ELEMENTS(laws); k++) {
        WgPowerLaw law = laws[k], found;
        double errors[G_N_ELEMENTS(n)];

        law.n0 = 1000;
        for (gsize i = 0; i < G_N_ELEMENTS(n); i++)
            errors[i] = wg_power_law_at(&law, n[i]);
        found = wg_power_law_fit(n, errors, weights, G_N_ELEMENTS(n));
        /* the grid of b holds these: only rounding is left */
        g_assert_cmpfloat_with_epsilon(found.b, law.b, 1e-6);
        g_assert_cmpfloat_with_epsilon(wg_power_law_at(&found, 2000), wg_power_law_at(&law, 2000),
                                       1e-6);
    }
}

/* Whatever is measured, more takes are never said to harm, and no error falls below 0. */
static void
test_law_keeps_its_bounds(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int round = 0; round < 500; round++) {
        const int n_points = 1 + (int)wg_random_below(&random, 6);
        double n[6], errors[6], weights[6], last = INFINITY;
        WgPowerLaw law;

        for (int i = 0; i < n_points; i++) {
            n[i] = 1 + wg_random_below(&random, 1000);
            errors[i] = wg_random_below(&random, 4) ? wg_random_unit(&random) : 0;
            weights[i] = 0.5 + wg_random_unit(&random);
        }
        law = wg_power_law_fit(n, errors, weights, n_points);
        for (double at = 1; at < 4000; at *= 2) {
            const double error = wg_power_law_at(&law, at);

            g_assert_true(isfinite(error) && error >= 0 && error <= last);
            last = error;
        }
    }
}

static int
count(const GArray *takes, WgDataset *dataset, int label)
{
    int n = 0;

    for (guint i = 0; i < takes->len; i++)
        n += wg_dataset_get_label(dataset, g_array_index(takes, int, i)) == label;
    return n;
}

static void
test_thinning_is_nested(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 2);
    for (guint64 seed = 1; seed <= 20; seed++) {
        g_autoptr(GPtrArray) takes =
            test_gestures(3, 5 + (int)wg_random_below(&random, 30), 0.2, "ann", seed);
        g_autoptr(WgDataset) dataset = test_dataset(takes);
        g_autoptr(GPtrArray) folds = wg_split_new_folds(dataset, 4, seed, NULL);
        const WgSplit *split = g_ptr_array_index(folds, 1);
        g_autoptr(GHashTable) larger = g_hash_table_new(NULL, NULL);
        const double shares[] = {1, 0.8, 0.5, 0.2, 0.01};

        for (guint i = 0; i < split->train->len; i++)
            g_hash_table_add(larger, GINT_TO_POINTER(g_array_index(split->train, int, i)));
        for (gsize k = 0; k < G_N_ELEMENTS(shares); k++) {
            g_autoptr(GArray) kept = wg_thin_takes(dataset, split->train, shares[k]);

            for (int label = 0; label < 3; label++)
                g_assert_cmpint(count(kept, dataset, label), ==,
                                MAX(2, lround(shares[k] * count(split->train, dataset, label))));
            for (guint i = 0; i < kept->len; i++)
                g_assert_true(
                    g_hash_table_contains(larger, GINT_TO_POINTER(g_array_index(kept, int, i))));
            g_hash_table_remove_all(larger);
            for (guint i = 0; i < kept->len; i++)
                g_hash_table_add(larger, GINT_TO_POINTER(g_array_index(kept, int, i)));
        }
    }
}

static WgLearningCurve *
run(WgDataset *dataset, int n_threads)
{
    static const double shares[] = {0.2, 0.5, 1};
    const WgPreset *preset = wg_preset_find("classic", NULL);
    WgCrossOptions options = {.preset = preset,
                              .options = preset->options,
                              .n_folds = 3,
                              .n_seeds = 2,
                              .n_threads = n_threads,
                              .shares = shares,
                              .n_shares = G_N_ELEMENTS(shares)};
    g_autoptr(GError) error = NULL;
    WgLearningCurve *curve;

    options.options.epochs = 8;
    curve = wg_learning_curve_new(dataset, &options, NULL, NULL, &error);
    g_assert_no_error(error);
    return curve;
}

static void
assert_same(const WgCurvePoint *a, const WgCurvePoint *b, int n, int n_labels)
{
    for (int i = 0; i < n; i++) {
        g_assert_cmpfloat(a[i].n_takes, ==, b[i].n_takes);
        g_assert_cmpfloat(a[i].accuracy, ==, b[i].accuracy);
        g_assert_cmpfloat(a[i].spread, ==, b[i].spread);
        g_assert_cmpmem(a[i].recalls, sizeof(double) * (gsize)n_labels, b[i].recalls,
                        sizeof(double) * (gsize)n_labels);
    }
}

static void
test_threads(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(3, 20, 0.6, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgLearningCurve) one = run(dataset, 1);
    g_autofree char *advice = wg_learning_curve_dup_advice(one, wg_dataset_get_labels(dataset));
    const int threads[] = {2, 5};

    /* of 60 takes two thirds train, 14 or 13 of each gesture: a fifth of them are 3 */
    g_assert_cmpfloat_with_epsilon(one->points[2].n_takes, 40, 1e-9);
    g_assert_cmpfloat_with_epsilon(one->points[0].n_takes, 9, 1e-9);
    g_assert_cmpfloat(one->points[2].spread, >, 0);
    g_assert_cmpfloat(one->points[2].accuracy, >, one->points[0].accuracy);
    g_assert_cmpfloat(one->predicted[1].accuracy, >=, one->predicted[0].accuracy);
    g_assert_cmpfloat(one->predicted[1].spread, >, 0);
    g_test_message("%s", advice);
    g_assert_nonnull(strstr(advice, "twice as many"));
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_autoptr(WgLearningCurve) other = run(dataset, threads[i]);

        assert_same(one->points, other->points, one->n_points, one->n_labels);
        assert_same(one->predicted, other->predicted, one->n_predicted, one->n_labels);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/power-law/is-found-again", test_law_is_found);
    g_test_add_func("/workbench/power-law/never-rises-nor-falls-below-0",
                    test_law_keeps_its_bounds);
    g_test_add_func("/workbench/learning-curve/smaller-shares-lie-within-larger",
                    test_thinning_is_nested);
    g_test_add_func("/workbench/learning-curve/equal-bits-at-1-2-and-5-threads", test_threads);
    return g_test_run();
}
