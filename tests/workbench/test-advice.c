/* Advice: on made-up courses of trainings, and on real ones. */
#include "workbench/advice.h"

#include "dataset/split.h"
#include "gestures.h"
#include "train/preset.h"
#include "workbench/training.h"

#include <math.h>
#include <string.h>

#define N_EPOCHS 100

static const char *const labels[] = {"circle", "flick", NULL};

/* A course from one loss to another, with a validation loss that is least at `best`. */
typedef struct {
    int n_epochs;
    float first_loss, last_loss, train_accuracy;
    int best;
    float best_loss, last_validation_loss, validation_accuracy;
} Course;

static void
run_course(const Course *course, WgEpoch *epochs)
{
    for (int i = 0; i < course->n_epochs; i++) {
        const float share = course->n_epochs > 1 ? (float)i / (float)(course->n_epochs - 1) : 1;

        epochs[i].epoch = i + 1;
        epochs[i].train_loss =
            course->first_loss * powf(course->last_loss / course->first_loss, share);
        epochs[i].train_accuracy = course->train_accuracy;
        epochs[i].validation_loss = i + 1 == course->best  ? course->best_loss
                                    : i + 1 < course->best ? 2 * course->best_loss
                                                           : course->last_validation_loss;
        epochs[i].validation_accuracy = course->validation_accuracy;
    }
}

static WgVerdictOnTraining
judge(const Course *course, int n_each, int n_validation)
{
    WgEpoch epochs[N_EPOCHS] = {0};
    const WgTraining training = {
        .epochs = epochs, .n_epochs = course->n_epochs, .best_epoch = course->best};
    const int n_train[] = {n_each, n_each};

    run_course(course, epochs);
    return wg_advice_judge(&(WgAdviceFacts){.training = &training,
                                            .kept_epoch = course->n_epochs,
                                            .labels = labels,
                                            .n_train = n_train,
                                            .n_validation = n_validation});
}

static char *
advise(const Course *course, int n_circle, int n_flick, int n_validation, const char *explanation)
{
    WgEpoch epochs[N_EPOCHS] = {0};
    const WgTraining training = {
        .epochs = epochs, .n_epochs = course->n_epochs, .best_epoch = course->best};
    const int n_train[] = {n_circle, n_flick};

    run_course(course, epochs);
    return wg_advice_new(&(WgAdviceFacts){.training = &training,
                                          .kept_epoch = course->n_epochs,
                                          .labels = labels,
                                          .n_train = n_train,
                                          .n_validation = n_validation,
                                          .explanation = explanation});
}

/* The same courses as below. */
static void
test_verdicts(void)
{
    const Course good = {100, 1, 0.05f, 0.99f, 90, 0.1f, 0.1f, 0.986f};
    const Course falling = {10, 1, 0.5f, 0.7f, 10, 0.6f, 0.6f, 0.7f};
    const Course stuck = {100, 1, 0.8f, 0.6f, 100, 0.8f, 0.8f, 0.6f};
    const Course gap = {100, 1, 0.05f, 1, 90, 0.1f, 0.1f, 0.85f};
    const Course by_heart = {100, 1, 0.05f, 1, 12, 0.1f, 0.4f, 0.98f};
    const Course fair = {100, 1, 0.95f, 0.95f, 100, 0.1f, 0.1f, 0.92f};
    const Course fair_falling = {100, 1, 0.05f, 0.95f, 100, 0.1f, 0.1f, 0.92f};

    g_assert_cmpint(judge(&good, 200, 140), ==, WG_TRAINING_GOOD);
    g_assert_cmpint(judge(&good, 200, 0), ==, WG_TRAINING_UNCHECKED);
    g_assert_cmpint(judge(&good, 9, 140), ==, WG_TRAINING_FEW_TAKES);
    g_assert_cmpint(judge(&good, 200, 19), ==, WG_TRAINING_FEW_TAKES);
    g_assert_cmpint(judge(&falling, 200, 140), ==, WG_TRAINING_UNFINISHED);
    g_assert_cmpint(judge(&stuck, 200, 140), ==, WG_TRAINING_UNDERFITTED);
    g_assert_cmpint(judge(&gap, 200, 140), ==, WG_TRAINING_OVERFITTED);
    g_assert_cmpint(judge(&by_heart, 200, 140), ==, WG_TRAINING_OVERFITTED);
    g_assert_cmpint(judge(&fair, 200, 140), ==, WG_TRAINING_FAIR);
    g_assert_cmpint(judge(&fair_falling, 200, 140), ==, WG_TRAINING_UNFINISHED);
    g_assert_cmpstr(wg_verdict_on_training_get_name(WG_TRAINING_GOOD), ==, "good");
    g_assert_cmpstr(wg_verdict_on_training_get_name(WG_TRAINING_OVERFITTED), ==, "overfitted");
}

static void
test_good(void)
{
    const Course course = {100, 1, 0.05f, 0.99f, 90, 0.1f, 0.1f, 0.986f};
    g_autofree char *plain = advise(&course, 200, 200, 140, NULL);
    g_autofree char *explained =
        advise(&course, 200, 200, 140, "circle and flick are told apart by the last half second");

    g_assert_cmpstr(plain, ==, "Good: 98.6 % of the validation takes are right.");
    g_assert_cmpstr(explained, ==,
                    "Good: 98.6 % of the validation takes are right; circle and flick are told "
                    "apart by the last half second.");
}

static void
test_underfitted(void)
{
    const Course falling = {10, 1, 0.5f, 0.7f, 10, 0.6f, 0.6f, 0.7f};
    const Course stuck = {100, 1, 0.8f, 0.6f, 100, 0.8f, 0.8f, 0.6f};
    const Course once = {1, 1, 1, 0.5f, 1, 1, 1, 0.5f};
    g_autofree char *longer = advise(&falling, 200, 200, 140, NULL);
    g_autofree char *other = advise(&stuck, 200, 200, 140, NULL);
    g_autofree char *single = advise(&once, 200, 200, 140, NULL);

    g_assert_cmpstr(longer, ==,
                    "The network is still learning after 10 epochs (70.0 % of its own takes are "
                    "right): train longer.");
    g_assert_nonnull(strstr(other, "no longer gets better: choose another preset"));
    g_assert_nonnull(strstr(single, "after 1 epoch (50.0 %"));
}

static void
test_overfitted(void)
{
    const Course gap = {100, 1, 0.01f, 1, 90, 0.5f, 0.5f, 0.85f};
    const Course by_heart = {100, 1, 0.01f, 1, 12, 0.1f, 0.3f, 0.97f};
    const Course kept = {100, 1, 0.01f, 1, 80, 0.1f, 0.3f, 0.97f};
    g_autofree char *more = advise(&gap, 200, 200, 140, NULL);
    g_autofree char *rare = advise(&gap, 200, 12, 140, NULL);
    g_autofree char *shorter = advise(&by_heart, 200, 200, 140, NULL);
    g_autofree char *late = advise(&kept, 200, 200, 140, NULL);

    g_assert_cmpstr(more, ==,
                    "It knows its own takes (100.0 % right) better than new ones (85.0 %). Record "
                    "more takes, in more ways.");
    g_assert_nonnull(strstr(rare, "Record more takes: flick has 12 to learn from"));
    g_assert_nonnull(strstr(shorter, "after epoch 12 of 100 it only learned its own takes by "
                                     "heart: train for 12 epochs"));
    g_assert_true(g_str_has_prefix(late, "Good: ")); /* the rise is of its last epochs alone */
}

/* A training that was stopped because new takes no longer did better: more epochs are no cure. */
static void
test_stalled_is_not_sent_on(void)
{
    const Course stalled = {60, 1, 0.3f, 0.94f, 40, 0.35f, 0.36f, 0.92f};
    const Course going_on = {60, 1, 0.3f, 0.94f, 58, 0.35f, 0.36f, 0.92f};
    g_autofree char *look = advise(&stalled, 200, 200, 140, NULL);
    g_autofree char *longer = advise(&going_on, 200, 200, 140, NULL);

    g_assert_nonnull(strstr(look, "Look at Evaluate"));
    g_assert_nonnull(strstr(longer, "still learning: train longer"));
}

static void
test_chance_is_no_gap(void)
{
    const Course course = {100, 1, 0.01f, 1, 90, 0.5f, 0.5f, 0.9f};
    g_autofree char *few = advise(&course, 200, 200, 20, NULL);
    g_autofree char *many = advise(&course, 200, 200, 200, NULL);

    g_assert_true(g_str_has_prefix(few, "Fair: 90.0 %"));
    g_assert_nonnull(strstr(many, "better than new ones"));
}

static void
test_few_takes_prove_nothing(void)
{
    const Course course = {100, 1, 0.01f, 1, 90, 0.01f, 0.01f, 1};
    g_autofree char *few = advise(&course, 5, 4, 3, NULL);
    g_autofree char *unchecked = advise(&course, 200, 200, 0, NULL);

    g_assert_cmpstr(few, ==,
                    "3 of 3 validation takes are right, too few to be sure. Record more takes: "
                    "flick has 4 to learn from, 20 are a start.");
    g_assert_true(g_str_has_prefix(unchecked, "Trained without a check"));
}

static char *
train(int n_labels, int n_each, double noise, int n_epochs)
{
    g_autoptr(GPtrArray) takes = test_gestures(n_labels, n_each, noise, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgSplit) split = wg_split_new_stratified(dataset, 0.25, 0, 1, NULL);
    const WgPreset *preset = wg_preset_find("waggle", NULL);
    WgTrainOptions options = preset->options;
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(GError) error = NULL;
    int n_train[8] = {0};

    options.epochs = n_epochs;
    options.n_threads = 2;
    network = wg_training_run(preset, &options, split, NULL, NULL, &training, NULL, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < split->train->len; i++)
        n_train[wg_dataset_get_label(dataset, g_array_index(split->train, int, i))]++;
    return wg_advice_new(&(WgAdviceFacts){.training = training,
                                          .kept_epoch = training->n_epochs,
                                          .labels = wg_dataset_get_labels(dataset),
                                          .n_train = n_train,
                                          .n_validation = (int)split->validation->len});
}

static void
test_real_trainings(void)
{
    g_autofree char *hasty = train(4, 40, 0.6, 2);
    g_autofree char *scanty = train(3, 4, 0.3, 150);
    g_autofree char *noisy = train(4, 16, 2.5, 400);
    g_autofree char *sound = train(3, 40, 0.2, 40);

    g_test_message("2 epochs: %s", hasty);
    g_test_message("12 takes: %s", scanty);
    g_test_message("noise: %s", noisy);
    g_test_message("sound: %s", sound);
    g_assert_nonnull(strstr(hasty, "train longer"));
    g_assert_nonnull(strstr(scanty, "Record more takes"));
    g_assert_nonnull(strstr(noisy, "Record more takes"));
    g_assert_true(g_str_has_prefix(sound, "Good: "));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/advice/each-rule-has-its-verdict", test_verdicts);
    g_test_add_func("/workbench/advice/good-says-what-tells-gestures-apart", test_good);
    g_test_add_func("/workbench/advice/underfitted-trains-longer-or-otherwise", test_underfitted);
    g_test_add_func("/workbench/advice/overfitted-needs-more-takes", test_overfitted);
    g_test_add_func("/workbench/advice/stalled-is-not-sent-on", test_stalled_is_not_sent_on);
    g_test_add_func("/workbench/advice/chance-is-no-gap", test_chance_is_no_gap);
    g_test_add_func("/workbench/advice/few-takes-prove-nothing", test_few_takes_prove_nothing);
    g_test_add_func("/workbench/advice/real-trainings-get-their-cure", test_real_trainings);
    return g_test_run();
}
