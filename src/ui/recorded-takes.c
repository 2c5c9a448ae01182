/* The takes of the chosen gesture under the page Record: what came, kept or deleted. */
#include "ui/recorded-takes.h"

#include "ui/take-grid.h"

#include <glib/gi18n.h>

struct _WgRecordedTakes {
    GtkBox parent_instance;
    GtkLabel *heading, *doubt;
    GtkButton *delete, *keep, *undo;
    WgTakeGrid *grid;
    WgDesk *desk;
    WgRecording *newest; /* of the chosen gesture, NULL: it has none */
    char *deletion;      /* what Undo would then take back; NULL: nothing was deleted here */
    gboolean is_awaited; /* the word of the edits on a deletion made here */
};

G_DEFINE_FINAL_TYPE(WgRecordedTakes, wg_recorded_takes, GTK_TYPE_BOX)

/* The one that is chosen alone, else the newest one where it was held back. Transfer full. */
static WgRecording *
dup_doubtful(WgRecordedTakes *self)
{
    g_autoptr(GPtrArray) chosen = wg_take_grid_dup_selected(self->grid);

    if (chosen->len == 1)
        return wg_recording_ref(g_ptr_array_index(chosen, 0));
    if (chosen->len == 0 && self->newest && wg_recording_get_facts(self->newest)->held_back &&
        wg_recording_get_facts(self->newest)->disabled)
        return wg_recording_ref(self->newest);
    return NULL;
}

/* NULL: nothing is. */
static const char *
describe_doubt(const WgRecordingSpec *facts)
{
    if (facts->n_gaps > 0)
        return _("samples are missing. Keep the watch nearer.");
    if (facts->n_clipped > 0)
        return _("it is clipped. Do it softer.");
    return NULL;
}

static void
show_doubt(WgRecordedTakes *self)
{
    g_autoptr(WgRecording) take = dup_doubtful(self);
    const WgRecordingSpec *facts = take ? wg_recording_get_facts(take) : NULL;
    const char *doubt = facts ? describe_doubt(facts) : NULL;
    g_autofree char *text = NULL;

    if (doubt)
        text =
            g_strdup_printf(facts->disabled ? _("⚠ Take %d takes no part: %s") : _("⚠ Take %d: %s"),
                            (int)facts->id, doubt);
    gtk_label_set_text(self->doubt, text ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->doubt), text != NULL);
}

static void
show_choice(WgRecordedTakes *self)
{
    const guint n_chosen = wg_take_grid_get_n_selected(self->grid);

    gtk_button_set_label(self->delete, n_chosen > 0 ? _("_Delete") : _("_Delete Newest"));
    gtk_widget_set_sensitive(GTK_WIDGET(self->delete), n_chosen > 0 || self->newest);
    gtk_widget_set_visible(GTK_WIDGET(self->keep), wg_take_grid_get_n_held_back(self->grid) > 0);
    show_doubt(self);
}

static void
show(WgRecordedTakes *self)
{
    const char *label = wg_desk_get_gesture(self->desk);
    g_autoptr(GPtrArray) takes =
        label ? wg_desk_dup_takes(self->desk, label, TRUE) : g_ptr_array_new();
    g_autofree char *text =
        label ? g_strdup_printf(ngettext("%u take of %s", "%u takes of %s", takes->len), takes->len,
                                label)
              : g_strdup(_("Takes will appear here"));

    gtk_label_set_text(self->heading, text);
    wg_take_grid_set_takes(self->grid, takes);
    g_clear_pointer(&self->newest, wg_recording_unref);
    if (takes->len > 0)
        self->newest = wg_recording_ref(g_ptr_array_index(takes, 0));
    show_choice(self);
}

static void
on_selection_changed(WgTakeGrid *grid, gpointer user_data)
{
    show_choice(user_data);
}

static void
on_keep(GtkWidget *widget, gpointer user_data)
{
    WgRecordedTakes *self = WG_RECORDED_TAKES(user_data);

    wg_take_grid_keep_selected(self->grid, self->desk);
}

/* What Undo takes back, once takes were deleted here. */
static void
keep_undo_text(WgRecordedTakes *self)
{
    g_free(self->deletion);
    self->deletion = g_strdup(wg_edits_get_undo_text(wg_desk_get_edits(self->desk)));
}

/* As long as it would bring back what was deleted here. */
static void
show_undo(WgRecordedTakes *self)
{
    const char *text = wg_edits_get_undo_text(wg_desk_get_edits(self->desk));

    gtk_widget_set_visible(GTK_WIDGET(self->undo),
                           self->deletion && g_strcmp0(self->deletion, text) == 0);
}

static gboolean
delete_newest(WgRecordedTakes *self)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GError) error = NULL;

    if (!self->newest)
        return FALSE;
    g_array_append_val(ids, wg_recording_get_facts(self->newest)->id);
    if (wg_edits_delete(wg_desk_get_edits(self->desk), ids, &error))
        return TRUE;
    wg_desk_fail(self->desk, error);
    return FALSE;
}

/* The key deletes what is chosen, the button the newest one where nothing is. */
static void
on_delete(GtkWidget *widget, gpointer user_data)
{
    WgRecordedTakes *self = WG_RECORDED_TAKES(user_data);
    gboolean is_deleted;

    self->is_awaited = TRUE;
    if (wg_take_grid_get_n_selected(self->grid) > 0)
        is_deleted = wg_take_grid_delete_selected(self->grid, self->desk);
    else
        is_deleted = widget == GTK_WIDGET(self->delete) && delete_newest(self);
    self->is_awaited = self->is_awaited && is_deleted;
}

static void
on_edits_changed(WgEdits *edits, gpointer user_data)
{
    WgRecordedTakes *self = WG_RECORDED_TAKES(user_data);

    if (!self->desk) /* the window is being closed */
        return;
    if (self->is_awaited)
        keep_undo_text(self);
    self->is_awaited = FALSE;
    show_undo(self);
}

static void
on_gesture(WgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
    show(user_data);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    show(user_data);
}

static void
wg_recorded_takes_dispose(GObject *object)
{
    g_clear_pointer(&WG_RECORDED_TAKES(object)->newest, wg_recording_unref);
    g_clear_pointer(&WG_RECORDED_TAKES(object)->deletion, g_free);
    g_clear_object(&WG_RECORDED_TAKES(object)->desk);
    G_OBJECT_CLASS(wg_recorded_takes_parent_class)->dispose(object);
}

static void
wg_recorded_takes_class_init(WgRecordedTakesClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_recorded_takes_dispose;
    g_type_ensure(WG_TYPE_TAKE_GRID);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/recorded-takes.ui");
    gtk_widget_class_bind_template_child(widget_class, WgRecordedTakes, heading);
    gtk_widget_class_bind_template_child(widget_class, WgRecordedTakes, doubt);
    gtk_widget_class_bind_template_child(widget_class, WgRecordedTakes, delete);
    gtk_widget_class_bind_template_child(widget_class, WgRecordedTakes, undo);
    gtk_widget_class_bind_template_child(widget_class, WgRecordedTakes, keep);
    gtk_widget_class_bind_template_child(widget_class, WgRecordedTakes, grid);
    gtk_widget_class_bind_template_callback(widget_class, on_selection_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_delete);
    gtk_widget_class_bind_template_callback(widget_class, on_keep);
}

static void
wg_recorded_takes_init(WgRecordedTakes *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_recorded_takes_set_desk(WgRecordedTakes *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    g_signal_connect_object(wg_desk_get_edits(desk), "changed", G_CALLBACK(on_edits_changed), self,
                            0);
    g_signal_connect_object(desk, "notify::gesture", G_CALLBACK(on_gesture), self, 0);
    g_signal_connect_object(wg_desk_get_session(desk), "recordings-changed",
                            G_CALLBACK(on_recordings_changed), self, 0);
    show(self);
}
