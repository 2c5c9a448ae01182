/* Which model the connected watch has in use, and the way back to the one before it. */
#include "ui/carried-view.h"

#include "base/sentences.h"
#include "base/shown.h"

#include <glib/gi18n.h>

#define MAX_CHARS 60 /* of a name that a watch says */

struct _WgCarriedView {
    GtkBox parent_instance;
    GtkLabel *now, *former;
    GtkButton *restore;
    WgDesk *desk;
    WgWatch *asked; /* the one that answered, or is to answer; not owned, only compared */
    guint n_asked;
};

G_DEFINE_FINAL_TYPE(WgCarriedView, wg_carried_view, GTK_TYPE_BOX)

enum { RESTORE, N_SIGNALS };
static guint signals[N_SIGNALS];

/* A question under way; its answer counts unless another one was asked since. */
typedef struct {
    WgCarriedView *view;
    guint number;
} Question;

static char *
format_date(const char *text)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_iso8601(text, NULL);
    g_autoptr(GDateTime) local = utc ? g_date_time_to_local(utc) : NULL;

    return local ? g_date_time_format(local, "%x %H:%M") : wg_dup_shown(text, MAX_CHARS);
}

/* What a watch says is text of somebody else's: it is shown, and nothing more. */
static char *
describe(JsonObject *carried, const char *format)
{
    JsonArray *gestures = json_object_get_array_member(carried, "gestures");
    g_autofree char *project =
        wg_dup_shown(json_object_get_string_member(carried, "project"), MAX_CHARS);
    g_autofree char *date = format_date(json_object_get_string_member(carried, "date"));
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < json_array_get_length(gestures); i++) {
        g_autofree char *name = wg_dup_shown(json_array_get_string_element(gestures, i), MAX_CHARS);

        wg_append_part(names, ", ", "%s", name);
    }
    return g_strdup_printf(format, project, date, names->str);
}

static void
show_answer(WgCarriedView *self, JsonObject *answer)
{
    g_autofree char *now = NULL, *former = NULL;
    const gboolean has_now = !json_object_get_null_member(answer, "now");
    const gboolean has_former = !json_object_get_null_member(answer, "former");
    JsonObject *carried;

    gtk_widget_set_visible(GTK_WIDGET(self), has_now);
    gtk_widget_set_visible(GTK_WIDGET(self->former), has_former);
    gtk_widget_set_visible(GTK_WIDGET(self->restore), has_former);
    if (!has_now)
        return;
    carried = json_object_get_object_member(answer, "now");
    /* project, date, names of gestures */
    now = describe(carried, json_object_get_boolean_member(carried, "verified")
                                ? _("On this watch: %s of %s, with %s.")
                                : _("On this watch: %s of %s, with %s; but it is not whole any "
                                    "more. Deploy again."));
    gtk_label_set_text(self->now, now);
    if (has_former) {
        /* project, date, names of gestures */
        former = describe(json_object_get_object_member(answer, "former"),
                          _("Before it: %s of %s, with %s."));
        gtk_label_set_text(self->former, former);
    }
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Question *question = user_data;
    g_autoptr(WgCarriedView) self = question->view;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) answer = wg_job_run_finish(WG_JOB(source), result, &error);

    if (question->number == self->n_asked && answer && self->desk)
        show_answer(self, answer);
    if (error) {
        g_debug("the watch does not say what it carries: %s", error->message);
        if (question->number == self->n_asked)
            self->asked = NULL;
    }
    g_free(question);
}

void
wg_carried_view_ask(WgCarriedView *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    const gboolean is_free = !wg_desk_describe_watch_use(self->desk);
    g_autoptr(WgJob) job = watch && is_free ? wg_desk_new_job(self->desk, "carries", NULL) : NULL;
    Question *question;

    self->n_asked++;
    self->asked = is_free ? watch : NULL;
    if (!is_free)
        return; /* once it is */
    if (!job) {
        gtk_widget_hide(GTK_WIDGET(self));
        return;
    }
    question = g_new0(Question, 1);
    question->view = g_object_ref(self);
    question->number = self->n_asked;
    wg_job_run_async(job, on_answer, question);
}

static void
ask_if_new(WgCarriedView *self)
{
    WgWatch *watch = self->desk ? wg_desk_get_ready_watch(self->desk) : NULL;
    GtkWidget *parent = gtk_widget_get_parent(GTK_WIDGET(self));

    if (watch && wg_desk_describe_watch_use(self->desk))
        return;
    if (self->desk && watch != self->asked && parent && gtk_widget_get_mapped(parent))
        wg_carried_view_ask(self);
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    ask_if_new(WG_CARRIED_VIEW(user_data));
}

static void
on_restore(GtkButton *button, gpointer user_data)
{
    g_signal_emit(user_data, signals[RESTORE], 0);
}

static void
on_parent_mapped(GtkWidget *parent, gpointer user_data)
{
    ask_if_new(WG_CARRIED_VIEW(user_data));
}

static void
wg_carried_view_dispose(GObject *object)
{
    g_clear_object(&WG_CARRIED_VIEW(object)->desk);
    G_OBJECT_CLASS(wg_carried_view_parent_class)->dispose(object);
}

static void
wg_carried_view_class_init(WgCarriedViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_carried_view_dispose;
    signals[RESTORE] = g_signal_new("restore", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/carried-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgCarriedView, now);
    gtk_widget_class_bind_template_child(widget_class, WgCarriedView, former);
    gtk_widget_class_bind_template_child(widget_class, WgCarriedView, restore);
    gtk_widget_class_bind_template_callback(widget_class, on_restore);
}

static void
wg_carried_view_init(WgCarriedView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_carried_view_set_desk(WgCarriedView *self, WgDesk *desk)
{
    GtkWidget *parent = gtk_widget_get_parent(GTK_WIDGET(self));

    g_set_object(&self->desk, desk);
    g_signal_connect_object(wg_desk_get_session(desk), "watch-changed", G_CALLBACK(on_changed),
                            self, 0);
    g_signal_connect_object(parent, "map", G_CALLBACK(on_parent_mapped), self, G_CONNECT_AFTER);
}

void
wg_carried_view_set_offering(WgCarriedView *self, gboolean is_offering)
{
    gtk_widget_set_sensitive(GTK_WIDGET(self->restore), is_offering);
}
