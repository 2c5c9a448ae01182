/* Reads all that a project holds, as the window and the commands do. */
#include "read-project.h"

#include "dataset/project-edits.h"
#include "dataset/project-presets.h"
#include "workbench/actions.h"
#include "workbench/decision.h"
#include "workbench/edit-text.h"
#include "workbench/kept-preset.h"
#include "workbench/measurement.h"
#include "workbench/model.h"
#include "workbench/runs.h"

static void
read_takes(WgProject *project)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, NULL);
    g_autoptr(GPtrArray) guests = wg_project_load_guests(project, NULL);

    for (guint i = 0; all && i < all->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(all, i));
        g_autofree gint8 *history = wg_recording_dup_history(g_ptr_array_index(all, i));
        g_autoptr(WgRecording) whole = wg_project_load_whole(project, spec->id, NULL);

        if (!spec->label || spec->n_samples <= 0)
            g_error("a take without label or samples was read");
    }
}

static void
read_models(WgProject *project)
{
    static const char *const kinds[] = {"float", "int8"};
    g_autoptr(GPtrArray) records = wg_project_list_models(project, NULL);
    JsonArray *runs = records ? wg_runs_list(records) : NULL;

    g_clear_pointer(&runs, json_array_unref);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        WgModel *model = wg_model_load(project, kinds[i], NULL);

        if (model) {
            WgDecision *decision = wg_decision_load(project, model, "detector");

            g_clear_pointer(&decision, wg_decision_free);
            wg_model_free(model);
        }
    }
}

static void
read_facts(WgProject *project)
{
    g_autoptr(GHashTable) actions = wg_actions_load(project);
    g_autofree char *kind = wg_measurement_dup_last_kind(project);
    g_autoptr(GPtrArray) presets = wg_project_list_presets(project, NULL);
    int n = 0;
    double ms = 0;

    wg_actions_get_background(project);
    wg_actions_get_debounce(project, &n, &ms);
    for (guint i = 0; presets && i < presets->len; i++) {
        const WgPresetRecord *record = g_ptr_array_index(presets, i);
        g_autoptr(WgPreset) preset = wg_kept_preset_find(project, record->name, NULL);
    }
}

void
read_project(WgProject *project)
{
    WgEditNote *undo = NULL, *redo = NULL;

    read_takes(project);
    read_models(project);
    read_facts(project);
    if (wg_project_load_edits(project, &undo, &redo, NULL) && undo) {
        g_autofree char *text = wg_edit_note_to_text(undo);

        if (wg_project_undo(project, NULL))
            wg_project_redo(project, NULL);
    }
    g_clear_pointer(&undo, wg_edit_note_free);
    g_clear_pointer(&redo, wg_edit_note_free);
}
