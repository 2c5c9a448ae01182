/* Edits of takes that can be undone: deleting, relabelling, and keeping what was held back. */
#include "ui/edits.h"

#include "base/error.h"

#include <glib/gi18n.h>

typedef struct {
    GArray *ids;         /* gint64 */
    GPtrArray *before;   /* labels before, one an id; NULL: it is no relabelling */
    gboolean is_keeping; /* else, where `before` is NULL, a deletion */
    char *after;         /* the label given */
    char *text;
} Edit;

struct _WgEdits {
    GObject parent_instance;
    WgSession *session;
    GPtrArray *edits; /* those before n_done are in force */
    guint n_done;
};

G_DEFINE_FINAL_TYPE(WgEdits, wg_edits, G_TYPE_OBJECT)

static guint changed_signal;

static void
edit_free(Edit *edit)
{
    g_array_unref(edit->ids);
    g_clear_pointer(&edit->before, g_ptr_array_unref);
    g_free(edit->after);
    g_free(edit->text);
    g_free(edit);
}

static void
wg_edits_dispose(GObject *object)
{
    WgEdits *self = WG_EDITS(object);

    g_clear_object(&self->session);
    g_clear_pointer(&self->edits, g_ptr_array_unref);
    G_OBJECT_CLASS(wg_edits_parent_class)->dispose(object);
}

static void
wg_edits_class_init(WgEditsClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = wg_edits_dispose;
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_edits_init(WgEdits *self)
{
    self->edits = g_ptr_array_new_with_free_func((GDestroyNotify)edit_free);
}

WgEdits *
wg_edits_new(WgSession *session)
{
    WgEdits *self = g_object_new(WG_TYPE_EDITS, NULL);

    self->session = g_object_ref(session);
    return self;
}

static WgProject *
get_project(WgEdits *self, GError **error)
{
    WgProject *project = wg_session_get_project(self->session);

    if (!project)
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("No project is open."));
    return project;
}

/* Each group of takes gets its own label back. */
static gboolean
give_labels_back(WgProject *project, const Edit *edit, GError **error)
{
    for (guint i = 0; i < edit->ids->len; i++) {
        if (!wg_project_relabel(project, &g_array_index(edit->ids, gint64, i), 1,
                                g_ptr_array_index(edit->before, i), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
apply(WgEdits *self, const Edit *edit, gboolean forward, GError **error)
{
    WgProject *project = get_project(self, error);
    const gint64 *ids = (const gint64 *)(const void *)edit->ids->data;

    if (!project)
        return FALSE;
    if (edit->is_keeping)
        return wg_project_set_disabled(project, ids, (int)edit->ids->len, !forward, error);
    if (!edit->before)
        return wg_project_set_deleted(project, ids, (int)edit->ids->len, forward, error);
    if (forward)
        return wg_project_relabel(project, ids, (int)edit->ids->len, edit->after, error);
    return give_labels_back(project, edit, error);
}

static gboolean
perform(WgEdits *self, Edit *edit, GError **error)
{
    if (!apply(self, edit, TRUE, error)) {
        edit_free(edit);
        return FALSE;
    }
    g_ptr_array_set_size(self->edits, (int)self->n_done);
    g_ptr_array_add(self->edits, edit);
    self->n_done++;
    g_signal_emit(self, changed_signal, 0);
    return TRUE;
}

static Edit *
edit_new(GArray *ids)
{
    Edit *edit = g_new0(Edit, 1);

    edit->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_array_append_vals(edit->ids, ids->data, ids->len);
    return edit;
}

gboolean
wg_edits_delete(WgEdits *self, GArray *ids, GError **error)
{
    Edit *edit = edit_new(ids);

    edit->text = g_strdup_printf(ngettext("Delete %u take", "Delete %u takes", ids->len), ids->len);
    return perform(self, edit, error);
}

gboolean
wg_edits_keep(WgEdits *self, GArray *ids, GError **error)
{
    Edit *edit = edit_new(ids);

    edit->is_keeping = TRUE;
    edit->text = g_strdup_printf(ngettext("Keep %u take", "Keep %u takes", ids->len), ids->len);
    return perform(self, edit, error);
}

gboolean
wg_edits_relabel(WgEdits *self, GArray *ids, const char *label, GError **error)
{
    GPtrArray *recordings = wg_session_get_recordings(self->session);
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
    Edit *edit = edit_new(ids);

    edit->before = g_ptr_array_new_with_free_func(g_free);
    edit->after = g_strdup(label);
    edit->text =
        g_strdup_printf(ngettext("Relabel %u take", "Relabel %u takes", ids->len), ids->len);
    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));

        g_hash_table_insert(by_id, (gpointer)&spec->id, (gpointer)spec->label);
    }
    for (guint i = 0; i < ids->len; i++) {
        const char *before = g_hash_table_lookup(by_id, &g_array_index(ids, gint64, i));

        g_ptr_array_add(edit->before, g_strdup(before ? before : label));
    }
    return perform(self, edit, error);
}

gboolean
wg_edits_undo(WgEdits *self, GError **error)
{
    if (self->n_done == 0)
        return TRUE;
    if (!apply(self, g_ptr_array_index(self->edits, self->n_done - 1), FALSE, error))
        return FALSE;
    self->n_done--;
    g_signal_emit(self, changed_signal, 0);
    return TRUE;
}

gboolean
wg_edits_redo(WgEdits *self, GError **error)
{
    if (self->n_done == self->edits->len)
        return TRUE;
    if (!apply(self, g_ptr_array_index(self->edits, self->n_done), TRUE, error))
        return FALSE;
    self->n_done++;
    g_signal_emit(self, changed_signal, 0);
    return TRUE;
}

const char *
wg_edits_get_undo_text(WgEdits *self)
{
    const Edit *edit = self->n_done > 0 ? g_ptr_array_index(self->edits, self->n_done - 1) : NULL;

    return edit ? edit->text : NULL;
}

const char *
wg_edits_get_redo_text(WgEdits *self)
{
    const Edit *edit =
        self->n_done < self->edits->len ? g_ptr_array_index(self->edits, self->n_done) : NULL;

    return edit ? edit->text : NULL;
}

void
wg_edits_forget(WgEdits *self)
{
    g_ptr_array_set_size(self->edits, 0);
    self->n_done = 0;
    g_signal_emit(self, changed_signal, 0);
}
