/* The page Deploy: whether the model fits the watch, the way onto it, and its proof. */
#include "ui/page-deploy.h"

#include "ui/action-list.h"
#include "ui/activity.h"
#include "ui/carried-view.h"
#include "ui/deploy-steps.h"
#include "ui/export-button.h"
#include "ui/figures-view.h"
#include "ui/model-facts.h"
#include "ui/ready-view.h"
#include "ui/scroll-to.h"
#include "ui/waiting.h"

#include <glib/gi18n.h>

struct _WgPageDeploy {
    GtkBox parent_instance;
    GtkStack *stack;
    WgWaiting *waiting;
    WgReadyView *ready;
    WgWatchPicture *picture;
    GtkLabel *thresholds, *held;
    WgFiguresView *figures;
    WgActionList *actions;
    GtkRadioButton *builtin;
    GtkBox *buttons;
    GtkButton *deploy, *next;
    WgExportButton *export;
    WgActivity *activity;
    WgDeploySteps *steps;
    WgCarriedView *carried;
    WgDesk *desk;
    gboolean is_proved; /* what was deployed last, and the steps show it */
};

G_DEFINE_FINAL_TYPE(WgPageDeploy, wg_page_deploy, GTK_TYPE_BOX)

static void
show_gestures(WgPageDeploy *self)
{
    g_auto(GStrv) labels = wg_model_facts_dup_labels(self->desk);
    g_autofree char *thresholds = wg_model_facts_dup_thresholds(self->desk);

    gtk_label_set_text(self->thresholds, thresholds ? thresholds : "");
    gtk_widget_set_visible(GTK_WIDGET(self->thresholds), thresholds != NULL);
    wg_action_list_show(self->actions, (const char *const *)labels);
}

static gboolean
is_builtin(WgPageDeploy *self)
{
    return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(self->builtin));
}

/* One button is what to do next: deploying, or once that is proved, trying. */
static void
suggest(WgPageDeploy *self)
{
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->deploy));
    const gboolean is_running = wg_activity_is_running(self->activity);

    const gboolean is_next = self->is_proved && wg_desk_get_ready_watch(self->desk);

    gtk_widget_set_visible(GTK_WIDGET(self->next), is_next && !is_running);
    if (is_next) {
        gtk_style_context_remove_class(style, "suggested-action");
        gtk_style_context_remove_class(style, "large-button");
    } else {
        gtk_style_context_add_class(style, "suggested-action");
        gtk_style_context_add_class(style, "large-button");
    }
}

/* What was proved is of another model, or of one that has been replaced. */
static void
forget_proof(WgPageDeploy *self)
{
    self->is_proved = FALSE;
    gtk_widget_hide(GTK_WIDGET(self->steps));
}

static void
show(WgPageDeploy *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    const gboolean is_running = wg_activity_is_running(self->activity);
    const char *held = is_running ? NULL : wg_desk_describe_watch_use(self->desk);
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");

    gtk_stack_set_visible_child_name(self->stack, model ? "ready" : "waiting");
    if (!model)
        return;
    if (!watch && !is_running) /* the next one may be another */
        forget_proof(self);
    show_gestures(self);
    wg_figures_view_set_builtin(self->figures, is_builtin(self));
    wg_figures_view_show(self->figures);
    gtk_widget_set_visible(GTK_WIDGET(self->buttons), !is_running);
    gtk_widget_set_sensitive(GTK_WIDGET(self->deploy),
                             watch && wg_ready_view_is_ready(self->ready) && !held);
    gtk_label_set_text(self->held, held ? held : "");
    gtk_widget_set_visible(GTK_WIDGET(self->held), held != NULL);
    wg_carried_view_set_offering(self->carried, watch && !is_running && !held);
    suggest(self);
}

/* The checks anew, and what they allow. */
static void
check(WgPageDeploy *self)
{
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");

    if (model && !wg_activity_is_running(self->activity))
        wg_ready_view_ask(self->ready, is_builtin(self));
    show(self);
}

static void
on_answered(WgReadyView *ready, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);

    if (self->desk)
        show(self);
}

static void
on_deployed(gpointer owner, JsonObject *result, const GError *error)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(owner);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        wg_desk_say(self->desk, _("Stopped. The watch uses no half of a model."));
    else if (error)
        wg_desk_fail(self->desk, error);
    if (result && json_object_has_member(result, "self_test"))
        self->is_proved = wg_deploy_steps_prove(self->steps, result);
    else
        forget_proof(self);
    wg_carried_view_ask(self->carried);
    check(self);
    wg_scroll_to(GTK_WIDGET(self->steps));
    if (self->is_proved)
        gtk_widget_grab_focus(GTK_WIDGET(self->next));
}

static void
on_restored(gpointer owner, JsonObject *result, const GError *error)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(owner);

    if (error)
        wg_desk_fail(self->desk, error);
    else
        wg_desk_say(self->desk, _("The former model is in use again."));
    wg_carried_view_ask(self->carried);
    check(self);
}

static void
on_restore(WgCarriedView *carried, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);
    WgJob *job = wg_desk_new_job(self->desk, "restore", NULL);

    forget_proof(self);
    wg_activity_run(self->activity, self->desk, job, _("Back to the former model"), on_restored,
                    self);
    show(self);
}

static void
on_note(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    if (g_str_equal(name, "note"))
        wg_desk_say(WG_PAGE_DEPLOY(user_data)->desk, json_object_get_string_member(event, "text"));
}

static void
on_progress(WgProgress *progress, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);

    if (wg_activity_is_running(self->activity))
        wg_deploy_steps_tell(self->steps, wg_progress_get_fraction(progress));
}

static void
on_deploy(GtkButton *button, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);
    WgJob *job =
        wg_desk_new_job(self->desk, "deploy", "mode", is_builtin(self) ? "builtin" : "app", NULL);

    forget_proof(self);
    if (job) {
        g_signal_connect_object(job, "event", G_CALLBACK(on_note), self, 0);
        g_signal_connect_object(wg_job_get_progress(job), "changed", G_CALLBACK(on_progress), self,
                                0);
        wg_deploy_steps_begin(self->steps);
    }
    wg_activity_run(self->activity, self->desk, job, _("Onto the watch"), on_deployed, self);
    show(self);
}

/* What comes to light below the window's edge is brought into it. */
static void
on_expanded(GtkExpander *expander, GParamSpec *pspec, gpointer user_data)
{
    if (gtk_expander_get_expanded(expander))
        wg_scroll_to(GTK_WIDGET(expander));
}

static void
on_mode_toggled(GtkToggleButton *button, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);

    if (!self->desk)
        return;
    forget_proof(self);
    check(self);
}

static void
on_exported(gpointer owner, JsonObject *result, const GError *error)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(owner);
    g_autofree char *text = NULL;

    if (result) {
        text = g_strdup_printf(_("The model is written to %s."),
                               json_object_get_string_member(result, "file"));
        wg_desk_say(self->desk, text);
    } else {
        wg_desk_fail(self->desk, error);
    }
    show(self);
}

static void
on_export(WgExportButton *button, const char *form, const char *path, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);
    /* the chooser has asked before */
    WgJob *job = wg_desk_new_job(self->desk, "export", "to", form, "replace", "", NULL);

    if (job)
        wg_job_add_argument(job, path);
    wg_activity_run(self->activity, self->desk, job, _("Writing the model"), on_exported, self);
    show(self);
}

static void
on_next(GtkButton *button, gpointer user_data)
{
    wg_desk_go(WG_PAGE_DEPLOY(user_data)->desk, "try");
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);

    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        check(self);
}

/* Another model: what was proved is of the one before. */
static void
on_models_changed(WgSession *session, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);

    if (!wg_activity_is_running(self->activity) && !gtk_widget_get_mapped(GTK_WIDGET(self)))
        forget_proof(self);
    on_changed(session, self);
}

static void
wg_page_deploy_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_page_deploy_parent_class)->map(widget);
    check(WG_PAGE_DEPLOY(widget));
}

static void
wg_page_deploy_dispose(GObject *object)
{
    g_clear_object(&WG_PAGE_DEPLOY(object)->desk);
    G_OBJECT_CLASS(wg_page_deploy_parent_class)->dispose(object);
}

static void
wg_page_deploy_class_init(WgPageDeployClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_deploy_dispose;
    widget_class->map = wg_page_deploy_map;
    g_type_ensure(WG_TYPE_ACTION_LIST);
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_CARRIED_VIEW);
    g_type_ensure(WG_TYPE_DEPLOY_STEPS);
    g_type_ensure(WG_TYPE_EXPORT_BUTTON);
    g_type_ensure(WG_TYPE_FIGURES_VIEW);
    g_type_ensure(WG_TYPE_READY_VIEW);
    g_type_ensure(WG_TYPE_WAITING);
    g_type_ensure(WG_TYPE_WATCH_PICTURE);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-deploy.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, ready);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, picture);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, buttons);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, steps);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, thresholds);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, figures);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, actions);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, builtin);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, deploy);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, export);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, held);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, next);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, activity);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, carried);
    gtk_widget_class_bind_template_callback(widget_class, on_answered);
    gtk_widget_class_bind_template_callback(widget_class, on_deploy);
    gtk_widget_class_bind_template_callback(widget_class, on_expanded);
    gtk_widget_class_bind_template_callback(widget_class, on_export);
    gtk_widget_class_bind_template_callback(widget_class, on_mode_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_next);
    gtk_widget_class_bind_template_callback(widget_class, on_restore);
}

static void
wg_page_deploy_init(WgPageDeploy *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_page_deploy_set_desk(WgPageDeploy *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_ready_view_set_desk(self->ready, desk, self->picture);
    wg_carried_view_set_desk(self->carried, desk);
    wg_export_button_set_desk(self->export, desk);
    wg_action_list_set_desk(self->actions, desk);
    wg_figures_view_set_desk(self->figures, desk);
    wg_waiting_set(
        self->waiting, desk, _("No model to deploy yet"),
        _("From here your model goes onto the watch, which then proves that it answers as "
          "this computer does. Train one first."),
        _("Train"), "train");
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_models_changed), self, 0);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_changed), self, 0);
}
