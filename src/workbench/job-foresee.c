/* The job "foresee": what a model of a preset will be on a watch, before it is trained. */
#include "workbench/foresight.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

static gboolean
run(WgJob *job, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find(wg_job_get_string(job, "for"), error);
    WgTrainOptions options;
    const WgPreset *preset = kind ? wg_training_get_preset(job, &options, error) : NULL;
    g_autoptr(GPtrArray) recordings =
        preset ? wg_project_load_recordings(wg_job_get_project(job), error) : NULL;
    g_auto(GStrv) labels = wg_training_dup_labels(job);
    g_autoptr(WgDataset) dataset =
        recordings
            ? wg_window_options_load(job, preset, recordings, (const char *const *)labels, error)
            : NULL;
    JsonObject *result = dataset ? wg_foresight_new(preset, dataset, kind, error) : NULL;

    if (!result)
        return FALSE;
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_TRAINING_OPTIONS,
    WG_WINDOW_OPTIONS,
    {"seed", WG_OPTION_INT, "N", "as \"train\" takes it; the size does not depend on it", "1", 0,
     9e15},
    {"for", WG_OPTION_STRING, "KIND", "the watch it is to fit", "bangle2"},
    {NULL},
};

const WgJobKind wg_job_kind_foresee = {
    "foresee",
    "tells the size and memory of a model on a watch, before it is trained",
    "PROJECT",
    options_table,
    run,
    NULL,
    NULL,
    "It takes the options of \"train\", and the number of gestures from the project.",
    .dup_more = wg_preset_dup_help,
};
