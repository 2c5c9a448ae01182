/* A question to the takes that needs a while: what it is, a button, and the answer as charts and
 * words.
 */
#include "ui/study.h"

#include "ui/activity.h"
#include "ui/file-question.h"
#include "ui/model-facts.h"
#include "ui/other-choice.h"
#include "ui/scroll-to.h"
#include "workbench/model.h"

#include <glib/gi18n.h>

struct _WgStudy {
    GtkBox parent_instance;
    GtkLabel *question, *intro, *answer;
    GtkButton *run, *keep, *choose;
    WgActivity *activity;
    WgLines *chart_0, *chart_1, *chart_2, *chart_3;
    WgTable *table;
    GtkWidget *other_row;
    WgOtherChoice *other;
    WgDesk *desk;
    JsonObject *result;
    char *path;  /* of the file chosen */
    char *state; /* of model and takes when it was answered */
    char *takes; /* of the takes when it was asked */
    char *kept;  /* what is to be said when the job that follows is done; NULL: nothing */
    const WgStudyKind *kind;
};

G_DEFINE_FINAL_TYPE(WgStudy, wg_study, GTK_TYPE_BOX)

static void
get_charts(WgStudy *self, WgLines *charts[WG_STUDY_CHARTS])
{
    WgLines *const all[WG_STUDY_CHARTS] = {self->chart_0, self->chart_1, self->chart_2,
                                           self->chart_3};

    for (int i = 0; i < WG_STUDY_CHARTS; i++)
        charts[i] = all[i];
}

static void
show(WgStudy *self)
{
    const gboolean is_running = wg_activity_is_running(self->activity);

    gtk_widget_set_visible(GTK_WIDGET(self->run), !is_running);
    gtk_widget_set_visible(GTK_WIDGET(self->choose), self->kind->choose && !is_running);
    gtk_button_set_label(self->run, self->result ? _("Ask _Again") : _(self->kind->button));
    gtk_widget_set_visible(GTK_WIDGET(self->intro), !self->result);
    gtk_widget_set_visible(GTK_WIDGET(self->answer), self->result != NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->keep), self->kind->keep && self->result &&
                                                       !is_running &&
                                                       self->kind->can_keep(self->result));
}

/* Before there is an answer. */
static void
clear(WgStudy *self)
{
    WgLines *charts[WG_STUDY_CHARTS];

    get_charts(self, charts);
    for (int i = 0; i < WG_STUDY_CHARTS; i++) {
        wg_lines_clear(charts[i], "", self->kind->empty ? _(self->kind->empty) : "");
        gtk_widget_set_visible(GTK_WIDGET(charts[i]), i == 0 && self->kind->empty);
    }
    wg_table_set(self->table, NULL, NULL, NULL, NULL);
    g_clear_pointer(&self->result, json_object_unref);
}

/* Those rows of the result that are shown; transfer full. */
static JsonArray *
choose_rows(WgStudy *self, JsonObject *result)
{
    JsonArray *all = json_object_get_array_member(result, self->kind->rows);
    JsonArray *rows = json_array_new();

    for (guint i = 0; i < json_array_get_length(all); i++) {
        JsonObject *row = json_array_get_object_element(all, i);

        if (!self->kind->is_shown || self->kind->is_shown(row, result))
            json_array_add_object_element(rows, json_object_ref(row));
    }
    return rows;
}

static void
show_answer(WgStudy *self, JsonObject *result)
{
    WgLines *charts[WG_STUDY_CHARTS];
    int n = 0;

    get_charts(self, charts);
    for (int i = 0; i < WG_STUDY_CHARTS; i++)
        wg_lines_clear(charts[i], "", "");
    if (self->kind->show)
        n = self->kind->show(charts, result);
    for (int i = 0; i < WG_STUDY_CHARTS; i++)
        gtk_widget_set_visible(GTK_WIDGET(charts[i]), i < n);
    gtk_label_set_text(self->answer,
                       json_object_get_string_member_with_default(result, self->kind->answer, ""));
    if (self->kind->columns) {
        g_autoptr(JsonArray) rows = choose_rows(self, result);

        wg_table_set(self->table, self->kind->columns, rows, NULL, NULL);
    }
    g_clear_pointer(&self->result, json_object_unref);
    self->result = json_object_ref(result);
    g_free(self->state);
    self->state = wg_model_facts_dup_state(self->desk);
}

static char *
dup_takes(WgStudy *self)
{
    return wg_model_dup_takes_digest(wg_session_get_recordings(wg_desk_get_session(self->desk)));
}

static void
on_followed(gpointer owner, JsonObject *result, const GError *error)
{
    WgStudy *self = WG_STUDY(owner);

    if (error)
        wg_desk_fail(self->desk, error);
    if (!error && self->kept) {
        if (self->kind->then_kept)
            clear(self); /* it was about the model before */
        wg_desk_say(self->desk, self->kept);
    }
    g_clear_pointer(&self->kept, g_free);
    show(self);
}

static void
on_answered(gpointer owner, JsonObject *result, const GError *error)
{
    WgStudy *self = WG_STUDY(owner);

    g_autofree char *takes = dup_takes(self);

    if (result && g_strcmp0(takes, self->takes) == 0)
        show_answer(self, result);
    else if (result)
        wg_desk_say(self->desk, _("The takes have changed meanwhile: ask again."));
    else
        wg_desk_fail(self->desk, error);
    if (result && self->kind->then)
        wg_activity_run(self->activity, self->desk,
                        wg_desk_new_job(self->desk, self->kind->then, NULL),
                        _("Making the watch's model"), on_followed, self);
    show(self);
    if (result)
        wg_scroll_to(GTK_WIDGET(self));
}

static void
on_run(GtkButton *button, gpointer user_data)
{
    WgStudy *self = WG_STUDY(user_data);
    g_autofree char *epochs = NULL, *preset = NULL;
    g_autoptr(GError) error = NULL;
    const char *other = self->kind->asks_other ? wg_other_choice_get(self->other) : NULL;
    WgJob *job;

    if (self->kind->has_preset && !wg_model_facts_read_training(self->desk, &preset, &epochs))
        return;
    job = preset ? wg_desk_new_job(self->desk, self->kind->job, "preset", preset,
                                   epochs ? "epochs" : NULL, epochs, NULL)
                 : wg_desk_new_job(self->desk, self->kind->job, NULL);
    g_free(self->takes);
    self->takes = dup_takes(self);
    if (job && self->kind->is_for_watch &&
        !wg_job_set(job, "for", wg_model_facts_get_kind(self->desk), &error))
        g_warning("%s", error->message);
    for (int i = 0; job && self->kind->options[i][0]; i++) {
        if (!wg_job_set(job, self->kind->options[i][0], self->kind->options[i][1], &error))
            g_warning("%s", error->message);
    }
    if (job && other && !wg_job_set(job, "other", other, &error))
        g_warning("%s", error->message);
    if (job && self->kind->argument)
        wg_job_add_argument(job, self->path ? self->path : self->kind->argument);
    wg_activity_run(self->activity, self->desk, job, _(self->kind->running), on_answered, self);
    show(self);
}

static void
on_chosen(gpointer owner, GtkFileChooser *chooser, const char *path)
{
    WgStudy *self = WG_STUDY(owner);

    if (!path)
        return;
    g_free(self->path);
    self->path = g_strdup(path);
    on_run(self->run, self);
}

static void
on_choose(GtkButton *button, gpointer user_data)
{
    wg_ask_for_file(user_data, _("Labelled Recording"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"),
                    on_chosen);
}

static void
on_kept(gpointer owner, JsonObject *result, const GError *error)
{
    WgStudy *self = WG_STUDY(owner);

    if (result)
        self->kept = self->kind->describe_kept(result);
    if (result && self->kind->then_kept) {
        wg_activity_run(self->activity, self->desk,
                        wg_desk_new_job(self->desk, self->kind->then_kept, NULL),
                        _("Making the watch's model"), on_followed, self);
        show(self);
        return;
    }
    on_followed(self, result, error);
}

static void
on_keep(GtkButton *button, gpointer user_data)
{
    WgStudy *self = WG_STUDY(user_data);

    wg_activity_run(self->activity, self->desk, self->kind->new_keep(self->desk, self->result),
                    _(self->kind->keeping), on_kept, self);
    show(self);
}

/* Another model or other takes: the answer is of those before. */
static void
on_changed(WgSession *session, gpointer user_data)
{
    WgStudy *self = WG_STUDY(user_data);

    g_autofree char *state = wg_model_facts_dup_state(self->desk);

    if (wg_activity_is_running(self->activity) || g_strcmp0(state, self->state) == 0)
        return;
    clear(self);
    show(self);
}

static void
wg_study_dispose(GObject *object)
{
    g_clear_object(&WG_STUDY(object)->desk);
    g_clear_pointer(&WG_STUDY(object)->result, json_object_unref);
    G_OBJECT_CLASS(wg_study_parent_class)->dispose(object);
}

static void
wg_study_finalize(GObject *object)
{
    g_free(WG_STUDY(object)->path);
    g_free(WG_STUDY(object)->state);
    g_free(WG_STUDY(object)->takes);
    g_free(WG_STUDY(object)->kept);
    G_OBJECT_CLASS(wg_study_parent_class)->finalize(object);
}

static void
wg_study_class_init(WgStudyClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_study_dispose;
    G_OBJECT_CLASS(klass)->finalize = wg_study_finalize;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_LINES);
    g_type_ensure(WG_TYPE_OTHER_CHOICE);
    g_type_ensure(WG_TYPE_TABLE);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/study.ui");
    gtk_widget_class_bind_template_child(widget_class, WgStudy, question);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, intro);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, answer);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, run);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, keep);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, choose);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, table);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, activity);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, other_row);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, other);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, chart_0);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, chart_1);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, chart_2);
    gtk_widget_class_bind_template_child(widget_class, WgStudy, chart_3);
    gtk_widget_class_bind_template_callback(widget_class, on_run);
    gtk_widget_class_bind_template_callback(widget_class, on_choose);
    gtk_widget_class_bind_template_callback(widget_class, on_keep);
}

static void
wg_study_init(WgStudy *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_study_set_desk(WgStudy *self, WgDesk *desk, const WgStudyKind *kind)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    self->kind = kind;
    gtk_label_set_text(self->question, _(kind->question));
    gtk_label_set_text(self->intro, _(kind->intro));
    if (!kind->is_minor)
        gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self->run)),
                                    GTK_STYLE_CLASS_SUGGESTED_ACTION);
    gtk_button_set_label(self->choose, kind->choose ? _(kind->choose) : "");
    gtk_button_set_label(self->keep, kind->keep ? _(kind->keep) : "");
    gtk_widget_set_visible(self->other_row, kind->asks_other);
    if (kind->asks_other)
        wg_other_choice_set_desk(self->other, desk, TRUE);
    clear(self);
    show(self);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self, 0);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self, 0);
}
