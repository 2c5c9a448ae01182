/* Stores a trained network in the project, with what it was trained on. */
#include "workbench/store-trained.h"

#include "workbench/decision.h"
#include "workbench/json.h"
#include "workbench/patience.h"
#include "workbench/takes-state.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>

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

/* Whether the model that is the newest so far has thresholds of its own. */
static gboolean
is_tuned(WgProject *project)
{
    g_autoptr(WgModelRecord) before = wg_project_load_model(project, "float", NULL);

    return before && wg_decision_is_tuned(project, before->id);
}

/* Which takes those are that the digest is of, unless they were changed meanwhile. */
static gboolean
set_takes(JsonObject *meta, WgProject *project, const char *digest, GError **error)
{
    g_autoptr(GPtrArray) recordings = wg_project_load_recordings(project, error);
    g_autoptr(JsonObject) state = recordings ? wg_takes_state_new(recordings) : NULL;

    if (!state)
        return FALSE;
    json_object_set_string_member(meta, "takes", digest);
    if (g_str_equal(digest, json_object_get_string_member(state, "digest")))
        json_object_set_object_member(meta, "takes_state", json_object_ref(state));
    return TRUE;
}

gboolean
wg_store_trained(WgJob *job, const WgNetwork *network, const char *preset, const WgSplit *split,
                 JsonObject *result, const char *takes_digest, GError **error)
{
    g_autoptr(JsonObject) meta = json_object_new();
    JsonObject *parts = json_object_new();
    g_autoptr(WgModelRecord) record = g_new0(WgModelRecord, 1);
    g_autofree char *facts = NULL;
    WgProject *project = wg_job_get_project(job);
    const gboolean was_tuned = is_tuned(project);

    set_part(parts, "train", split, split->train);
    set_part(parts, "validation", split, split->validation);
    set_part(parts, "test", split, split->test);
    facts = wg_json_to_text(parts);
    json_object_set_object_member(meta, "split", parts);
    if (!set_takes(meta, project, takes_digest, error))
        return FALSE;
    wg_json_set_strings(meta, "labels", wg_dataset_get_labels(split->dataset));
    json_object_set_object_member(meta, "window",
                                  wg_window_options_to_json(wg_dataset_get_window(split->dataset)));
    json_object_set_object_member(meta, "train", json_object_ref(result));
    record->kind = g_strdup("float");
    record->preset = g_strdup(preset);
    record->meta = wg_json_to_text(meta);
    record->data = wg_network_serialize(network);
    if (!wg_patience_wait(job, error) || !wg_project_store_model(project, record, error) ||
        !wg_project_set_fact(project, "split", facts, error))
        return FALSE;
    if (was_tuned)
        wg_job_note(job, _("the thresholds were tuned for the model before: tune-threshold again"));
    return TRUE;
}
