/* The takes of the chosen gesture under the page Record: what came, kept or deleted. */
#include "ui/recorded-takes.h"

#include "ui/take-grid.h"

#include <glib/gi18n.h>

struct _WgRecordedTakes {
    GtkBox parent_instance;
    GtkLabel *heading;
    GtkButton *delete, *keep;
    WgTakeGrid *grid;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgRecordedTakes, wg_recorded_takes, GTK_TYPE_BOX)

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
    gtk_widget_set_visible(GTK_WIDGET(self->keep), wg_take_grid_get_n_held_back(self->grid) > 0);
}

static void
on_selection_changed(WgTakeGrid *grid, gpointer user_data)
{
    WgRecordedTakes *self = WG_RECORDED_TAKES(user_data);

    gtk_widget_set_sensitive(GTK_WIDGET(self->delete), wg_take_grid_get_n_selected(grid) > 0);
    gtk_widget_set_visible(GTK_WIDGET(self->keep), wg_take_grid_get_n_held_back(grid) > 0);
}

static void
on_keep(GtkWidget *widget, gpointer user_data)
{
    WgRecordedTakes *self = WG_RECORDED_TAKES(user_data);

    wg_take_grid_keep_selected(self->grid, self->desk);
}

static void
on_delete(GtkWidget *widget, gpointer user_data)
{
    WgRecordedTakes *self = WG_RECORDED_TAKES(user_data);

    wg_take_grid_delete_selected(self->grid, self->desk);
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
    gtk_widget_class_bind_template_child(widget_class, WgRecordedTakes, delete);
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
    g_signal_connect_object(desk, "notify::gesture", G_CALLBACK(on_gesture), self, 0);
    g_signal_connect_object(wg_desk_get_session(desk), "recordings-changed",
                            G_CALLBACK(on_recordings_changed), self, 0);
    show(self);
}
