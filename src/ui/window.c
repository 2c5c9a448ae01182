/* The window: header bar, page switcher, gestures at the side, messages. */
#include "ui/window.h"

#include "ui/activity.h"
#include "ui/dropping.h"
#include "ui/gesture-list.h"
#include "ui/importer.h"
#include "ui/page-deploy.h"
#include "ui/page-evaluate.h"
#include "ui/page-record.h"
#include "ui/page-review.h"
#include "ui/page-train.h"
#include "ui/page-try.h"
#include "ui/watch-button.h"
#include "ui/window-actions.h"

#include <glib/gi18n.h>

#define MESSAGE_SECONDS 8

#define WIDTH 1100
#define HEIGHT 700

struct _WgWindow {
    GtkApplicationWindow parent_instance;
    GtkHeaderBar *header;
    WgWatchButton *watch_button;
    GtkStack *pages;
    GtkRevealer *side;
    WgGestureList *gesture_list;
    GtkInfoBar *message;
    GtkLabel *message_text;
    WgActivity *activity;
    WgPageRecord *page_record;
    WgPageReview *page_review;
    WgPageTrain *page_train;
    WgPageEvaluate *page_evaluate;
    WgPageDeploy *page_deploy;
    WgPageTry *page_try;
    WgDesk *desk;
    guint message_id;
};

G_DEFINE_FINAL_TYPE(WgWindow, wg_window, GTK_TYPE_APPLICATION_WINDOW)

static gboolean
hide_message(gpointer user_data)
{
    WgWindow *self = WG_WINDOW(user_data);

    self->message_id = 0;
    gtk_info_bar_set_revealed(self->message, FALSE);
    return G_SOURCE_REMOVE;
}

/* What went wrong stays until something else is done; what merely happened goes by itself. */
static void
on_message(WgDesk *desk, const char *text, gboolean is_error, gpointer user_data)
{
    WgWindow *self = WG_WINDOW(user_data);

    gtk_label_set_text(self->message_text, text);
    gtk_info_bar_set_message_type(self->message, is_error ? GTK_MESSAGE_ERROR : GTK_MESSAGE_INFO);
    gtk_widget_show(GTK_WIDGET(self->message));
    gtk_info_bar_set_revealed(self->message, TRUE);
    g_clear_handle_id(&self->message_id, g_source_remove);
    if (!is_error)
        self->message_id = g_timeout_add_seconds(MESSAGE_SECONDS, hide_message, self);
}

static void
on_message_closed(GtkInfoBar *bar, int response, gpointer user_data)
{
    gtk_info_bar_set_revealed(bar, FALSE);
}

static void
on_work_begun(WgDesk *desk, gpointer user_data)
{
    gtk_info_bar_set_revealed(WG_WINDOW(user_data)->message, FALSE);
}

static void
on_go(WgDesk *desk, const char *page, gpointer user_data)
{
    gtk_stack_set_visible_child_name(WG_WINDOW(user_data)->pages, page);
}

static void
on_page(GtkStack *pages, GParamSpec *pspec, gpointer user_data)
{
    static const char *const with_gestures[] = {"record", "review", "try", NULL};
    WgWindow *self = WG_WINDOW(user_data);
    const char *page = gtk_stack_get_visible_child_name(pages);

    gtk_info_bar_set_revealed(self->message, FALSE);
    gtk_widget_set_visible(GTK_WIDGET(self->side), page && g_strv_contains(with_gestures, page));
}

static void
show_title(WgWindow *self)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(self->desk));
    g_autofree char *base = project ? g_path_get_basename(wg_project_get_path(project)) : NULL;
    g_autofree char *title = NULL;

    if (base && g_str_has_suffix(base, ".waggle"))
        base[strlen(base) - strlen(".waggle")] = '\0';
    if (base && g_str_equal(base, "untitled"))
        title = g_strdup(_("Untitled"));
    else if (base && g_str_equal(base, "sample"))
        title = g_strdup(_("Sample"));
    gtk_header_bar_set_title(self->header, title ? title : base ? base : _("Waggle"));
    gtk_header_bar_set_subtitle(
        self->header, project && wg_project_is_read_only(project) ? _("read only") : NULL);
    gtk_window_set_title(GTK_WINDOW(self), title ? title : base ? base : _("Waggle"));
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

    g_clear_handle_id(&self->message_id, g_source_remove);
    if (self->desk) {
        g_signal_handlers_disconnect_by_data(self->desk, self);
        wg_desk_disconnect(self->desk);
    }
    G_OBJECT_CLASS(wg_window_parent_class)->dispose(object);
    g_clear_object(&self->desk);
}

static void
wg_window_class_init(WgWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_window_dispose;
    widget_class->delete_event = wg_window_delete_event;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_GESTURE_LIST);
    g_type_ensure(WG_TYPE_PAGE_DEPLOY);
    g_type_ensure(WG_TYPE_PAGE_EVALUATE);
    g_type_ensure(WG_TYPE_PAGE_RECORD);
    g_type_ensure(WG_TYPE_PAGE_REVIEW);
    g_type_ensure(WG_TYPE_PAGE_TRAIN);
    g_type_ensure(WG_TYPE_PAGE_TRY);
    g_type_ensure(WG_TYPE_WATCH_BUTTON);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/window.ui");
    gtk_widget_class_bind_template_child(widget_class, WgWindow, header);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, watch_button);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, pages);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, side);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, gesture_list);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, message);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, message_text);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, activity);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_record);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_review);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_train);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_evaluate);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_deploy);
    gtk_widget_class_bind_template_child(widget_class, WgWindow, page_try);
    gtk_widget_class_bind_template_callback(widget_class, on_message_closed);
    gtk_widget_class_bind_template_callback(widget_class, on_page);
}

/* As a whole it fits a small screen; its default height is one without the header bar, which is
 * higher where the text is larger. */
static void
set_size(WgWindow *self)
{
    int header;

    gtk_widget_get_preferred_height(GTK_WIDGET(self->header), NULL, &header);
    gtk_window_set_default_size(GTK_WINDOW(self), WIDTH, HEIGHT - header);
}

static void
wg_window_init(WgWindow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->desk = wg_desk_new();
    g_signal_connect(self->desk, "message", G_CALLBACK(on_message), self);
    g_signal_connect(self->desk, "work-begun", G_CALLBACK(on_work_begun), self);
    g_signal_connect(self->desk, "go", G_CALLBACK(on_go), self);
    wg_watch_button_set_desk(self->watch_button, self->desk);
    wg_gesture_list_set_desk(self->gesture_list, self->desk);
    wg_page_record_set_desk(self->page_record, self->desk);
    wg_page_review_set_desk(self->page_review, self->desk);
    wg_page_train_set_desk(self->page_train, self->desk);
    wg_page_evaluate_set_desk(self->page_evaluate, self->desk);
    wg_page_deploy_set_desk(self->page_deploy, self->desk);
    wg_page_try_set_desk(self->page_try, self->desk);
    wg_window_actions_add(self, self->desk);
    wg_dropping_add(self);
    set_size(self);
}

WgWindow *
wg_window_new(GtkApplication *application)
{
    return g_object_new(WG_TYPE_WINDOW, "application", application, NULL);
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

gboolean
wg_window_open(WgWindow *self, const char *path)
{
    const char *work = wg_desk_describe_work(self->desk);
    g_autoptr(GError) error = NULL;

    if (work) {
        g_autofree char *text = g_strdup_printf(_("%s Stop it, or wait for it."), work);

        wg_desk_say(self->desk, text);
        return FALSE;
    }
    if (!wg_desk_open(self->desk, path, &error)) {
        wg_desk_fail(self->desk, error);
        return FALSE;
    }
    show_title(self);
    return TRUE;
}

void
wg_window_open_sample(WgWindow *self)
{
    g_autofree char *path = wg_importer_dup_data_path("sample.waggle");

    if (path && wg_window_open(self, path) &&
        wg_session_get_recordings(wg_desk_get_session(self->desk))->len == 0)
        wg_importer_import_samples(self->desk, self->activity);
}

gboolean
wg_window_connect_last_watch(WgWindow *self)
{
    return wg_watch_button_connect_last(self->watch_button);
}
