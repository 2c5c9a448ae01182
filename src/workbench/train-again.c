/* Training like the stored model, on the takes as they are now. */
#include "workbench/train-again.h"

#include "base/error.h"
#include "base/workers.h"
#include "workbench/json.h"
#include "workbench/kept-preset.h"
#include "workbench/model.h"
#include "workbench/trained-settings.h"

static gboolean
check_alone(WgJob *job, GError **error)
{
    static const char *const own[] = {"again", "threads", NULL};
    const WgJobOption *options = wg_job_get_kind(job)->options;

    for (int i = 0; options[i].name; i++) {
        if (!wg_job_is_given(job, options[i].name) || g_strv_contains(own, options[i].name))
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--again trains as the model before was trained: leave --%s out, or --again",
                    options[i].name);
        return FALSE;
    }
    return TRUE;
}

const WgPreset *
wg_train_again_get_preset(WgJob *job, WgTrainOptions *options, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autoptr(WgModel) model = NULL;
    JsonNode *seed;
    WgPreset *preset;

    if (!check_alone(job, error))
        return NULL;
    model = wg_model_load(project, "float", error);
    preset = model ? wg_kept_preset_find(project, model->record->preset, error) : NULL;
    if (!preset)
        return NULL;
    g_object_set_data_full(G_OBJECT(job), "preset", preset, (GDestroyNotify)wg_preset_free);
    *options = preset->options;
    if (!wg_trained_settings_load(project, options, error))
        return NULL;
    seed = wg_json_find(model->meta, "train.seed");
    options->seed = seed ? (guint64)json_node_get_int(seed) : 1;
    options->n_threads = wg_workers_count((int)wg_job_get_int(job, "threads"));
    return preset;
}

/* Whether it was told which takes to learn, and not all there were. */
static gboolean
was_told(JsonObject *meta)
{
    JsonNode *node = wg_json_find(meta, "train.chosen");

    return node && json_node_get_boolean(node);
}

static void
add_ids(GHashTable *known, GArray *ids)
{
    for (guint i = 0; i < ids->len; i++)
        g_hash_table_add(known, &g_array_index(ids, gint64, i));
}

WgSplit *
wg_train_again_new_split(WgJob *job, GPtrArray *recordings, GError **error)
{
    g_autoptr(WgModel) model = wg_model_load(wg_job_get_project(job), "float", error);
    g_autoptr(GHashTable) known = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();
    g_autoptr(GArray) train = NULL, validation = NULL, test = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    JsonObject *split;
    double n;

    if (!model)
        return NULL;
    split = json_object_has_member(model->meta, "split") ? wg_json_get_object(model->meta, "split")
                                                         : NULL;
    if (!split) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    "the model does not tell what it was trained on: train without --again");
        return NULL;
    }
    train = wg_json_dup_ids(split, "train");
    validation = wg_json_dup_ids(split, "validation");
    test = wg_json_dup_ids(split, "test");
    add_ids(known, train);
    add_ids(known, validation);
    add_ids(known, test);
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);

        if (!was_told(model->meta) ||
            g_hash_table_contains(known, &wg_recording_get_facts(recording)->id))
            g_ptr_array_add(chosen, recording);
    }
    dataset = wg_dataset_new_for_windows(chosen, NULL, &model->window, error);
    if (!dataset)
        return NULL;
    n = MAX(1, train->len + validation->len + test->len);
    return wg_split_new_like(dataset, train, validation, test,
                             was_told(model->meta) ? -1 : MIN(validation->len / n, 0.4),
                             was_told(model->meta) ? -1 : MIN(test->len / n, 0.4), 1, error);
}

gboolean
wg_train_again_was_chosen(WgJob *job)
{
    g_autoptr(WgModel) model = wg_model_load(wg_job_get_project(job), "float", NULL);

    return model && was_told(model->meta);
}
