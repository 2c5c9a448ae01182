/* Takes changed as one says: by noise that is a share of their movement, a turn and a pace. */
#include "workbench/perturbed.h"

#include "dataset/split.h"
#include "gestures.h"
#include "workbench/robustness.h"
#include "workbench/training.h"

#include <math.h>
#include <string.h>

#define N_SAMPLES 25

/* n windows in which x swings by `swing_g` about 0.5 g, y and z rest. */
static WgWindows *
make_swings(int n, float swing_g)
{
    static const char *const labels[] = {"a", NULL};
    WgWindows *windows = wg_windows_alloc(n, WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS, labels);

    for (int i = 0; i < n; i++) {
        float *x = windows->x + i * WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS;

        for (int t = 0; t < WG_WINDOW_LENGTH; t++) {
            x[3 * t] = t < 40 ? 0.5f + (t % 2 ? swing_g : -swing_g) : 0;
            x[3 * t + 2] = t < 40;
        }
        windows->labels[i] = 0;
        windows->recordings[i] = -1;
    }
    return windows;
}

static void
test_movement(void)
{
    g_autoptr(WgWindows) swings = make_swings(3, 0.3f);
    g_autoptr(WgWindows) still = make_swings(3, 0);

    /* one of three axes moves; the zeros behind are no samples. 1e-6: float sums */
    g_assert_cmpfloat_with_epsilon(wg_perturbed_measure_movement(swings), 0.3 / sqrt(3), 1e-6);
    /* the mean of tenths and halves is not exact */
    g_assert_cmpfloat_with_epsilon(wg_perturbed_measure_movement(still), 0, 1e-12);
}

static double
measure_difference(const WgWindows *a, const WgWindows *b)
{
    double sum = 0;
    int n = 0;

    for (int i = 0; i < a->n * a->length; i++) {
        if (a->x[3 * i + 2] < 0.5f)
            continue; /* behind the take */
        for (int axis = 0; axis < 3; axis++)
            sum += pow((double)(a->x[3 * i + axis] - b->x[3 * i + axis]), 2);
        n += 3;
    }
    return sqrt(sum / n);
}

static void
test_noise(void)
{
    g_autoptr(WgWindows) windows = make_swings(100, 0.3f);
    const double movement = wg_perturbed_measure_movement(windows);

    for (int percent = 25; percent <= 75; percent += 25) {
        const WgPerturbing how = {percent, 0, 1};
        g_autoptr(WgWindows) noisy = wg_perturbed_new(windows, &how, 1);

        /* 12000 draws are within 3 %; values are rounded to 1/64 g, which adds 0.0045 g */
        g_assert_cmpfloat_with_epsilon(measure_difference(windows, noisy), movement * percent / 100,
                                       0.03 * movement);
    }
}

static void
test_nothing(void)
{
    const WgPerturbing none = {0, 0, 1};
    g_autoptr(WgWindows) windows = make_swings(3, 0.25f);
    g_autoptr(WgWindows) same = wg_perturbed_new(windows, &none, 1);

    g_assert_cmpmem(windows->x, sizeof(float) * 3 * WG_WINDOW_LENGTH * 3, same->x,
                    sizeof(float) * 3 * WG_WINDOW_LENGTH * 3);
}

static void
test_all_at_once(void)
{
    const WgPerturbing how = {50, 30, 2};
    g_autoptr(WgWindows) windows = make_swings(5, 0.25f);
    g_autoptr(WgWindows) once = wg_perturbed_new(windows, &how, 7);
    g_autoptr(WgWindows) again = wg_perturbed_new(windows, &how, 7);
    g_autoptr(WgWindows) other = wg_perturbed_new(windows, &how, 8);
    const gsize size = sizeof(float) * 5 * WG_WINDOW_LENGTH * 3;

    g_assert_cmpmem(once->x, size, again->x, size);
    g_assert_cmpint(memcmp(once->x, other->x, size), !=, 0);
    for (int i = 0; i < 5; i++)
        g_assert_cmpint(
            wg_window_count_samples(once->x + i * WG_WINDOW_LENGTH * 3, WG_WINDOW_LENGTH, 3), ==,
            20); /* twice as fast */
}

static double
ask(const WgModel *model, const WgWindows *windows)
{
    g_autofree float *probabilities = g_new(float, windows->n * model->n_labels);
    int n_right = 0;

    wg_model_predict(model, windows, probabilities);
    for (int i = 0; i < windows->n; i++)
        n_right +=
            wg_argmax(probabilities + i * model->n_labels, model->n_labels) == windows->labels[i];
    return (double)n_right / windows->n;
}

/* The dials and the curves of "robustness" are one measure. */
static void
test_same_as_curves(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(3, 20, 0.2, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgSplit) split = wg_split_new_stratified(dataset, 0.2, 0, 1, NULL);
    const WgPreset *preset = wg_preset_find("classic", NULL);
    WgTrainOptions options = preset->options;
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    g_autoptr(WgRobustness) robustness = NULL;
    WgModel model = {.n_labels = 3};

    options.epochs = 10;
    options.n_threads = 1;
    network = wg_training_run(preset, &options, split, NULL, NULL, &training, NULL, NULL);
    model.network = network;
    robustness = wg_robustness_new(&model, windows, 1, 5, NULL, NULL, NULL);
    for (int k = 0; k < robustness->n_curves; k++) {
        const WgRobustCurve *curve = &robustness->curves[k];

        for (int i = 0; i < curve->n_points; i++) {
            WgPerturbing how = {0, 0, 1};
            g_autoptr(WgWindows) changed = NULL;

            if (curve->kind == WG_PERTURB_ROTATION)
                how.rotation_degrees = curve->points[i].value;
            else if (curve->kind == WG_PERTURB_SPEED)
                how.speed = curve->points[i].value;
            else
                continue;
            changed = wg_perturbed_new(windows, &how, 5);
            g_assert_cmpfloat(ask(&model, changed), ==, curve->points[i].accuracy);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/perturbed/movement-is-about-each-takes-own-mean", test_movement);
    g_test_add_func("/workbench/perturbed/noise-is-a-share-of-the-movement", test_noise);
    g_test_add_func("/workbench/perturbed/at-nothing-nothing-changes", test_nothing);
    g_test_add_func("/workbench/perturbed/same-seed-same-changes", test_all_at_once);
    g_test_add_func("/workbench/perturbed/agrees-with-the-curves-of-robustness",
                    test_same_as_curves);
    return g_test_run();
}
