/* A button whose popover gives the chosen takes another gesture. */
#include "ui/relabel-button.h"

#include "ui/gesture-row.h"

struct _WgRelabelButton {
    GtkMenuButton parent_instance;
    GtkPopover *popover;
    GtkListBox *list;
    GtkEntry *entry;
};

G_DEFINE_FINAL_TYPE(WgRelabelButton, wg_relabel_button, GTK_TYPE_MENU_BUTTON)

static guint chosen_signal;

static GtkWidget *
make_row(gpointer item, gpointer user_data)
{
    return wg_gesture_row_new(WG_GESTURE(item));
}

static void
choose(WgRelabelButton *self, const char *label)
{
    g_autofree char *stripped = g_strstrip(g_strdup(label));

    if (!*stripped)
        return;
    gtk_popover_popdown(self->popover);
    gtk_entry_set_text(self->entry, "");
    g_signal_emit(self, chosen_signal, 0, stripped);
}

static void
on_row_activated(GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
    choose(user_data, wg_gesture_get_label(wg_gesture_row_get_gesture(WG_GESTURE_ROW(row))));
}

static void
on_entered(GtkEntry *entry, gpointer user_data)
{
    choose(user_data, gtk_entry_get_text(entry));
}

static void
wg_relabel_button_class_init(WgRelabelButtonClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/relabel-button.ui");
    gtk_widget_class_bind_template_child(widget_class, WgRelabelButton, popover);
    gtk_widget_class_bind_template_child(widget_class, WgRelabelButton, list);
    gtk_widget_class_bind_template_child(widget_class, WgRelabelButton, entry);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_entered);
    chosen_signal = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wg_relabel_button_init(WgRelabelButton *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_relabel_button_set_desk(WgRelabelButton *self, WgDesk *desk)
{
    gtk_list_box_bind_model(self->list, wg_desk_get_gestures(desk), make_row, NULL, NULL);
}

void
wg_relabel_button_set_title(WgRelabelButton *self, const char *title)
{
    GtkLabel *label = GTK_LABEL(gtk_bin_get_child(GTK_BIN(self)));

    gtk_label_set_text_with_mnemonic(label, title);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), gtk_label_get_text(label));
}
