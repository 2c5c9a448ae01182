/* Edits of the project that change several things at once. */
#include "workbench/edit-project.h"

#include "base/error.h"
#include "dataset/project-edits.h"
#include "workbench/actions.h"
#include "workbench/json.h"

#include <glib/gi18n.h>

typedef struct {
    const char *from, *to;
    char *actions;
} Renaming;

static gboolean
run_rename(WgEditLog *log, gpointer data, GError **error)
{
    const Renaming *renaming = data;

    return wg_edit_log_rename(log, renaming->from, renaming->to, error) &&
           wg_edit_log_set_fact(log, WG_ACTIONS_FACT, renaming->actions, error);
}

gboolean
wg_edit_rename(WgProject *project, const char *from, const char *to, GError **error)
{
    g_autoptr(GHashTable) actions = wg_actions_load(project);
    const char *action = g_hash_table_lookup(actions, from);
    g_autofree char *text = NULL;
    Renaming renaming = {from, to, NULL};

    if (action && !g_hash_table_contains(actions, to))
        g_hash_table_insert(actions, g_strdup(to), g_strdup(action));
    if (!g_str_equal(from, to))
        g_hash_table_remove(actions, from);
    text = wg_actions_to_text(actions);
    renaming.actions = text;
    return wg_project_edit(project, WG_EDIT_RENAME, from, run_rename, &renaming, error);
}

typedef struct {
    gint64 id;
    GPtrArray *takes; /* of WgRecording */
    gint64 *new_ids;
} Splitting;

static gboolean
run_split(WgEditLog *log, gpointer data, GError **error)
{
    const Splitting *splitting = data;
    int n_added = 0;

    return wg_edit_log_add(log, splitting->takes, TRUE, splitting->new_ids, &n_added, error) &&
           wg_edit_log_set(log, WG_FIELD_DELETED, splitting->id, "1", error);
}

gboolean
wg_edit_split(WgProject *project, gint64 id, const WgLabelSpan *spans, int n, gint64 *new_ids,
              GError **error)
{
    g_autoptr(WgRecording) recording = wg_project_load_recording(project, id, error);
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    Splitting splitting = {id, takes, new_ids};

    if (!recording)
        return FALSE;
    if (n < 1) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_INPUT,
                            _("Mark at least one stretch: each becomes a take."));
        return FALSE;
    }
    if (!wg_label_spans_check(spans, n, wg_recording_get(recording)->n_samples, error))
        return FALSE;
    for (int i = 0; i < n; i++)
        g_ptr_array_add(takes, wg_recording_cut_out(recording, spans[i].first, spans[i].n_samples,
                                                    spans[i].label));
    return wg_project_edit(project, WG_EDIT_SPLIT, NULL, run_split, &splitting, error);
}

typedef struct {
    gint64 id;
    char *split; /* NULL: it tells none */
} Choosing;

static gboolean
run_choose(WgEditLog *log, gpointer data, GError **error)
{
    const Choosing *choosing = data;

    return wg_edit_log_choose_model(log, choosing->id, error) &&
           (!choosing->split || wg_edit_log_set_fact(log, "split", choosing->split, error));
}

/* The takes that the trained model which an int8 one was made of, or it itself, was tested on. */
static char *
dup_split(WgProject *project, gint64 id, GError **error)
{
    g_autoptr(WgModelRecord) record = wg_project_load_model_by_id(project, id, error);
    g_autoptr(JsonObject) meta = NULL;

    if (record && record->parent > 0 && g_str_equal(record->kind, "int8"))
        return dup_split(project, record->parent, error);
    meta = record ? wg_json_parse_object(record->meta, "the model's description", error) : NULL;
    return meta && json_object_has_member(meta, "split")
               ? wg_json_to_text(wg_json_get_object(meta, "split"))
               : NULL;
}

gboolean
wg_edit_choose_model(WgProject *project, gint64 id, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autofree char *split = dup_split(project, id, &why);
    Choosing choosing = {id, split};

    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    return wg_project_edit(project, WG_EDIT_MODEL, NULL, run_choose, &choosing, error);
}
