/* Tests of metrics and loss against values computed by hand. */
#include "train/loss.h"
#include "train/metrics.h"

#include <math.h>

/* true 0 0 0 1 1 2, predicted 0 0 1 1 1 0:
 * label 0: 2 of 3 predicted, 2 of 3 true; label 1: 2 of 3 predicted, 2 of 2 true; label 2: none */
static void
test_hand_computed(void)
{
    const int truth[] = {0, 0, 0, 1, 1, 2}, predicted[] = {0, 0, 1, 1, 1, 0};
    const int confusion[] = {2, 1, 0, 0, 2, 0, 1, 0, 0};
    g_autoptr(WgMetrics) metrics = wg_metrics_new(truth, predicted, 6, 3);

    for (int i = 0; i < 9; i++)
        g_assert_cmpint(metrics->confusion[i], ==, confusion[i]);
    g_assert_cmpint(metrics->n_correct, ==, 4);
    g_assert_cmpfloat_with_epsilon(metrics->accuracy, 4.0 / 6, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->labels[0].precision, 2.0 / 3, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->labels[0].recall, 2.0 / 3, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->labels[0].f1, 2.0 / 3, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->labels[1].precision, 2.0 / 3, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->labels[1].recall, 1, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->labels[1].f1, 0.8, 1e-12);
    g_assert_cmpfloat(metrics->labels[2].precision, ==, 0);
    g_assert_cmpfloat(metrics->labels[2].f1, ==, 0);
    g_assert_cmpint(metrics->labels[2].support, ==, 1);
    g_assert_cmpfloat_with_epsilon(metrics->macro.precision, 4.0 / 9, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->macro.recall, 5.0 / 9, 1e-12);
    g_assert_cmpint(metrics->macro.support, ==, 6);
    g_assert_cmpfloat_with_epsilon(metrics->weighted.recall, 4.0 / 6, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->weighted.f1, (3 * 2.0 / 3 + 2 * 0.8) / 6, 1e-12);
}

/* As scikit-learn has it: the mean of the labels that were asked or answered. */
static void
test_a_label_without_part(void)
{
    const int truth[] = {0, 0, 3}, predicted[] = {0, 2, 3};
    g_autoptr(WgMetrics) metrics = wg_metrics_new(truth, predicted, 3, 5);

    g_assert_cmpfloat_with_epsilon(metrics->macro.precision, 2.0 / 3, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->macro.recall, 1.5 / 3, 1e-12);
    g_assert_cmpfloat_with_epsilon(metrics->macro.f1, (2.0 / 3 + 1) / 3, 1e-12);
}

static void
test_empty(void)
{
    g_autoptr(WgMetrics) metrics = wg_metrics_new(NULL, NULL, 0, 2);

    g_assert_cmpfloat(metrics->accuracy, ==, 0);
    g_assert_cmpfloat(metrics->weighted.f1, ==, 0);
}

static void
test_softmax(void)
{
    const float values[] = {1000, 1000 + logf(3), -1e30f};
    float p[3];

    wg_softmax(values, 3, p);
    g_assert_cmpfloat_with_epsilon(p[0], 0.25, 1e-4);
    g_assert_cmpfloat_with_epsilon(p[1], 0.75, 1e-4);
    g_assert_cmpfloat(p[2], ==, 0);
    g_assert_cmpint(wg_argmax((const float[]){1, 2, 2, 0}, 4), ==, 1);
}

/* p = 1/4, 3/4: without smoothing -log 3/4; with 0.2 -(0.9 log 3/4 + 0.1 log 1/4) */
static void
test_loss(void)
{
    const float logits[] = {0, logf(3)}, weights[] = {1, 2};
    const int label = 1;
    WgLossSum plain = {0}, smooth = {0}, weighted = {0};
    float gradient[2];

    wg_loss_add(logits, &label, 1, 2, 0, NULL, 0.5f, gradient, &plain);
    g_assert_cmpfloat_with_epsilon(plain.loss, -log(0.75), 1e-6);
    g_assert_cmpint(plain.n_correct, ==, 1);
    g_assert_cmpfloat_with_epsilon(gradient[0], 0.5 * 0.25, 1e-6);
    g_assert_cmpfloat_with_epsilon(gradient[1], 0.5 * -0.25, 1e-6);
    wg_loss_add(logits, &label, 1, 2, 0.2f, NULL, 1, gradient, &smooth);
    g_assert_cmpfloat_with_epsilon(smooth.loss, -(0.9 * log(0.75) + 0.1 * log(0.25)), 1e-6);
    g_assert_cmpfloat_with_epsilon(gradient[1], 0.75 - 0.9, 1e-6);
    wg_loss_add(logits, &label, 1, 2, 0, weights, 1, gradient, &weighted);
    g_assert_cmpfloat_with_epsilon(weighted.loss, -2 * log(0.75), 1e-6);
    g_assert_cmpfloat_with_epsilon(gradient[0], 2 * 0.25, 1e-6);
}

/* 3 of class 0, 1 of class 1, none of class 2: 4 / (2 x 3), 4 / (2 x 1), 0 */
static void
test_class_weights(void)
{
    const int labels[] = {0, 1, 0, 0};
    float weights[3];

    wg_loss_weigh_classes(labels, 4, 3, weights);
    g_assert_cmpfloat_with_epsilon(weights[0], 2.0 / 3, 1e-6);
    g_assert_cmpfloat_with_epsilon(weights[1], 2, 1e-6);
    g_assert_cmpfloat(weights[2], ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/metrics/equal-hand-computed", test_hand_computed);
    g_test_add_func("/train/metrics/a-label-without-part-has-none-in-the-mean",
                    test_a_label_without_part);
    g_test_add_func("/train/metrics/of-nothing-are-zero", test_empty);
    g_test_add_func("/train/metrics/softmax-bears-large-values", test_softmax);
    g_test_add_func("/train/loss/equals-hand-computed", test_loss);
    g_test_add_func("/train/loss/class-weights-equal-hand-computed", test_class_weights);
    return g_test_run();
}
