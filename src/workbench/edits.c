/* Edits of the project, each of them one entry that can be undone and made again. */
#include "workbench/edits.h"

#include "base/error.h"
#include "workbench/actions.h"
#include "workbench/edit-project.h"
#include "workbench/edit-text.h"

#include <glib/gi18n.h>

struct _WgEdits {
    GObject parent_instance;
    WgSession *session;
    gint64 undo, redo; /* the edits that can be; 0: none */
    char *undo_text, *redo_text;
};

G_DEFINE_FINAL_TYPE(WgEdits, wg_edits, G_TYPE_OBJECT)

static guint changed_signal;

static void
wg_edits_dispose(GObject *object)
{
    WgEdits *self = WG_EDITS(object);

    if (self->session)
        g_signal_handlers_disconnect_by_data(self->session, self);
    g_clear_object(&self->session);
    g_clear_pointer(&self->undo_text, g_free);
    g_clear_pointer(&self->redo_text, g_free);
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
}

/* Whether it is another one than before. */
static gboolean
take_note(WgEditNote *note, gint64 *id, char **text)
{
    const gint64 before = *id;

    g_clear_pointer(text, g_free);
    *id = note ? note->id : 0;
    *text = note ? wg_edit_note_to_text(note) : NULL;
    return *id != before;
}

static void
look(WgEdits *self)
{
    WgProject *project = wg_session_get_project(self->session);
    g_autoptr(WgEditNote) undo = NULL, redo = NULL;
    g_autoptr(GError) error = NULL;
    gboolean is_changed;

    /* what cannot be written cannot be undone either */
    if (project && !wg_project_is_read_only(project) &&
        !wg_project_load_edits(project, &undo, &redo, &error))
        g_warning("the edits could not be read: %s", error->message);
    is_changed = take_note(undo, &self->undo, &self->undo_text);
    is_changed |= take_note(redo, &self->redo, &self->redo_text);
    if (is_changed)
        g_signal_emit(self, changed_signal, 0);
}

WgEdits *
wg_edits_new(WgSession *session)
{
    WgEdits *self = g_object_new(WG_TYPE_EDITS, NULL);

    self->session = g_object_ref(session);
    /* jobs add recordings, which are edits too */
    g_signal_connect_swapped(session, "recordings-changed", G_CALLBACK(look), self);
    look(self);
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

static gboolean
end(WgEdits *self, gboolean is_done)
{
    look(self);
    return is_done;
}

static const gint64 *
get_ids(GArray *ids)
{
    return (const gint64 *)(const void *)ids->data;
}

gboolean
wg_edits_delete(WgEdits *self, GArray *ids, GError **error)
{
    WgProject *project = get_project(self, error);

    return project &&
           end(self, wg_project_set_deleted(project, get_ids(ids), (int)ids->len, TRUE, error));
}

gboolean
wg_edits_keep(WgEdits *self, GArray *ids, GError **error)
{
    WgProject *project = get_project(self, error);

    return project && end(self, wg_project_keep(project, get_ids(ids), (int)ids->len, error));
}

gboolean
wg_edits_set_disabled(WgEdits *self, GArray *ids, gboolean disabled, GError **error)
{
    WgProject *project = get_project(self, error);

    return project && end(self, wg_project_set_disabled(project, get_ids(ids), (int)ids->len,
                                                        disabled, error));
}

gboolean
wg_edits_relabel(WgEdits *self, GArray *ids, const char *label, GError **error)
{
    WgProject *project = get_project(self, error);

    return project &&
           end(self, wg_project_relabel(project, get_ids(ids), (int)ids->len, label, error));
}

gboolean
wg_edits_set_person(WgEdits *self, GArray *ids, const char *person, GError **error)
{
    WgProject *project = get_project(self, error);

    return project &&
           end(self, wg_project_set_person(project, get_ids(ids), (int)ids->len, person, error));
}

gboolean
wg_edits_set_wrist(WgEdits *self, GArray *ids, WgWrist wrist, GError **error)
{
    WgProject *project = get_project(self, error);

    return project &&
           end(self, wg_project_set_wrist(project, get_ids(ids), (int)ids->len, wrist, error));
}

gboolean
wg_edits_trim(WgEdits *self, gint64 id, int first, int n, GError **error)
{
    WgProject *project = get_project(self, error);

    return project && end(self, wg_project_trim(project, id, first, n, error));
}

gboolean
wg_edits_set_spans(WgEdits *self, gint64 id, const WgLabelSpan *spans, int n, GError **error)
{
    WgProject *project = get_project(self, error);

    return project && end(self, wg_project_set_spans(project, id, spans, n, error));
}

gboolean
wg_edits_rename(WgEdits *self, const char *from, const char *to, GError **error)
{
    WgProject *project = get_project(self, error);

    return project && end(self, wg_edit_rename(project, from, to, error));
}

gboolean
wg_edits_split(WgEdits *self, gint64 id, const WgLabelSpan *spans, int n, gint64 *new_ids,
               GError **error)
{
    WgProject *project = get_project(self, error);

    return project && end(self, wg_edit_split(project, id, spans, n, new_ids, error));
}

gboolean
wg_edits_choose_model(WgEdits *self, gint64 id, GError **error)
{
    WgProject *project = get_project(self, error);

    return project && end(self, wg_edit_choose_model(project, id, error));
}

typedef struct {
    const char *name, *value;
} Fact;

static gboolean
run_set_fact(WgEditLog *log, gpointer data, GError **error)
{
    const Fact *fact = data;

    return wg_edit_log_set_fact(log, fact->name, fact->value, error);
}

gboolean
wg_edits_set_fact(WgEdits *self, const char *name, const char *value, const char *text,
                  GError **error)
{
    WgProject *project = get_project(self, error);
    Fact fact = {name, value};

    return project &&
           end(self, wg_project_edit(project, WG_EDIT_FACT, text, run_set_fact, &fact, error));
}

gboolean
wg_edits_set_actions(WgEdits *self, GHashTable *actions, GError **error)
{
    g_autofree char *value = wg_actions_to_text(actions);

    return wg_edits_set_fact(self, WG_ACTIONS_FACT, value, _("Choose what the watch does"), error);
}

gboolean
wg_edits_undo(WgEdits *self, GError **error)
{
    WgProject *project = wg_session_get_project(self->session);

    return !project || end(self, wg_project_undo(project, error));
}

gboolean
wg_edits_redo(WgEdits *self, GError **error)
{
    WgProject *project = wg_session_get_project(self->session);

    return !project || end(self, wg_project_redo(project, error));
}

const char *
wg_edits_get_undo_text(WgEdits *self)
{
    return self->undo_text;
}

const char *
wg_edits_get_redo_text(WgEdits *self)
{
    return self->redo_text;
}

void
wg_edits_forget(WgEdits *self)
{
    self->undo = self->redo = -1; /* that of another project may have the same number */
    look(self);
}
