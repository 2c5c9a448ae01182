/* The takes of a cell of a confusion matrix, to be relabelled; without one, the mistakes in words.
 */
#include "ui/cell-takes.h"

#include "ui/relabel-button.h"
#include "ui/take-grid.h"

#include <glib/gi18n.h>

#define N_PAIRS_SHOWN 3

struct _WgCellTakes {
    GtkBox parent_instance;
    GtkLabel *cell_title, *cell_hint;
    WgTakeGrid *grid;
    WgRelabelButton *relabel;
    GtkButton *look_inside;
    WgDesk *desk;
    gboolean is_editable;
};

G_DEFINE_FINAL_TYPE(WgCellTakes, wg_cell_takes, GTK_TYPE_BOX)

/* The most frequent mistakes in words, and what the two most alike are told apart by. */
static void
show_words(WgCellTakes *self, JsonObject *report)
{
    JsonArray *pairs = json_object_has_member(report, "pairs")
                           ? json_object_get_array_member(report, "pairs")
                           : NULL;
    JsonNode *node = json_object_get_member(report, "explanation");
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; pairs && i < MIN(json_array_get_length(pairs), N_PAIRS_SHOWN); i++)
        g_string_append_printf(
            text, "%s.\n",
            json_object_get_string_member(json_array_get_object_element(pairs, i), "words"));
    if (node && JSON_NODE_HOLDS_OBJECT(node))
        g_string_append_printf(text, "%s.\n",
                               json_object_get_string_member(json_node_get_object(node), "words"));
    g_string_append(text, _("Click a cell to see its takes. Outlined cells are mistakes."));
    gtk_label_set_text(self->cell_hint, text->str);
}

/* Those of the report's takes in that cell, as they are in the project now. */
static GPtrArray *
collect(WgCellTakes *self, JsonObject *report, int row, int column)
{
    JsonArray *all = json_object_get_array_member(report, "takes");
    g_autoptr(GHashTable) wanted = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GPtrArray) recordings = wg_desk_dup_takes(self->desk, NULL, FALSE);
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; row >= 0 && i < json_array_get_length(all); i++) {
        JsonObject *take = json_array_get_object_element(all, i);
        const gint64 id = json_object_get_int_member(take, "id");

        if (json_object_get_int_member(take, "true") == row &&
            json_object_get_int_member(take, "predicted") == column)
            g_hash_table_add(wanted, g_memdup2(&id, sizeof id));
    }
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);

        if (g_hash_table_contains(wanted, &wg_recording_get(recording)->id))
            g_ptr_array_add(takes, wg_recording_ref(recording));
    }
    return takes;
}

static void
update_buttons(WgCellTakes *self)
{
    const guint n = wg_take_grid_get_n_selected(self->grid);

    gtk_widget_set_sensitive(GTK_WIDGET(self->relabel), n > 0);
    gtk_widget_set_sensitive(GTK_WIDGET(self->look_inside), n == 1);
}

static void
on_selection_changed(WgTakeGrid *grid, gpointer user_data)
{
    update_buttons(WG_CELL_TAKES(user_data));
}

static void
on_look_inside(GtkButton *button, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);
    g_autoptr(GPtrArray) chosen = wg_take_grid_dup_selected(self->grid);

    if (chosen->len == 1)
        wg_desk_look_inside(self->desk, wg_recording_get(g_ptr_array_index(chosen, 0))->id);
}

static void
on_relabel(WgRelabelButton *button, const char *label, gpointer user_data)
{
    WgCellTakes *self = WG_CELL_TAKES(user_data);

    if (self->is_editable && wg_take_grid_relabel_selected(self->grid, self->desk, label))
        wg_desk_say(self->desk, _("Relabelled. Train again to see what it has changed."));
}

static void
wg_cell_takes_dispose(GObject *object)
{
    g_clear_object(&WG_CELL_TAKES(object)->desk);
    G_OBJECT_CLASS(wg_cell_takes_parent_class)->dispose(object);
}

static void
wg_cell_takes_class_init(WgCellTakesClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_cell_takes_dispose;
    g_type_ensure(WG_TYPE_RELABEL_BUTTON);
    g_type_ensure(WG_TYPE_TAKE_GRID);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/cell-takes.ui");
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, cell_title);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, cell_hint);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, grid);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, relabel);
    gtk_widget_class_bind_template_child(widget_class, WgCellTakes, look_inside);
    gtk_widget_class_bind_template_callback(widget_class, on_selection_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_relabel);
    gtk_widget_class_bind_template_callback(widget_class, on_look_inside);
}

static void
wg_cell_takes_init(WgCellTakes *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_cell_takes_set_desk(WgCellTakes *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
    wg_relabel_button_set_desk(self->relabel, desk);
}

void
wg_cell_takes_set(WgCellTakes *self, JsonObject *report, int row, int column, gboolean is_editable)
{
    JsonArray *names = json_object_get_array_member(report, "labels");
    g_autoptr(GPtrArray) takes = collect(self, report, row, column);
    g_autofree char *title = NULL;

    self->is_editable = is_editable;
    if (row >= 0)
        title = g_strdup_printf(
            ngettext("%u take: %s, answered %s", "%u takes: %s, answered %s", takes->len),
            takes->len, json_array_get_string_element(names, (guint)row),
            json_array_get_string_element(names, (guint)column));
    gtk_label_set_text(self->cell_title, title ? title : "");
    show_words(self, report);
    gtk_widget_set_visible(GTK_WIDGET(self->cell_title), row >= 0);
    gtk_widget_set_visible(GTK_WIDGET(self->cell_hint), row < 0);
    gtk_widget_set_visible(GTK_WIDGET(self->relabel), row >= 0 && is_editable);
    gtk_widget_set_visible(GTK_WIDGET(self->look_inside), row >= 0 && is_editable);
    wg_take_grid_set_takes(self->grid, takes);
    update_buttons(self);
}
