/* The watch in the header bar: its name and state, and a popover to connect to another. */
#include "ui/watch-button.h"

#include <glib/gi18n.h>

#define DEFAULT_ADDRESS "virtual:"

struct _WgWatchButton {
    GtkMenuButton parent_instance;
    GtkLabel *dot, *name, *state, *details;
    GtkListBox *found;
    GtkEntry *address;
    GtkButton *connect, *disconnect;
    GtkSpinner *spinner;
    GtkPopover *popover;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgWatchButton, wg_watch_button, GTK_TYPE_MENU_BUTTON)

typedef struct {
    const char *symbol, *css, *words;
} Face;

static Face
get_face(WgWatch *watch)
{
    if (!watch)
        return (Face){"○", "dim-label", _("not connected")};
    switch (wg_watch_get_state(watch)) {
    case WG_WATCH_READY:
        return (Face){"●", "good", _("ready")};
    case WG_WATCH_OPENING:
        return (Face){"◐", "doubtful", _("connecting…")};
    case WG_WATCH_LOST:
        return (Face){"✕", "bad", _("out of reach")};
    case WG_WATCH_CLOSED:
        break;
    }
    return (Face){"○", "dim-label", _("not connected")};
}

static void
show_details(WgWatchButton *self, WgWatch *watch, const Face *face)
{
    const gboolean is_ready = watch && wg_watch_get_state(watch) == WG_WATCH_READY;
    g_autofree char *text = NULL;

    if (is_ready)
        text = g_strdup_printf(_("%s, firmware %s, %s"), wg_watch_get_name(watch),
                               wg_watch_get_version(watch), face->words);
    else if (watch && wg_watch_get_state(watch) == WG_WATCH_LOST)
        text = g_strdup(_("The watch is out of reach. What was recorded is safe. Bring it back and "
                          "connect again."));
    else if (watch && wg_watch_get_state(watch) == WG_WATCH_OPENING)
        text = g_strdup(_("Connecting…"));
    else
        text = g_strdup(_("No watch is connected. Choose one, or work with the virtual watch."));
    gtk_label_set_text(self->details, text);
}

static void
show(WgWatchButton *self)
{
    WgWatch *watch = wg_session_get_watch(wg_desk_get_session(self->desk));
    const Face face = get_face(watch);
    const gboolean is_ready = watch && wg_watch_get_state(watch) == WG_WATCH_READY;
    const char *name = is_ready ? wg_watch_get_name(watch) : NULL;
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->dot));
    g_autofree char *spoken = NULL;

    static const char *const classes[] = {"good", "doubtful", "bad", "dim-label"};
    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++)
        gtk_style_context_remove_class(style, classes[i]);
    gtk_style_context_add_class(style, face.css);
    gtk_label_set_text(self->dot, face.symbol);
    gtk_label_set_text(self->name, name ? name : _("Watch"));
    gtk_label_set_text(self->state, face.words);
    gtk_widget_set_visible(GTK_WIDGET(self->state), !is_ready);
    gtk_widget_set_sensitive(GTK_WIDGET(self->disconnect), watch != NULL);
    show_details(self, watch, &face);
    spoken = g_strdup_printf(_("Watch: %s, %s"), name ? name : _("none"), face.words);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), spoken);
}

static void
on_watch_changed(WgSession *session, gpointer user_data)
{
    show(user_data);
}

static void
connect_to(WgWatchButton *self, const char *address)
{
    wg_desk_disconnect(self->desk);
    wg_desk_connect(self->desk, address);
    gtk_popover_popdown(self->popover);
}

static void
on_connect(GtkWidget *widget, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);
    const char *address = gtk_entry_get_text(self->address);

    connect_to(self, *address ? address : DEFAULT_ADDRESS);
}

static void
on_disconnect(GtkButton *button, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);

    wg_desk_disconnect(self->desk);
    gtk_popover_popdown(self->popover);
}

static void
add_row(WgWatchButton *self, const char *title, const char *text, const char *address)
{
    g_autoptr(GtkBuilder) builder =
        gtk_builder_new_from_resource("/org/waggle/Waggle/ui/found-watch.ui");
    GtkWidget *row = GTK_WIDGET(gtk_builder_get_object(builder, "row"));

    gtk_label_set_text(GTK_LABEL(gtk_builder_get_object(builder, "title")), title);
    gtk_label_set_text(GTK_LABEL(gtk_builder_get_object(builder, "text")), text);
    atk_object_set_name(gtk_widget_get_accessible(row), title);
    g_object_set_data_full(G_OBJECT(row), "address", g_strdup(address), g_free);
    gtk_container_add(GTK_CONTAINER(self->found), row);
}

static void
show_found(WgWatchButton *self, JsonArray *watches)
{
    g_autoptr(GList) rows = gtk_container_get_children(GTK_CONTAINER(self->found));
    gboolean has_virtual = FALSE;

    for (GList *link = rows; link; link = link->next)
        gtk_widget_destroy(link->data);
    for (guint i = 0; watches && i < json_array_get_length(watches); i++) {
        JsonObject *watch = json_array_get_object_element(watches, i);
        const char *address = json_object_get_string_member(watch, "address");
        const char *name = json_object_get_string_member_with_default(watch, "name", NULL);
        const char *trouble = json_object_get_string_member_with_default(watch, "trouble", NULL);

        has_virtual = has_virtual || g_str_has_prefix(address, DEFAULT_ADDRESS);
        add_row(self, name ? name : address, trouble ? trouble : address, trouble ? NULL : address);
    }
    if (!has_virtual)
        add_row(self, _("Virtual watch"), _("performs sample gestures; nothing to plug in"),
                DEFAULT_ADDRESS);
}

static void
on_looked(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgWatchButton) self = WG_WATCH_BUTTON(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);

    if (!self->desk)
        return;
    gtk_spinner_stop(self->spinner);
    if (error)
        wg_desk_fail(self->desk, error);
    show_found(self, object ? json_object_get_array_member(object, "watches") : NULL);
}

static void
on_toggled(GtkToggleButton *button, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);
    g_autoptr(WgJob) job = NULL;

    if (!gtk_toggle_button_get_active(button))
        return;
    job = wg_desk_new_job(self->desk, "watches", NULL);
    if (!job)
        return;
    gtk_spinner_start(self->spinner);
    wg_job_run_async(job, on_looked, g_object_ref(self));
}

static void
on_row_activated(GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
    const char *address = g_object_get_data(G_OBJECT(row), "address");

    if (address)
        connect_to(user_data, address);
}

static void
wg_watch_button_dispose(GObject *object)
{
    WgWatchButton *self = WG_WATCH_BUTTON(object);

    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_watch_button_parent_class)->dispose(object);
}

static void
wg_watch_button_class_init(WgWatchButtonClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_watch_button_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/watch-button.ui");
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, dot);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, name);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, state);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, details);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, found);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, address);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, connect);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, disconnect);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, spinner);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, popover);
    gtk_widget_class_bind_template_callback(widget_class, on_connect);
    gtk_widget_class_bind_template_callback(widget_class, on_disconnect);
    gtk_widget_class_bind_template_callback(widget_class, on_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
}

static void
wg_watch_button_init(WgWatchButton *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_watch_button_set_desk(WgWatchButton *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    g_signal_connect_object(wg_desk_get_session(desk), "watch-changed",
                            G_CALLBACK(on_watch_changed), self, 0);
    show(self);
}
