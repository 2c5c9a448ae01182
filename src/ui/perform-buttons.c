/* A button for each gesture that the virtual watch can perform. */
#include "ui/perform-buttons.h"

#include <glib/gi18n.h>

struct _WgPerformButtons {
    GtkBox parent_instance;
    GtkFlowBox *flow;
};

G_DEFINE_FINAL_TYPE(WgPerformButtons, wg_perform_buttons, GTK_TYPE_BOX)

enum { PERFORM, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_clicked(GtkButton *button, gpointer user_data)
{
    g_signal_emit(user_data, signals[PERFORM], 0, gtk_button_get_label(button));
}

static void
wg_perform_buttons_class_init(WgPerformButtonsClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    signals[PERFORM] = g_signal_new("perform", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/perform-buttons.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPerformButtons, flow);
    gtk_widget_class_set_css_name(widget_class, "performbuttons");
}

static void
wg_perform_buttons_init(WgPerformButtons *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_perform_buttons_set(WgPerformButtons *self, const char *const *labels)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self->flow));

    for (GList *link = children; link; link = link->next)
        gtk_widget_destroy(link->data);
    for (int i = 0; labels && labels[i]; i++) {
        GtkWidget *button = gtk_button_new_with_label(labels[i]);
        g_autofree char *name = g_strdup_printf(_("Perform %s"), labels[i]);

        g_signal_connect_object(button, "clicked", G_CALLBACK(on_clicked), self, 0);
        atk_object_set_name(gtk_widget_get_accessible(button), name);
        gtk_widget_show(button);
        gtk_container_add(GTK_CONTAINER(self->flow), button);
        gtk_widget_set_can_focus(gtk_widget_get_parent(button), FALSE);
        atk_object_set_role(gtk_widget_get_accessible(gtk_widget_get_parent(button)),
                            ATK_ROLE_FILLER);
    }
}
