/* What the model mixes up, and the takes behind each mistake: by one check or in turn. */
#include "ui/evaluate-mistakes.h"

#include "ui/activity.h"
#include "ui/cell-takes.h"
#include "ui/charts/matrix.h"
#include "ui/model-facts.h"
#include "ui/table.h"

#include <glib/gi18n.h>

struct _WgEvaluateMistakes {
    GtkBox parent_instance;
    GtkWidget *body;
    GtkToggleButton *int8, *floating;
    GtkComboBox *source;
    GtkButton *open_test, *close_test, *again;
    GtkLabel *accuracy, *wrong, *note;
    WgActivity *activity;
    WgMatrix *matrix;
    WgTable *report_table;
    WgCellTakes *cell_takes;
    WgDesk *desk;
    JsonObject *report; /* as shown */
    WgJob *job;         /* that runs */
    gboolean is_test, is_stale;
    gboolean is_in_turn; /* what is shown was judged in turn */
};

G_DEFINE_FINAL_TYPE(WgEvaluateMistakes, wg_evaluate_mistakes, GTK_TYPE_BOX)

static const WgColumn columns[] = {
    {"label", N_("gesture"), NULL, WG_COLUMN_TEXT},
    {"precision", N_("precision"), N_("Of the takes that were answered so, how many are right"),
     WG_COLUMN_SHARE},
    {"recall", N_("recall"), N_("Of the takes of this gesture, how many were found"),
     WG_COLUMN_SHARE},
    {"f1", N_("F1"), N_("Precision and recall in one number: their harmonic mean"),
     WG_COLUMN_SHARE},
    {"support", N_("takes"), N_("How many takes of it there were"), WG_COLUMN_COUNT},
    {NULL},
};

static void evaluate(WgEvaluateMistakes *self);

static gboolean
has_source(WgEvaluateMistakes *self, const char *source)
{
    return g_strcmp0(gtk_combo_box_get_active_id(self->source), source) == 0;
}

/* Persons and how each did, the worst last: what was left out is what it had never met. */
static char *
describe_persons(JsonObject *report)
{
    JsonObject *worst = json_object_get_object_member(report, "worst");
    const char *note = json_object_get_string_member_with_default(report, "note", NULL);
    g_autofree char *text =
        g_strdup_printf(_("Each person judged by a network that never met them. Hardest: %s, "
                          "%.1f %% right."),
                        json_object_get_string_member(worst, "name"),
                        100 * json_object_get_double_member(worst, "accuracy"));

    return g_strjoin(" ", text, note, NULL);
}

static void
show_headline(WgEvaluateMistakes *self)
{
    const int n = (int)json_object_get_int_member(self->report, "n");
    const int n_wrong = (int)json_object_get_int_member(self->report, "errors");
    g_autofree char *accuracy =
        g_strdup_printf("%.1f %%", 100 * json_object_get_double_member(self->report, "accuracy"));
    g_autofree char *wrong = g_strdup_printf(_("%d of %d wrong"), n_wrong, n);
    g_autofree char *age = wg_model_facts_dup_age(self->desk);
    g_autofree char *note = NULL, *all = NULL;

    if (self->is_test) {
        const int n_opened =
            (int)json_object_get_int_member_with_default(self->report, "test_opened", 1);

        note = g_strdup_printf(
            ngettext("The test split, opened %d time. It cannot be edited from here.",
                     "The test split, opened %d times. It cannot be edited from here.",
                     (gulong)n_opened),
            n_opened);
    } else if (self->is_in_turn && has_source(self, "persons")) {
        note = describe_persons(self->report);
    } else if (self->is_in_turn) {
        note = g_strdup(_("Each take judged by a network that was trained without it."));
    } else {
        note = g_strdup(_("On the takes kept aside to check it while it learned."));
    }
    gtk_label_set_text(self->accuracy, accuracy);
    gtk_label_set_text(self->wrong, wrong);
    all = g_strjoin(" ", note, age, NULL);
    gtk_label_set_text(self->note, all);
}

static void
show_matrix(WgEvaluateMistakes *self)
{
    JsonArray *names = json_object_get_array_member(self->report, "labels");
    JsonArray *rows = json_object_get_array_member(self->report, "confusion");
    const guint n = json_array_get_length(names);
    g_autofree const char **labels = g_new0(const char *, n + 1);
    g_autofree int *counts = g_new0(int, (gsize)n *n);

    for (guint i = 0; i < n; i++) {
        JsonArray *row = json_array_get_array_element(rows, i);

        labels[i] = json_array_get_string_element(names, i);
        for (guint j = 0; j < n; j++)
            counts[i * n + j] = (int)json_array_get_int_element(row, j);
    }
    wg_matrix_set(self->matrix, labels, counts);
    wg_table_set(self->report_table, columns,
                 json_object_get_array_member(self->report, "per_label"),
                 json_object_get_object_member(self->report, "macro"), _("mean of all"));
}

static void
show_cell(WgEvaluateMistakes *self)
{
    int row, column;

    wg_matrix_get_chosen(self->matrix, &row, &column);
    wg_cell_takes_set(self->cell_takes, self->report, row, column, !self->is_test);
}

static void
show(WgEvaluateMistakes *self)
{
    const gboolean is_running = wg_activity_is_running(self->activity);

    gtk_widget_set_visible(GTK_WIDGET(self->open_test), !self->is_test);
    gtk_widget_set_visible(GTK_WIDGET(self->close_test), self->is_test);
    gtk_widget_set_visible(GTK_WIDGET(self->again),
                           !is_running && !self->is_test && self->is_in_turn && self->is_stale);
    gtk_widget_set_sensitive(GTK_WIDGET(self->source), !is_running && !self->is_test);
    gtk_widget_set_sensitive(self->body, !is_running);
    if (!self->report)
        return;
    show_headline(self);
    show_matrix(self);
    show_cell(self);
}

static void
on_evaluated(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgEvaluateMistakes) self = WG_EVALUATE_MISTAKES(user_data);
    g_autoptr(GError) error = NULL;
    JsonObject *report = wg_job_run_finish(WG_JOB(source), result, &error);

    g_clear_object(&self->job);
    if (!self->desk) {
        g_clear_pointer(&report, json_object_unref);
        return;
    }
    if (report) {
        g_clear_pointer(&self->report, json_object_unref);
        self->report = report;
        self->is_in_turn = FALSE;
    } else {
        wg_desk_fail(self->desk, error);
        self->is_test = FALSE;
    }
    show(self);
    if (self->is_stale)
        evaluate(self);
}

static void
on_judged(gpointer owner, JsonObject *result, const GError *error)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(owner);

    if (result) {
        g_clear_pointer(&self->report, json_object_unref);
        self->report = json_object_ref(result);
        self->is_in_turn = TRUE;
        self->is_stale = FALSE;
        show(self);
        return;
    }
    wg_desk_fail(self->desk, error);
    gtk_combo_box_set_active_id(self->source, "validation");
    show(self);
}

/* Trains the network of the newest model again and again, each time without some of the takes. */
static void
judge_in_turn(WgEvaluateMistakes *self)
{
    const gboolean is_int8 = gtk_toggle_button_get_active(self->int8);
    g_autofree char *epochs = NULL, *preset = NULL;
    WgJob *job;

    if (wg_activity_is_running(self->activity) ||
        !wg_model_facts_read_training(self->desk, &preset, &epochs))
        return;
    job = wg_desk_new_job(
        self->desk, "cross-validate", "preset", preset, "model", is_int8 ? "int8" : "float",
        "without-test", "", has_source(self, "persons") ? "leave-one-person-out" : "folds",
        has_source(self, "persons") ? "" : "5", epochs ? "epochs" : NULL, epochs, NULL);
    wg_activity_run(self->activity, self->desk, job,
                    _("Training without some of the takes, in turn"), on_judged, self);
    show(self);
}

/* Anew after each change of model or labels; the test split never by itself. */
static void
evaluate(WgEvaluateMistakes *self)
{
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");

    self->is_stale = TRUE;
    if (!model || self->job || !gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    self->is_stale = FALSE;
    self->job = wg_desk_new_job(self->desk, "evaluate", "model",
                                gtk_toggle_button_get_active(self->int8) ? "int8" : "float", "on",
                                self->is_test ? "test" : "validation", NULL);
    if (self->job)
        wg_job_run_async(self->job, on_evaluated, g_object_ref(self));
}

/* As the source says. */
static void
judge(WgEvaluateMistakes *self)
{
    if (self->is_test || has_source(self, "validation"))
        evaluate(self);
    else
        judge_in_turn(self);
}

static void
on_model_toggled(GtkToggleButton *button, gpointer user_data)
{
    if (gtk_toggle_button_get_active(button))
        judge(user_data);
}

static void
on_source_changed(GtkComboBox *source, gpointer user_data)
{
    judge(user_data);
}

static void
on_again(GtkButton *button, gpointer user_data)
{
    judge(user_data);
}

static void
on_open_test(GtkButton *button, gpointer user_data)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(user_data);

    self->is_test = TRUE;
    evaluate(self);
}

static void
on_close_test(GtkButton *button, gpointer user_data)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(user_data);

    self->is_test = FALSE;
    gtk_combo_box_set_active_id(self->source, "validation");
    evaluate(self);
}

static void
on_cell_chosen(WgMatrix *matrix, int row, int column, gpointer user_data)
{
    show_cell(user_data);
}

/* Counting an opened test writes to the project too: that must not evaluate it once more. */
static void
on_changed(WgSession *session, gpointer user_data)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(user_data);

    if (self->is_test || self->job)
        return;
    if (has_source(self, "validation"))
        evaluate(self);
    else
        self->is_stale = TRUE; /* it takes seconds: by its button only */
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        show(self);
}

static void
wg_evaluate_mistakes_map(GtkWidget *widget)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(widget);

    GTK_WIDGET_CLASS(wg_evaluate_mistakes_parent_class)->map(widget);
    show(self);
    if (self->is_stale && has_source(self, "validation"))
        evaluate(self);
}

static void
wg_evaluate_mistakes_unmap(GtkWidget *widget)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(widget);

    GTK_WIDGET_CLASS(wg_evaluate_mistakes_parent_class)->unmap(widget);
    if (self->is_test) {
        self->is_test = FALSE; /* it is opened by its own button only */
        self->is_stale = TRUE;
    }
}

static void
wg_evaluate_mistakes_dispose(GObject *object)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(object);

    if (self->job)
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
    g_clear_object(&self->desk);
    g_clear_pointer(&self->report, json_object_unref);
    G_OBJECT_CLASS(wg_evaluate_mistakes_parent_class)->dispose(object);
}

static void
wg_evaluate_mistakes_class_init(WgEvaluateMistakesClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_evaluate_mistakes_dispose;
    widget_class->map = wg_evaluate_mistakes_map;
    widget_class->unmap = wg_evaluate_mistakes_unmap;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_CELL_TAKES);
    g_type_ensure(WG_TYPE_MATRIX);
    g_type_ensure(WG_TYPE_TABLE);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/evaluate-mistakes.ui");
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, body);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, int8);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, floating);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, source);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, again);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, activity);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, open_test);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, close_test);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, accuracy);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, wrong);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, note);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, matrix);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, cell_takes);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, report_table);
    gtk_widget_class_bind_template_callback(widget_class, on_model_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_source_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_again);
    gtk_widget_class_bind_template_callback(widget_class, on_open_test);
    gtk_widget_class_bind_template_callback(widget_class, on_close_test);
    gtk_widget_class_bind_template_callback(widget_class, on_cell_chosen);
}

static void
wg_evaluate_mistakes_init(WgEvaluateMistakes *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->is_stale = TRUE;
}

void
wg_evaluate_mistakes_set_desk(WgEvaluateMistakes *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_cell_takes_set_desk(self->cell_takes, desk);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
}
