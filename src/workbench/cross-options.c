/* What the jobs that cross-validate have in common: their options, and the takes they are about. */
#include "workbench/cross-options.h"

#include "base/error.h"
#include "workbench/model.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

gboolean
wg_cross_options_read(WgJob *job, WgCrossOptions *options, GError **error)
{
    const char *kind = wg_job_option_find(wg_job_get_kind(job), "model")
                           ? wg_job_get_string(job, "model")
                           : "int8";

    options->n_folds = (int)wg_job_get_int(job, "folds");
    options->n_seeds = (int)wg_job_get_int(job, "seeds");
    options->is_int8 = g_str_equal(kind, "int8");
    if (options->is_int8 || g_str_equal(kind, "float"))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--model takes float or int8, not “%s”", kind);
    return FALSE;
}

WgDataset *
wg_cross_options_load(WgJob *job, const char *preset, WgCrossOptions *options, GError **error)
{
    g_auto(GStrv) labels = wg_training_dup_labels(job);
    g_autoptr(GPtrArray) recordings = NULL;

    options->preset = wg_training_get_preset_else(job, preset ? preset : wg_presets[0]->name,
                                                  &options->options, error);
    if (!options->preset)
        return NULL;
    options->n_threads = options->options.n_threads;
    recordings = wg_project_load_recordings(wg_job_get_project(job), error);
    if (!recordings || (wg_job_has(job, "without-test") &&
                        !wg_model_drop_test(wg_job_get_project(job), recordings, error)))
        return NULL;
    return wg_window_options_load(job, options->preset, recordings, (const char *const *)labels,
                                  error);
}
