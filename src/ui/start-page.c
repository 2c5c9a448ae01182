/* Where the program begins: a new project, one of those there are, or a try without a watch. */
#include "ui/start-page.h"

#include "ui/project-row.h"

#include <glib/gi18n.h>

enum { CREATE, OPEN, TRY, N_SIGNALS };

struct _WgStartPage {
    GtkBox parent_instance;
    GtkEntry *name;
    GtkButton *create;
    GtkListBox *list;
    GtkWidget *list_frame, *empty;
    GSettings *settings;
    GCancellable *looking;
};

G_DEFINE_FINAL_TYPE(WgStartPage, wg_start_page, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

static void
on_name_changed(GtkEditable *entry, gpointer user_data)
{
    WgStartPage *self = WG_START_PAGE(user_data);
    g_autofree char *name = g_strstrip(g_strdup(gtk_entry_get_text(self->name)));

    gtk_widget_set_sensitive(GTK_WIDGET(self->create), *name != '\0');
}

static void
on_create(GtkWidget *widget, gpointer user_data)
{
    WgStartPage *self = WG_START_PAGE(user_data);
    g_autofree char *name = g_strstrip(g_strdup(gtk_entry_get_text(self->name)));

    if (*name)
        g_signal_emit(self, signals[CREATE], 0, name);
}

static void
on_try(GtkButton *button, gpointer user_data)
{
    g_signal_emit(user_data, signals[TRY], 0);
}

static void
on_row_activated(GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
    g_autofree char *path = g_strdup(wg_project_row_get_path(WG_PROJECT_ROW(row)));

    g_signal_emit(user_data, signals[OPEN], 0, path);
}

static void
show_list(WgStartPage *self)
{
    GtkListBoxRow *first = gtk_list_box_get_row_at_index(self->list, 0);

    gtk_widget_set_visible(self->list_frame, first != NULL);
    gtk_widget_set_visible(self->empty, !first);
}

static void
on_remove(WgProjectRow *row, gpointer user_data)
{
    WgStartPage *self = WG_START_PAGE(user_data);

    wg_projects_forget(self->settings, wg_project_row_get_path(row));
    gtk_widget_destroy(GTK_WIDGET(row));
    show_list(self);
}

static void
on_looked(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgStartPage) self = WG_START_PAGE(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) notes = wg_projects_list_finish(result, &error);
    g_autoptr(GList) rows = NULL;

    if (!notes || !self->list) /* another look replaces it, or the window is closed */
        return;
    rows = gtk_container_get_children(GTK_CONTAINER(self->list));
    for (GList *link = rows; link; link = link->next)
        gtk_widget_destroy(link->data);
    for (guint i = 0; i < notes->len; i++) {
        GtkWidget *row = wg_project_row_new(g_ptr_array_index(notes, i));

        g_signal_connect_object(row, "forget", G_CALLBACK(on_remove), self, 0);
        gtk_container_add(GTK_CONTAINER(self->list), row);
    }
    show_list(self);
}

static void
stop_looking(WgStartPage *self)
{
    if (self->looking)
        g_cancellable_cancel(self->looking);
    g_clear_object(&self->looking);
}

static void
wg_start_page_dispose(GObject *object)
{
    WgStartPage *self = WG_START_PAGE(object);

    stop_looking(self);
    self->list = NULL;
    g_clear_object(&self->settings);
    G_OBJECT_CLASS(wg_start_page_parent_class)->dispose(object);
}

static void
wg_start_page_class_init(WgStartPageClass *klass)
{
    const GType type = G_TYPE_FROM_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_start_page_dispose;
    signals[CREATE] = g_signal_new("create", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
    signals[OPEN] = g_signal_new("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
    signals[TRY] =
        g_signal_new("try", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/start-page.ui");
    gtk_widget_class_bind_template_child(widget_class, WgStartPage, name);
    gtk_widget_class_bind_template_child(widget_class, WgStartPage, create);
    gtk_widget_class_bind_template_child(widget_class, WgStartPage, list);
    gtk_widget_class_bind_template_child(widget_class, WgStartPage, list_frame);
    gtk_widget_class_bind_template_child(widget_class, WgStartPage, empty);
    gtk_widget_class_set_css_name(widget_class, "startpage");
    gtk_widget_class_bind_template_callback(widget_class, on_create);
    gtk_widget_class_bind_template_callback(widget_class, on_name_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_try);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
}

static void
wg_start_page_init(WgStartPage *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_start_page_set_settings(WgStartPage *self, GSettings *settings)
{
    g_set_object(&self->settings, settings);
}

void
wg_start_page_refresh(WgStartPage *self)
{
    gtk_entry_set_text(self->name, _("My gestures"));
    gtk_widget_grab_focus(GTK_WIDGET(self->name)); /* which chooses the whole name */
    stop_looking(self);
    self->looking = g_cancellable_new();
    wg_projects_list_async(self->settings, self->looking, on_looked, g_object_ref(self));
}
