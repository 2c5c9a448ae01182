/* A minute of ordinary movement: what it sets off, how often an hour that were, and the cure. */
#include "ui/minute-view.h"

#include "ui/activity.h"
#include "ui/file-question.h"
#include "ui/json-samples.h"
#include "ui/model-facts.h"
#include "ui/other-choice.h"
#include "ui/performer.h"
#include "ui/take-grid.h"

#include <glib/gi18n.h>

#define SECONDS "60"

struct _WgMinuteView {
    GtkBox parent_instance;
    GtkLabel *intro, *verdict, *hint;
    GtkButton *record, *choose, *add;
    WgActivity *activity;
    WgTakeGrid *grid;
    WgDesk *desk;
    char *what;  /* the recording that was looked at: its number, or a file */
    char *state; /* of model and takes when it was */
    gboolean is_recording;
    int n_performing;
};

G_DEFINE_FINAL_TYPE(WgMinuteView, wg_minute_view, GTK_TYPE_BOX)

/* The project's gesture that stands for all other movement, the usual word where it has none. */
static char *
dup_other(WgMinuteView *self)
{
    GListModel *gestures = wg_desk_get_gestures(self->desk);

    for (guint i = 0; i < g_list_model_get_n_items(gestures); i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(gestures, i);

        if (wg_other_choice_is_usual(wg_gesture_get_label(gesture)))
            return g_strdup(wg_gesture_get_label(gesture));
    }
    return g_strdup(wg_other_choice_get_word());
}

static void
show(WgMinuteView *self)
{
    const gboolean is_running = wg_activity_is_running(self->activity);
    const char *use = wg_desk_describe_watch_use(self->desk);
    const gboolean has_watch = wg_desk_get_ready_watch(self->desk) != NULL;
    const guint n_chosen = wg_take_grid_get_n_selected(self->grid);
    g_autofree char *other = dup_other(self);
    g_autofree char *text =
        n_chosen > 0 ? g_strdup_printf(ngettext("_Add %u as “%s”", "_Add %u as “%s”", n_chosen),
                                       n_chosen, other)
                     : g_strdup_printf(_("_Add All as “%s”"), other);

    gtk_widget_set_visible(GTK_WIDGET(self->record), !is_running);
    gtk_widget_set_visible(GTK_WIDGET(self->choose), !is_running);
    gtk_widget_set_sensitive(GTK_WIDGET(self->record), has_watch && !use);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->record), use          ? use
                                                          : !has_watch ? _("Connect a watch first")
                                                                       : NULL);
    gtk_button_set_label(self->add, text);
    gtk_widget_set_sensitive(GTK_WIDGET(self->add), !is_running);
}

static void
clear(WgMinuteView *self)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();

    gtk_widget_hide(GTK_WIDGET(self->verdict));
    gtk_widget_hide(GTK_WIDGET(self->hint));
    gtk_widget_hide(GTK_WIDGET(self->add));
    gtk_widget_hide(GTK_WIDGET(self->grid));
    gtk_widget_show(GTK_WIDGET(self->intro));
    wg_take_grid_set_takes(self->grid, none);
    g_clear_pointer(&self->state, g_free);
}

/* Each answer with what set it off, numbered from 1 in place of an id. */
static void
show_answers(WgMinuteView *self, JsonObject *result)
{
    JsonArray *answers = json_object_get_array_member(result, "answers");
    const guint n = json_array_get_length(answers);
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < n; i++) {
        JsonObject *answer = json_array_get_object_element(answers, i);
        WgRecordingSpec spec = {.id = i + 1,
                                .label = json_object_get_string_member(answer, "label"),
                                .rate_hz = json_object_get_double_member(result, "rate_hz"),
                                .n_channels = 3,
                                .original_units_per_g = 1};
        g_autofree float *samples =
            wg_json_dup_samples(json_object_get_array_member(answer, "samples"), &spec.n_samples);

        spec.samples = samples;
        g_ptr_array_add(takes, wg_recording_new(&spec));
    }
    wg_take_grid_set_takes(self->grid, takes);
    gtk_widget_set_visible(GTK_WIDGET(self->grid), n > 0);
    gtk_widget_set_visible(GTK_WIDGET(self->hint), n > 0);
    gtk_widget_set_visible(GTK_WIDGET(self->add), n > 0);
}

static void
on_looked_at(gpointer owner, JsonObject *result, const GError *error)
{
    WgMinuteView *self = WG_MINUTE_VIEW(owner);

    if (result) {
        gtk_label_set_text(self->verdict, json_object_get_string_member(result, "verdict"));
        gtk_widget_show(GTK_WIDGET(self->verdict));
        gtk_widget_hide(GTK_WIDGET(self->intro));
        show_answers(self, result);
        g_free(self->state);
        self->state = wg_model_facts_dup_state(self->desk);
    } else {
        wg_desk_fail(self->desk, error);
    }
    show(self);
}

/* On the recording; answering what means nothing is no alarm. */
static WgJob *
new_job(WgMinuteView *self, const char *option, const char *value)
{
    g_auto(GStrv) labels = wg_model_facts_dup_labels(self->desk);
    g_autofree char *other = dup_other(self);
    const gboolean is_known = labels && g_strv_contains((const char *const *)labels, other);
    WgJob *job = wg_desk_new_job(self->desk, "alarms", option, value, NULL);
    g_autoptr(GError) error = NULL;

    if (job && is_known && !wg_job_set(job, "other", other, &error))
        g_warning("%s", error->message);
    if (job)
        wg_job_add_argument(job, self->what);
    return job;
}

/* `is_ours`: it was recorded for this, and is not to be trained on. */
static void
look_at(WgMinuteView *self, gboolean is_ours)
{
    WgJob *job = new_job(self, is_ours ? "set-aside" : NULL, "");

    wg_activity_run(self->activity, self->desk, job, _("Replaying the recording"), on_looked_at,
                    self);
    show(self);
}

static void
on_recorded(gpointer owner, JsonObject *result, const GError *error)
{
    WgMinuteView *self = WG_MINUTE_VIEW(owner);
    JsonArray *ids = result ? json_object_get_array_member(result, "ids") : NULL;

    self->is_recording = FALSE;
    if (error)
        wg_desk_fail(self->desk, error);
    if (ids && json_array_get_length(ids) > 0) {
        g_free(self->what);
        self->what = g_strdup_printf("%" G_GINT64_FORMAT, json_array_get_int_element(ids, 0));
        look_at(self, TRUE);
    }
    show(self);
}

static void perform(WgMinuteView *self);

static void
on_performed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgMinuteView) self = WG_MINUTE_VIEW(user_data);
    g_autoptr(GError) error = NULL;

    self->n_performing--;
    if (!wg_perform_finish(WG_DESK(source), result, &error))
        g_debug("nothing was performed: %s", error->message);
    else if (self->desk && self->is_recording)
        perform(self);
}

/* The virtual watch has no life of its own: its wearer does what means nothing. */
static void
perform(WgMinuteView *self)
{
    g_autofree char *other = dup_other(self);

    if (!wg_desk_has_virtual_watch(self->desk) || self->n_performing > 0)
        return;
    self->n_performing++;
    wg_perform_async(self->desk, other, FALSE, on_performed, g_object_ref(self));
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    if (g_str_equal(name, "started"))
        perform(user_data);
}

static void
on_record(GtkButton *button, gpointer user_data)
{
    WgMinuteView *self = WG_MINUTE_VIEW(user_data);
    WgJob *job = wg_desk_new_job(self->desk, "record", "label", _("ordinary movement"), "trigger",
                                 "continuous", "seconds", SECONDS, NULL);

    clear(self);
    if (job)
        g_signal_connect_object(job, "event", G_CALLBACK(on_event), self, 0);
    self->is_recording = TRUE;
    wg_activity_run(self->activity, self->desk, job,
                    _("Recording: go on with your day, but do none of the gestures"), on_recorded,
                    self);
    show(self);
}

static void
on_chosen(gpointer owner, GtkFileChooser *chooser, const char *path)
{
    WgMinuteView *self = WG_MINUTE_VIEW(owner);

    if (!path)
        return;
    g_free(self->what);
    self->what = g_strdup(path);
    clear(self);
    look_at(self, FALSE);
}

static void
on_choose(GtkButton *button, gpointer user_data)
{
    wg_ask_for_file(user_data, _("Recording of Ordinary Movement"), GTK_FILE_CHOOSER_ACTION_OPEN,
                    _("_Open"), on_chosen);
}

static void
on_added(gpointer owner, JsonObject *result, const GError *error)
{
    WgMinuteView *self = WG_MINUTE_VIEW(owner);
    g_autofree char *text = NULL;
    int n;

    if (result) {
        n = (int)json_object_get_int_member(result, "added");
        text = g_strdup_printf(ngettext("%d take was added. Train again to have it in the model.",
                                        "%d takes were added. Train again to have them in the "
                                        "model.",
                                        (gulong)n),
                               n);
        wg_desk_say(self->desk, text);
        clear(self);
    } else {
        wg_desk_fail(self->desk, error);
    }
    show(self);
}

/* The numbers of the chosen ones with commas between; NULL: none is. */
static char *
dup_chosen(WgMinuteView *self)
{
    g_autoptr(GPtrArray) chosen = wg_take_grid_dup_selected(self->grid);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < chosen->len; i++)
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                               wg_recording_get(g_ptr_array_index(chosen, i))->id);
    return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

static void
on_add(GtkButton *button, gpointer user_data)
{
    WgMinuteView *self = WG_MINUTE_VIEW(user_data);
    g_autofree char *other = dup_other(self);
    g_autofree char *only = dup_chosen(self);
    WgJob *job = new_job(self, "add", other);
    g_autoptr(GError) error = NULL;

    if (job && only && !wg_job_set(job, "only", only, &error))
        g_warning("%s", error->message);
    wg_activity_run(self->activity, self->desk, job, _("Adding takes"), on_added, self);
    show(self);
}

static void
on_selection_changed(WgTakeGrid *grid, gpointer user_data)
{
    show(user_data);
}

/* Another model answers otherwise. */
static void
on_changed(WgSession *session, gpointer user_data)
{
    WgMinuteView *self = WG_MINUTE_VIEW(user_data);
    g_autofree char *state = NULL;

    if (self->state && !wg_activity_is_running(self->activity)) {
        state = wg_model_facts_dup_state(self->desk);
        if (g_strcmp0(state, self->state) != 0)
            clear(self);
    }
    show(self);
}

static void
wg_minute_view_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_minute_view_parent_class)->map(widget);
    show(WG_MINUTE_VIEW(widget));
}

static void
wg_minute_view_dispose(GObject *object)
{
    g_clear_object(&WG_MINUTE_VIEW(object)->desk);
    G_OBJECT_CLASS(wg_minute_view_parent_class)->dispose(object);
}

static void
wg_minute_view_finalize(GObject *object)
{
    g_free(WG_MINUTE_VIEW(object)->what);
    g_free(WG_MINUTE_VIEW(object)->state);
    G_OBJECT_CLASS(wg_minute_view_parent_class)->finalize(object);
}

static void
wg_minute_view_class_init(WgMinuteViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_minute_view_dispose;
    G_OBJECT_CLASS(klass)->finalize = wg_minute_view_finalize;
    widget_class->map = wg_minute_view_map;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_TAKE_GRID);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/minute-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgMinuteView, intro);
    gtk_widget_class_bind_template_child(widget_class, WgMinuteView, verdict);
    gtk_widget_class_bind_template_child(widget_class, WgMinuteView, hint);
    gtk_widget_class_bind_template_child(widget_class, WgMinuteView, record);
    gtk_widget_class_bind_template_child(widget_class, WgMinuteView, choose);
    gtk_widget_class_bind_template_child(widget_class, WgMinuteView, add);
    gtk_widget_class_bind_template_child(widget_class, WgMinuteView, activity);
    gtk_widget_class_bind_template_child(widget_class, WgMinuteView, grid);
    gtk_widget_class_bind_template_callback(widget_class, on_record);
    gtk_widget_class_bind_template_callback(widget_class, on_choose);
    gtk_widget_class_bind_template_callback(widget_class, on_add);
    gtk_widget_class_bind_template_callback(widget_class, on_selection_changed);
}

static void
wg_minute_view_init(WgMinuteView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_minute_view_set_desk(WgMinuteView *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
}
