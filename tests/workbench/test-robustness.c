/* Robustness: on a network whose weak side is known, and in words. */
#include "workbench/robustness.h"

#include "dataset/split.h"
#include "gestures.h"
#include "workbench/training.h"

#include <string.h>

static WgNetwork *
train(WgDataset *dataset)
{
    const WgPreset *preset = wg_preset_find("waggle", NULL);
    WgTrainOptions options = preset->options;
    g_autoptr(WgSplit) split = wg_split_new_stratified(dataset, 0.2, 0, 1, NULL);
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(GError) error = NULL;
    WgNetwork *network;

    options.epochs = 25;
    options.n_threads = 2;
    network = wg_training_run(preset, &options, split, NULL, NULL, &training, NULL, &error);
    g_assert_no_error(error);
    return network;
}

static void
test_curves_fall(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(3, 30, 0.2, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgNetwork) network = train(dataset);
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    const WgModel model = {.network = network, .n_labels = 3};
    g_autoptr(WgRobustness) first = wg_robustness_new(&model, windows, 2, 1, NULL, NULL, NULL);
    g_autoptr(WgRobustness) same = wg_robustness_new(&model, windows, 2, 1, NULL, NULL, NULL);

    g_assert_cmpfloat(first->accuracy, >, 0.95);
    for (int k = 0; k < first->n_curves; k++) {
        const WgRobustCurve *curve = &first->curves[k];
        const WgRobustPoint *last = &curve->points[curve->n_points - 1];

        for (int i = 0; i < curve->n_points; i++)
            g_assert_cmpfloat(curve->points[i].accuracy, ==, same->curves[k].points[i].accuracy);
        g_test_message("%s: %.3f at %g", curve->name, last->accuracy, last->value);
        if (curve->kind != WG_PERTURB_SPEED)
            g_assert_cmpfloat(curve->points[0].accuracy, ==, first->accuracy);
        /* these gestures are their pace: at twice of it each is another */
        if (curve->kind == WG_PERTURB_SPEED)
            g_assert_cmpfloat(last->accuracy, <, 0.7);
    }
}

static void
test_cancel(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(2, 10, 0.2, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgNetwork) network = train(dataset);
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    const WgModel model = {.network = network, .n_labels = 2};
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GError) error = NULL;

    g_cancellable_cancel(cancellable);
    g_assert_null(wg_robustness_new(&model, windows, 2, 1, NULL, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static char *
advise(int n, double noise, double mild_turn, double strong_turn)
{
    WgRobustPoint noises[] = {{0.1, noise}, {0.3, noise}};
    WgRobustPoint turns[] = {{20, mild_turn}, {45, strong_turn}};
    WgRobustCurve curves[] = {
        {WG_PERTURB_NOISE, "noise", "g", noises, 2, 0, 1},
        {WG_PERTURB_ROTATION, "rotation", "degrees", turns, 2, 0, 1},
    };
    const WgRobustness robustness = {.curves = curves, .n_curves = 2, .n = n, .accuracy = 0.99};

    return wg_robustness_dup_advice(&robustness);
}

static void
test_words(void)
{
    g_autofree char *weak = advise(100, 0.97, 0.91, 0.5);
    g_autofree char *mild = advise(100, 0.985, 0.98, 0.77);
    g_autofree char *strong = advise(100, 0.985, 0.98, 0.98);
    g_autofree char *few = advise(4, 0.985, 0.98, 0.98);

    g_assert_cmpstr(weak, ==,
                    "Turned by 20 degrees, 91 of 100 are still right, and 99 as they are; that is "
                    "what it bears least: record takes with the watch worn in other ways too.");
    g_assert_cmpstr(mild, ==,
                    "It bears mild changes. Turned by 45 degrees, 77 of 100 are still right, and "
                    "99 as they are: if that may happen, record takes with the watch worn in other "
                    "ways too.");
    g_assert_nonnull(strstr(strong, "it bears all that was tried"));
    g_assert_false(g_str_has_prefix(strong, "So few takes"));
    g_assert_true(g_str_has_prefix(few, "So few takes tell little. "));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/robustness/curves-begin-at-the-plain-accuracy-and-fall",
                    test_curves_fall);
    g_test_add_func("/workbench/robustness/cancel-ends-it", test_cancel);
    g_test_add_func("/workbench/robustness/says-what-is-borne-least", test_words);
    return g_test_run();
}
