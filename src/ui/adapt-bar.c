/* Has the model learn from takes that were corrected: offers it, shows before and after, keeps it.
 */
#include "ui/adapt-bar.h"

#include "ui/activity.h"
#include "ui/verdict-label.h"

#include <glib/gi18n.h>

typedef enum { NOTHING, OFFERED, RUNNING, COMPARED, KEPT } State;

struct _WgAdaptBar {
    GtkBox parent_instance;
    GtkLabel *text, *before, *after;
    GtkWidget *figures;
    GtkButton *teach, *keep, *leave, *deploy, *back;
    WgActivity *activity;
    WgDesk *desk;
    GHashTable *corrected; /* the labels of takes since it has learned, by their ids */
    State state;
    gint64 before_model; /* int8, that was in use before the one that was kept */
};

G_DEFINE_FINAL_TYPE(WgAdaptBar, wg_adapt_bar, GTK_TYPE_BOX)

enum { DEPLOY, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show(WgAdaptBar *self, State state, const char *text)
{
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->text));

    self->state = state;
    gtk_style_context_remove_class(style, "good");
    gtk_style_context_remove_class(style, "bad");
    gtk_label_set_text(self->text, text ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->text), text != NULL);
    gtk_widget_set_visible(self->figures, state == COMPARED);
    gtk_widget_set_visible(GTK_WIDGET(self->teach), state == OFFERED);
    gtk_widget_set_visible(GTK_WIDGET(self->keep), state == COMPARED);
    gtk_widget_set_visible(GTK_WIDGET(self->leave), state == COMPARED);
    gtk_widget_set_visible(GTK_WIDGET(self->deploy), state == KEPT);
    gtk_widget_set_visible(GTK_WIDGET(self->back), state == KEPT && self->before_model != 0);
    gtk_widget_set_visible(GTK_WIDGET(self), state != NOTHING);
}

/* Those that were not taken back. */
static int
count_corrected(WgAdaptBar *self)
{
    GPtrArray *recordings = wg_session_get_recordings(wg_desk_get_session(self->desk));
    int n = 0;

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *facts = wg_recording_get_facts(g_ptr_array_index(recordings, i));

        n += g_strcmp0(g_hash_table_lookup(self->corrected, &facts->id), facts->label) == 0;
    }
    return n;
}

static void
offer(WgAdaptBar *self)
{
    const int n = count_corrected(self);
    g_autofree char *text = g_strdup_printf(
        ngettext("%d take corrected. The model can learn from it in seconds.",
                 "%d takes corrected. The model can learn from them in seconds.", (gulong)n),
        n);

    show(self, n > 0 ? OFFERED : NOTHING, text);
}

static char *
format_wrong(JsonObject *result, const char *when)
{
    JsonObject *of = json_object_get_object_member(result, when);
    const int n = (int)json_object_get_int_member(result, "validation");
    const int n_since = (int)json_object_get_int_member(result, "since");

    /* wrong takes of those kept apart, and of those that were corrected */
    return g_strdup_printf(_("%d of %d wrong, of the new ones %d of %d"),
                           (int)json_object_get_int_member(of, "wrong"), n,
                           (int)json_object_get_int_member(of, "since_wrong"), n_since);
}

static void
on_compared(gpointer owner, JsonObject *result, const GError *error)
{
    WgAdaptBar *self = WG_ADAPT_BAR(owner);
    g_autofree char *before = NULL, *after = NULL;

    if (!result) {
        wg_desk_fail(self->desk, error);
        offer(self);
        return;
    }
    before = format_wrong(result, "before");
    after = format_wrong(result, "after");
    gtk_label_set_text(self->before, before);
    gtk_label_set_text(self->after, after);
    show(self, COMPARED, NULL);
    gtk_widget_set_tooltip_text(self->figures, json_object_get_string_member(result, "advice"));
    gtk_widget_grab_focus(GTK_WIDGET(self->keep));
}

static void
on_teach(GtkButton *button, gpointer user_data)
{
    WgAdaptBar *self = WG_ADAPT_BAR(user_data);

    wg_adapt_bar_run(self, wg_desk_new_job(self->desk, "adapt", "dry-run", "", NULL),
                     _("The model learns"), on_compared, self);
}

static void
on_quantized(gpointer owner, JsonObject *result, const GError *error)
{
    WgAdaptBar *self = WG_ADAPT_BAR(owner);

    if (!result) {
        wg_desk_fail(self->desk, error);
        offer(self);
        return;
    }
    g_hash_table_remove_all(self->corrected);
    show(self, KEPT, _("The model has learned. The watch has the one before."));
    gtk_widget_grab_focus(GTK_WIDGET(self->deploy));
}

static void
on_kept(gpointer owner, JsonObject *result, const GError *error)
{
    WgAdaptBar *self = WG_ADAPT_BAR(owner);

    if (!result) {
        wg_desk_fail(self->desk, error);
        offer(self);
        return;
    }
    wg_adapt_bar_run(self, wg_desk_new_job(self->desk, "quantize", NULL),
                     _("For the watch: in eight bits"), on_quantized, self);
}

static void
on_back(GtkButton *button, gpointer user_data)
{
    WgAdaptBar *self = WG_ADAPT_BAR(user_data);
    g_autoptr(GError) error = NULL;

    if (self->before_model == 0)
        return;
    if (!wg_edits_choose_model(wg_desk_get_edits(self->desk), self->before_model, &error))
        wg_desk_fail(self->desk, error);
    else
        show(self, NOTHING, NULL);
}

static void
on_keep(GtkButton *button, gpointer user_data)
{
    WgAdaptBar *self = WG_ADAPT_BAR(user_data);

    g_autoptr(WgModelRecord) before = wg_desk_load_model(self->desk, "int8");

    self->before_model = before ? before->id : 0;
    wg_adapt_bar_run(self, wg_desk_new_job(self->desk, "adapt", NULL), _("The model learns"),
                     on_kept, self);
}

static void
on_leave(GtkButton *button, gpointer user_data)
{
    offer(user_data);
}

static void
on_deploy(GtkButton *button, gpointer user_data)
{
    g_signal_emit(user_data, signals[DEPLOY], 0);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    WgAdaptBar *self = WG_ADAPT_BAR(user_data);

    if (self->desk && (self->state == OFFERED || self->state == NOTHING))
        offer(self);
}

static void
wg_adapt_bar_dispose(GObject *object)
{
    g_clear_object(&WG_ADAPT_BAR(object)->desk);
    g_clear_pointer(&WG_ADAPT_BAR(object)->corrected, g_hash_table_unref);
    G_OBJECT_CLASS(wg_adapt_bar_parent_class)->dispose(object);
}

static void
wg_adapt_bar_class_init(WgAdaptBarClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_adapt_bar_dispose;
    signals[DEPLOY] = g_signal_new("deploy", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
    g_type_ensure(WG_TYPE_ACTIVITY);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/adapt-bar.ui");
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, text);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, before);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, after);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, figures);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, teach);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, keep);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, leave);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, deploy);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, back);
    gtk_widget_class_bind_template_child(widget_class, WgAdaptBar, activity);
    gtk_widget_class_bind_template_callback(widget_class, on_teach);
    gtk_widget_class_bind_template_callback(widget_class, on_back);
    gtk_widget_class_bind_template_callback(widget_class, on_keep);
    gtk_widget_class_bind_template_callback(widget_class, on_leave);
    gtk_widget_class_bind_template_callback(widget_class, on_deploy);
    gtk_widget_class_set_css_name(widget_class, "adaptbar");
}

static void
wg_adapt_bar_init(WgAdaptBar *self)
{
    self->corrected = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_adapt_bar_set_desk(WgAdaptBar *self, WgDesk *desk)
{
    g_set_object(&self->desk, desk);
    g_signal_connect_object(wg_desk_get_session(desk), "recordings-changed",
                            G_CALLBACK(on_recordings_changed), self, 0);
}

void
wg_adapt_bar_offer(WgAdaptBar *self, gint64 take, const char *label)
{
    g_hash_table_replace(self->corrected, g_memdup2(&take, sizeof take), g_strdup(label));
    if (!wg_activity_is_running(self->activity))
        offer(self);
}

void
wg_adapt_bar_run(WgAdaptBar *self, WgJob *job, const char *text,
                 void (*done)(gpointer owner, JsonObject *result, const GError *error),
                 gpointer owner)
{
    if (!job)
        return;
    show(self, RUNNING, NULL);
    wg_activity_run(self->activity, self->desk, job, text, done, owner);
}

void
wg_adapt_bar_tell_deployed(WgAdaptBar *self, JsonObject *result, const GError *error)
{
    JsonObject *test = result ? json_object_get_object_member(result, "self_test") : NULL;
    g_autofree char *text = NULL;

    if (!test) { /* to be tried again */
        wg_desk_fail(self->desk, error);
        show(self, KEPT, _("The model has learned. The watch has the one before."));
        return;
    }
    text = g_strdup_printf(_("On the watch and verified, self-test %d of %d."),
                           (int)json_object_get_int_member(test, "equal"),
                           (int)json_object_get_int_member(test, "n"));
    show(self, RUNNING, text);
    wg_verdict_label_set(
        self->text,
        json_object_get_int_member(test, "equal") == json_object_get_int_member(test, "n"), text);
}

gboolean
wg_adapt_bar_is_asking(WgAdaptBar *self)
{
    return self->state == OFFERED || self->state == COMPARED || self->state == KEPT;
}
