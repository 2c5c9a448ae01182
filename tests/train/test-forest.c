/* Decision trees, forests and the methods that stand beside the network. */
#include "train/forest.h"

#include "base/error.h"
#include "dataset/window-features.h"
#include "synthetic.h"
#include "train/baseline.h"
#include "train/metrics.h"

#include <math.h>
#include <string.h>

#define N_FEATURES 6
#define N_LABELS 3

/* Rows of random features, in `n_steps` steps so that values repeat; labels by chance. */
static void
fill(WgRandom *random, int n, int n_steps, float *x, int *labels)
{
    for (int i = 0; i < n * N_FEATURES; i++)
        x[i] = (float)wg_random_below(random, (guint32)n_steps) / (float)n_steps;
    for (int i = 0; i < n; i++)
        labels[i] = (int)wg_random_below(random, N_LABELS);
}

/* Weighed Gini impurity of both sides, straight from its definition; -1: a side is too small. */
static double
get_impurity(const WgTable *table, const int *rows, int n, int feature, float threshold, int least)
{
    int counts[2][N_LABELS] = {{0}}, sizes[2] = {0};
    double sum = 0;

    for (int i = 0; i < n; i++) {
        const int side = table->x[rows[i] * N_FEATURES + feature] > threshold;

        counts[side][table->labels[rows[i]]]++;
        sizes[side]++;
    }
    for (int side = 0; side < 2; side++) {
        double gini = 1;

        if (sizes[side] < least)
            return -1;
        for (int label = 0; label < N_LABELS; label++) {
            const double p = (double)counts[side][label] / sizes[side];

            gini -= p * p;
        }
        sum += (double)sizes[side] / n * gini;
    }
    return sum;
}

static void
test_split_equals_brute_force(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int round = 0; round < 400; round++) {
        const int n = 2 + (int)wg_random_below(&random, 30);
        const int least = 1 + (int)wg_random_below(&random, 4);
        float x[40 * N_FEATURES];
        int labels[40], rows[40];
        const WgTable table = {x, labels, N_FEATURES, N_LABELS};

        fill(&random, 40, 2 + (int)wg_random_below(&random, 20), x, labels);
        for (int i = 0; i < n; i++)
            rows[i] = (int)wg_random_below(&random, 40); /* some of them twice, as forests draw */
        for (int feature = 0; feature < N_FEATURES; feature++) {
            WgTreeSplit split;
            const gboolean is_found = wg_tree_find_split(&table, rows, n, feature, least, &split);
            double best = INFINITY;

            for (int i = 0; i < n; i++) {
                const double impurity = get_impurity(&table, rows, n, feature,
                                                     x[rows[i] * N_FEATURES + feature], least);

                if (impurity >= 0)
                    best = MIN(best, impurity);
            }
            g_assert_cmpint(is_found, ==, isfinite(best));
            if (!is_found)
                continue;
            /* sums of up to 30 shares in doubles, in another order */
            g_assert_cmpfloat_with_epsilon(split.impurity, best, 1e-12);
            g_assert_cmpfloat_with_epsilon(
                get_impurity(&table, rows, n, feature, split.threshold, least), best, 1e-12);
        }
    }
}

/* Rows that differ can be told apart by questions, however their labels lie (as an XOR, whose first
 * question gains nothing). */
static void
test_tree_learns_any_table_by_heart(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 2);
    for (int round = 0; round < 50; round++) {
        float x[60 * N_FEATURES];
        int labels[60], rows[60];
        const WgTable table = {x, labels, N_FEATURES, N_LABELS};
        const WgTreeOptions options = {.min_leaf = 1, .n_tried = 1 + round % N_FEATURES};
        g_autoptr(WgTree) tree = NULL;

        fill(&random, 60, 1000, x, labels);
        for (int i = 0; i < 60; i++)
            rows[i] = i;
        tree = wg_tree_new(&table, rows, 60, &options, &random);
        for (int i = 0; i < 60; i++)
            g_assert_cmpfloat(wg_tree_get_shares(tree, x + i * N_FEATURES)[labels[i]], ==, 1);
    }
}

static void
test_tree_learns_xor(void)
{
    const float x[] = {0, 0, 0, 1, 1, 0, 1, 1};
    const int labels[] = {0, 1, 1, 0}, rows[] = {0, 1, 2, 3};
    const WgTable table = {x, labels, 2, 2};
    const WgTreeOptions options = {.min_leaf = 1};
    WgRandom random;
    g_autoptr(WgTree) tree = NULL;

    wg_random_init(&random, 1, 3);
    tree = wg_tree_new(&table, rows, 4, &options, &random);
    g_assert_cmpint(wg_tree_get_depth(tree), ==, 2);
    g_assert_cmpint(wg_tree_get_n_leaves(tree), ==, 4);
    for (int i = 0; i < 4; i++)
        g_assert_cmpfloat(wg_tree_get_shares(tree, x + 2 * i)[labels[i]], ==, 1);
}

static void
test_tree_keeps_its_limits(void)
{
    float x[200 * N_FEATURES];
    int labels[200], rows[200];
    const WgTable table = {x, labels, N_FEATURES, N_LABELS};
    WgRandom random;

    wg_random_init(&random, 1, 4);
    fill(&random, 200, 1000, x, labels);
    for (int i = 0; i < 200; i++)
        rows[i] = i;
    for (int limit = 1; limit < 8; limit++) {
        const WgTreeOptions shallow = {.max_depth = limit, .min_leaf = 1};
        const WgTreeOptions broad = {.min_leaf = 5 * limit};
        g_autoptr(WgTree) low = wg_tree_new(&table, rows, 200, &shallow, &random);
        g_autoptr(WgTree) wide = wg_tree_new(&table, rows, 200, &broad, &random);

        g_assert_cmpint(wg_tree_get_depth(low), ==, limit);
        g_assert_cmpint(wg_tree_get_n_leaves(low), <=, 1 << limit);
        g_assert_cmpint(wg_tree_get_n_leaves(wide), <=, 200 / (5 * limit));
        g_assert_cmpint(wg_tree_get_n_leaves(wide), >, 1);
    }
}

/* Label 2 above 0.7 of the first feature, else whether the second exceeds the third; the others are
 * noise. */
static void
apply_rule(const float *x, int n, int *labels)
{
    for (int i = 0; i < n; i++) {
        const float *row = x + i * N_FEATURES;

        labels[i] = row[0] > 0.7f ? 2 : row[1] > row[2];
    }
}

static double
get_accuracy(const float *probabilities, const int *labels, int n)
{
    int n_right = 0;

    for (int i = 0; i < n; i++)
        n_right += wg_argmax(probabilities + i * N_LABELS, N_LABELS) == labels[i];
    return (double)n_right / n;
}

static void
test_forest_learns_a_rule(void)
{
    enum { N = 600 };
    g_autofree float *x = g_new(float, 2 * N * N_FEATURES);
    g_autofree int *labels = g_new(int, 2 * N);
    g_autofree float *answers = g_new(float, N *N_LABELS);
    const WgTable table = {x, labels, N_FEATURES, N_LABELS};
    WgForestOptions options = {.n_trees = 100, .min_leaf = 1, .n_tried = 3, .seed = 1};
    double accuracies[2];
    WgRandom random;

    wg_random_init(&random, 1, 5);
    fill(&random, 2 * N, 100000, x, labels);
    apply_rule(x, 2 * N, labels);
    for (int i = 0; i < 2; i++) {
        g_autoptr(WgForest) forest = NULL;

        options.n_trees = i == 0 ? 1 : 100;
        forest = wg_forest_new(&table, N, &options, NULL, NULL);
        wg_forest_predict(forest, x + N * N_FEATURES, N, answers);
        accuracies[i] = get_accuracy(answers, labels + N, N);
        for (int k = 0; k < N; k++)
            g_assert_cmpfloat_with_epsilon(answers[3 * k] + answers[3 * k + 1] + answers[3 * k + 2],
                                           1, 1e-5); /* 100 shares summed in floats */
    }
    g_test_message("one tree %.3f, a forest %.3f", accuracies[0], accuracies[1]);
    g_assert_cmpfloat(accuracies[0], >, 0.85);
    g_assert_cmpfloat(accuracies[1], >, 0.93);
    g_assert_cmpfloat(accuracies[1], >, accuracies[0]);
}

static void
test_forest_threads(void)
{
    g_autoptr(WgWindows) train = synthetic_windows(90, 1);
    g_autoptr(WgWindows) test = synthetic_windows(60, 2);
    const int threads[] = {1, 2, 5};
    float answers[4][60 * 3];

    for (int i = 0; i < 4; i++) {
        const WgForestOptions options = {
            .n_trees = 30, .min_leaf = 1, .seed = i < 3 ? 1 : 2, .n_threads = threads[i % 3]};
        g_autoptr(GError) error = NULL;

        g_assert_true(
            wg_baseline_answer(WG_METHOD_FOREST, &options, train, test, answers[i], NULL, &error));
        g_assert_no_error(error);
    }
    g_assert_cmpmem(answers[0], sizeof answers[0], answers[1], sizeof answers[1]);
    g_assert_cmpmem(answers[0], sizeof answers[0], answers[2], sizeof answers[2]);
    g_assert_cmpint(memcmp(answers[0], answers[3], sizeof answers[0]), !=, 0);
}

static void
test_baselines_learn_gestures(void)
{
    g_autoptr(WgWindows) train = synthetic_windows(150, 1);
    g_autoptr(WgWindows) test = synthetic_windows(90, 2);
    const WgForestOptions options = {.n_trees = 50, .min_leaf = 1, .seed = 1};

    for (int method = WG_METHOD_DTW; method <= WG_METHOD_FOREST; method++) {
        float answers[90 * 3];

        g_assert_true(
            wg_baseline_answer((WgMethod)method, &options, train, test, answers, NULL, NULL));
        g_test_message("%s: %.3f", wg_method_get_name((WgMethod)method),
                       get_accuracy(answers, test->labels, 90));
        g_assert_cmpfloat(get_accuracy(answers, test->labels, 90), >, 0.9);
    }
}

static void
test_refusals(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(12, 1);
    g_autoptr(WgWindows) none = synthetic_windows(0, 1);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GError) error = NULL;
    WgForestOptions options = {.n_trees = 0, .min_leaf = 1};
    float answers[12 * 3];
    WgMethod method;

    g_assert_false(
        wg_baseline_answer(WG_METHOD_FOREST, &options, windows, windows, answers, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_clear_error(&error);
    options.n_trees = 5;
    g_assert_false(
        wg_baseline_answer(WG_METHOD_DTW, &options, none, windows, answers, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
    g_clear_error(&error);
    g_assert_false(wg_method_find("guess", &method, &error));
    g_assert_nonnull(strstr(error->message, "network, dtw, tree or forest"));
    g_clear_error(&error);
    g_cancellable_cancel(cancellable);
    for (int i = WG_METHOD_DTW; i <= WG_METHOD_FOREST; i++) {
        g_assert_false(wg_baseline_answer((WgMethod)i, &options, windows, windows, answers,
                                          cancellable, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_clear_error(&error);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/tree/split-equals-brute-force", test_split_equals_brute_force);
    g_test_add_func("/train/tree/learns-any-table-by-heart", test_tree_learns_any_table_by_heart);
    g_test_add_func("/train/tree/learns-xor", test_tree_learns_xor);
    g_test_add_func("/train/tree/keeps-its-limits", test_tree_keeps_its_limits);
    g_test_add_func("/train/forest/learns-a-rule-better-than-one-tree", test_forest_learns_a_rule);
    g_test_add_func("/train/forest/equal-bits-at-1-2-and-5-threads", test_forest_threads);
    g_test_add_func("/train/baseline/learns-made-up-gestures", test_baselines_learn_gestures);
    g_test_add_func("/train/baseline/refuses-in-words-and-stops", test_refusals);
    return g_test_run();
}
