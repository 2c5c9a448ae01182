/* The page Deploy: whether the model fits the watch, the way onto it, and its proof. */
#include "ui/page-deploy.h"

#include "ui/action-list.h"
#include "ui/activity.h"
#include "ui/carried-view.h"
#include "ui/export-button.h"
#include "ui/figures-view.h"
#include "ui/model-facts.h"
#include "ui/scroll-to.h"
#include "ui/verdict-label.h"
#include "ui/waiting.h"

#include <glib/gi18n.h>

struct _WgPageDeploy {
    GtkBox parent_instance;
    GtkStack *stack;
    WgWaiting *waiting;
    GtkLabel *watch, *gestures, *thresholds, *verdict, *reasons;
    WgFiguresView *figures;
    WgActionList *actions;
    GtkRadioButton *builtin;
    GtkButton *deploy, *next;
    WgExportButton *export;
    GtkLabel *held;
    WgActivity *activity;
    WgCarriedView *carried;
    GtkBox *proof;
    GtkLabel *uploaded, *verified, *tested;
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgPageDeploy, wg_page_deploy, GTK_TYPE_BOX)

static char *
join_reasons(WgPageDeploy *self, JsonObject *facts)
{
    g_autofree char *age = wg_model_facts_dup_age(self->desk);
    JsonArray *reasons = json_object_get_array_member(facts, "reasons");
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < json_array_get_length(reasons); i++)
        g_string_append_printf(text, "%s• %s", i ? "\n" : "",
                               json_array_get_string_element(reasons, i));
    if (age)
        g_string_append_printf(text, "%s• %s", text->len ? "\n" : "", age);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
show_gestures(WgPageDeploy *self)
{
    g_auto(GStrv) labels = wg_model_facts_dup_labels(self->desk);
    g_autofree char *text = labels ? g_strjoinv(", ", labels) : g_strdup("");
    g_autofree char *thresholds = wg_model_facts_dup_thresholds(self->desk);

    gtk_label_set_text(self->gestures, text);
    gtk_label_set_text(self->thresholds, thresholds ? thresholds : "");
    gtk_widget_set_visible(GTK_WIDGET(self->thresholds), thresholds != NULL);
    wg_action_list_show(self->actions, (const char *const *)labels);
}

static void
show(WgPageDeploy *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    const gboolean is_builtin = gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(self->builtin));
    g_autoptr(JsonObject) facts = wg_model_facts_inspect(self->desk, is_builtin);
    const gboolean is_running = wg_activity_is_running(self->activity);
    const char *held = is_running ? NULL : wg_desk_describe_watch_use(self->desk);
    g_autofree char *reasons = NULL, *name = NULL;
    gboolean fits;

    gtk_stack_set_visible_child_name(self->stack, facts ? "ready" : "waiting");
    if (!facts)
        return;
    fits = json_object_get_boolean_member(facts, "fits");
    reasons = join_reasons(self, facts);
    name = watch ? g_strdup_printf(_("%s, firmware %s"), wg_watch_get_name(watch),
                                   wg_watch_get_version(watch))
                 : g_strdup(_("none is connected; choose one at the upper right"));
    gtk_label_set_text(self->watch, name);
    show_gestures(self);
    gtk_label_set_text(self->reasons, reasons);
    gtk_widget_set_visible(GTK_WIDGET(self->reasons), *reasons != '\0');
    wg_verdict_label_set(self->verdict, fits,
                         fits ? _("The model fits this watch.")
                              : _("This watch cannot run the model."));
    wg_figures_view_set_builtin(self->figures, is_builtin);
    wg_figures_view_show(self->figures);
    gtk_widget_set_visible(GTK_WIDGET(self->deploy), !is_running);
    gtk_widget_set_visible(GTK_WIDGET(self->export), !is_running);
    gtk_widget_set_sensitive(GTK_WIDGET(self->deploy), watch && fits && !held);
    gtk_label_set_text(self->held, held ? held : "");
    gtk_widget_set_visible(GTK_WIDGET(self->held), held != NULL);
    wg_carried_view_set_offering(self->carried, watch && !is_running && !held);
}

static void
show_proof(WgPageDeploy *self, JsonObject *result)
{
    JsonObject *test = json_object_get_object_member(result, "self_test");
    const int n = (int)json_object_get_int_member(test, "n");
    const int n_equal = (int)json_object_get_int_member(test, "equal");
    const gboolean is_verified = json_object_get_boolean_member(result, "verified");
    const int n_bytes = (int)json_object_get_int_member(result, "bytes");
    const double seconds = json_object_get_double_member(result, "seconds");
    g_autofree char *uploaded =
        seconds < 0.1 ? g_strdup_printf(_("%d bytes are on the watch."), n_bytes)
                      : g_strdup_printf(_("%d bytes are on the watch, sent in %.1f seconds."),
                                        n_bytes, seconds);
    g_autofree char *verified =
        is_verified
            ? g_strdup_printf(_("Read back and compared: the checksum is %s on both sides."),
                              json_object_get_string_member(result, "crc32"))
            : g_strdup(_("What the watch holds is not what was sent. Deploy again."));
    g_autofree char *tested = g_strdup_printf(
        _("The watch itself answers %d of %d stored takes as this computer does."), n_equal, n);

    wg_verdict_label_set(self->uploaded, TRUE, uploaded);
    wg_verdict_label_set(self->verified, is_verified, verified);
    wg_verdict_label_set(self->tested, n_equal == n, tested);
    gtk_widget_show(GTK_WIDGET(self->proof));
    gtk_widget_set_visible(GTK_WIDGET(self->next), is_verified);
}

static void
on_deployed(gpointer owner, JsonObject *result, const GError *error)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(owner);

    if (error)
        wg_desk_fail(self->desk, error);
    if (result && json_object_has_member(result, "self_test"))
        show_proof(self, result);
    wg_carried_view_ask(self->carried);
    show(self);
    wg_scroll_to(GTK_WIDGET(self->proof));
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
    show(self);
}

static void
on_restore(WgCarriedView *carried, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);
    WgJob *job = wg_desk_new_job(self->desk, "restore", NULL);

    gtk_widget_hide(GTK_WIDGET(self->proof));
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
on_deploy(GtkButton *button, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);
    const gboolean is_builtin = gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(self->builtin));
    WgJob *job =
        wg_desk_new_job(self->desk, "deploy", "mode", is_builtin ? "builtin" : "app", NULL);

    gtk_widget_hide(GTK_WIDGET(self->proof));
    if (job)
        g_signal_connect_object(job, "event", G_CALLBACK(on_note), self, 0);
    wg_activity_run(self->activity, self->desk, job, _("Onto the watch"), on_deployed, self);
    show(self);
}

static void
on_mode_toggled(GtkToggleButton *button, gpointer user_data)
{
    if (WG_PAGE_DEPLOY(user_data)->desk)
        show(WG_PAGE_DEPLOY(user_data));
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
        show(self);
}

/* Another model: what was proved is of the one before. */
static void
on_models_changed(WgSession *session, gpointer user_data)
{
    WgPageDeploy *self = WG_PAGE_DEPLOY(user_data);

    if (!wg_activity_is_running(self->activity) && !gtk_widget_get_mapped(GTK_WIDGET(self)))
        gtk_widget_hide(GTK_WIDGET(self->proof));
    on_changed(session, self);
}

static void
wg_page_deploy_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_page_deploy_parent_class)->map(widget);
    show(WG_PAGE_DEPLOY(widget));
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
    g_type_ensure(WG_TYPE_EXPORT_BUTTON);
    g_type_ensure(WG_TYPE_FIGURES_VIEW);
    g_type_ensure(WG_TYPE_WAITING);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-deploy.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, watch);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, gestures);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, thresholds);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, figures);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, verdict);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, reasons);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, actions);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, builtin);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, deploy);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, export);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, held);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, next);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, activity);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, carried);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, proof);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, uploaded);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, verified);
    gtk_widget_class_bind_template_child(widget_class, WgPageDeploy, tested);
    gtk_widget_class_bind_template_callback(widget_class, on_deploy);
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
