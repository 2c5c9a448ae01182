/* The page Evaluate: how good the model is, looked at from several sides. */
#include "ui/page-evaluate.h"

#include "ui/dials-view.h"
#include "ui/evaluate-mistakes.h"
#include "ui/guest-view.h"
#include "ui/inside-view.h"
#include "ui/minute-view.h"
#include "ui/model-facts.h"
#include "ui/scroll-to.h"
#include "ui/study.h"
#include "ui/threshold-view.h"
#include "ui/waiting.h"

#include <glib/gi18n.h>

struct _WgPageEvaluate {
    GtkBox parent_instance;
    GtkStack *stack, *views;
    GtkScrolledWindow *scrolled;
    WgWaiting *waiting;
    WgEvaluateMistakes *mistakes;
    WgStudy *learning_curve, *robustness, *compare, *stream, *threshold, *reject;
    WgInsideView *inside;
    WgGuestView *guest;
    GtkLabel *more;
    GMenuModel *more_views;
    WgDialsView *dials;
    WgMinuteView *minute;
    WgThresholdView *threshold_view;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgPageEvaluate, wg_page_evaluate, GTK_TYPE_BOX)

/* What there is to do first, and what is known already. */
static void
show_waiting(WgPageEvaluate *self)
{
    g_autofree char *trained = wg_model_facts_dup_trained(self->desk);

    if (trained)
        wg_waiting_set(self->waiting, self->desk, _("The watch's model is not made yet"), trained,
                       _("Train"), "train");
    else
        wg_waiting_set(self->waiting, self->desk, _("No model to evaluate yet"),
                       _("Here you will see which gestures the model mixes up, and the takes "
                         "behind each mistake. Train one first."),
                       _("Train"), "train");
}

static void
show(WgPageEvaluate *self)
{
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");

    if (!model)
        show_waiting(self);
    gtk_stack_set_visible_child_name(self->stack, model ? "ready" : "waiting");
}

static void
on_models_changed(WgSession *session, gpointer user_data)
{
    WgPageEvaluate *self = WG_PAGE_EVALUATE(user_data);

    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        show(self);
}

/* Another view begins at its top. The button of those that stand in a menu is called by the one
 * that is seen. */
static void
on_view(GtkStack *stack, GParamSpec *pspec, gpointer user_data)
{
    WgPageEvaluate *self = WG_PAGE_EVALUATE(user_data);
    const char *name = gtk_stack_get_visible_child_name(stack);
    g_autoptr(GMenuModel) section =
        self->more_views ? g_menu_model_get_item_link(self->more_views, 0, G_MENU_LINK_SECTION)
                         : NULL;

    if (self->scrolled)
        gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(self->scrolled), 0);
    if (!section)
        return;
    /* a menu stays open behind a radio item: nobody chooses two views */
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(gtk_widget_get_ancestor(GTK_WIDGET(self->more), GTK_TYPE_MENU_BUTTON)),
        FALSE);
    gtk_label_set_text(self->more, _("More"));
    for (int i = 0; i < g_menu_model_get_n_items(section); i++) {
        g_autofree char *target = NULL, *label = NULL;

        if (g_menu_model_get_item_attribute(section, i, G_MENU_ATTRIBUTE_TARGET, "s", &target) &&
            g_menu_model_get_item_attribute(section, i, G_MENU_ATTRIBUTE_LABEL, "s", &label) &&
            g_strcmp0(target, name) == 0)
            gtk_label_set_text(self->more, label);
    }
}

static void
on_look_inside(WgDesk *desk, gint64 take, gpointer user_data)
{
    WgPageEvaluate *self = WG_PAGE_EVALUATE(user_data);

    wg_inside_view_look(self->inside, take);
    gtk_stack_set_visible_child_name(self->views, "inside");
}

static void
wg_page_evaluate_map(GtkWidget *widget)
{
    show(WG_PAGE_EVALUATE(widget));
    GTK_WIDGET_CLASS(wg_page_evaluate_parent_class)->map(widget);
}

static void
wg_page_evaluate_dispose(GObject *object)
{
    g_clear_object(&WG_PAGE_EVALUATE(object)->desk);
    G_OBJECT_CLASS(wg_page_evaluate_parent_class)->dispose(object);
}

static void
wg_page_evaluate_class_init(WgPageEvaluateClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_evaluate_dispose;
    widget_class->map = wg_page_evaluate_map;
    g_type_ensure(WG_TYPE_DIALS_VIEW);
    g_type_ensure(WG_TYPE_EVALUATE_MISTAKES);
    g_type_ensure(WG_TYPE_GUEST_VIEW);
    g_type_ensure(WG_TYPE_INSIDE_VIEW);
    g_type_ensure(WG_TYPE_MINUTE_VIEW);
    g_type_ensure(WG_TYPE_STUDY);
    g_type_ensure(WG_TYPE_THRESHOLD_VIEW);
    g_type_ensure(WG_TYPE_WAITING);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-evaluate.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, scrolled);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, views);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, inside);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, guest);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, more);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, more_views);
    gtk_widget_class_bind_template_callback(widget_class, on_view);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, dials);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, minute);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, threshold_view);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, mistakes);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, learning_curve);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, robustness);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, compare);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, stream);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, threshold);
    gtk_widget_class_bind_template_child(widget_class, WgPageEvaluate, reject);
}

static void
wg_page_evaluate_init(WgPageEvaluate *self)
{
    g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new();
    g_autoptr(GPropertyAction) view = NULL;

    gtk_widget_init_template(GTK_WIDGET(self));
    view = g_property_action_new("view", self->views, "visible-child-name");
    g_action_map_add_action(G_ACTION_MAP(actions), G_ACTION(view));
    gtk_widget_insert_action_group(GTK_WIDGET(self), "evaluate", G_ACTION_GROUP(actions));
    wg_scroll_with_focus(self->scrolled);
    on_view(self->views, NULL, self);
}

void
wg_page_evaluate_set_desk(WgPageEvaluate *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_evaluate_mistakes_set_desk(self->mistakes, desk);
    wg_study_set_desk(self->learning_curve, desk, &wg_study_learning_curve);
    wg_study_set_desk(self->robustness, desk, &wg_study_robustness);
    wg_study_set_desk(self->compare, desk, &wg_study_compare);
    wg_study_set_desk(self->stream, desk, &wg_study_stream);
    wg_study_set_desk(self->threshold, desk, &wg_study_threshold);
    wg_study_set_desk(self->reject, desk, &wg_study_reject);
    wg_inside_view_set_desk(self->inside, desk);
    wg_guest_view_set_desk(self->guest, desk);
    wg_dials_view_set_desk(self->dials, desk);
    wg_minute_view_set_desk(self->minute, desk);
    wg_threshold_view_set_desk(self->threshold_view, desk);
    g_signal_connect_object(desk, "look-inside", G_CALLBACK(on_look_inside), self, 0);
    g_signal_connect_object(wg_desk_get_session(desk), "models-changed",
                            G_CALLBACK(on_models_changed), self, 0);
}
