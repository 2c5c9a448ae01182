/* The job "train": trains a preset on the project's recordings and stores the model. */
#include "base/error.h"
#include "workbench/advice.h"
#include "workbench/course.h"
#include "workbench/explain.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/store-trained.h"
#include "workbench/train-again.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>

typedef struct {
    WgJob *job;
    int n_epochs;
} Watching;

static void
on_epoch(const WgEpoch *epoch, gpointer user_data)
{
    Watching *watching = user_data;
    JsonObject *event = json_object_new();

    json_object_set_int_member(event, "epoch", epoch->epoch);
    json_object_set_int_member(event, "epochs", watching->n_epochs);
    json_object_set_double_member(event, "learning_rate", epoch->learning_rate);
    json_object_set_double_member(event, "train_loss", epoch->train_loss);
    json_object_set_double_member(event, "train_accuracy", epoch->train_accuracy);
    json_object_set_double_member(event, "validation_loss", epoch->validation_loss);
    json_object_set_double_member(event, "validation_accuracy", epoch->validation_accuracy);
    wg_job_tell(watching->job, "epoch", event);
    wg_progress_tell(wg_job_get_progress(watching->job), (double)epoch->epoch / watching->n_epochs,
                     NULL);
}

/* A split file says it all. */
static gboolean
check_alone(WgJob *job, GError **error)
{
    static const char *const others[] = {"labels", "validation", "test", "split-seed"};

    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        if (!wg_job_is_given(job, others[i]))
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--%s and --split exclude each other: the split file names its gestures and "
                    "what each part holds",
                    others[i]);
        return FALSE;
    }
    return TRUE;
}

/* FALSE where a gesture would be one of the answers, and no take of it trains. */
static gboolean
check_trained(const WgSplit *split, GError **error)
{
    const int n_labels = wg_dataset_get_n_labels(split->dataset);
    g_autofree int *counts = g_new0(int, n_labels + 1);

    for (guint i = 0; i < split->train->len; i++)
        counts[wg_dataset_get_label(split->dataset, g_array_index(split->train, int, i))]++;
    for (int i = 0; i < n_labels; i++) {
        if (counts[i] > 0)
            continue;
        g_set_error(
            error, WG_ERROR, WG_ERROR_TOO_SHORT,
            _("the split leaves no take of “%s” to train on: give some of them to its train "
              "part, or leave that gesture out"),
            wg_dataset_get_labels(split->dataset)[i]);
        return FALSE;
    }
    return TRUE;
}

static WgSplit *
make_split(WgJob *job, const WgPreset *preset, char **takes_digest, GError **error)
{
    const char *path = wg_job_get_string(job, "split");
    g_autoptr(GPtrArray) recordings = wg_project_load_recordings(wg_job_get_project(job), error);
    g_auto(GStrv) labels = wg_training_dup_labels(job);
    g_autoptr(WgDataset) dataset = NULL;
    WgWindowOptions window;
    WgSplit *split;

    if (!recordings)
        return NULL;
    *takes_digest = wg_model_dup_takes_digest(recordings);
    if (wg_job_has(job, "again"))
        return wg_train_again_new_split(job, recordings, error);
    if (path) {
        if (!check_alone(job, error))
            return NULL;
        if (!wg_window_options_get(job, preset, &window, error))
            return NULL;
        split = wg_split_new_from_file_for_windows(recordings, path, &window, error);
        if (split)
            wg_window_options_tell(job, split->dataset);
        return split;
    }
    dataset = wg_window_options_load(job, preset, recordings, (const char *const *)labels, error);
    if (!dataset)
        return NULL;
    return wg_split_new_stratified(dataset, wg_job_get_number(job, "validation"),
                                   wg_job_get_number(job, "test"),
                                   (guint64)wg_job_get_int(job, "split-seed"), error);
}

/* What the course means; of a good one also what tells the most alike gestures apart. */
static char *
make_advice(WgNetwork *network, WgSplit *split, const WgTraining *training, int kept_epoch,
            const char **verdict)
{
    const char *const *labels = wg_dataset_get_labels(split->dataset);
    const int n_labels = wg_dataset_get_n_labels(split->dataset);
    const WgModel model = {.network = network, .n_labels = n_labels};
    g_autofree int *n_train = g_new0(int, n_labels + 1);
    g_autoptr(WgWindows) validation =
        wg_windows_new(split->dataset, (const int *)(gpointer)split->validation->data,
                       (int)split->validation->len);
    g_autofree WgExplanation *explanation = NULL;
    g_autofree char *words = NULL;
    WgAdviceFacts facts;

    if (split->validation->len > 0)
        explanation = wg_explain_new(&model, validation);
    if (explanation)
        words = wg_explanation_dup_words(explanation, labels);
    for (guint i = 0; i < split->train->len; i++)
        n_train[wg_dataset_get_label(split->dataset, g_array_index(split->train, int, i))]++;
    facts = (WgAdviceFacts){.training = training,
                            .kept_epoch = kept_epoch,
                            .labels = labels,
                            .n_train = n_train,
                            .n_validation = (int)split->validation->len,
                            .explanation = words};
    *verdict = wg_verdict_on_training_get_name(wg_advice_judge(&facts));
    return wg_advice_new(&facts);
}

static JsonObject *
make_result(WgNetwork *network, const WgPreset *preset, const WgTrainOptions *options,
            const WgTraining *training, WgSplit *split)
{
    const gboolean has_validation = split->validation->len > 0;
    const int best = training->best_epoch > 0 ? training->best_epoch : training->n_epochs;
    const int kept_epoch = options->keep_best && has_validation ? best : training->n_epochs;
    const WgEpoch *kept = &training->epochs[kept_epoch - 1];
    const char *verdict;
    g_autofree char *advice = make_advice(network, split, training, kept_epoch, &verdict);
    JsonObject *result = json_object_new();

    json_object_set_string_member(result, "preset", preset->name);
    json_object_set_int_member(result, "parameters", wg_network_get_n_parameters(network));
    json_object_set_int_member(result, "epochs", training->n_epochs);
    json_object_set_int_member(result, "best_epoch", best);
    json_object_set_double_member(result, "seconds", training->seconds);
    json_object_set_double_member(result, "train_loss", kept->train_loss);
    json_object_set_double_member(result, "train_accuracy", kept->train_accuracy);
    if (has_validation) {
        json_object_set_double_member(result, "validation_loss", kept->validation_loss);
        json_object_set_double_member(result, "validation_accuracy", kept->validation_accuracy);
    } else {
        json_object_set_null_member(result, "validation_loss");
        json_object_set_null_member(result, "validation_accuracy");
    }
    json_object_set_int_member(result, "seed", (gint64)options->seed);
    json_object_set_int_member(result, "threads", options->n_threads);
    json_object_set_object_member(result, "settings", wg_training_describe(options));
    json_object_set_object_member(result, "window",
                                  wg_window_options_to_json(wg_dataset_get_window(split->dataset)));
    json_object_set_string_member(result, "advice", advice);
    json_object_set_string_member(result, "verdict", verdict);
    json_object_set_object_member(result, "curves", wg_course_new(training));
    return result;
}

/* Whether it learns what it was told to, and not all there is; as before where it learns again. */
static gboolean
was_chosen(WgJob *job)
{
    return wg_job_has(job, "again") ? wg_train_again_was_chosen(job)
                                    : wg_job_is_given(job, "labels") || wg_job_has(job, "split");
}

static gboolean
run(WgJob *job, GError **error)
{
    WgTrainOptions options;
    const gboolean is_again = wg_job_has(job, "again");
    const WgPreset *preset = is_again ? wg_train_again_get_preset(job, &options, error)
                                      : wg_training_get_preset(job, &options, error);
    g_autoptr(WgSplit) split = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(JsonObject) result = NULL;
    g_autofree char *takes_digest = NULL;
    Watching watching = {job, 0};

    if (!preset || !wg_project_check_writable(wg_job_get_project(job), error))
        return FALSE;
    if (!is_again)
        options.seed = (guint64)wg_job_get_int(job, "seed");
    split = make_split(job, preset, &takes_digest, error);
    if (!split || !check_trained(split, error))
        return FALSE;
    watching.n_epochs = options.epochs;
    network = wg_training_run(preset, &options, split, on_epoch, &watching, &training,
                              wg_job_get_cancellable(job), error);
    if (!network)
        return FALSE;
    result = make_result(network, preset, &options, training, split);
    json_object_set_boolean_member(result, "chosen", was_chosen(job));
    if (!wg_store_trained(job, network, preset->name, split, result, takes_digest, error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_TRAINING_OPTIONS,
    WG_WINDOW_OPTIONS,
    {"again", WG_OPTION_FLAG, NULL,
     "as the model before: its preset, settings and seed, every take in the part it was in", NULL},
    {"seed", WG_OPTION_INT, "N", "of weights, order and augmentation", "1", 0, 9e15},
    {"split", WG_OPTION_STRING, "FILE", "which recordings train, validate and test", NULL},
    {"validation", WG_OPTION_NUMBER, "F", "share that validates", "0.2", 0, 0.8},
    {"test", WG_OPTION_NUMBER, "F", "share kept for the test", "0.2", 0, 0.8},
    {"split-seed", WG_OPTION_INT, "N", "of the split", "1", 0, 9e15},
    {NULL},
};

const WgJobKind wg_job_kind_train = {
    "train",
    "trains a network on the project's recordings",
    "PROJECT",
    options_table,
    run,
    NULL,
    "what was trained is not kept, the project is as it was",
    .dup_more = wg_preset_dup_help,
};
