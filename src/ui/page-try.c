/* The page Try: what the watch recognises, beside what this computer says. */
#include "ui/page-try.h"

#include "ui/charts/bars.h"
#include "ui/model-facts.h"
#include "ui/performer.h"
#include "ui/waiting.h"

#include <glib/gi18n.h>

#define NOT_SHOWN 2.0 /* beyond the bars */
#define N_HISTORY 8

struct _WgPageTry {
    GtkBox parent_instance;
    GtkStack *stack;
    WgWaiting *waiting;
    GtkLabel *answer, *agreement, *count, *state, *history;
    GtkButton *listen;
    WgBars *bars;
    GtkBox *perform_box;
    GtkFlowBox *perform_buttons;
    WgDesk *desk;
    WgJob *job; /* that listens */
    char **labels;
    gboolean is_wanted; /* it listens once the watch is free */
    int n_gestures, n_equal;
    int n_performing, n_gestures_before; /* the watch's, and how many there were */
    GQueue last;                         /* of char *, newest first */
};

G_DEFINE_FINAL_TYPE(WgPageTry, wg_page_try, GTK_TYPE_BOX)

static void
show_count(WgPageTry *self)
{
    g_autofree char *text = g_strdup_printf(
        ngettext("Watch and computer agree on %d of %d gesture.",
                 "Watch and computer agree on %d of %d gestures.", (gulong)self->n_gestures),
        self->n_equal, self->n_gestures);
    g_autoptr(GString) history = g_string_new(NULL);

    gtk_label_set_text(self->count, self->n_gestures > 0 ? text : "");
    for (GList *link = self->last.head; link; link = link->next)
        g_string_append_printf(history, "%s%s", link->prev ? " · " : "", (char *)link->data);
    gtk_label_set_text(self->history, history->str);
}

static void
show_state(WgPageTry *self, const char *text)
{
    gtk_label_set_text(self->state, text);
    gtk_button_set_label(self->listen, self->job ? _("_Stop Listening") : _("_Listen"));
    gtk_widget_set_sensitive(GTK_WIDGET(self->listen),
                             self->job || (wg_desk_get_ready_watch(self->desk) &&
                                           !wg_desk_describe_watch_use(self->desk)));
    gtk_widget_set_visible(GTK_WIDGET(self->perform_box),
                           self->job && wg_desk_has_virtual_watch(self->desk));
}

static void
read_shares(JsonObject *answer, double *values, guint n)
{
    JsonArray *shares = json_object_get_array_member(answer, "shares");

    for (guint i = 0; i < n && i < json_array_get_length(shares); i++)
        values[i] = json_array_get_double_element(shares, i);
}

/* One a gesture: the same for all, or each its own; what is never the answer has none to show. */
static void
read_thresholds(WgPageTry *self, JsonObject *row, double *values, guint n)
{
    JsonObject *own = json_object_has_member(row, "thresholds")
                          ? json_object_get_object_member(row, "thresholds")
                          : NULL;

    for (guint i = 0; i < n; i++)
        values[i] = !own ? json_object_get_double_member(row, "threshold")
                    : json_object_has_member(own, self->labels[i]) &&
                            !json_object_get_null_member(own, self->labels[i])
                        ? json_object_get_double_member(own, self->labels[i])
                        : NOT_SHOWN;
}

static void
on_row(WgPageTry *self, JsonObject *row)
{
    JsonObject *watch = json_object_get_object_member(row, "watch");
    JsonObject *desktop = json_object_get_object_member(row, "desktop");
    const guint n = self->labels ? g_strv_length(self->labels) : 0;
    g_autofree double *theirs = g_new0(double, n + 1), *ours = g_new0(double, n + 1);
    g_autofree double *thresholds = g_new0(double, n + 1);
    const char *label = json_object_get_string_member_with_default(watch, "label", NULL);
    const char *our_label = json_object_get_string_member_with_default(desktop, "label", NULL);
    const gboolean is_equal = json_object_get_boolean_member(row, "equal");
    g_autofree char *differs = NULL;

    read_shares(watch, theirs, n);
    read_shares(desktop, ours, n);
    read_thresholds(self, row, thresholds, n);
    wg_bars_set_values(self->bars, theirs, ours, thresholds);
    self->n_gestures++;
    self->n_equal += is_equal;
    gtk_label_set_text(self->answer, label ? label : _("not sure"));
    if (!is_equal && g_strcmp0(label, our_label) == 0)
        differs = g_strdup(_("✕ This computer says the same, but from other numbers."));
    else if (!is_equal)
        differs =
            g_strdup_printf(_("✕ This computer says “%s”."), our_label ? our_label : _("not sure"));
    gtk_label_set_text(self->agreement, is_equal ? _("✓ This computer says the same.") : differs);
    g_queue_push_head(&self->last, g_strdup(label ? label : "–"));
    while (self->last.length > N_HISTORY)
        g_free(g_queue_pop_tail(&self->last));
    show_count(self);
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgPageTry *self = WG_PAGE_TRY(user_data);

    if (g_str_equal(name, "row"))
        on_row(self, event);
    else if (g_str_equal(name, "started"))
        show_state(self, _("Listening: do a gesture, then hold still."));
    else if (g_str_equal(name, "note"))
        wg_desk_say(self->desk, json_object_get_string_member(event, "text"));
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
    if (error)
        wg_desk_fail(self->desk, error);
    show_state(self, error ? _("Not listening. Is the model on the watch? Deploy it, then listen.")
                           : _("Not listening."));
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
on_perform(GtkButton *button, gpointer user_data)
{
    WgPageTry *self = WG_PAGE_TRY(user_data);

    self->n_performing++;
    self->n_gestures_before = self->n_gestures;
    show_state(self, _("Listening: do a gesture, then hold still."));
    wg_perform_async(self->desk, gtk_button_get_label(button), FALSE, on_performed,
                     g_object_ref(self));
}

static void
add_perform_buttons(WgPageTry *self)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self->perform_buttons));

    for (GList *link = children; link; link = link->next)
        gtk_widget_destroy(link->data);
    for (int i = 0; self->labels && self->labels[i]; i++) {
        GtkWidget *button = gtk_button_new_with_label(self->labels[i]);
        g_autofree char *name = g_strdup_printf(_("Perform %s"), self->labels[i]);

        g_signal_connect_object(button, "clicked", G_CALLBACK(on_perform), self, 0);
        atk_object_set_name(gtk_widget_get_accessible(button), name);
        gtk_widget_show(button);
        gtk_container_add(GTK_CONTAINER(self->perform_buttons), button);
        gtk_widget_set_can_focus(gtk_widget_get_parent(button), FALSE);
        atk_object_set_role(gtk_widget_get_accessible(gtk_widget_get_parent(button)),
                            ATK_ROLE_FILLER);
    }
}

/* Each gesture has its colour of the list at the side. */
static void
show_labels(WgPageTry *self)
{
    GListModel *gestures = wg_desk_get_gestures(self->desk);
    const guint n = self->labels ? g_strv_length(self->labels) : 0;
    g_autofree int *colours = g_new0(int, n + 1);

    for (guint i = 0; i < n; i++) {
        WgGesture *gesture = wg_gestures_find(gestures, self->labels[i]);

        colours[i] = gesture ? wg_gesture_get_index(gesture) : (int)i;
    }
    wg_bars_set_labels(self->bars, (const char *const *)self->labels, colours);
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

    gtk_stack_set_visible_child_name(self->stack, labels ? "ready" : "waiting");
    if (is_other) {
        g_strfreev(self->labels);
        self->labels = g_steal_pointer(&labels);
        show_labels(self);
        add_perform_buttons(self);
    }
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
    g_queue_clear_full(&self->last, g_free);
    G_OBJECT_CLASS(wg_page_try_parent_class)->dispose(object);
}

static void
wg_page_try_class_init(WgPageTryClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_try_dispose;
    widget_class->map = wg_page_try_map;
    widget_class->unmap = wg_page_try_unmap;
    g_type_ensure(WG_TYPE_BARS);
    g_type_ensure(WG_TYPE_WAITING);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/page-try.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, stack);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, waiting);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, answer);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, agreement);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, count);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, state);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, history);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, listen);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, bars);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, perform_box);
    gtk_widget_class_bind_template_child(widget_class, WgPageTry, perform_buttons);
    gtk_widget_class_bind_template_callback(widget_class, on_listen);
}

static void
wg_page_try_init(WgPageTry *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    g_queue_init(&self->last);
}

void
wg_page_try_set_desk(WgPageTry *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_waiting_set(
        self->waiting, desk, _("No model to try yet"),
        _("Here the watch recognises your gestures live, and this computer says beside it "
          "what it would answer. Train a model and deploy it first."),
        _("Train"), "train");
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self, 0);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_changed), self, 0);
}
