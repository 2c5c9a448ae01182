/* One gesture, and what the watch does at it. */
#include "ui/action-row.h"

#include <glib/gi18n.h>

struct _WgActionRow {
    GtkBox parent_instance;
    GtkLabel *name;
    GtkComboBoxText *action;
    gboolean is_ready;
};

G_DEFINE_FINAL_TYPE(WgActionRow, wg_action_row, GTK_TYPE_BOX)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_changed(GtkComboBox *combo, gpointer user_data)
{
    WgActionRow *self = WG_ACTION_ROW(user_data);

    if (self->is_ready)
        g_signal_emit(self, signals[CHOSEN], 0);
}

static void
wg_action_row_class_init(WgActionRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    signals[CHOSEN] = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_css_name(widget_class, "actionrow");
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/action-row.ui");
    gtk_widget_class_bind_template_child(widget_class, WgActionRow, name);
    gtk_widget_class_bind_template_child(widget_class, WgActionRow, action);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
}

static void
wg_action_row_init(WgActionRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

WgActionRow *
wg_action_row_new(const char *gesture, const char *action)
{
    WgActionRow *self = g_object_new(WG_TYPE_ACTION_ROW, NULL);
    GtkComboBox *combo = GTK_COMBO_BOX(self->action);
    g_autofree char *spoken = g_strdup_printf(_("At the gesture %s"), gesture);

    gtk_label_set_text(self->name, gesture);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(combo)), spoken);
    if (!gtk_combo_box_set_active_id(combo, action)) {
        gtk_combo_box_text_append(self->action, action, action);
        gtk_combo_box_set_active_id(combo, action);
    }
    self->is_ready = TRUE;
    return self;
}

const char *
wg_action_row_get_gesture(WgActionRow *self)
{
    return gtk_label_get_text(self->name);
}

const char *
wg_action_row_get_action(WgActionRow *self)
{
    return gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->action));
}
