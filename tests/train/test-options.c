/* Tests of how to train: ranges, words, schedules, and what each option does to a training. */
#include "synthetic.h"

#include "base/error.h"
#include "train/metrics.h"

#include <math.h>
#include <string.h>

static const WgTrainOptions base = {
    .epochs = 1, .batch = 64, .learning_rate = 0.01f, .seed = 1, .n_threads = 1};

static WgTraining *
train(WgNetwork *network, WgWindows *windows, WgWindows *validation, const WgTrainOptions *options)
{
    g_autoptr(GError) error = NULL;
    WgTraining *training =
        wg_train(network, windows, validation, options, NULL, NULL, NULL, &error);

    g_assert_no_error(error);
    return training;
}

static void
assert_refused(const WgTrainOptions *options, const char *says)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(wg_train_options_check(options, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, says));
}

static void
test_ranges(void)
{
    WgTrainOptions options = base;

    g_assert_true(wg_train_options_check(&base, NULL));
    options.patience = -1;
    assert_refused(&options, "patience (-1)");
    options = base;
    options.learning_rate = NAN;
    assert_refused(&options, "learning rate nan");
    options = base;
    options.weight_decay = 100;
    assert_refused(&options, "weight decay 100");
    options = base;
    options.stretch = 1;
    assert_refused(&options, "stretch 1");
    options = base;
    options.label_smoothing = 1;
    assert_refused(&options, "label smoothing 1");
    options = base;
    options.sharpness = -0.1f;
    assert_refused(&options, "sharpness -0.1");
}

static void
test_words(void)
{
    WgTrainOptions options = base;
    g_autoptr(GError) error = NULL;

    g_assert_true(wg_train_options_set_schedule(&options, "cosine", NULL));
    g_assert_cmpint(options.schedule, ==, WG_RATE_COSINE);
    g_assert_cmpstr(wg_train_options_get_schedule(&options), ==, "cosine");
    g_assert_true(wg_train_options_set_class_weights(&options, "uneven", NULL));
    g_assert_cmpint(options.class_weights, ==, WG_WEIGHTS_UNEVEN);
    g_assert_cmpstr(wg_train_options_get_class_weights(&options), ==, "uneven");
    g_assert_false(wg_train_options_set_schedule(&options, "sine", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, "constant, plateau, cosine"));
    g_assert_cmpint(options.schedule, ==, WG_RATE_COSINE);
}

static void
test_scaled_augmentation(void)
{
    WgTrainOptions options = {.shift = 2, .scale = 0.5f, .rotation = 0.2f, .stretch = 0.2f};

    wg_train_options_scale_augmentation(&options, 2);
    g_assert_cmpint(options.shift, ==, 4);
    g_assert_cmpfloat(options.scale, <, 1); /* of a gesture something is left */
    g_assert_cmpfloat_with_epsilon(options.rotation, 0.4, 1e-6);
    g_assert_cmpfloat_with_epsilon(options.stretch, 0.4, 1e-6);
    wg_train_options_scale_augmentation(&options, 0);
    g_assert_cmpint(options.shift, ==, 0);
    g_assert_cmpfloat(options.scale + options.rotation + options.stretch, ==, 0);
}

/* The gradient of the mean loss by central differences; at parameters near 1 and losses near 1 its
 * error is about 1e-4 (float rounding over the step, and the step squared). */
static void
find_gradient(WgNetwork *network, const WgWindows *windows, double *gradient)
{
    const float step = 2e-3f;
    float *w = wg_network_get_parameters(network);

    for (int i = 0; i < wg_network_get_n_parameters(network); i++) {
        const float at = w[i];
        double up;

        w[i] = at + step;
        up = measure_loss(network, windows);
        w[i] = at - step;
        gradient[i] = (up - measure_loss(network, windows)) / (2.0 * (double)step);
        w[i] = at;
    }
}

/* Adam's first step is the rate against the sign of the gradient: with sharpness, of the gradient
 * at w + sharpness g / |g|. */
static void
test_sharpness(void)
{
    const float sharpness = 0.8f;
    g_autoptr(WgWindows) windows = synthetic_windows(36, 1);
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    g_autoptr(WgNetwork) climbed = synthetic_plain_network(1);
    const int n = wg_network_get_n_parameters(network);
    float *w = wg_network_get_parameters(network), *there = wg_network_get_parameters(climbed);
    g_autofree double *here_g = g_new(double, n), *there_g = g_new(double, n);
    g_autofree float *before = g_memdup2(w, sizeof(float) * (gsize)n);
    g_autoptr(WgTraining) training = NULL;
    WgTrainOptions options = base;
    double square = 0;
    int n_clear = 0, n_turned = 0;

    find_gradient(network, windows, here_g);
    for (int i = 0; i < n; i++)
        square += here_g[i] * here_g[i];
    for (int i = 0; i < n; i++)
        there[i] += sharpness * (float)(here_g[i] / sqrt(square));
    find_gradient(climbed, windows, there_g);
    options.sharpness = sharpness;
    training = train(network, windows, NULL, &options);
    for (int i = 0; i < n; i++) {
        if (fabs(there_g[i]) < 5e-3)
            continue;
        n_clear++;
        n_turned += here_g[i] * there_g[i] < 0;
        g_assert_cmpfloat((before[i] - w[i]) * there_g[i], >, 0);
    }
    /* the test would not tell if the two gradients pointed the same way */
    g_assert_cmpint(n_clear, >, n / 2);
    g_assert_cmpint(n_turned, >=, 3);
}

static void
test_late_sharpness(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(36, 1);
    WgTrainOptions options = base;
    g_autoptr(WgTraining) plain = NULL;
    g_autoptr(WgTraining) late = NULL;
    g_autoptr(WgNetwork) a = synthetic_plain_network(1);
    g_autoptr(WgNetwork) b = synthetic_plain_network(1);

    options.epochs = 8;
    plain = train(a, windows, NULL, &options);
    options.sharpness = 0.2f;
    options.sharpness_from = 0.5f;
    late = train(b, windows, NULL, &options);
    /* the fifth epoch is the first to climb, and the sixth the first that shows it */
    for (int i = 0; i < 5; i++)
        g_assert_cmpfloat(plain->epochs[i].train_loss, ==, late->epochs[i].train_loss);
    g_assert_cmpfloat(plain->epochs[5].train_loss, !=, late->epochs[5].train_loss);
}

/* Three labels that are hard to tell apart, of which the last has few windows. */
static WgWindows *
rare_windows(int n, int n_rare, guint64 seed)
{
    WgWindows *windows = synthetic_windows(n, seed);
    const int size = windows->length * windows->channels;
    WgRandom random;
    int kept = 0, n_last = 0;

    wg_random_init(&random, seed, 1);
    for (int i = 0; i < n; i++) {
        if (windows->labels[i] == 2 && n_last++ >= n_rare)
            continue;
        for (int j = 0; j < size; j++)
            windows->x[kept * size + j] =
                windows->x[i * size + j] + 0.3f * wg_random_normal(&random);
        windows->labels[kept++] = windows->labels[i];
    }
    windows->n = kept;
    return windows;
}

static double
measure_recall(const WgNetwork *network, const WgWindows *windows, int label)
{
    const int size = windows->length * windows->channels;
    int n = 0, n_right = 0;

    for (int i = 0; i < windows->n; i++) {
        float logits[3];

        if (windows->labels[i] != label)
            continue;
        wg_network_predict(network, windows->x + i * size, 1, logits);
        n++;
        n_right += wg_argmax(logits, 3) == label;
    }
    return (double)n_right / n;
}

static double
train_to_recall(int n_rare, WgClassWeights class_weights, gboolean smote)
{
    g_autoptr(WgWindows) windows = rare_windows(300, n_rare, 1);
    g_autoptr(WgWindows) fresh = rare_windows(300, 100, 2);
    g_autoptr(WgNetwork) network = synthetic_plain_network(1);
    g_autoptr(WgTraining) training = NULL;
    WgTrainOptions options = base;

    options.epochs = 15;
    options.batch = 16;
    options.class_weights = class_weights;
    options.smote = smote;
    training = train(network, windows, NULL, &options);
    return measure_recall(network, fresh, 2);
}

static void
test_rare_label(void)
{
    const double off = train_to_recall(8, WG_WEIGHTS_OFF, FALSE);
    const double on = train_to_recall(8, WG_WEIGHTS_ON, FALSE);
    const double smote = train_to_recall(8, WG_WEIGHTS_OFF, TRUE);

    g_test_message("recall of the rare label: off %.2f, weights %.2f, SMOTE %.2f", off, on, smote);
    g_assert_cmpfloat(on, >, off + 0.2);
    g_assert_cmpfloat(smote, >, off + 0.1);
}

/* "uneven" is on with 8 of 100 and off with 60 of 100. */
static void
test_uneven(void)
{
    g_assert_cmpfloat(train_to_recall(8, WG_WEIGHTS_UNEVEN, FALSE), ==,
                      train_to_recall(8, WG_WEIGHTS_ON, FALSE));
    g_assert_cmpfloat(train_to_recall(60, WG_WEIGHTS_UNEVEN, FALSE), ==,
                      train_to_recall(60, WG_WEIGHTS_OFF, FALSE));
    g_assert_cmpfloat(train_to_recall(60, WG_WEIGHTS_ON, FALSE), !=,
                      train_to_recall(60, WG_WEIGHTS_OFF, FALSE));
}

/* All that changes takes to train on, and each validation loss is that of the windows as they came.
 */
static void
test_validation(void)
{
    g_autoptr(WgWindows) windows = synthetic_windows(90, 1);
    g_autoptr(WgWindows) validation = synthetic_windows(31, 2);
    g_autoptr(WgWindows) same = synthetic_windows(31, 2);
    g_autoptr(WgNetwork) network = synthetic_network(1);
    g_autoptr(WgTraining) training = NULL;
    WgTrainOptions options = base;

    options.epochs = 4;
    options.shift = 3;
    options.scale = options.rotation = options.stretch = 0.4f;
    options.label_smoothing = 0.2f;
    options.sharpness = 0.1f;
    training = train(network, windows, validation, &options);
    g_assert_cmpmem(validation->x, 31 * 60 * sizeof(float), same->x, 31 * 60 * sizeof(float));
    g_assert_cmpmem(validation->labels, 31 * sizeof(int), same->labels, 31 * sizeof(int));
    /* float sums in another order */
    g_assert_cmpfloat_with_epsilon(training->epochs[3].validation_loss,
                                   measure_loss(network, validation), 1e-4);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/train/options/refuse-what-is-out-of-range", test_ranges);
    g_test_add_func("/train/options/have-words", test_words);
    g_test_add_func("/train/options/augmentation-scales-within-range", test_scaled_augmentation);
    g_test_add_func("/train/options/sharpness-steps-by-the-gradient-uphill", test_sharpness);
    g_test_add_func("/train/options/sharpness-waits-for-its-share-of-epochs", test_late_sharpness);
    g_test_add_func("/train/options/weights-and-smote-raise-recall-of-rare-label", test_rare_label);
    g_test_add_func("/train/options/uneven-weighs-only-uneven-labels", test_uneven);
    g_test_add_func("/train/options/never-change-validation", test_validation);
    return g_test_run();
}
