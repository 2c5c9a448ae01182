/* The job "cross-validate": how a preset does on takes, or persons, that it was not trained on. */
#include "base/error.h"
#include "quant/int8-network.h"
#include "quant/quantize.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/training.h"

typedef struct {
    WgJob *job;
    WgDataset *dataset;
    const WgPreset *preset;
    WgTrainOptions options;
    gboolean is_int8, by_person;
    GPtrArray *splits;
    int n_runs, n_done;
    int *truth, *predicted; /* all runs, one after the other */
    int n, n_errors;
    JsonArray *groups;
    double worst;
    char *worst_name;
} Validation;

static void
on_epoch(const WgEpoch *epoch, gpointer user_data)
{
    Validation *v = user_data;

    wg_progress_tell(wg_job_get_progress(v->job),
                     (v->n_done + (double)epoch->epoch / v->options.epochs) / v->n_runs, NULL);
}

/* Answers of the network, as float or through its int8 form calibrated on its own training takes.
 */
static gboolean
predict(Validation *v, WgSplit *split, WgNetwork *network, WgWindows *test, float *probabilities,
        GError **error)
{
    WgModel model = {.network = network, .n_labels = test->n_labels};
    WgQuantizeOptions options = {.softmax = TRUE};
    g_autoptr(WgWindows) calibration = NULL;
    g_autoptr(GBytes) tflite = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;

    if (v->is_int8) {
        calibration =
            wg_windows_new(split->dataset, (const int *)split->train->data, (int)split->train->len);
        tflite = wg_quantize(network, calibration, &options, error);
        int8 = tflite ? wg_int8_network_new(tflite, error) : NULL;
        if (!int8)
            return FALSE;
        model.network = NULL;
        model.int8 = int8;
    }
    wg_model_predict(&model, test, probabilities);
    return TRUE;
}

static gboolean
run_split(Validation *v, WgSplit *split, GError **error)
{
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(WgNetwork) network =
        wg_training_run(v->preset, &v->options, split, on_epoch, v, &training,
                        wg_job_get_cancellable(v->job), error);
    g_autoptr(WgWindows) test = NULL;
    g_autofree float *probabilities = NULL;
    JsonObject *group;
    int n_errors = 0;
    g_autofree char *name = NULL;

    if (!network)
        return FALSE;
    test = wg_windows_new(split->dataset, (const int *)split->test->data, (int)split->test->len);
    probabilities = g_new(float, (gsize)test->n * test->n_labels);
    if (!predict(v, split, network, test, probabilities, error))
        return FALSE;
    for (int i = 0; i < test->n; i++) {
        v->truth[v->n] = test->labels[i];
        v->predicted[v->n] = wg_argmax(probabilities + (gsize)i * test->n_labels, test->n_labels);
        n_errors += v->truth[v->n] != v->predicted[v->n];
        v->n++;
    }
    v->n_errors += n_errors;
    if (v->by_person) {
        WgRecording *first = wg_dataset_get(split->dataset, g_array_index(split->test, int, 0));
        const char *person = wg_recording_get(first)->person;

        name = g_strdup(person ? person : "unknown");
    } else {
        name = g_strdup_printf("seed %d fold %d", (int)v->options.seed,
                               v->n_done % (int)v->splits->len + 1);
    }
    group = json_object_new();
    json_object_set_string_member(group, "name", name);
    json_object_set_int_member(group, "n", test->n);
    json_object_set_double_member(group, "accuracy", 1.0 - (double)n_errors / test->n);
    json_array_add_object_element(v->groups, group);
    if (!v->worst_name || 1.0 - (double)n_errors / test->n < v->worst) {
        v->worst = 1.0 - (double)n_errors / test->n;
        g_free(v->worst_name);
        v->worst_name = g_steal_pointer(&name);
    }
    v->n_done++;
    return TRUE;
}

static void
give_result(Validation *v, JsonArray *seeds, double seconds)
{
    const char *const *labels = wg_dataset_get_labels(v->dataset);
    g_autoptr(WgMetrics) metrics =
        wg_metrics_new(v->truth, v->predicted, v->n, wg_dataset_get_n_labels(v->dataset));
    JsonObject *result = wg_report_new(metrics, labels);
    JsonObject *worst = json_object_new();

    json_object_set_string_member(result, "model", v->is_int8 ? "int8" : "float");
    json_object_set_string_member(result, "preset", v->preset->name);
    json_object_set_array_member(result, "seeds", json_array_ref(seeds));
    json_object_set_array_member(result, "groups", json_array_ref(v->groups));
    json_object_set_string_member(worst, "name", v->worst_name);
    json_object_set_double_member(worst, "accuracy", v->worst);
    json_object_set_object_member(result, "worst", worst);
    json_object_set_double_member(result, "seconds", seconds);
    wg_job_take_result(v->job, result);
}

static GPtrArray *
make_splits(Validation *v, GError **error)
{
    if (v->by_person)
        return wg_split_new_leave_one_person_out(v->dataset, error);
    return wg_split_new_folds(v->dataset, (int)wg_job_get_int(v->job, "folds"), v->options.seed,
                              error);
}

/* One seed: another order, other weights and (for folds) other folds. */
static gboolean
run_seed(Validation *v, int seed, JsonArray *seeds, GError **error)
{
    const int n_before = v->n, n_errors_before = v->n_errors;
    g_autoptr(GPtrArray) splits = NULL;

    v->options.seed = (guint64)seed;
    splits = make_splits(v, error);
    if (!splits)
        return FALSE;
    v->splits = splits;
    v->n_runs = (int)splits->len * (int)wg_job_get_int(v->job, "seeds");
    for (guint i = 0; i < splits->len; i++) {
        if (!run_split(v, g_ptr_array_index(splits, i), error))
            return FALSE;
    }
    json_array_add_double_element(seeds, 1.0 - (double)(v->n_errors - n_errors_before) /
                                                   (v->n - n_before));
    return TRUE;
}

static gboolean
run(WgJob *job, GError **error)
{
    const gint64 start_us = g_get_monotonic_time();
    const int n_seeds = (int)wg_job_get_int(job, "seeds");
    const char *kind = wg_job_get_string(job, "model");
    g_auto(GStrv) labels = wg_training_dup_labels(job);
    g_autoptr(GPtrArray) recordings = wg_project_load_recordings(wg_job_get_project(job), error);
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(JsonArray) seeds = json_array_new();
    g_autoptr(JsonArray) groups = json_array_new();
    g_autofree int *truth = NULL, *predicted = NULL;
    Validation v = {.job = job, .groups = groups};
    gboolean is_done = TRUE;

    if (!g_str_equal(kind, "float") && !g_str_equal(kind, "int8")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--model takes float or int8, not “%s”", kind);
        return FALSE;
    }
    dataset = recordings ? wg_dataset_new(recordings, (const char *const *)labels, error) : NULL;
    v.preset = dataset ? wg_training_get_preset(job, &v.options, error) : NULL;
    if (!v.preset)
        return FALSE;
    v.dataset = dataset;
    v.is_int8 = g_str_equal(kind, "int8");
    v.by_person = wg_job_has(job, "leave-one-person-out");
    v.truth = truth = g_new(int, (gsize)wg_dataset_get_n(dataset) * n_seeds + 1);
    v.predicted = predicted = g_new(int, (gsize)wg_dataset_get_n(dataset) * n_seeds + 1);
    for (int seed = 1; is_done && seed <= n_seeds; seed++)
        is_done = run_seed(&v, seed, seeds, error);
    if (is_done)
        give_result(&v, seeds, (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC);
    g_free(v.worst_name);
    return is_done;
}

static const WgJobOption options_table[] = {
    WG_TRAINING_OPTIONS,
    {"folds", WG_OPTION_INT, "N", "parts, each tested once", "5", 2, 1000},
    {"leave-one-person-out", WG_OPTION_FLAG, NULL, "test on each person in turn", NULL},
    {"model", WG_OPTION_STRING, "float|int8", "which form answers", "int8"},
    {"seeds", WG_OPTION_INT, "N", "repeat with seeds 1..N", "1", 1, 1000},
    {NULL},
};

const WgJobKind wg_job_kind_cross_validate = {
    "cross-validate",
    "accuracy on takes, or persons, it was not trained on",
    "PROJECT",
    options_table,
    run,
    NULL,
};
