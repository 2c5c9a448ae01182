/* The gestures at the left side: colour and letter, name, count, state. */
#include "ui/gesture-list.h"

#include "ui/gesture-row.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>
#include <math.h>

struct _WgGestureList {
    GtkBox parent_instance;
    GtkListBox *list;
    GtkLabel *total;
    GtkEntry *added;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgGestureList, wg_gesture_list, GTK_TYPE_BOX)

/* All its takes, as one edit; what then has no take any more goes from the list. */
static void
on_rename(WgGestureRow *row, const char *name, gpointer user_data)
{
    WgGestureList *self = WG_GESTURE_LIST(user_data);
    g_autofree char *before = g_strdup(wg_gesture_get_label(wg_gesture_row_get_gesture(row)));
    g_autofree char *label = g_strdup(name);
    const gboolean joins = wg_gestures_find(wg_desk_get_gestures(self->desk), label) != NULL;
    g_autoptr(GError) error = NULL;

    if (wg_gesture_get_n_takes(wg_gesture_row_get_gesture(row)) > 0 &&
        !wg_edits_rename(wg_desk_get_edits(self->desk), before, label, &error)) {
        wg_desk_fail(self->desk, error);
        return;
    }
    wg_desk_set_gesture(self->desk, label);
    if (joins) {
        g_autofree char *text = g_strdup_printf(
            _("“%s” has joined “%s”: they are one gesture now. Undo takes them apart."), before,
            label);

        wg_desk_say(self->desk, text);
    }
}

static GtkWidget *
make_row(gpointer item, gpointer user_data)
{
    GtkWidget *row = wg_gesture_row_new(WG_GESTURE(item));

    g_signal_connect_object(row, "rename", G_CALLBACK(on_rename), user_data, 0);
    return row;
}

static void
show_chosen(WgGestureList *self)
{
    GListModel *gestures = wg_desk_get_gestures(self->desk);
    WgGesture *chosen = wg_gestures_find(gestures, wg_desk_get_gesture(self->desk));

    gtk_list_box_select_row(
        self->list,
        chosen ? gtk_list_box_get_row_at_index(self->list, wg_gesture_get_index(chosen)) : NULL);
}

static void
show_total(WgGestureList *self)
{
    WgSession *session = wg_desk_get_session(self->desk);
    const guint n_takes = wg_session_get_recordings(session)->len;
    const double reading = wg_session_get_reading(session);
    g_autofree char *text =
        reading >= 0 ? g_strdup_printf(_("Opening: %.0f %%"), floor(100 * reading))
        : n_takes    ? g_strdup_printf(ngettext("%u take", "%u takes", n_takes), n_takes)
                     : g_strdup(_("Nothing recorded yet"));

    gtk_label_set_text(self->total, text);
}

static void
on_gesture(WgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
    show_chosen(user_data);
}

static void
on_items_changed(GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
    show_chosen(user_data);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    show_total(user_data);
}

static void
on_row_selected(GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
    WgGestureList *self = WG_GESTURE_LIST(user_data);

    if (row && self->desk)
        wg_desk_set_gesture(self->desk,
                            wg_gesture_get_label(wg_gesture_row_get_gesture(WG_GESTURE_ROW(row))));
}

/* Where its takes are made. */
static void
on_added(GtkEntry *entry, gpointer user_data)
{
    WgGestureList *self = WG_GESTURE_LIST(user_data);
    g_autofree char *label = g_strstrip(g_strdup(gtk_entry_get_text(entry)));

    if (!*label)
        return;
    gtk_entry_set_text(entry, "");
    wg_desk_set_gesture(self->desk, label);
    wg_desk_go(self->desk, "record");
}

static gboolean
on_key(GtkWidget *list, GdkEventKey *event, gpointer user_data)
{
    WgGestureList *self = WG_GESTURE_LIST(user_data);
    GtkListBoxRow *row = gtk_list_box_get_selected_row(self->list);

    if (event->keyval != GDK_KEY_F2 || !row)
        return GDK_EVENT_PROPAGATE;
    wg_gesture_row_edit(WG_GESTURE_ROW(row));
    return GDK_EVENT_STOP;
}

static void
wg_gesture_list_dispose(GObject *object)
{
    WgGestureList *self = WG_GESTURE_LIST(object);

    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_gesture_list_parent_class)->dispose(object);
}

static void
wg_gesture_list_class_init(WgGestureListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_gesture_list_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/gesture-list.ui");
    gtk_widget_class_bind_template_child(widget_class, WgGestureList, list);
    gtk_widget_class_bind_template_child(widget_class, WgGestureList, total);
    gtk_widget_class_bind_template_child(widget_class, WgGestureList, added);
    gtk_widget_class_bind_template_callback(widget_class, on_row_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_added);
    gtk_widget_class_bind_template_callback(widget_class, on_key);
    gtk_widget_class_set_css_name(widget_class, "gestures");
}

static void
wg_gesture_list_init(WgGestureList *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_gesture_list_set_desk(WgGestureList *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    gtk_list_box_bind_model(self->list, wg_desk_get_gestures(desk), make_row, self, NULL);
    g_signal_connect_object(desk, "notify::gesture", G_CALLBACK(on_gesture), self, 0);
    g_signal_connect_object(wg_desk_get_gestures(desk), "items-changed",
                            G_CALLBACK(on_items_changed), self, G_CONNECT_AFTER);
    g_signal_connect_object(session, "reading-changed", G_CALLBACK(on_recordings_changed), self, 0);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_recordings_changed), self,
                            G_CONNECT_AFTER);
    show_total(self);
    show_chosen(self);
}
