/* What can be done with chosen takes: another gesture, left out or not, person and wrist, delete.
 */
#include "ui/take-actions.h"

#include "ui/relabel-button.h"

#include <glib/gi18n.h>

struct _WgTakeActions {
    GtkBox parent_instance;
    WgRelabelButton *relabel;
    GtkButton *part, *delete;
    GtkMenuButton *tags;
    GtkPopover *popover;
    GtkComboBoxText *person;
    GtkRadioButton *unknown, *left, *right;
    WgDesk *desk;
    GPtrArray *takes; /* of WgRecording */
    gboolean is_filling;
};

G_DEFINE_FINAL_TYPE(WgTakeActions, wg_take_actions, GTK_TYPE_BOX)

static GArray *
dup_ids(WgTakeActions *self)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint i = 0; i < self->takes->len; i++) {
        const gint64 id = wg_recording_get_facts(g_ptr_array_index(self->takes, i))->id;

        g_array_append_val(ids, id);
    }
    return ids;
}

/* All of them take no part already. */
static gboolean
are_left_out(WgTakeActions *self)
{
    for (guint i = 0; i < self->takes->len; i++) {
        if (!wg_recording_get_facts(g_ptr_array_index(self->takes, i))->disabled)
            return FALSE;
    }
    return self->takes->len > 0;
}

static void
update(WgTakeActions *self)
{
    const gboolean is_out = are_left_out(self), has_any = self->takes->len > 0;

    gtk_widget_set_sensitive(GTK_WIDGET(self->relabel), has_any);
    gtk_widget_set_sensitive(GTK_WIDGET(self->part), has_any);
    gtk_widget_set_sensitive(GTK_WIDGET(self->tags), has_any);
    gtk_widget_set_sensitive(GTK_WIDGET(self->delete), has_any);
    gtk_button_set_label(self->part, is_out ? _("Let _Take Part") : _("Leave _Out"));
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->part),
                                is_out ? _("They are trained on and judged again")
                                       : _("They stay in the project and take no part"));
}

static void
on_relabel(WgRelabelButton *button, const char *label, gpointer user_data)
{
    WgTakeActions *self = WG_TAKE_ACTIONS(user_data);
    g_autoptr(GArray) ids = dup_ids(self);
    g_autoptr(GError) error = NULL;

    if (ids->len > 0 && !wg_edits_relabel(wg_desk_get_edits(self->desk), ids, label, &error))
        wg_desk_fail(self->desk, error);
}

static void
on_part(GtkButton *button, gpointer user_data)
{
    WgTakeActions *self = WG_TAKE_ACTIONS(user_data);
    g_autoptr(GArray) ids = dup_ids(self);
    g_autoptr(GError) error = NULL;

    if (!wg_edits_set_disabled(wg_desk_get_edits(self->desk), ids, !are_left_out(self), &error))
        wg_desk_fail(self->desk, error);
}

static void
on_delete(GtkButton *button, gpointer user_data)
{
    wg_take_actions_delete(user_data);
}

/* The persons there are to choose from, and what the chosen takes have in common. */
static void
on_tags_shown(GtkWidget *popover, gpointer user_data)
{
    WgTakeActions *self = WG_TAKE_ACTIONS(user_data);
    GPtrArray *all = wg_session_get_recordings(wg_desk_get_session(self->desk));
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GtkEntry *entry = GTK_ENTRY(gtk_bin_get_child(GTK_BIN(self->person)));
    const WgRecordingSpec *first;
    gboolean same_person = TRUE, same_wrist = TRUE;

    if (self->takes->len == 0)
        return;
    self->is_filling = TRUE;
    gtk_combo_box_text_remove_all(self->person);
    for (guint i = 0; i < all->len; i++) {
        const char *person = wg_recording_get_facts(g_ptr_array_index(all, i))->person;

        if (person && g_hash_table_add(seen, (gpointer)person))
            gtk_combo_box_text_append_text(self->person, person);
    }
    first = wg_recording_get_facts(g_ptr_array_index(self->takes, 0));
    for (guint i = 1; i < self->takes->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(self->takes, i));

        same_person = same_person && g_strcmp0(spec->person, first->person) == 0;
        same_wrist = same_wrist && spec->wrist == first->wrist;
    }
    gtk_entry_set_text(entry, same_person && first->person ? first->person : "");
    gtk_entry_set_placeholder_text(entry, same_person ? _("not known") : _("several persons"));
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(same_wrist && first->wrist == WG_WRIST_LEFT    ? self->left
                          : same_wrist && first->wrist == WG_WRIST_RIGHT ? self->right
                                                                         : self->unknown),
        TRUE);
    self->is_filling = FALSE;
}

static void
on_set_person(GtkWidget *widget, gpointer user_data)
{
    WgTakeActions *self = WG_TAKE_ACTIONS(user_data);
    GtkEntry *entry = GTK_ENTRY(gtk_bin_get_child(GTK_BIN(self->person)));
    g_autofree char *person = g_strstrip(g_strdup(gtk_entry_get_text(entry)));
    g_autoptr(GArray) ids = dup_ids(self);
    g_autoptr(GError) error = NULL;

    gtk_popover_popdown(self->popover);
    if (ids->len > 0 &&
        !wg_edits_set_person(wg_desk_get_edits(self->desk), ids, *person ? person : NULL, &error))
        wg_desk_fail(self->desk, error);
}

static void
on_wrist(GtkToggleButton *button, gpointer user_data)
{
    WgTakeActions *self = WG_TAKE_ACTIONS(user_data);
    g_autoptr(GArray) ids = dup_ids(self);
    g_autoptr(GError) error = NULL;
    WgWrist wrist = WG_WRIST_UNKNOWN;

    if (self->is_filling || !gtk_toggle_button_get_active(button))
        return;
    if (button == GTK_TOGGLE_BUTTON(self->left))
        wrist = WG_WRIST_LEFT;
    else if (button == GTK_TOGGLE_BUTTON(self->right))
        wrist = WG_WRIST_RIGHT;
    if (ids->len > 0 && !wg_edits_set_wrist(wg_desk_get_edits(self->desk), ids, wrist, &error))
        wg_desk_fail(self->desk, error);
}

static void
wg_take_actions_dispose(GObject *object)
{
    WgTakeActions *self = WG_TAKE_ACTIONS(object);

    g_clear_object(&self->desk);
    g_clear_pointer(&self->takes, g_ptr_array_unref);
    G_OBJECT_CLASS(wg_take_actions_parent_class)->dispose(object);
}

static void
wg_take_actions_class_init(WgTakeActionsClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_take_actions_dispose;
    g_type_ensure(WG_TYPE_RELABEL_BUTTON);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/take-actions.ui");
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, relabel);
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, part);
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, delete);
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, tags);
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, popover);
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, person);
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, unknown);
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, left);
    gtk_widget_class_bind_template_child(widget_class, WgTakeActions, right);
    gtk_widget_class_bind_template_callback(widget_class, on_relabel);
    gtk_widget_class_bind_template_callback(widget_class, on_part);
    gtk_widget_class_bind_template_callback(widget_class, on_delete);
    gtk_widget_class_bind_template_callback(widget_class, on_tags_shown);
    gtk_widget_class_bind_template_callback(widget_class, on_set_person);
    gtk_widget_class_bind_template_callback(widget_class, on_wrist);
}

static void
wg_take_actions_init(WgTakeActions *self)
{
    self->takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    gtk_widget_init_template(GTK_WIDGET(self));
    update(self);
}

void
wg_take_actions_set_desk(WgTakeActions *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_relabel_button_set_desk(self->relabel, desk);
}

void
wg_take_actions_set_takes(WgTakeActions *self, GPtrArray *takes)
{
    g_ptr_array_set_size(self->takes, 0);
    for (guint i = 0; takes && i < takes->len; i++)
        g_ptr_array_add(self->takes, wg_recording_ref(g_ptr_array_index(takes, i)));
    update(self);
}

void
wg_take_actions_delete(WgTakeActions *self)
{
    g_autoptr(GArray) ids = dup_ids(self);
    g_autoptr(GError) error = NULL;

    if (ids->len > 0 && !wg_edits_delete(wg_desk_get_edits(self->desk), ids, &error))
        wg_desk_fail(self->desk, error);
}
