/* Stores a trained network in the project, with what it was trained on. */
#include "workbench/store-trained.h"

#include "workbench/json.h"
#include "workbench/patience.h"
#include "workbench/window-options.h"

static void
set_part(JsonObject *object, const char *name, const WgSplit *split, const GArray *part)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; i < part->len; i++) {
        const int take = g_array_index(part, int, i);
        WgRecording *recording = wg_dataset_get_source(split->dataset, take);

        /* the windows of one recording follow each other */
        if (i == 0 ||
            recording != wg_dataset_get_source(split->dataset, g_array_index(part, int, i - 1)))
            json_array_add_int_element(array, wg_recording_get(recording)->id);
    }
    json_object_set_array_member(object, name, array);
}

gboolean
wg_store_trained(WgJob *job, const WgNetwork *network, const char *preset, const WgSplit *split,
                 JsonObject *result, const char *takes_digest, GError **error)
{
    g_autoptr(JsonObject) meta = json_object_new();
    JsonObject *parts = json_object_new();
    g_autoptr(WgModelRecord) record = g_new0(WgModelRecord, 1);
    g_autofree char *facts = NULL;

    set_part(parts, "train", split, split->train);
    set_part(parts, "validation", split, split->validation);
    set_part(parts, "test", split, split->test);
    facts = wg_json_to_text(parts);
    json_object_set_object_member(meta, "split", parts);
    json_object_set_string_member(meta, "takes", takes_digest);
    wg_json_set_strings(meta, "labels", wg_dataset_get_labels(split->dataset));
    json_object_set_object_member(meta, "window",
                                  wg_window_options_to_json(wg_dataset_get_window(split->dataset)));
    json_object_set_object_member(meta, "train", json_object_ref(result));
    record->kind = g_strdup("float");
    record->preset = g_strdup(preset);
    record->meta = wg_json_to_text(meta);
    record->data = wg_network_serialize(network);
    return wg_patience_wait(job, error) &&
           wg_project_store_model(wg_job_get_project(job), record, error) &&
           wg_project_set_fact(wg_job_get_project(job), "split", facts, error);
}
