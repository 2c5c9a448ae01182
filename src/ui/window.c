/* The window: header bar, page switcher, gestures at the side, messages. */
#include "ui/window.h"

#include "ui/activity.h"
#include "ui/dropping.h"
#include "ui/frame-meter.h"
#include "ui/gesture-list.h"
#include "ui/message-bar.h"
#include "ui/page-deploy.h"
#include "ui/page-evaluate.h"
#include "ui/page-record.h"
#include "ui/page-review.h"
#include "ui/page-train.h"
#include "ui/page-try.h"
#include "ui/projects.h"
#include "ui/room-page.h"
#include "ui/settings.h"
#include "ui/start-page.h"
#include "ui/watch-button.h"
#include "ui/window-actions.h"
#include "ui/window-data.h"
#include "ui/window-packs.h"
#include "ui/window-projects.h"
#include "ui/window-state.h"
#include "ui/window-work.h"

#include <glib/gi18n.h>

struct _WgWindow {
    GtkApplicationWindow parent_instance;
    GtkHeaderBar *header;
    GtkLabel *project_title, *project_subtitle;
    GtkWidget *back, *projects, *undo, *redo, *page_bar, *menu_button, *drop_hint;
    GtkStack *frame;
    WgStartPage *start_page;
    WgRoomPage *room_page;
    WgWatchButton *watch_button;
    GtkStackSwitcher *switcher;
    GtkStack *pages;
    GtkRevealer *side;
    WgGestureList *gesture_list;
    WgMessageBar *message;
    WgActivity *activity;
    WgPageRecord *page_record;
    WgPageReview *page_review;
    WgPageTrain *page_train;
    WgPageEvaluate *page_evaluate;
    WgPageDeploy *page_deploy;
    WgPageTry *page_try;
    WgDesk *desk;
    GSettings *settings; /* NULL: nothing is kept */
};

G_DEFINE_FINAL_TYPE(WgWindow, wg_window, GTK_TYPE_APPLICATION_WINDOW)

static void
on_edits_changed(WgEdits *edits, gpointer user_data)
{
    WgWindow *self = WG_WINDOW(user_data);
    const char *done = wg_edits_get_undo_text(edits);
    const char *undone = wg_edits_get_redo_text(edits);
    g_autofree char *undo = done ? g_strdup_printf(_("Undo: %s"), done) : NULL;
    g_autofree char *redo = undone ? g_strdup_printf(_("Redo: %s"), undone) : NULL;

    gtk_widget_set_tooltip_text(self->undo, undo ? undo : _("Undo the last edit of takes"));
    gtk_widget_set_tooltip_text(self->redo, redo ? redo : _("Redo it"));
}

static void
on_go(WgDesk *desk, const char *page, gpointer user_data)
{
    WgWindow *self = WG_WINDOW(user_data);

    gtk_stack_set_visible_child_name(self->pages, page);
    if (wg_session_get_project(wg_desk_get_session(desk)))
        wg_window_show_project(self);
}

static void
on_create(WgStartPage *page, const char *name, gpointer user_data)
{
    wg_window_create(user_data, name);
}

static void
on_open(WgStartPage *page, const char *path, gpointer user_data)
{
    wg_window_open(user_data, path);
}

static void
on_try(WgStartPage *page, gpointer user_data)
{
    wg_window_try_without_watch(user_data);
}

static void
on_page(GtkStack *pages, GParamSpec *pspec, gpointer user_data)
{
    static const char *const with_gestures[] = {"record", "review", "try", NULL};
    WgWindow *self = WG_WINDOW(user_data);
    const char *page = gtk_stack_get_visible_child_name(pages);

    wg_message_bar_hide(self->message);
    gtk_widget_set_visible(GTK_WIDGET(self->side), page && g_strv_contains(with_gestures, page));
    if (page && self->settings && !wg_window_is_at_start(self))
        wg_settings_set(self->settings, "page", g_variant_new_string(page));
}

static void
show_title(WgWindow *self)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(self->desk));
    const char *path = project ? wg_project_get_path(project) : NULL;
    g_autofree char *title =
        path && !wg_window_is_at_start(self) ? wg_projects_dup_title(path) : g_strdup(_("Waggle"));
    g_autofree char *place = path ? g_filename_display_name(path) : NULL;

    gtk_label_set_text(self->project_title, title);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->project_title), place);
    gtk_widget_set_visible(GTK_WIDGET(self->project_subtitle),
                           project && !wg_window_is_at_start(self) &&
                               wg_project_is_read_only(project));
    gtk_window_set_title(GTK_WINDOW(self), title);
}

/* What belongs to a project is there only while it shows. */
static void
show_frame(WgWindow *self, const char *frame)
{
    const gboolean is_open = wg_session_get_project(wg_desk_get_session(self->desk)) != NULL;
    const gboolean is_at_start = !g_str_equal(frame, "project");

    gtk_stack_set_visible_child_name(self->frame, frame);
    gtk_widget_set_visible(self->page_bar, !is_at_start);
    gtk_widget_set_visible(self->undo, !is_at_start);
    gtk_widget_set_visible(self->redo, !is_at_start);
    gtk_widget_set_visible(self->projects, !g_str_equal(frame, "start"));
    gtk_widget_set_visible(self->back, is_at_start && is_open);
    wg_window_actions_show(self);
    show_title(self);
}

static void
on_close_response(GtkDialog *dialog, int response, gpointer user_data)
{
    gtk_widget_destroy(GTK_WIDGET(dialog));
    if (response == GTK_RESPONSE_ACCEPT)
        gtk_widget_destroy(GTK_WIDGET(user_data));
}

/* Asks first where work would be lost. */
static gboolean
wg_window_delete_event(GtkWidget *widget, GdkEventAny *event)
{
    WgWindow *self = WG_WINDOW(widget);
    const char *work = wg_desk_describe_work(self->desk);
    GtkWidget *dialog;

    if (!work)
        return GDK_EVENT_PROPAGATE;
    dialog = gtk_message_dialog_new(GTK_WINDOW(self), GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION,
                                    GTK_BUTTONS_NONE, "%s", work);
    gtk_message_dialog_format_secondary_text(
        GTK_MESSAGE_DIALOG(dialog), "%s",
        _("What is finished is safe. What is not would be lost."));
    gtk_dialog_add_buttons(GTK_DIALOG(dialog), _("_Go On"), GTK_RESPONSE_CANCEL,
                           _("_Close All the Same"), GTK_RESPONSE_ACCEPT, NULL);
    gtk_dialog_set_default_response(GTK_DIALOG(dialog), GTK_RESPONSE_CANCEL);
    g_signal_connect_object(dialog, "response", G_CALLBACK(on_close_response), self, 0);
    gtk_widget_show(dialog);
    return GDK_EVENT_STOP;
}

static void
wg_window_dispose(GObject *object)
{
    WgWindow *self = WG_WINDOW(object);

    if (self->desk) {
        wg_window_note_project(self);
        g_signal_handlers_disconnect_by_data(self->desk, self);
        wg_desk_disconnect(self->desk);
    }
    G_OBJECT_CLASS(wg_window_parent_class)->dispose(object);
    g_clear_object(&self->desk);
    g_clear_object(&self->settings);
}

static void
wg_window_class_init(WgWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_window_dispose;
    widget_class->delete_event = wg_window_delete_event;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_GESTURE_LIST);
    g_type_ensure(WG_TYPE_MESSAGE_BAR);
    g_type_ensure(WG_TYPE_PAGE_DEPLOY);
    g_type_ensure(WG_TYPE_PAGE_EVALUATE);
    g_type_ensure(WG_TYPE_PAGE_RECORD);
    g_type_ensure(WG_TYPE_PAGE_REVIEW);
    g_type_ensure(WG_TYPE_PAGE_TRAIN);
    g_type_ensure(WG_TYPE_PAGE_TRY);
    g_type_ensure(WG_TYPE_ROOM_PAGE);
    g_type_ensure(WG_TYPE_START_PAGE);
    g_type_ensure(WG_TYPE_WATCH_BUTTON);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/window.ui");
    gtk_widget_class_bind_template_child(widget_class, WgWindow, header);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, watch_button);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, project_title);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, project_subtitle);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, back);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, projects);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, undo);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, redo);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_bar);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, menu_button);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, drop_hint);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, switcher);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, frame);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, room_page);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, start_page);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, pages);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, side);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, gesture_list);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, message);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, activity);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_record);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_review);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_train);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_evaluate);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_deploy);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_try);
    gtk_widget_class_bind_template_callback(widget_class, on_page);
    gtk_widget_class_bind_template_callback(widget_class, on_create);
    gtk_widget_class_bind_template_callback(widget_class, on_open);
    gtk_widget_class_bind_template_callback(widget_class, on_try);
}

static void
wg_window_init(WgWindow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->desk = wg_desk_new();
    self->settings = wg_settings_new();
    wg_message_bar_set_desk(self->message, self->desk);
    g_signal_connect(self->desk, "go", G_CALLBACK(on_go), self);
    /* whether it can be changed */
    g_signal_connect_object(wg_desk_get_session(self->desk), "models-changed",
                            G_CALLBACK(show_title), self, G_CONNECT_SWAPPED);
    wg_watch_button_set_desk(self->watch_button, self->desk);
    wg_gesture_list_set_desk(self->gesture_list, self->desk);
    wg_page_record_set_desk(self->page_record, self->desk);
    wg_page_review_set_desk(self->page_review, self->desk);
    wg_page_train_set_desk(self->page_train, self->desk);
    wg_page_evaluate_set_desk(self->page_evaluate, self->desk);
    wg_page_deploy_set_desk(self->page_deploy, self->desk);
    wg_page_try_set_desk(self->page_try, self->desk);
    g_signal_connect_object(wg_desk_get_edits(self->desk), "changed", G_CALLBACK(on_edits_changed),
                            self, 0);
    wg_start_page_set_settings(self->start_page, self->settings);
    wg_page_record_set_settings(self->page_record, self->settings);
    wg_page_train_set_settings(self->page_train, self->settings);
    wg_room_page_set_desk(self->room_page, self->desk, self->settings);
    wg_window_actions_add(self, self->desk);
    wg_window_data_add(self);
    wg_window_packs_add(self);
    wg_dropping_add(self);
    wg_window_work_follow(self);
    wg_window_state_keep(GTK_WINDOW(self), GTK_WIDGET(self->header), self->settings);
    show_frame(self, "start");
}

WgWindow *
wg_window_new(GtkApplication *application)
{
    WgWindow *self = g_object_new(WG_TYPE_WINDOW, "application", application, NULL);

    wg_frame_meter_start(GTK_WIDGET(self));
    return self;
}

WgDesk *
wg_window_get_desk(WgWindow *self)
{
    return self->desk;
}

WgActivity *
wg_window_get_activity(WgWindow *self)
{
    return self->activity;
}

GSettings *
wg_window_get_settings(WgWindow *self)
{
    return self->settings;
}

void
wg_window_show_start(WgWindow *self)
{
    wg_window_note_project(self);
    show_frame(self, "start");
    wg_start_page_refresh(self->start_page);
}

void
wg_window_show_room(WgWindow *self, const char *folder)
{
    wg_window_note_project(self);
    show_frame(self, "room");
    wg_room_page_look(self->room_page, folder);
}

void
wg_window_show_project(WgWindow *self)
{
    wg_message_bar_begin_anew(self->message);
    show_frame(self, "project");
}

gboolean
wg_window_is_at_start(WgWindow *self)
{
    return !g_str_equal(gtk_stack_get_visible_child_name(self->frame), "project");
}

const char *
wg_window_get_page(WgWindow *self)
{
    return gtk_stack_get_visible_child_name(wg_window_is_at_start(self) ? self->frame
                                                                        : self->pages);
}

GtkWidget *
wg_window_find_control(WgWindow *self, const char *page, const char *name)
{
    GtkWidget *parent = page ? gtk_stack_get_child_by_name(self->pages, page) : GTK_WIDGET(self);
    GObject *found =
        parent ? gtk_widget_get_template_child(parent, G_OBJECT_TYPE(parent), name) : NULL;

    return found ? GTK_WIDGET(found) : NULL;
}

GtkWidget *
wg_window_find_tab(WgWindow *self, const char *page)
{
    g_autoptr(GList) tabs = gtk_container_get_children(GTK_CONTAINER(self->switcher));
    g_autoptr(GList) pages = gtk_container_get_children(GTK_CONTAINER(self->pages));
    GtkWidget *child = gtk_stack_get_child_by_name(self->pages, page);
    const int index = child ? g_list_index(pages, child) : -1;

    return index >= 0 ? g_list_nth_data(tabs, (guint)index) : NULL;
}

gboolean
wg_window_connect_last_watch(WgWindow *self)
{
    return wg_watch_button_connect_last(self->watch_button);
}
