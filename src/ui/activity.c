/* Runs a job and shows how far it is, how long still, and a way to stop it. */
#include "ui/activity.h"

#include <glib/gi18n.h>

enum { PROP_RUNNING = 1, N_PROPS };

struct _WgActivity {
    GtkBox parent_instance;
    GtkLabel *text;
    GtkProgressBar *bar;
    WgJob *job; /* that runs */
    char *what;
};

G_DEFINE_FINAL_TYPE(WgActivity, wg_activity, GTK_TYPE_BOX)

static GParamSpec *props[N_PROPS];

typedef struct {
    WgActivity *activity;
    WgDesk *desk;
    GObject *owner;
    WgActivityDone done;
} Running;

static void
running_free(Running *running)
{
    g_object_unref(running->activity);
    g_object_unref(running->desk);
    g_object_unref(running->owner);
    g_free(running);
}

static void
show_progress(WgActivity *self)
{
    WgProgress *progress = wg_job_get_progress(self->job);
    const double fraction = wg_progress_get_fraction(progress);
    const double remaining_s = wg_progress_get_remaining_s(progress);
    g_autofree char *told = wg_progress_dup_text(progress);
    g_autofree char *text = NULL;
    const char *what = told ? told : self->what;

    if (remaining_s >= 1)
        text = g_strdup_printf(ngettext("%s · about %d second left", "%s · about %d seconds left",
                                        (gulong)(remaining_s + 0.5)),
                               what, (int)(remaining_s + 0.5));
    gtk_label_set_text(self->text, text ? text : what);
    if (fraction > 0)
        gtk_progress_bar_set_fraction(self->bar, fraction);
    else
        gtk_progress_bar_pulse(self->bar);
}

static void
on_progress(WgProgress *progress, gpointer user_data)
{
    WgActivity *self = WG_ACTIVITY(user_data);

    if (self->job)
        show_progress(self);
}

static void
on_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Running *running = user_data;
    WgActivity *self = running->activity;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);

    wg_desk_end_work(running->desk, WG_JOB(source));
    g_clear_object(&self->job);
    if (!gtk_widget_in_destruction(GTK_WIDGET(self)) && self->text) {
        gtk_widget_hide(GTK_WIDGET(self));
        g_object_notify_by_pspec(G_OBJECT(self), props[PROP_RUNNING]);
        running->done(running->owner, object, error);
    }
    running_free(running);
}

static void
on_stop(GtkButton *button, gpointer user_data)
{
    wg_activity_stop(user_data);
}

static void
wg_activity_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_RUNNING)
        g_value_set_boolean(value, WG_ACTIVITY(object)->job != NULL);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
wg_activity_dispose(GObject *object)
{
    WgActivity *self = WG_ACTIVITY(object);

    wg_activity_stop(self); /* the window is closed while it runs */
    self->text = NULL;
    G_OBJECT_CLASS(wg_activity_parent_class)->dispose(object);
}

static void
wg_activity_finalize(GObject *object)
{
    g_free(WG_ACTIVITY(object)->what);
    G_OBJECT_CLASS(wg_activity_parent_class)->finalize(object);
}

static void
wg_activity_class_init(WgActivityClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    object_class->get_property = wg_activity_get_property;
    object_class->dispose = wg_activity_dispose;
    object_class->finalize = wg_activity_finalize;
    props[PROP_RUNNING] = g_param_spec_boolean("running", "Running", "A job runs", FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, props);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/activity.ui");
    gtk_widget_class_bind_template_child(widget_class, WgActivity, text);
    gtk_widget_class_bind_template_child(widget_class, WgActivity, bar);
    gtk_widget_class_bind_template_callback(widget_class, on_stop);
    gtk_widget_class_set_css_name(widget_class, "activity");
}

static void
wg_activity_init(WgActivity *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_activity_run(WgActivity *self, WgDesk *desk, WgJob *job, const char *text, WgActivityDone done,
                gpointer owner)
{
    Running *running;

    if (!job)
        return;
    if (self->job) {
        g_object_unref(job);
        return;
    }
    running = g_new0(Running, 1);
    running->activity = g_object_ref(self);
    running->desk = g_object_ref(desk);
    running->owner = g_object_ref(owner);
    running->done = done;
    self->job = job;
    g_free(self->what);
    self->what = g_strdup(text);
    gtk_progress_bar_set_fraction(self->bar, 0);
    gtk_widget_show(GTK_WIDGET(self));
    g_signal_connect_object(wg_job_get_progress(job), "changed", G_CALLBACK(on_progress), self, 0);
    show_progress(self);
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_RUNNING]);
    wg_desk_begin_work(desk, job);
    wg_job_run_async(job, on_done, running);
}

gboolean
wg_activity_is_running(WgActivity *self)
{
    return self->job != NULL;
}

void
wg_activity_stop(WgActivity *self)
{
    if (self->job)
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
}
