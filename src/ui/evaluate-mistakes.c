/* What the model mixes up, and the takes behind each mistake: by one check or in turn. */
#include "ui/evaluate-mistakes.h"

#include "ui/cell-takes.h"
#include "ui/charts/matrix.h"
#include "ui/model-facts.h"
#include "ui/report-matrix.h"
#include "ui/report-side.h"
#include "ui/scroll-to.h"
#include "ui/turning-box.h"
#include "ui/verdict-words.h"
#include "ui/verdicts.h"

#include <glib/gi18n.h>

struct _WgEvaluateMistakes {
    GtkBox parent_instance;
    GtkWidget *body, *forms, *first, *side;
    GtkToggleButton *int8, *floating, *difference, *counts, *shares;
    GtkComboBox *source;
    GtkButton *open_test, *close_test, *again, *retrain;
    GtkLabel *accuracy, *wrong, *note, *change;
    WgActivity *activity;
    WgMatrix *matrix;
    WgReportSide *report_side;
    WgCellTakes *cell_takes;
    WgDesk *desk;
    WgVerdicts *verdicts;
};

G_DEFINE_FINAL_TYPE(WgEvaluateMistakes, wg_evaluate_mistakes, GTK_TYPE_BOX)

static gboolean
has_source(WgEvaluateMistakes *self, const char *source)
{
    return g_str_equal(wg_verdicts_get_source(self->verdicts), source);
}

static gboolean
is_difference(WgEvaluateMistakes *self)
{
    return gtk_toggle_button_get_active(self->difference) &&
           wg_verdicts_get_report(self->verdicts, TRUE);
}

/* The one whose figures stand above. */
static JsonObject *
get_report(WgEvaluateMistakes *self)
{
    JsonObject *trained = wg_verdicts_get_report(self->verdicts, TRUE);

    return trained && gtk_toggle_button_get_active(self->floating)
               ? trained
               : wg_verdicts_get_report(self->verdicts, FALSE);
}

static void
show_headline(WgEvaluateMistakes *self, JsonObject *report)
{
    g_autofree char *accuracy =
        g_strdup_printf(_("%.1f %%"), 100 * json_object_get_double_member(report, "accuracy"));
    const int n = (int)json_object_get_int_member(report, "n");
    const int n_wrong = (int)json_object_get_int_member(report, "errors");
    const char *form = ngettext("%d of %d wrong", "%d of %d wrong", (gulong)n);
    g_autofree char *wrong =
        is_difference(self)
            ? wg_verdict_words_dup_difference(wg_verdicts_get_report(self->verdicts, TRUE),
                                              wg_verdicts_get_report(self->verdicts, FALSE))
            : g_strdup_printf(form, n_wrong, n);
    g_autofree char *age = wg_model_facts_dup_age(self->desk);
    g_autofree char *source =
        wg_verdict_words_dup_source(wg_verdicts_get_source(self->verdicts), report);
    g_autofree char *note = g_strjoin(" ", source, age, NULL);

    gtk_label_set_text(self->accuracy, accuracy);
    gtk_label_set_text(self->wrong, wrong);
    gtk_label_set_text(self->note, note);
    gtk_widget_set_visible(GTK_WIDGET(self->retrain), age && !has_source(self, "test") &&
                                                          !wg_verdicts_is_busy(self->verdicts));
}

static void
show_change(WgEvaluateMistakes *self)
{
    JsonObject *change = wg_verdicts_get_change(self->verdicts);
    g_autofree char *text = wg_verdict_words_dup_change(change);

    gtk_label_set_text(self->change, text ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->change), change != NULL);
}

static void
show_matrix(WgEvaluateMistakes *self, JsonObject *report)
{
    JsonObject *change = wg_verdicts_get_change(self->verdicts);
    JsonObject *trained = is_difference(self) ? wg_verdicts_get_report(self->verdicts, TRUE) : NULL;

    wg_report_matrix_show(self->matrix, report, trained);
    if (change && !trained && report == wg_verdicts_get_report(self->verdicts, FALSE))
        wg_report_matrix_mark(self->matrix, report, change);
}

/* The report, or the takes of the cell that is chosen. */
static void
show_side(WgEvaluateMistakes *self, JsonObject *report)
{
    GtkWidget *report_side = GTK_WIDGET(self->report_side);
    int row, column, width;

    wg_matrix_get_chosen(self->matrix, &row, &column);
    wg_report_side_set(self->report_side, report);
    if (row >= 0)
        wg_cell_takes_set(self->cell_takes, report, row, column, !has_source(self, "test"));
    if (row >= 0 && gtk_widget_get_visible(report_side)) { /* as wide, so that nothing moves */
        gtk_widget_get_preferred_width(report_side, &width, NULL);
        gtk_widget_set_size_request(GTK_WIDGET(self->cell_takes), width, -1);
    }
    gtk_widget_set_visible(report_side, row < 0);
    gtk_widget_set_visible(GTK_WIDGET(self->cell_takes), row >= 0);
}

static void
show(WgEvaluateMistakes *self)
{
    JsonObject *report = get_report(self);
    const gboolean is_busy = wg_verdicts_is_busy(self->verdicts);
    const gboolean is_test = has_source(self, "test");
    const gboolean may_again = !is_busy && !is_test && !has_source(self, "validation");

    gtk_widget_set_visible(GTK_WIDGET(self->open_test), !is_test);
    gtk_widget_set_visible(GTK_WIDGET(self->close_test), is_test);
    gtk_widget_set_visible(GTK_WIDGET(self->again),
                           may_again && wg_verdicts_is_stale(self->verdicts));
    gtk_widget_set_visible(gtk_widget_get_parent(GTK_WIDGET(self->source)), !is_test);
    gtk_widget_set_visible(gtk_widget_get_parent(self->forms), !is_test);
    gtk_widget_set_sensitive(GTK_WIDGET(self->source), !is_busy);
    gtk_widget_set_sensitive(GTK_WIDGET(self->open_test), !is_busy);
    gtk_widget_set_sensitive(self->forms, !is_busy);
    gtk_widget_set_sensitive(self->body, !wg_activity_is_running(self->activity));
    gtk_widget_set_visible(self->first, report != NULL);
    gtk_widget_set_visible(self->side, report != NULL);
    if (!is_busy && !is_test)
        gtk_combo_box_set_active_id(self->source, wg_verdicts_get_source(self->verdicts));
    show_change(self);
    if (!report) {
        wg_matrix_clear(self->matrix);
        return;
    }
    show_headline(self, report);
    show_matrix(self, report);
    show_side(self, report);
}

/* Whether the keyboard is in that part. */
static gboolean
has_focus(WgEvaluateMistakes *self, GtkWidget *part)
{
    GtkWidget *window = gtk_widget_get_toplevel(part);
    GtkWidget *focus = GTK_IS_WINDOW(window) ? gtk_window_get_focus(GTK_WINDOW(window)) : NULL;

    return focus && (focus == part || gtk_widget_is_ancestor(focus, part));
}

/* Where what had the keyboard has gone, it goes on to what is to be done next. */
static void
keep_focus(WgEvaluateMistakes *self)
{
    if (has_focus(self, gtk_widget_get_toplevel(GTK_WIDGET(self))))
        return;
    if (gtk_widget_get_visible(GTK_WIDGET(self->retrain)))
        gtk_widget_grab_focus(GTK_WIDGET(self->retrain));
    else if (gtk_widget_get_sensitive(self->body))
        gtk_widget_grab_focus(GTK_WIDGET(self->matrix));
}

static void
on_verdicts_changed(WgVerdicts *verdicts, gpointer user_data)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(user_data);

    const gboolean had_focus = has_focus(self, GTK_WIDGET(self));

    if (!self->verdicts)
        return;
    show(self);
    if (had_focus)
        keep_focus(self);
}

static gboolean
wants_float(WgEvaluateMistakes *self)
{
    return !gtk_toggle_button_get_active(self->int8);
}

/* The other form is asked only where it was not yet. */
static void
on_model_toggled(GtkToggleButton *button, gpointer user_data)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(user_data);

    if (!gtk_toggle_button_get_active(button) || !self->verdicts)
        return;
    if (wants_float(self) && !wg_verdicts_get_report(self->verdicts, TRUE))
        wg_verdicts_ask(self->verdicts, wg_verdicts_get_source(self->verdicts), TRUE);
    else
        show(self);
}

static void
on_figures_toggled(WgEvaluateMistakes *self)
{
    wg_matrix_set_shares(self->matrix, gtk_toggle_button_get_active(self->shares));
}

static void
on_source_changed(GtkComboBox *source, gpointer user_data)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(user_data);
    const char *id = gtk_combo_box_get_active_id(source);

    if (self->verdicts && !wg_verdicts_is_busy(self->verdicts) && id && !has_source(self, "test") &&
        !has_source(self, id))
        wg_verdicts_ask(self->verdicts, id, wants_float(self));
}

static void
on_again(WgEvaluateMistakes *self)
{
    wg_verdicts_ask(self->verdicts, wg_verdicts_get_source(self->verdicts), wants_float(self));
}

static void
on_retrain(GtkButton *button, gpointer user_data)
{
    wg_verdicts_retrain(WG_EVALUATE_MISTAKES(user_data)->verdicts);
}

static void
on_open_test(GtkButton *button, gpointer user_data)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(user_data);

    gtk_toggle_button_set_active(self->int8, TRUE);
    wg_matrix_choose(self->matrix, -1, -1);
    wg_verdicts_ask(self->verdicts, "test", FALSE);
}

static void
on_close_test(GtkButton *button, gpointer user_data)
{
    wg_verdicts_ask(WG_EVALUATE_MISTAKES(user_data)->verdicts, "validation", FALSE);
}

static void
on_cell_chosen(GtkWidget *part, int row, int column, gpointer user_data)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(user_data);

    const gboolean had_focus = has_focus(self, self->side);

    wg_matrix_choose(self->matrix, row, column);
    if (!get_report(self))
        return;
    show_side(self, get_report(self));
    if (had_focus && row >= 0)
        gtk_widget_child_focus(GTK_WIDGET(self->cell_takes), GTK_DIR_TAB_FORWARD);
    else if (had_focus)
        gtk_widget_grab_focus(GTK_WIDGET(self->matrix));
    if (row >= 0 &&
        gtk_orientable_get_orientation(GTK_ORIENTABLE(self->body)) == GTK_ORIENTATION_VERTICAL)
        wg_scroll_to(self->side);
}

static void
on_cell_left(WgCellTakes *part, gpointer user_data)
{
    on_cell_chosen(NULL, -1, -1, user_data);
}

static void
wg_evaluate_mistakes_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_evaluate_mistakes_parent_class)->map(widget);
    show(WG_EVALUATE_MISTAKES(widget));
    wg_verdicts_set_wanted(WG_EVALUATE_MISTAKES(widget)->verdicts, TRUE);
}

static void
wg_evaluate_mistakes_unmap(GtkWidget *widget)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(widget);

    GTK_WIDGET_CLASS(wg_evaluate_mistakes_parent_class)->unmap(widget);
    if (self->verdicts)
        wg_verdicts_set_wanted(self->verdicts, FALSE);
}

static void
wg_evaluate_mistakes_dispose(GObject *object)
{
    WgEvaluateMistakes *self = WG_EVALUATE_MISTAKES(object);

    if (self->verdicts) {
        g_signal_handlers_disconnect_by_data(self->verdicts, self);
        g_object_run_dispose(G_OBJECT(self->verdicts)); /* a job may hold it still */
    }
    g_clear_object(&self->verdicts);
    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_evaluate_mistakes_parent_class)->dispose(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, body);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, forms);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, first);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, int8);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, floating);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, difference);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, counts);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, shares);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, source);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, again);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, retrain);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, activity);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, open_test);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, close_test);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, accuracy);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, wrong);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, note);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, change);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, matrix);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, side);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, cell_takes);
    gtk_widget_class_bind_template_child(widget_class, WgEvaluateMistakes, report_side);
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
    g_type_ensure(WG_TYPE_REPORT_SIDE);
    g_type_ensure(WG_TYPE_TURNING_BOX);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/evaluate-mistakes.ui");
    bind_children(widget_class);
    gtk_widget_class_bind_template_callback(widget_class, on_model_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_figures_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_source_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_again);
    gtk_widget_class_bind_template_callback(widget_class, on_retrain);
    gtk_widget_class_bind_template_callback(widget_class, on_open_test);
    gtk_widget_class_bind_template_callback(widget_class, on_close_test);
    gtk_widget_class_bind_template_callback(widget_class, on_cell_chosen);
    gtk_widget_class_bind_template_callback(widget_class, on_cell_left);
}

static void
wg_evaluate_mistakes_init(WgEvaluateMistakes *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_evaluate_mistakes_set_desk(WgEvaluateMistakes *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_cell_takes_set_desk(self->cell_takes, desk);
    wg_report_side_set_desk(self->report_side, desk);
    self->verdicts = wg_verdicts_new(desk, self->activity);
    g_signal_connect(self->verdicts, "changed", G_CALLBACK(on_verdicts_changed), self);
}
