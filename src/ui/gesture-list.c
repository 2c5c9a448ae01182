/* The gestures at the left side: colour and letter, name, count, state. */
#include "ui/gesture-list.h"

#include "ui/gesture-row.h"

#include <glib/gi18n.h>

struct _WgGestureList {
    GtkBox parent_instance;
    GtkListBox *list;
    GtkLabel *total;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgGestureList, wg_gesture_list, GTK_TYPE_BOX)

static GtkWidget *
make_row(gpointer item, gpointer user_data)
{
    return wg_gesture_row_new(WG_GESTURE(item));
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
    const guint n_takes = wg_session_get_recordings(wg_desk_get_session(self->desk))->len;
    g_autofree char *text = n_takes
                                ? g_strdup_printf(ngettext("%u take", "%u takes", n_takes), n_takes)
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
    gtk_widget_class_bind_template_callback(widget_class, on_row_selected);
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
    gtk_list_box_bind_model(self->list, wg_desk_get_gestures(desk), make_row, NULL, NULL);
    g_signal_connect_object(desk, "notify::gesture", G_CALLBACK(on_gesture), self, 0);
    g_signal_connect_object(wg_desk_get_gestures(desk), "items-changed",
                            G_CALLBACK(on_items_changed), self, G_CONNECT_AFTER);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_recordings_changed), self,
                            G_CONNECT_AFTER);
    show_total(self);
    show_chosen(self);
}
