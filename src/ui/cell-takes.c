/* The takes of a cell of a confusion matrix, over those most like them, to be mended. */
#include "ui/cell-takes.h"

#include "ui/charts/compared.h"
#include "ui/charts/take-plot.h"
#include "ui/relabel-button.h"
#include "ui/review-takes.h"
#include "ui/take-grid.h"
#include "workbench/nearest-takes.h"

#include <glib/gi18n.h>

#define N_NEAREST 6

struct _WgCellTakes {
    GtkBox parent_instance;
    GtkLabel *title, *hint;
    WgCompared *over_true, *over_answer;
    GtkWidget *charts, *tools;
    WgTakeGrid *grid;
    WgTakePlot *plot;
    GtkToggleButton *trim;
    GtkButton *accept, *leave_out, *remove, *look_inside;
    WgRelabelButton *relabel;
    WgDesk *desk;
    JsonObject *report;
    int row, column;
    gboolean is_editable;
};

G_DEFINE_FINAL_TYPE(WgCellTakes, wg_cell_takes, GTK_TYPE_BOX)

static guint left_signal;

static const char *
get_label(WgCellTakes *self, int i)
{
    return json_array_get_string_element(json_object_get_array_member(self->report, "labels"),
                                         (guint)i);
}

/* Those of the report's takes in that cell, as they are in the project now. */
static GPtrArray *
collect(WgCellTakes *self)
{
    JsonArray *all = json_object_get_array_member(self->report, "takes");
    g_autoptr(GHashTable) wanted = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    GPtrArray *recordings = wg_session_get_recordings(wg_desk_get_session(self->desk));
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < json_array_get_length(all); i++) {
        JsonObject *take = json_array_get_object_element(all, i);
        const gint64 id = json_object_get_int_member(take, "id");

        if (json_object_get_int_member(take, "true") == self->row &&
            json_object_get_int_member(take, "predicted") == self->column)
            g_hash_table_add(wanted, g_memdup2(&id, sizeof id));
    }
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        const WgRecordingSpec *spec = wg_recording_get_facts(recording);

        if (g_hash_table_contains(wanted, &spec->id) && !spec->disabled &&
            (spec->n_spans > 0 || g_str_equal(spec->label, get_label(self, self->row))))
            g_ptr_array_add(takes, wg_recording_ref(recording));
    }
    return takes;
}

static void
show_over(WgCellTakes *self, WgCompared *chart, WgRecording *take, int label)
{
    GPtrArray *recordings = wg_session_get_recordings(wg_desk_get_session(self->desk));
    g_autoptr(GPtrArray) near =
        take ? wg_nearest_takes_new(take, recordings, self->report, label, N_NEAREST) : NULL;
    g_autofree char *title = g_strdup_printf(_("over the nearest %s"), get_label(self, label));

    wg_compared_set(chart, title, take, near);
}

/* The one chosen take, to be trimmed; else over its neighbours. */
static void
show_trim(WgCellTakes *self, WgRecording *take)
{
    const gboolean is_trim = take && gtk_toggle_button_get_active(self->trim);

    gtk_widget_set_visible(self->charts, take && !is_trim);
    gtk_widget_set_visible(GTK_WIDGET(self->plot), is_trim);
    if (is_trim)
        wg_review_show_take(self->desk, self->plot, take);
}

static void
on_selection_changed(WgTakeGrid *grid, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);
    const guint n = wg_take_grid_get_n_selected(self->grid);
    g_autoptr(GPtrArray) chosen = wg_take_grid_dup_selected(self->grid);
    WgRecording *take = n > 0 ? g_ptr_array_index(chosen, 0) : NULL;

    gtk_widget_set_sensitive(GTK_WIDGET(self->accept), n > 0);
    gtk_widget_set_sensitive(GTK_WIDGET(self->relabel), n > 0);
    gtk_widget_set_sensitive(GTK_WIDGET(self->leave_out), n > 0);
    gtk_widget_set_sensitive(GTK_WIDGET(self->remove), n > 0);
    gtk_widget_set_sensitive(GTK_WIDGET(self->look_inside), n == 1);
    gtk_widget_set_sensitive(GTK_WIDGET(self->trim), n == 1);
    if (!self->report)
        return;
    show_trim(self, self->is_editable && n == 1 ? take : NULL);
    show_over(self, self->over_true, take, self->row);
    if (self->row != self->column)
        show_over(self, self->over_answer, take, self->column);
}

static void
relabel(WgCellTakes *self, const char *label)
{
    if (self->is_editable && wg_take_grid_relabel_selected(self->grid, self->desk, label))
        wg_desk_say(self->desk, _("Relabelled. Train again to see what it changes."));
}

static void
on_relabel(WgRelabelButton *button, const char *label, gpointer user_data)
{
    relabel(user_data, label);
}

/* The network was right: the take is what it was answered. */
static void
on_accept(GtkButton *button, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);
    g_autofree char *label = g_strdup(get_label(self, self->column));

    relabel(self, label);
}

static void
on_remove(GtkButton *button, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);

    if (self->is_editable && wg_take_grid_delete_selected(self->grid, self->desk))
        wg_desk_say(self->desk, _("Removed. Train again to see what it changes."));
}

/* It stays in the project, and neither trains nor tests. */
static void
on_leave_out(GtkButton *button, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);
    g_autoptr(GPtrArray) chosen = wg_take_grid_dup_selected(self->grid);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < chosen->len; i++)
        g_array_append_val(ids, wg_recording_get_facts(g_ptr_array_index(chosen, i))->id);
    if (!self->is_editable || ids->len == 0)
        return;
    if (wg_edits_set_disabled(wg_desk_get_edits(self->desk), ids, TRUE, &error))
        wg_desk_say(self->desk, _("Left out. Train again to see what it changes."));
    else
        wg_desk_fail(self->desk, error);
}

static void
on_trim_toggled(GtkToggleButton *button, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);

    on_selection_changed(self->grid, self);
}

static void
on_trimmed(WgTakePlot *plot, int first, int n, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);
    g_autoptr(GPtrArray) chosen = wg_take_grid_dup_selected(self->grid);
    g_autoptr(GError) error = NULL;

    if (!self->is_editable || chosen->len != 1)
        return;
    if (wg_edits_trim(wg_desk_get_edits(self->desk),
                      wg_recording_get_facts(g_ptr_array_index(chosen, 0))->id, first, n, &error))
        wg_desk_say(self->desk, _("Trimmed. Train again to see what it changes."));
    else
        wg_desk_fail(self->desk, error);
}

static void
on_grid_delete(WgTakeGrid *grid, gpointer user_data)
{
    on_remove(NULL, user_data);
}

static void
on_look_inside(GtkButton *button, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);
    g_autoptr(GPtrArray) chosen = wg_take_grid_dup_selected(self->grid);

    if (chosen->len == 1)
        wg_desk_look_inside(self->desk, wg_recording_get_facts(g_ptr_array_index(chosen, 0))->id);
}

static void
on_back(GtkButton *button, gpointer user_data)
{
    g_signal_emit(user_data, left_signal, 0);
}

static void
wg_cell_takes_dispose(GObject *object)
{
    WgCellTakes *self = WG_CELL_TAKES(object);

    g_clear_object(&self->desk);
    g_clear_pointer(&self->report, json_object_unref);
    G_OBJECT_CLASS(wg_cell_takes_parent_class)->dispose(object);
}

static void
wg_cell_takes_class_init(WgCellTakesClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_cell_takes_dispose;
    g_type_ensure(WG_TYPE_COMPARED);
    g_type_ensure(WG_TYPE_RELABEL_BUTTON);
    g_type_ensure(WG_TYPE_TAKE_GRID);
    g_type_ensure(WG_TYPE_TAKE_PLOT);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/cell-takes.ui");
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, title);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, hint);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, charts);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, over_true);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, over_answer);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, tools);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, plot);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, trim);
    gtk_widget_class_bind_template_callback(widget_class, on_trim_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_trimmed);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, grid);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, accept);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, relabel);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, leave_out);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, remove);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, look_inside);
    gtk_widget_class_bind_template_callback(widget_class, on_selection_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_grid_delete);
    gtk_widget_class_bind_template_callback(widget_class, on_accept);
    gtk_widget_class_bind_template_callback(widget_class, on_relabel);
    gtk_widget_class_bind_template_callback(widget_class, on_leave_out);
    gtk_widget_class_bind_template_callback(widget_class, on_remove);
    gtk_widget_class_bind_template_callback(widget_class, on_look_inside);
    gtk_widget_class_bind_template_callback(widget_class, on_back);
    left_signal = g_signal_new("left", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
wg_cell_takes_init(WgCellTakes *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->row = self->column = -1;
}

void
wg_cell_takes_set_desk(WgCellTakes *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_relabel_button_set_desk(self->relabel, desk);
}

static void
show_words(WgCellTakes *self, guint n)
{
    const char *label = get_label(self, self->row), *answer = get_label(self, self->column);
    g_autofree char *title = g_strdup_printf(
        ngettext("%u take: %s, answered %s", "%u takes: %s, answered %s", n), n, label, answer);
    g_autofree char *accept = g_strdup_printf(_("It Is “%s”"), answer);

    gtk_label_set_text(self->title, title);
    gtk_button_set_label(self->accept, accept);
    gtk_label_set_text(self->hint, _("No take is left in this cell."));
    gtk_widget_set_visible(GTK_WIDGET(self->hint), n == 0);
}

void
wg_cell_takes_set(WgCellTakes *self, JsonObject *report, int row, int column, gboolean is_editable)
{
    const gboolean is_other = row != self->row || column != self->column;
    g_autoptr(GPtrArray) takes = NULL;

    json_object_ref(report);
    g_clear_pointer(&self->report, json_object_unref);
    self->report = report;
    self->row = row;
    self->column = column;
    self->is_editable = is_editable;
    takes = collect(self);
    show_words(self, takes->len);
    gtk_widget_set_visible(GTK_WIDGET(self->over_answer), row != column);
    gtk_widget_set_visible(self->tools, is_editable && takes->len > 0);
    gtk_widget_set_visible(gtk_widget_get_parent(GTK_WIDGET(self->accept)), row != column);
    if (is_other)
        wg_take_grid_unselect_all(self->grid);
    wg_take_grid_set_takes(self->grid, takes);
    if (takes->len > 0 && wg_take_grid_get_n_selected(self->grid) == 0)
        wg_take_grid_select_first(self->grid);
    on_selection_changed(self->grid, self);
}
