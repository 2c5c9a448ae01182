/* What tells two gestures apart, where it is known. */
#include "workbench/explain.h"

#include "dataset/split.h"
#include "gestures.h"
#include "train/preset.h"
#include "workbench/pairs.h"
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

/* Two gestures that differ between two samples alone, in parts `first` to `last`. Where there are
 * two of these, a network may well go by one of them more: then `or_mostly` is right too. */
static void
check_twins(int start, int end, guint64 seed, int first, int last, const char *expected,
            const char *or_mostly)
{
    g_autoptr(GPtrArray) takes = test_near_twins(30, start, end, seed);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgNetwork) network = train(dataset);
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    const WgModel model = {.network = network, .n_labels = 2};
    g_autofree WgExplanation *explanation = wg_explain_new(&model, windows);
    g_autofree char *words = wg_explanation_dup_words(explanation, wg_dataset_get_labels(dataset));
    double sum = 0, known = 0;

    for (int k = 0; k < explanation->n_parts; k++) {
        g_test_message("part %d: %.3f", k, explanation->shares[k]);
        sum += explanation->shares[k];
        known += k >= first && k <= last ? explanation->shares[k] : 0;
    }
    /* shares of one whole, summed in doubles from answers in floats */
    g_assert_cmpfloat_with_epsilon(sum, 1, 1e-6);
    g_assert_cmpint(explanation->n_parts, ==, 4);
    g_assert_cmpfloat(known, >, 0.9);
    if (!or_mostly || !g_str_equal(words, or_mostly))
        g_assert_cmpstr(words, ==, expected);
}

static void
test_known_part_is_found(void)
{
    for (guint64 seed = 1; seed <= 3; seed++) {
        check_twins(18, 25, seed, 3, 3, "circle and flick are told apart by the last half second",
                    NULL);
        check_twins(0, 6, seed, 0, 0, "circle and flick are told apart by the first half second",
                    NULL);
        check_twins(12, 18, seed, 2, 2,
                    "circle and flick are told apart by what happens between 1.0 and 1.5 s", NULL);
        check_twins(0, 12, seed, 0, 1, "circle and flick are told apart by the first second",
                    "circle and flick are told apart mostly by the first half second");
    }
}

static void
test_difference_all_along_is_the_whole(void)
{
    WgExplanation explanation = {.a = 0,
                                 .b = 1,
                                 .told_apart = 1.5,
                                 .n_parts = 4,
                                 .is_by_time = TRUE,
                                 .seconds = 2,
                                 .shares = {0.25, 0.25, 0.25, 0.25}};
    const char *const labels[] = {"circle", "flick", NULL};
    g_autofree char *whole = wg_explanation_dup_words(&explanation, labels);
    g_autofree char *hardly = NULL;

    explanation.told_apart = 0.05;
    hardly = wg_explanation_dup_words(&explanation, labels);
    g_assert_cmpstr(whole, ==, "circle and flick are told apart by the movement as a whole");
    g_assert_cmpstr(hardly, ==, "circle and flick are hardly told apart");
}

static void
test_one_gesture_has_no_pair(void)
{
    g_autoptr(GPtrArray) takes = test_near_twins(10, 18, 25, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgNetwork) network = train(dataset);
    const int one[] = {0, 2, 4}; /* circles */
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, one, G_N_ELEMENTS(one));
    const WgModel model = {.network = network, .n_labels = 2};

    g_assert_null(wg_explain_new(&model, windows));
}

static void
check_words(JsonArray *pairs, guint i, const char *expected)
{
    JsonObject *pair = json_array_get_object_element(pairs, i);

    g_assert_cmpstr(json_object_get_string_member(pair, "words"), ==, expected);
}

static void
test_pairs_are_told_most_frequent_first(void)
{
    const char *const labels[] = {"circle", "flick", "wave", NULL};
    const int truth[] = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2}, said[] = {0, 1, 1, 1, 1, 2, 1, 2, 0, 0};
    g_autoptr(WgMetrics) metrics = wg_metrics_new(truth, said, 10, 3);
    g_autoptr(WgMetrics) flawless = wg_metrics_new(truth, truth, 10, 3);
    g_autoptr(JsonArray) pairs = wg_pairs_new(metrics, labels);
    g_autoptr(JsonArray) none = wg_pairs_new(flawless, labels);

    g_assert_cmpuint(json_array_get_length(pairs), ==, 3);
    check_words(pairs, 0, "circle was taken for flick 3 times of 4");
    check_words(pairs, 1, "wave was taken for circle 2 times of 3");
    check_words(pairs, 2, "flick was taken for wave 1 time of 3");
    g_assert_cmpuint(json_array_get_length(none), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/explain/known-part-is-found", test_known_part_is_found);
    g_test_add_func("/workbench/explain/difference-all-along-is-the-whole",
                    test_difference_all_along_is_the_whole);
    g_test_add_func("/workbench/explain/one-gesture-has-no-pair", test_one_gesture_has_no_pair);
    g_test_add_func("/workbench/pairs/are-told-most-frequent-first",
                    test_pairs_are_told_most_frequent_first);
    return g_test_run();
}
