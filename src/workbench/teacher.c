/* The larger network that a smaller one learns from: a preset's with more filters. */
#include "workbench/teacher.h"

#include "workbench/kept-preset.h"

gboolean
wg_teacher_read(WgJob *job, WgFormOptions *options, GError **error)
{
    const int scale = (int)wg_job_get_int(job, "teacher-scale");
    WgPreset *teacher =
        wg_kept_preset_find(wg_job_get_project(job), wg_job_get_string(job, "teacher"), error);
    WgLayerSpec *layers;

    if (!teacher)
        return FALSE;
    g_object_set_data_full(G_OBJECT(job), "teacher", teacher, (GDestroyNotify)wg_preset_free);
    layers = (WgLayerSpec *)teacher->layers; /* its own: a copy */
    for (int i = 0; i < teacher->n_layers - 1; i++)
        layers[i].units *= scale;
    /* smoothed labels make a teacher whose answers say less of how alike gestures are (Müller et
     * al. 2019) */
    teacher->options.label_smoothing = 0;
    if (wg_job_is_given(job, "epochs"))
        teacher->options.epochs = (int)wg_job_get_int(job, "epochs");
    options->teacher = teacher;
    options->temperature = (float)wg_job_get_number(job, "temperature");
    options->share = (float)wg_job_get_number(job, "share");
    return TRUE;
}
