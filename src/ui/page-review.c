/* The page Review: the takes of a gesture, all of them as a map, and long recordings. */
#include "ui/page-review.h"

#include "ui/review-long.h"
#include "ui/review-map.h"
#include "ui/review-takes.h"
#include "ui/waiting.h"

#include <glib/gi18n.h>

struct _WgPageReview {
    GtkBox parent_instance;
    GtkStack *stack, *views;
    WgWaiting *waiting;
    WgReviewTakes *takes;
    WgReviewMap *map;
    WgReviewLong *long_ones;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgPageReview, wg_page_review, GTK_TYPE_BOX)

static void
show(WgPageReview *self)
{
    WgSession *session = wg_desk_get_session(self->desk);
    const gboolean is_any =
        wg_session_get_reading(session) >= 0 || wg_session_get_recordings(session)->len > 0;

    gtk_stack_set_visible_child_name(self->stack, is_any ? "ready" : "waiting");
    gtk_widget_set_visible(GTK_WIDGET(self->long_ones), wg_review_long_count(self->desk) > 0);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    show(user_data);
}

static void
wg_page_review_map(GtkWidget *widget)
{
    show(WG_PAGE_REVIEW(widget));
    GTK_WIDGET_CLASS(wg_page_review_parent_class)->map(widget);
}

static void
wg_page_review_dispose(GObject *object)
{
    g_clear_object(&WG_PAGE_REVIEW(object)->desk);
    G_OBJECT_CLASS(wg_page_review_parent_class)->dispose(object);
}

static void
wg_page_review_class_init(WgPageReviewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_review_dispose;
    widget_class->map = wg_page_review_map;
    g_type_ensure(WG_TYPE_REVIEW_LONG);
    g_type_ensure(WG_TYPE_REVIEW_MAP);
    g_type_ensure(WG_TYPE_REVIEW_TAKES);
    g_type_ensure(WG_TYPE_WAITING);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-review.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, views);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, takes);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, map);
    gtk_widget_class_bind_template_child(widget_class, WgPageReview, long_ones);
}

static void
wg_page_review_init(WgPageReview *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_page_review_set_desk(WgPageReview *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_review_takes_set_desk(self->takes, desk);
    wg_review_map_set_desk(self->map, desk);
    wg_review_long_set_desk(self->long_ones, desk);
    wg_waiting_set(self->waiting, desk, _("Nothing to review yet"),
                   _("Here you will see all takes of a gesture side by side, and which of them are "
                     "doubtful. Record some, or import recordings from the menu."),
                   _("Record"), "record");
    g_signal_connect_object(wg_desk_get_session(desk), "recordings-changed",
                            G_CALLBACK(on_recordings_changed), self, 0);
}
