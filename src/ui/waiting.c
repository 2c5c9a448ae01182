/* What a page that cannot be used yet says: what it waits for, and the way there. */
#include "ui/waiting.h"

struct _WgWaiting {
    GtkBox parent_instance;
    GtkLabel *title, *text;
    GtkButton *button;
    WgDesk *desk;
    char *page;
};

G_DEFINE_FINAL_TYPE(WgWaiting, wg_waiting, GTK_TYPE_BOX)

static void
on_clicked(GtkButton *button, gpointer user_data)
{
    WgWaiting *self = WG_WAITING(user_data);

    wg_desk_go(self->desk, self->page);
}

static void
wg_waiting_dispose(GObject *object)
{
    WgWaiting *self = WG_WAITING(object);

    g_clear_object(&self->desk);
    g_clear_pointer(&self->page, g_free);
    G_OBJECT_CLASS(wg_waiting_parent_class)->dispose(object);
}

static void
wg_waiting_class_init(WgWaitingClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_waiting_dispose;
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/waiting.ui");
    gtk_widget_class_bind_template_child(widget_class, WgWaiting, title);
    gtk_widget_class_bind_template_child(widget_class, WgWaiting, text);
    gtk_widget_class_bind_template_child(widget_class, WgWaiting, button);
    gtk_widget_class_bind_template_callback(widget_class, on_clicked);
}

static void
wg_waiting_init(WgWaiting *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_waiting_set(WgWaiting *self, WgDesk *desk, const char *title, const char *text,
               const char *button, const char *page)
{
    g_set_object(&self->desk, desk);
    g_free(self->page);
    self->page = g_strdup(page);
    gtk_label_set_text(self->title, title);
    gtk_label_set_text(self->text, text);
    gtk_button_set_label(self->button, button);
}
