/* The job "perturb": how the stored model does on takes that are noisy, turned, faster or slower.
 */
#include "base/error.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/perturbed.h"
#include "workbench/test-opening.h"

static WgMetrics *
ask(const WgModel *model, const WgWindows *windows, float *probabilities, int *predicted)
{
    wg_model_predict(model, windows, probabilities);
    for (int i = 0; i < windows->n; i++)
        predicted[i] =
            wg_argmax(probabilities + (gsize)i * (gsize)model->n_labels, model->n_labels);
    return wg_metrics_new(windows->labels, predicted, windows->n, model->n_labels);
}

static JsonArray *
list_samples(const WgWindows *windows, int i)
{
    const float *x = windows->x + (gsize)i * (gsize)(windows->length * windows->channels);
    const int n = wg_window_count_samples(x, windows->length, windows->channels);
    JsonArray *samples = json_array_new();

    for (int t = 0; t < n; t++) {
        JsonArray *sample = json_array_new();

        for (int axis = 0; axis < MIN(3, windows->channels); axis++)
            json_array_add_double_element(sample, (double)x[t * windows->channels + axis]);
        json_array_add_array_element(samples, sample);
    }
    return samples;
}

/* The take to be shown: that of the id, else the first. */
static int
find_example(WgDataset *dataset, const WgWindows *windows, gint64 id)
{
    for (int i = 0; i < windows->n; i++) {
        if (id > 0 && wg_recording_get(wg_dataset_get_source(dataset, i))->id == id)
            return i;
    }
    return 0;
}

static JsonObject *
make_example(WgDataset *dataset, const WgWindows *before, const WgWindows *after, int i,
             const WgModel *model, int answer)
{
    JsonObject *example = json_object_new();

    json_object_set_int_member(example, "id",
                               wg_recording_get(wg_dataset_get_source(dataset, i))->id);
    json_object_set_string_member(example, "label", model->labels[before->labels[i]]);
    json_object_set_string_member(example, "answer", model->labels[answer]);
    json_object_set_double_member(example, "rate_hz", before->rate_hz);
    json_object_set_array_member(example, "before", list_samples(before, i));
    json_object_set_array_member(example, "after", list_samples(after, i));
    return example;
}

static JsonObject *
make_result(WgJob *job, WgDataset *dataset, const WgModel *model)
{
    const WgPerturbing how = {wg_job_get_number(job, "noise"), wg_job_get_number(job, "rotation"),
                              wg_job_get_number(job, "speed")};
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    g_autoptr(WgWindows) changed =
        wg_perturbed_new(windows, &how, (guint64)wg_job_get_int(job, "seed"));
    g_autofree float *probabilities = g_new(float, (gsize)windows->n *(gsize)model->n_labels);
    g_autofree int *predicted = g_new(int, windows->n);
    g_autoptr(WgMetrics) plain = ask(model, windows, probabilities, predicted);
    g_autoptr(WgMetrics) metrics = ask(model, changed, probabilities, predicted);
    const int example = find_example(dataset, windows, wg_job_get_int(job, "example"));
    JsonObject *result = wg_report_new(metrics, (const char *const *)model->labels);

    json_object_set_string_member(result, "model", wg_job_get_string(job, "model"));
    json_object_set_string_member(result, "on", wg_job_get_string(job, "on"));
    json_object_set_double_member(result, "noise", how.noise_percent);
    json_object_set_double_member(result, "noise_g",
                                  how.noise_percent / 100 * wg_perturbed_measure_movement(windows));
    json_object_set_double_member(result, "rotation", how.rotation_degrees);
    json_object_set_double_member(result, "speed", how.speed);
    json_object_set_double_member(result, "accuracy_before", plain->accuracy);
    json_object_set_object_member(
        result, "example",
        /* of the takes there are: NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
        make_example(dataset, windows, changed, example, model, predicted[example]));
    return result;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *kind = wg_job_get_string(job, "model");
    const char *part = wg_job_get_string(job, "on");
    g_autoptr(WgModel) model = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    gint64 n_opened = 0;
    JsonObject *result;

    if (!g_str_equal(kind, "float") && !g_str_equal(kind, "int8")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--model takes float or int8, not “%s”", kind);
        return FALSE;
    }
    model = wg_model_load(wg_job_get_project(job), kind, error);
    dataset = model ? wg_model_load_part(model, wg_job_get_project(job), part, error) : NULL;
    if (!dataset || g_cancellable_set_error_if_cancelled(wg_job_get_cancellable(job), error))
        return FALSE;
    if (g_str_equal(part, "test") && !wg_test_count_opening(job, &n_opened, error))
        return FALSE;
    result = make_result(job, dataset, model);
    if (n_opened > 0)
        json_object_set_int_member(result, "test_opened", n_opened);
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"noise", WG_OPTION_NUMBER, "PERCENT", "of the takes' own movement, added to each sample", "0",
     0, 400},
    {"rotation", WG_OPTION_NUMBER, "DEGREES", "each take about an axis of its own", "0", 0, 180},
    {"speed", WG_OPTION_NUMBER, "TIMES", "as fast", "1", 0.25, 4},
    {"model", WG_OPTION_STRING, "float|int8", "which of the two models", "int8"},
    {"on", WG_OPTION_STRING, "test|validation|train", "which part of the split", "validation"},
    {"example", WG_OPTION_INT, "ID", "the take that is given before and after", NULL, 1, 9e15},
    {"seed", WG_OPTION_INT, "N", "of the noise and the axes", "1", 0, 9e15},
    {NULL},
};

const WgJobKind wg_job_kind_perturb = {
    "perturb", "how the model does on takes that are noisy, turned, faster or slower",
    "PROJECT", options_table,
    run,       NULL,
};
