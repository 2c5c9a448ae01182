/* The room of a workshop: what attendees handed in, who is where, and their takes pooled. */
#include "ui/room-page.h"

#include "ui/activity.h"
#include "ui/file-question.h"
#include "ui/projects.h"
#include "ui/room-places.h"
#include "ui/room-pool.h"
#include "ui/room-row.h"
#include "ui/room-watch.h"
#include "ui/room-words.h"
#include "ui/settings.h"
#include "ui/table.h"
#include "ui/window-projects.h"

#include <glib/gi18n.h>

#define FOLDER_KEY "room-folder"

struct _WgRoomPage {
    GtkBox parent_instance;
    GtkLabel *place, *hint_title, *hint, *sum, *verdict, *note;
    GtkMenuButton *sticks;
    GtkWidget *other, *again, *choose, *open, *pool, *judge, *results;
    GtkStack *states;
    GtkListBox *list;
    WgTable *table;
    WgActivity *activity;
    WgDesk *desk;
    GSettings *settings;
    char *folder;
    WgRoomWatch *watch;
    WgSession *session; /* of the pool */
    WgJob *looking;
    JsonObject *room;   /* what was found last */
    JsonObject *merged; /* what the pool holds of it; NULL: it is not pooled as it is now */
    JsonObject *report; /* what was asked of that */
};

G_DEFINE_FINAL_TYPE(WgRoomPage, wg_room_page, GTK_TYPE_BOX)

static void
show_hint(WgRoomPage *self, const char *title, const char *text, gboolean can_choose)
{
    gtk_label_set_text(self->hint_title, title);
    gtk_label_set_text(self->hint, text);
    gtk_widget_set_visible(self->choose, can_choose);
    gtk_stack_set_visible_child_name(self->states, "hint");
}

static void
set_suggested(GtkWidget *widget, gboolean is_suggested)
{
    GtkStyleContext *style = gtk_widget_get_style_context(widget);

    if (is_suggested)
        gtk_style_context_add_class(style, "suggested-action");
    else
        gtk_style_context_remove_class(style, "suggested-action");
}

static void
show_report(WgRoomPage *self)
{
    static const WgColumn columns[] = {
        {"name", N_("left out"), NULL, WG_COLUMN_TEXT},
        {"n", N_("takes"), NULL, WG_COLUMN_COUNT},
        {"accuracy", N_("right"), N_("By a network that never saw this person"), WG_COLUMN_PERCENT},
        {"worst_label", N_("hardest gesture"), NULL, WG_COLUMN_WORST},
        {NULL},
    };
    g_autofree char *verdict = self->report ? wg_room_dup_verdict(self->report) : NULL;
    const char *note =
        self->report ? json_object_get_string_member_with_default(self->report, "note", "") : "";

    gtk_widget_set_visible(self->results, self->report != NULL);
    wg_table_set(self->table, self->report ? columns : NULL,
                 self->report ? json_object_get_array_member(self->report, "groups") : NULL, NULL,
                 NULL);
    gtk_label_set_text(self->verdict, verdict ? verdict : "");
    gtk_label_set_text(self->note, note);
    gtk_widget_set_visible(GTK_WIDGET(self->note), *note);
}

static void
show_doing(WgRoomPage *self)
{
    WgProject *project = wg_session_get_project(self->session);
    g_autofree char *pool = wg_room_pool_dup_path(self->session, self->settings);
    g_autofree char *title = project ? wg_projects_dup_title(wg_project_get_path(project)) : NULL;
    g_autofree char *text = self->merged && title ? wg_room_dup_pooled(self->merged, title)
                                                  : wg_room_dup_sum(self->room);
    const gboolean is_pooled = self->merged != NULL;
    const gboolean is_free = !wg_activity_is_running(self->activity);
    const guint n_persons =
        is_pooled ? json_object_get_size(json_object_get_object_member(self->merged, "persons"))
                  : 0;

    gtk_label_set_text(self->sum, text);
    gtk_widget_set_visible(self->open, pool && g_file_test(pool, G_FILE_TEST_EXISTS));
    gtk_widget_set_visible(self->pool, !is_pooled);
    gtk_widget_set_visible(self->judge, is_pooled);
    gtk_widget_set_sensitive(self->open, is_free);
    gtk_widget_set_sensitive(self->pool,
                             is_free && json_object_get_int_member(self->room, "takes") > 0);
    gtk_widget_set_sensitive(self->judge, is_free && n_persons > 1);
    set_suggested(self->judge, !self->report);
    gtk_widget_set_tooltip_text(
        self->judge,
        n_persons > 1 ? _("Trains once for each person without their takes, and asks about those")
                      : _("It takes the takes of two persons or more"));
    show_report(self);
}

static void
show_room(WgRoomPage *self)
{
    JsonArray *rows = json_object_get_array_member(self->room, "rows");
    g_autoptr(GList) old = gtk_container_get_children(GTK_CONTAINER(self->list));

    for (GList *link = old; link; link = link->next)
        gtk_widget_destroy(link->data);
    for (guint i = 0; i < json_array_get_length(rows); i++)
        gtk_container_add(GTK_CONTAINER(self->list),
                          wg_room_row_new(json_array_get_object_element(rows, i)));
    if (json_array_get_length(rows) == 0) {
        show_hint(self, _("Nothing was handed in here yet"),
                  _("Attendees choose “Save as Pack” in their menu and bring the file here. It "
                    "shows as soon as it is in this folder."),
                  FALSE);
        return;
    }
    gtk_stack_set_visible_child_name(self->states, "list");
    show_doing(self);
}

/* Whether another look found the same: then what was pooled and judged still holds. */
static gboolean
is_same(JsonObject *one, JsonObject *other)
{
    g_autoptr(JsonNode) a = json_node_init_object(json_node_alloc(), one);
    g_autoptr(JsonNode) b = json_node_init_object(json_node_alloc(), other);

    return json_node_equal(a, b);
}

static void
on_looked(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgRoomPage) self = WG_ROOM_PAGE(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) room = wg_job_run_finish(WG_JOB(source), result, &error);

    if (self->looking != WG_JOB(source)) /* another look replaces it, or the window is closed */
        return;
    g_clear_object(&self->looking);
    if (!room) {
        show_hint(self, _("The folder cannot be read"), error->message, TRUE);
        return;
    }
    if (self->room && !is_same(room, self->room)) {
        g_clear_pointer(&self->merged, json_object_unref);
        g_clear_pointer(&self->report, json_object_unref);
    }
    g_clear_pointer(&self->room, json_object_unref);
    self->room = g_steal_pointer(&room);
    show_room(self);
}

static void
stop_looking(WgRoomPage *self)
{
    if (self->looking)
        g_cancellable_cancel(wg_job_get_cancellable(self->looking));
    g_clear_object(&self->looking);
}

static void
look(WgRoomPage *self)
{
    g_autofree char *pool = wg_room_pool_dup_path(self->session, self->settings);

    stop_looking(self);
    self->looking = wg_job_new(self->session, "room", NULL);
    wg_job_add_argument(self->looking, self->folder);
    if (pool)
        wg_job_set(self->looking, "except", pool, NULL);
    if (!self->room)
        show_hint(self, _("Looking what was handed in"), "", FALSE);
    wg_job_run_async(self->looking, on_looked, g_object_ref(self));
}

static void
on_changed(WgRoomWatch *watch, gpointer user_data)
{
    if (gtk_widget_get_mapped(user_data))
        look(user_data);
}

/* Another room has another pool. */
static void
set_folder(WgRoomPage *self, const char *folder)
{
    g_autofree char *uri = g_filename_to_uri(folder, NULL, NULL);
    g_autofree char *shown = g_filename_display_name(folder);

    if (g_strcmp0(folder, self->folder) == 0)
        return;
    if (self->folder)
        wg_room_pool_leave(self->session, self->settings);
    g_free(self->folder);
    self->folder = g_strdup(folder);
    wg_settings_set(self->settings, FOLDER_KEY, g_variant_new_string(uri ? uri : ""));
    g_clear_pointer(&self->room, json_object_unref);
    g_clear_pointer(&self->merged, json_object_unref);
    g_clear_pointer(&self->report, json_object_unref);
    g_clear_object(&self->watch);
    self->watch = wg_room_watch_new(folder);
    g_signal_connect_object(self->watch, "changed", G_CALLBACK(on_changed), self, 0);
    gtk_label_set_text(self->place, shown);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->place), shown);
    gtk_widget_show(GTK_WIDGET(self->place));
    gtk_widget_show(self->other);
    gtk_widget_show(self->again);
}

static void
on_again(GtkButton *button, gpointer user_data)
{
    look(user_data);
}

static void
on_chosen(gpointer owner, GtkFileChooser *chooser, const char *folder)
{
    if (folder)
        wg_room_page_look(WG_ROOM_PAGE(owner), folder);
}

static void
on_choose(GtkButton *button, gpointer user_data)
{
    wg_ask_for_file(user_data, _("Folder of the Room"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                    _("_Choose"), on_chosen);
}

static void
on_pooled(gpointer owner, JsonObject *result, const GError *error)
{
    WgRoomPage *self = WG_ROOM_PAGE(owner);

    if (result) {
        self->merged = json_object_ref(result);
        g_clear_pointer(&self->report, json_object_unref);
    } else {
        wg_desk_fail(self->desk, error);
    }
    show_doing(self);
}

static void
on_pool(GtkButton *button, gpointer user_data)
{
    WgRoomPage *self = WG_ROOM_PAGE(user_data);
    g_autoptr(GError) error = NULL;

    if (!wg_room_pool_open(self->session, self->settings, self->folder, &error)) {
        wg_desk_fail(self->desk, error);
        return;
    }
    wg_activity_run(self->activity, self->desk, wg_room_pool_new_merge(self->session, self->room),
                    _("Pooling the takes"), on_pooled, self);
    show_doing(self);
}

static void
on_judged(gpointer owner, JsonObject *result, const GError *error)
{
    WgRoomPage *self = WG_ROOM_PAGE(owner);

    g_clear_pointer(&self->report, json_object_unref);
    if (result)
        self->report = json_object_ref(result);
    else
        wg_desk_fail(self->desk, error);
    show_doing(self);
}

static void
on_judge(GtkButton *button, gpointer user_data)
{
    WgRoomPage *self = WG_ROOM_PAGE(user_data);
    WgJob *job = wg_job_new(self->session, "cross-validate", NULL);

    wg_job_set(job, "leave-one-person-out", "", NULL);
    wg_activity_run(self->activity, self->desk, job, _("Leaving out one person at a time"),
                    on_judged, self);
    show_doing(self);
}

static void
on_open(GtkButton *button, gpointer user_data)
{
    WgRoomPage *self = WG_ROOM_PAGE(user_data);
    g_autofree char *path = wg_room_pool_dup_path(self->session, self->settings);

    if (path)
        wg_window_open(WG_WINDOW(gtk_widget_get_toplevel(GTK_WIDGET(self))), path);
}

static void
wg_room_page_dispose(GObject *object)
{
    WgRoomPage *self = WG_ROOM_PAGE(object);

    stop_looking(self);
    g_clear_object(&self->watch);
    if (self->activity)
        wg_activity_stop(self->activity);
    g_clear_object(&self->session);
    g_clear_object(&self->settings);
    g_clear_pointer(&self->room, json_object_unref);
    g_clear_pointer(&self->merged, json_object_unref);
    g_clear_pointer(&self->report, json_object_unref);
    g_clear_pointer(&self->folder, g_free);
    self->desk = NULL;
    G_OBJECT_CLASS(wg_room_page_parent_class)->dispose(object);
}

static void
wg_room_page_class_init(WgRoomPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_room_page_dispose;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_TABLE);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/room-page.ui");
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, place);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, hint_title);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, hint);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, sum);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, verdict);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, note);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, sticks);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, other);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, again);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, choose);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, open);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, pool);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, judge);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, results);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, states);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, list);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, table);
    gtk_widget_class_bind_template_child(widget_class, WgRoomPage, activity);
    gtk_widget_class_set_css_name(widget_class, "roompage");
    gtk_widget_class_bind_template_callback(widget_class, on_again);
    gtk_widget_class_bind_template_callback(widget_class, on_choose);
    gtk_widget_class_bind_template_callback(widget_class, on_pool);
    gtk_widget_class_bind_template_callback(widget_class, on_judge);
    gtk_widget_class_bind_template_callback(widget_class, on_open);
}

static void
wg_room_page_init(WgRoomPage *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->session = wg_session_new();
}

void
wg_room_page_set_desk(WgRoomPage *self, WgDesk *desk, GSettings *settings)
{
    self->desk = desk;
    g_set_object(&self->settings, settings);
}

void
wg_room_page_look(WgRoomPage *self, const char *folder)
{
    g_autofree char *uri = wg_settings_dup_string(self->settings, FOLDER_KEY, "");
    g_autofree char *kept = self->folder ? NULL : g_filename_from_uri(uri, NULL, NULL);

    if (!g_object_get_data(G_OBJECT(self->sticks), "places"))
        wg_room_places_offer(self->sticks);
    if (wg_activity_is_running(self->activity)) /* of the room as it is */
        return;
    if (folder || kept)
        set_folder(self, folder ? folder : kept);
    if (self->folder)
        look(self);
    else
        show_hint(
            self, _("Gather what attendees hand in"),
            _("They choose “Save as Pack” in their menu and bring the file on a USB stick, or "
              "put it into a folder that you share."),
            TRUE);
}
