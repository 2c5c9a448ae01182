/* From recordings and options to a split and a trained network: shared by train and cross-validate.
 */
#include "workbench/training.h"

#include "base/error.h"
#include "dataset/window.h"

char **
wg_training_dup_labels(WgJob *job)
{
    const char *text = wg_job_get_string(job, "labels");
    char **labels = text ? g_strsplit(text, ",", -1) : NULL;

    for (int i = 0; labels && labels[i]; i++)
        g_strstrip(labels[i]);
    return labels;
}

const WgPreset *
wg_training_get_preset(WgJob *job, WgTrainOptions *options, GError **error)
{
    const char *name = wg_job_get_string(job, "preset");
    const WgPreset *preset = wg_preset_find(name ? name : wg_presets[0]->name, error);

    if (!preset)
        return NULL;
    *options = preset->options;
    if (wg_job_has(job, "epochs"))
        options->epochs = (int)wg_job_get_int(job, "epochs");
    if (wg_job_has(job, "batch"))
        options->batch = (int)wg_job_get_int(job, "batch");
    options->n_threads = (int)wg_job_get_int(job, "threads");
    if (options->n_threads == 0)
        options->n_threads = (int)g_get_num_processors();
    return preset;
}

static WgWindows *
make_windows(WgSplit *split, GArray *part)
{
    if (!part || part->len == 0)
        return NULL;
    return wg_windows_new(split->dataset, (const int *)part->data, (int)part->len);
}

WgNetwork *
wg_training_run(const WgPreset *preset, const WgTrainOptions *options, WgSplit *split,
                WgEpochFunc epoch_func, gpointer user_data, WgTraining **training,
                GCancellable *cancellable, GError **error)
{
    const int n_labels = wg_dataset_get_n_labels(split->dataset);
    g_autoptr(WgWindows) train = make_windows(split, split->train);
    g_autoptr(WgWindows) validation = make_windows(split, split->validation);
    g_autoptr(WgNetwork) network = NULL;

    if (n_labels < 2) {
        g_set_error(error, WG_ERROR, WG_ERROR_TOO_SHORT,
                    "a network needs two gestures to tell apart, and those with takes are %d: "
                    "record or import more",
                    n_labels);
        return NULL;
    }
    if (!train || train->n < 2 * n_labels) {
        g_set_error(error, WG_ERROR, WG_ERROR_TOO_SHORT,
                    "for %d gestures at least %d takes to train on are needed, and %d are there: "
                    "record more",
                    n_labels, 2 * n_labels, train ? train->n : 0);
        return NULL;
    }
    network =
        wg_preset_build(preset, train->length, train->channels, n_labels, options->seed, error);
    if (!network)
        return NULL;
    *training =
        wg_train(network, train, validation, options, epoch_func, user_data, cancellable, error);
    return *training ? g_steal_pointer(&network) : NULL;
}
