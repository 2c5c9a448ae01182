/* Models like a stored one, each trained without some of its takes, to be asked just those. */
#include "workbench/out-of-fold.h"

#include "base/error.h"
#include "base/workers.h"
#include "dataset/split.h"
#include "quant/quantize.h"
#include "workbench/kept-preset.h"
#include "workbench/trained-settings.h"
#include "workbench/training.h"

typedef struct {
    WgProgress *progress;
    int n_epochs;
} Training;

static void
on_epoch(const WgEpoch *epoch, gpointer user_data)
{
    Training *running = user_data;

    wg_progress_tell(running->progress, (double)epoch->epoch / running->n_epochs, NULL);
}

static gboolean
add_part(WgModel *model, WgProject *project, const char *part, GPtrArray *recordings,
         GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgDataset) dataset = wg_model_load_part(model, project, part, &why);

    for (int i = 0; dataset && i < wg_dataset_get_n(dataset); i++)
        g_ptr_array_add(recordings, wg_recording_ref(wg_dataset_get(dataset, i)));
    if (dataset || g_error_matches(why, WG_ERROR, WG_ERROR_MISSING))
        return TRUE; /* a split need not have a validation part */
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
}

static WgInt8Network *
quantize(const WgNetwork *network, WgWindows *calibration, GError **error)
{
    const WgQuantizeOptions options = {.softmax = TRUE};
    g_autoptr(GBytes) tflite = wg_quantize(network, calibration, &options, error);

    return tflite ? wg_int8_network_new(tflite, error) : NULL;
}

static WgDataset *
select_takes(WgSplit *split, GArray *part, const char *const *labels)
{
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < part->len; i++)
        g_ptr_array_add(recordings, wg_recording_ref(wg_dataset_get(split->dataset,
                                                                    g_array_index(part, int, i))));
    return wg_dataset_new_with_labels(recordings, labels);
}

static gboolean
run_fold(const WgModel *stored, const WgPreset *preset, const WgTrainOptions *settings,
         WgSplit *split, guint64 seed, WgOutOfFoldFunc func, gpointer user_data,
         WgProgress *progress, GCancellable *cancellable, GError **error)
{
    WgTrainOptions options = *settings;
    g_autoptr(WgProgress) training_progress = wg_progress_split(progress, 0, 0.9);
    g_autoptr(WgProgress) asking_progress = wg_progress_split(progress, 0.9, 1);
    Training running = {training_progress, options.epochs};
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;
    g_autoptr(WgWindows) calibration = NULL;
    g_autoptr(WgDataset) left_out = NULL;
    WgModel model = {.labels = stored->labels, .n_labels = stored->n_labels};

    options.seed = seed;
    options.n_threads = wg_workers_count(0);
    network =
        wg_training_run(preset, &options, split, on_epoch, &running, &training, cancellable, error);
    if (!network)
        return FALSE;
    if (stored->int8) {
        calibration = wg_windows_new(split->dataset, (const int *)(gconstpointer)split->train->data,
                                     (int)split->train->len);
        int8 = quantize(network, calibration, error);
        if (!int8)
            return FALSE;
    }
    model.int8 = int8;
    model.network = int8 ? NULL : network;
    left_out = select_takes(split, split->test, (const char *const *)stored->labels);
    return func(&model, left_out, asking_progress, user_data, error);
}

gboolean
wg_out_of_fold_run(WgProject *project, WgModel *model, int n_folds, guint64 seed,
                   WgOutOfFoldFunc func, gpointer user_data, WgProgress *progress,
                   GCancellable *cancellable, GError **error)
{
    g_autoptr(WgPreset) preset = wg_kept_preset_find(project, model->record->preset, error);
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(GPtrArray) splits = NULL;
    WgTrainOptions settings;

    if (!preset)
        return FALSE;
    settings = preset->options;
    /* the folds below are made of the watch's windows */
    if (!wg_trained_settings_load(project, &settings, error) ||
        !wg_model_check_watch(model, "a watch", error) ||
        !add_part(model, project, "train", recordings, error) ||
        !add_part(model, project, "validation", recordings, error))
        return FALSE;
    dataset = wg_dataset_new_with_labels(recordings, (const char *const *)model->labels);
    splits = wg_split_new_folds(dataset, n_folds, seed, error);
    for (guint i = 0; splits && i < splits->len; i++) {
        g_autoptr(WgProgress) part =
            wg_progress_split(progress, (double)i / splits->len, (i + 1.0) / splits->len);

        if (!run_fold(model, preset, &settings, g_ptr_array_index(splits, i), seed + i, func,
                      user_data, part, cancellable, error))
            return FALSE;
    }
    return splits != NULL;
}
