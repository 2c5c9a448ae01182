/* The page Try: what the watch recognises, beside what this computer says. */
#include "ui/page-try.h"

#include "ui/adapt-bar.h"
#include "ui/answer-view.h"
#include "ui/heard-strip.h"
#include "ui/model-facts.h"
#include "ui/perform-buttons.h"
#include "ui/performer.h"
#include "ui/sensitivity.h"
#include "ui/waiting.h"

#include "base/error.h"

#include <glib/gi18n.h>

struct _WgPageTry {
    GtkBox parent_instance;
    GtkStack *stack;
    WgWaiting *waiting, *absent;
    GtkLabel *state;
    WgAnswerView *view;
    GtkButton *listen;
    WgSensitivity *sensitivity;
    WgHeardStrip *strip;
    WgAdaptBar *adapt;
    WgPerformButtons *perform;
    WgDesk *desk;
    WgJob *job; /* that listens */
    char **labels;
    gboolean is_model_missing; /* on the watch */
    gboolean is_wanted;        /* it listens once the watch is free */
    int n_gestures;
    int n_performing, n_gestures_before; /* the watch's, and how many there were */
    char *performing;                    /* what it performs, of the last button */
    void (*then)(WgPageTry *self);       /* once it does not listen any more; NULL: nothing */
};

G_DEFINE_FINAL_TYPE(WgPageTry, wg_page_try, GTK_TYPE_BOX)

static void
show_stack(WgPageTry *self)
{
    gtk_stack_set_visible_child_name(self->stack, !self->labels            ? "waiting"
                                                  : self->is_model_missing ? "absent"
                                                                           : "ready");
}

/* One button is what to do next. */
static void
suggest(WgPageTry *self)
{
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->listen));

    if (self->job || self->is_model_missing || wg_adapt_bar_is_asking(self->adapt))
        gtk_style_context_remove_class(style, "suggested-action");
    else
        gtk_style_context_add_class(style, "suggested-action");
}

static void
show_state(WgPageTry *self, const char *text)
{
    gtk_label_set_text(self->state, text);
    gtk_button_set_label(self->listen, self->job ? _("_Stop Listening") : _("_Listen"));
    suggest(self);
    gtk_widget_set_sensitive(GTK_WIDGET(self->listen),
                             self->job || (wg_desk_get_ready_watch(self->desk) &&
                                           !wg_desk_describe_watch_use(self->desk)));
    gtk_widget_set_visible(GTK_WIDGET(self->perform),
                           self->job && wg_desk_has_virtual_watch(self->desk));
}

static void
on_row(WgPageTry *self, JsonObject *row)
{
    g_autoptr(WgHeard) heard = wg_heard_new(row, self->n_performing == 1 ? self->performing : NULL);

    self->n_gestures++;
    wg_answer_view_show(self->view, row);
    wg_heard_strip_add(self->strip, heard);
}

static void
on_started(WgPageTry *self, JsonObject *rule)
{
    self->is_model_missing = FALSE;
    show_stack(self);
    wg_sensitivity_show(self->sensitivity, rule);
    show_state(self, _("Listening: do a gesture, then hold still."));
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgPageTry *self = WG_PAGE_TRY(user_data);

    if (g_str_equal(name, "row"))
        on_row(self, event);
    else if (g_str_equal(name, "started"))
        on_started(self, event);
    else if (g_str_equal(name, "note"))
        wg_desk_say(self->desk, json_object_get_string_member(event, "text"));
}

/* Another model, or none, is no fault: the page says what to do. */
static void
show_why(WgPageTry *self, const GError *error)
{
    const gboolean is_missing = g_error_matches(error, WG_ERROR, WG_ERROR_MISSING);

    if (!is_missing)
        wg_desk_fail(self->desk, error);
    self->is_model_missing = is_missing;
    show_stack(self);
    show_state(self, _("Not listening."));
    wg_sensitivity_show(self->sensitivity, NULL);
}

static void
on_ended(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgPageTry) self = WG_PAGE_TRY(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);

    g_clear_object(&self->job);
    if (!self->desk)
        return;
    if (self->then) {
        void (*then)(WgPageTry *) = self->then;

        self->then = NULL;
        then(self);
        return;
    }
    if (error)
        show_why(self, error);
    else
        show_state(self, _("Not listening."));
    if (!wg_desk_get_ready_watch(self->desk))
        wg_sensitivity_show(self->sensitivity, NULL);
}

static void
listen(WgPageTry *self)
{
    if (self->job || !self->labels || !wg_desk_get_ready_watch(self->desk))
        return;
    self->is_wanted = wg_desk_describe_watch_use(self->desk) != NULL;
    if (self->is_wanted)
        return;
    self->job = wg_desk_new_job(self->desk, "listen", NULL);
    if (!self->job)
        return;
    g_signal_connect_object(self->job, "event", G_CALLBACK(on_event), self, 0);
    wg_job_run_async(self->job, on_ended, g_object_ref(self));
    show_state(self, _("The watch begins to listen…"));
}

static void
stop(WgPageTry *self)
{
    self->is_wanted = FALSE;
    if (self->job)
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
}

/* Listening has the watch for itself: what else is done with it comes between. */
static void
stand_aside(WgPageTry *self, void (*then)(WgPageTry *self))
{
    if (!self->job) {
        then(self);
        return;
    }
    self->then = then;
    g_cancellable_cancel(wg_job_get_cancellable(self->job));
}

static void
adjust(WgPageTry *self)
{
    wg_sensitivity_put(self->sensitivity);
}

static void
on_adjusted(WgSensitivity *sensitivity, gpointer user_data)
{
    WgPageTry *self = WG_PAGE_TRY(user_data);

    if (self->desk && gtk_widget_get_mapped(GTK_WIDGET(self)))
        listen(self);
}

static void
on_sensitivity(WgSensitivity *sensitivity, gpointer user_data)
{
    stand_aside(user_data, adjust);
}

static void
on_deployed(gpointer owner, JsonObject *result, const GError *error)
{
    WgPageTry *self = WG_PAGE_TRY(owner);

    wg_adapt_bar_tell_deployed(self->adapt, result, error);
    listen(self);
}

static void
deploy(WgPageTry *self)
{
    wg_adapt_bar_run(self->adapt, wg_desk_new_job(self->desk, "deploy", NULL), _("Onto the watch"),
                     on_deployed, self);
}

static void
on_deploy(WgAdaptBar *adapt, gpointer user_data)
{
    stand_aside(user_data, deploy);
}

static void
on_corrected(WgHeardStrip *strip, WgHeard *heard, gpointer user_data)
{
    WgPageTry *self = WG_PAGE_TRY(user_data);

    wg_adapt_bar_offer(self->adapt, wg_heard_get_take(heard), wg_heard_get_truth(heard));
    suggest(self);
}

static void
on_listen(GtkButton *button, gpointer user_data)
{
    WgPageTry *self = WG_PAGE_TRY(user_data);

    if (self->job)
        stop(self);
    else
        listen(self);
}

static void
on_performed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgPageTry) self = WG_PAGE_TRY(user_data);
    g_autoptr(GError) error = NULL;
    const gboolean is_done = wg_perform_finish(WG_DESK(source), result, &error);

    self->n_performing--;
    if (!self->desk || !self->job)
        return;
    if (!is_done && wg_desk_get_ready_watch(self->desk))
        wg_desk_fail(self->desk, error);
    else if (is_done && self->n_performing == 0 && self->n_gestures == self->n_gestures_before)
        show_state(self, _("The watch noticed no gesture in that: too soft, or too slow. Again?"));
}

static void
on_perform(WgPerformButtons *buttons, const char *label, gpointer user_data)
{
    WgPageTry *self = WG_PAGE_TRY(user_data);

    self->n_performing++;
    g_free(self->performing);
    self->performing = g_strdup(label);
    self->n_gestures_before = self->n_gestures;
    show_state(self, _("Listening: do a gesture, then hold still."));
    wg_perform_async(self->desk, label, FALSE, on_performed, g_object_ref(self));
}

static void
show(WgPageTry *self)
{
    g_auto(GStrv) labels = wg_model_facts_dup_labels(self->desk);
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    const char *held = wg_desk_describe_watch_use(self->desk);
    const gboolean is_other =
        !labels != !self->labels ||
        (labels && !g_strv_equal((const char *const *)labels, (const char *const *)self->labels));

    if (is_other) {
        g_strfreev(self->labels);
        self->labels = g_steal_pointer(&labels);
        wg_answer_view_set_labels(self->view, (const char *const *)self->labels, self->desk);
        wg_perform_buttons_set(self->perform, (const char *const *)self->labels);
    }
    self->is_model_missing &= watch != NULL;
    show_stack(self);
    if (!self->job)
        show_state(self, !watch ? _("Connect a watch at the upper right.")
                         : held ? held
                                : _("Not listening."));
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    WgPageTry *self = WG_PAGE_TRY(user_data);

    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    show(self);
    if (self->is_wanted)
        listen(self);
}

static void
wg_page_try_map(GtkWidget *widget)
{
    WgPageTry *self = WG_PAGE_TRY(widget);

    GTK_WIDGET_CLASS(wg_page_try_parent_class)->map(widget);
    show(self);
    listen(self);
}

static void
wg_page_try_unmap(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_page_try_parent_class)->unmap(widget);
    stop(WG_PAGE_TRY(widget));
}

static void
wg_page_try_dispose(GObject *object)
{
    WgPageTry *self = WG_PAGE_TRY(object);

    stop(self);
    g_clear_object(&self->desk);
    g_clear_pointer(&self->labels, g_strfreev);
    g_clear_pointer(&self->performing, g_free);
    G_OBJECT_CLASS(wg_page_try_parent_class)->dispose(object);
}

static void
wg_page_try_class_init(WgPageTryClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_try_dispose;
    widget_class->map = wg_page_try_map;
    widget_class->unmap = wg_page_try_unmap;
    g_type_ensure(WG_TYPE_ADAPT_BAR);
    g_type_ensure(WG_TYPE_ANSWER_VIEW);
    g_type_ensure(WG_TYPE_HEARD_STRIP);
    g_type_ensure(WG_TYPE_PERFORM_BUTTONS);
    g_type_ensure(WG_TYPE_SENSITIVITY);
    g_type_ensure(WG_TYPE_WAITING);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/page-try.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, state);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, absent);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, sensitivity);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, view);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, strip);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, adapt);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, listen);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, perform);
    gtk_widget_class_bind_template_callback(widget_class, on_adjusted);
    gtk_widget_class_bind_template_callback(widget_class, on_corrected);
    gtk_widget_class_bind_template_callback(widget_class, on_deploy);
    gtk_widget_class_bind_template_callback(widget_class, on_listen);
    gtk_widget_class_bind_template_callback(widget_class, on_perform);
    gtk_widget_class_bind_template_callback(widget_class, on_sensitivity);
}

static void
wg_page_try_init(WgPageTry *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_page_try_set_desk(WgPageTry *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_sensitivity_set_desk(self->sensitivity, desk);
    wg_adapt_bar_set_desk(self->adapt, desk);
    wg_heard_strip_set_desk(self->strip, desk);
    wg_waiting_set(
        self->waiting, desk, _("No model to try yet"),
        _("Here the watch recognises your gestures live, and this computer says beside it "
          "what it would answer. Train a model and deploy it first."),
        _("Train"), "train");
    wg_waiting_set(self->absent, desk, _("This model is not on the watch yet"),
                   _("The watch has another one, or none. Deploy this one; then the watch "
                     "recognises your gestures with it."),
                   _("Deploy"), "deploy");
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self, 0);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_changed), self, 0);
}
