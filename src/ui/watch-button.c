/* The watch in the header bar: its name and state, and a popover to connect to another. */
#include "ui/watch-button.h"

#include "base/shown.h"
#include "device/finder.h"
#include "ui/found-list.h"
#include "ui/found-row.h"
#include "ui/last-search.h"
#include "ui/watch-face.h"

#include <glib/gi18n.h>

struct _WgWatchButton {
    GtkMenuButton parent_instance;
    GtkLabel *dot, *name, *state, *details, *held;
    GtkListBox *found;
    GtkEntry *address;
    GtkButton *connect, *disconnect, *identify;
    GtkSpinner *spinner;
    GtkPopover *popover;
    WgDesk *desk;
    WgFinder *finder;
    WgFoundList *list;
    WgLastWatch *last;
    GPtrArray *recent; /* of WgLastWatch, the newest first */
    WgWatch *watch;    /* whose busyness is shown */
    gulong busy_id;
    char *chosen;         /* address that is remembered once it answers */
    WgLastSearch *search; /* for the watch of last time; NULL: it is not looked for */
    guint second_id;      /* while a lost one's time is shown */
    gboolean is_identifying;
};

G_DEFINE_FINAL_TYPE(WgWatchButton, wg_watch_button, GTK_TYPE_MENU_BUTTON)

/* As the watch says it; made fit to be shown. */
static char *
dup_name(WgWatchButton *self, WgWatch *watch)
{
    if (watch && (wg_watch_get_version(watch) || wg_watch_get_state(watch) == WG_WATCH_READY))
        return wg_dup_shown(wg_watch_get_name(watch), WG_WATCH_NAME_CHARS);
    if (self->search && self->last->name)
        return wg_dup_shown(self->last->name, WG_WATCH_NAME_CHARS);
    return NULL;
}

/* A watch that is at work is not taken from its job. */
static void
show_use(WgWatchButton *self)
{
    const char *held = wg_desk_describe_watch_use(self->desk);

    gtk_label_set_text(self->held, held ? held : "");
    gtk_widget_set_visible(GTK_WIDGET(self->held), held != NULL);
    gtk_widget_set_sensitive(GTK_WIDGET(self->identify), !held && !self->is_identifying);
    gtk_widget_set_sensitive(GTK_WIDGET(self->disconnect), !held);
    gtk_widget_set_sensitive(GTK_WIDGET(self->found), !held);
    gtk_widget_set_sensitive(GTK_WIDGET(self->address), !held);
    gtk_widget_set_sensitive(GTK_WIDGET(self->connect), !held);
}

static void show(WgWatchButton *self);

static gboolean
on_second(gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);

    self->second_id = 0;
    show(self);
    return G_SOURCE_REMOVE;
}

static void
show(WgWatchButton *self)
{
    WgWatch *watch = wg_session_get_watch(wg_desk_get_session(self->desk));
    const WgWatchFace face = wg_watch_face_get(watch, self->search != NULL);
    const gboolean is_ready = watch && wg_watch_get_state(watch) == WG_WATCH_READY;
    const gboolean is_lost = watch && wg_watch_get_lost_s(watch) >= 0;
    g_autofree char *name = dup_name(self, watch);
    g_autofree char *details = wg_watch_face_dup_details(&face, watch, name, self->search != NULL);
    g_autofree char *spoken =
        g_strdup_printf(_("Watch: %s, %s"), name ? name : C_("watch", "none"), face.words);

    wg_watch_face_show_symbol(&face, self->dot);
    gtk_label_set_text(self->name, name ? name : _("Watch"));
    gtk_label_set_text(self->state, face.words);
    gtk_widget_set_visible(GTK_WIDGET(self->state), !is_ready || wg_watch_is_busy(watch));
    gtk_widget_set_visible(GTK_WIDGET(self->disconnect), watch || self->search);
    gtk_button_set_label(self->disconnect, is_ready ? _("_Disconnect") : _("_Stop Trying"));
    gtk_widget_set_visible(GTK_WIDGET(self->identify), is_ready && wg_watch_get_version(watch));
    gtk_label_set_text(self->details, details);
    show_use(self);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), spoken);
    if (is_lost && !self->second_id)
        self->second_id = g_timeout_add_seconds(1, on_second, self);
}

static void
show_known(WgWatchButton *self)
{
    WgWatch *watch = wg_session_get_watch(wg_desk_get_session(self->desk));
    const gboolean is_ready = watch && wg_watch_get_state(watch) == WG_WATCH_READY;
    g_autofree char *name = dup_name(self, watch);
    const WgFoundKnown known = {
        .address = watch ? wg_desk_get_address(self->desk) : NULL,
        .name = name,
        .state = is_ready ? _("connected") : wg_watch_face_get(watch, FALSE).words,
        .is_ready = is_ready,
        .recent = self->recent,
    };

    wg_found_list_set_known(self->list, &known);
}

static void
stop_looking(WgWatchButton *self)
{
    g_clear_pointer(&self->search, wg_last_search_free);
    if (!gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(self)))
        wg_finder_stop(self->finder);
}

static void
on_busy(GObject *watch, GParamSpec *pspec, gpointer user_data)
{
    show(user_data);
}

static void
follow(WgWatchButton *self, WgWatch *watch)
{
    if (self->watch == watch)
        return;
    if (self->watch)
        g_clear_signal_handler(&self->busy_id, self->watch);
    g_set_object(&self->watch, watch);
    if (watch)
        self->busy_id = g_signal_connect(watch, "notify::busy", G_CALLBACK(on_busy), self);
}

/* What a person chose and what answers is offered first the next time. */
static void
remember(WgWatchButton *self, WgWatch *watch)
{
    g_autofree char *chosen = g_steal_pointer(&self->chosen);

    wg_last_watch_store(chosen, wg_watch_get_name(watch));
    g_clear_pointer(&self->last, wg_last_watch_free);
    self->last = wg_last_watch_load();
}

static void
on_watch_changed(WgSession *session, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);
    WgWatch *watch = wg_session_get_watch(session);

    if (!self->desk) /* the window is being closed */
        return;
    follow(self, watch);
    if (watch && wg_watch_get_state(watch) == WG_WATCH_READY && wg_desk_get_address(self->desk))
        wg_last_watch_note(self->recent, wg_desk_get_address(self->desk), wg_watch_get_name(watch));
    if (self->chosen && watch && wg_watch_get_state(watch) == WG_WATCH_READY &&
        g_strcmp0(self->chosen, wg_desk_get_address(self->desk)) == 0)
        remember(self, watch);
    if (watch && self->search)
        stop_looking(self);
    show(self);
    show_known(self);
}

static void
connect_to(WgWatchButton *self, const char *address)
{
    gtk_popover_popdown(self->popover);
    stop_looking(self);
    wg_desk_disconnect(self->desk);
    g_free(self->chosen);
    self->chosen = g_strdup(address);
    wg_desk_connect(self->desk, self->chosen);
}

static void
on_connect(GtkWidget *widget, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);
    g_autofree char *address = g_strdup(gtk_entry_get_text(self->address));

    connect_to(self, *address ? address : WG_ADDRESS_VIRTUAL);
}

static void
on_disconnect(GtkButton *button, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);

    gtk_popover_popdown(self->popover);
    stop_looking(self);
    wg_desk_disconnect(self->desk);
    show(self);
}

static void
on_identified(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgWatchButton) self = WG_WATCH_BUTTON(user_data);
    WgSession *session = wg_job_get_session(WG_JOB(source));
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);

    if (!self->desk || session != wg_desk_get_session(self->desk))
        wg_session_drop_watch(session); /* it was connected for that alone */
    if (!self->desk)
        return;
    self->is_identifying = FALSE;
    show_use(self);
    wg_found_list_set_asked(self->list, NULL);
    if (error)
        wg_desk_fail(self->desk, error);
}

static void
on_identify(GtkButton *button, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);
    g_autoptr(WgJob) job = wg_desk_new_job(self->desk, "identify", NULL);

    if (!job)
        return;
    self->is_identifying = TRUE;
    show_use(self);
    wg_job_run_async(job, on_identified, g_object_ref(self));
}

/* Another than the connected one, which stays so. */
static void
on_identify_other(WgFoundList *list, const char *address, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(WgJob) job = wg_job_new(session, "identify", &error);

    if (!job || !wg_job_set(job, "watch", address, &error)) {
        wg_desk_fail(self->desk, error);
        return;
    }
    wg_found_list_set_asked(list, address);
    wg_job_run_async(job, on_identified, g_object_ref(self));
}

static void
on_failed(WgFoundList *list, const GError *error, gpointer user_data)
{
    wg_desk_fail(WG_WATCH_BUTTON(user_data)->desk, error);
}

static void
on_found(WgFinder *finder, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);

    g_object_set(self->spinner, "active", wg_finder_is_searching(finder), NULL);
}

static void
on_toggled(GtkToggleButton *button, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);

    if (!self->desk)
        return;
    if (gtk_toggle_button_get_active(button)) {
        show_known(self);
        wg_finder_start(self->finder);
    } else if (!self->search) {
        wg_finder_stop(self->finder);
    }
}

static void
on_row_activated(GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);
    g_autofree char *address = g_strdup(wg_found_row_get_key(WG_FOUND_ROW(row)));

    if (wg_found_row_is_marked(WG_FOUND_ROW(row)))
        gtk_popover_popdown(self->popover); /* it is connected already */
    else if (wg_found_row_is_usable(WG_FOUND_ROW(row)))
        connect_to(self, address);
}

static void
wg_watch_button_dispose(GObject *object)
{
    WgWatchButton *self = WG_WATCH_BUTTON(object);

    g_clear_pointer(&self->search, wg_last_search_free);
    g_clear_handle_id(&self->second_id, g_source_remove);
    if (self->finder)
        wg_finder_stop(self->finder);
    follow(self, NULL);
    g_clear_object(&self->list);
    g_clear_object(&self->finder);
    g_clear_pointer(&self->recent, g_ptr_array_unref);
    g_clear_object(&self->desk);
    g_clear_pointer(&self->last, wg_last_watch_free);
    g_clear_pointer(&self->chosen, g_free);
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
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, held);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, found);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, address);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, connect);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, disconnect);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, identify);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, spinner);
    gtk_widget_class_bind_template_child(widget_class, WgWatchButton, popover);
    gtk_widget_class_bind_template_callback(widget_class, on_connect);
    gtk_widget_class_bind_template_callback(widget_class, on_disconnect);
    gtk_widget_class_bind_template_callback(widget_class, on_identify);
    gtk_widget_class_bind_template_callback(widget_class, on_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
}

static void
wg_watch_button_init(WgWatchButton *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->finder = wg_finder_new();
    self->list = wg_found_list_new(self->found, self->finder);
    self->last = wg_last_watch_load();
    self->recent = g_ptr_array_new_with_free_func((GDestroyNotify)wg_last_watch_free);
    if (self->last)
        g_ptr_array_add(self->recent, wg_last_watch_new(self->last->address, self->last->name));
    g_signal_connect_object(self->finder, "changed", G_CALLBACK(on_found), self, 0);
    g_signal_connect_object(self->list, "failed", G_CALLBACK(on_failed), self, 0);
    g_signal_connect_object(self->list, "identify", G_CALLBACK(on_identify_other), self, 0);
}

void
wg_watch_button_set_desk(WgWatchButton *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    g_signal_connect_object(wg_desk_get_session(desk), "watch-changed",
                            G_CALLBACK(on_watch_changed), self, 0);
    show(self);
}

static void
on_looked(gboolean is_found, gpointer user_data)
{
    WgWatchButton *self = WG_WATCH_BUTTON(user_data);

    stop_looking(self);
    if (is_found)
        wg_desk_connect(self->desk, self->last->address);
    else
        show(self);
}

gboolean
wg_watch_button_connect_last(WgWatchButton *self)
{
    if (!self->last)
        return FALSE;
    if (wg_last_watch_is_there(self->last)) {
        wg_desk_connect(self->desk, self->last->address);
        return TRUE;
    }
    self->search = wg_last_search_new(self->finder, self->last, on_looked, self);
    show(self);
    return TRUE;
}
