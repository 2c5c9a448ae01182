/* The page Train: learning, and what goes further: few takes, search, the watch's numbers, smaller.
 */
#include "ui/page-train.h"

#include "ui/calibration-view.h"
#include "ui/learn-view.h"
#include "ui/scroll-to.h"
#include "ui/study.h"
#include "ui/waiting.h"

#include <glib/gi18n.h>

struct _WgPageTrain {
    GtkBox parent_instance;
    GtkStack *stack;
    GtkScrolledWindow *scrolled;
    WgWaiting *waiting;
    WgLearnView *learn;
    WgStudy *search, *personalise, *forms, *prune, *distill;
    WgCalibrationView *calibration;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgPageTrain, wg_page_train, GTK_TYPE_BOX)

/* How many gestures have takes. */
static guint
count_gestures(WgPageTrain *self)
{
    GListModel *gestures = wg_desk_get_gestures(self->desk);
    guint n = 0;

    for (guint i = 0; i < g_list_model_get_n_items(gestures); i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(gestures, i);

        n += wg_gesture_get_n_taking_part(gesture) > 0;
    }
    return n;
}

static void
show(WgPageTrain *self)
{
    const guint n_gestures = count_gestures(self);

    gtk_stack_set_visible_child_name(self->stack, n_gestures >= 2 ? "ready" : "waiting");
    wg_waiting_set(
        self->waiting, self->desk, _("Two gestures are needed"),
        n_gestures == 0
            ? _("A network learns to tell gestures apart. Record at least two, ten takes "
                "of each, and come back.")
            : _("One gesture is there. Record a second one, or “other”: what you do in "
                "between."),
        _("Record"), "record");
    wg_learn_view_show(self->learn);
}

/* Another view begins at its top. */
static void
on_view(GtkStack *views, GParamSpec *pspec, gpointer user_data)
{
    GtkScrolledWindow *scrolled = WG_PAGE_TRAIN(user_data)->scrolled;

    if (scrolled)
        gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(scrolled), 0);
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    if (gtk_widget_get_mapped(GTK_WIDGET(user_data)))
        show(user_data);
}

static void
wg_page_train_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_page_train_parent_class)->map(widget);
    show(WG_PAGE_TRAIN(widget));
}

static void
wg_page_train_dispose(GObject *object)
{
    g_clear_object(&WG_PAGE_TRAIN(object)->desk);
    G_OBJECT_CLASS(wg_page_train_parent_class)->dispose(object);
}

static void
wg_page_train_class_init(WgPageTrainClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_train_dispose;
    widget_class->map = wg_page_train_map;
    g_type_ensure(WG_TYPE_CALIBRATION_VIEW);
    g_type_ensure(WG_TYPE_LEARN_VIEW);
    g_type_ensure(WG_TYPE_STUDY);
    g_type_ensure(WG_TYPE_WAITING);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-train.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, scrolled);
    gtk_widget_class_bind_template_callback(widget_class, on_view);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, learn);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, search);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, personalise);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, calibration);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, forms);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, prune);
    gtk_widget_class_bind_template_child(widget_class, WgPageTrain, distill);
}

static void
wg_page_train_init(WgPageTrain *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    wg_scroll_with_focus(self->scrolled);
}

void
wg_page_train_set_desk(WgPageTrain *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_study_set_desk(self->search, desk, &wg_study_search);
    wg_study_set_desk(self->personalise, desk, &wg_study_personalise);
    wg_learn_view_set_desk(self->learn, desk);
    wg_calibration_view_set_desk(self->calibration, desk);
    wg_study_set_desk(self->forms, desk, &wg_study_forms);
    wg_study_set_desk(self->prune, desk, &wg_study_prune);
    wg_study_set_desk(self->distill, desk, &wg_study_distill);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self, 0);
}

void
wg_page_train_set_settings(WgPageTrain *self, GSettings *settings)
{
    wg_learn_view_set_settings(self->learn, settings);
}
