/* A table of results: a row for each object, a column for each of its members that is told of. */
#include "ui/table.h"

#include "workbench/json.h"

#include <glib/gi18n.h>
#include <string.h>

#define TITLE_PADDING 7 /* as style.css has it, with the border */

struct _WgTable {
    GtkGrid parent_instance;
    const WgColumn *columns;
    JsonArray *rows;
    JsonObject *last;
    char *last_name;
    gboolean is_sortable, is_descending;
    int sorted_by; /* -1: as they came */
};

G_DEFINE_FINAL_TYPE(WgTable, wg_table, GTK_TYPE_GRID)

static void
add(WgTable *self, const char *text, const char *help, const WgColumn *columns, int column, int row,
    const char *css)
{
    GtkWidget *label = gtk_label_new(text);

    gtk_label_set_xalign(GTK_LABEL(label), columns[column].type == WG_COLUMN_TEXT ? 0 : 1);
    gtk_widget_set_hexpand(label, column == 0);
    gtk_widget_set_tooltip_text(label, help);
    if (column == 0) {
        gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
        gtk_label_set_width_chars(GTK_LABEL(label), 6);
    }
    if (css)
        gtk_style_context_add_class(gtk_widget_get_style_context(label), css);
    gtk_style_context_add_class(gtk_widget_get_style_context(label), "figures");
    if (self->is_sortable) { /* below what stands in the titles' buttons */
        gtk_widget_set_margin_start(label, TITLE_PADDING);
        gtk_widget_set_margin_end(label, TITLE_PADDING);
    }
    gtk_widget_show(label);
    gtk_grid_attach(GTK_GRID(self), label, column, row, 1, 1);
}

static char *
format_object(JsonObject *object, WgColumnType type)
{
    if (type == WG_COLUMN_WORST)
        return g_strdup_printf(_("%s %.1f %%"), json_object_get_string_member(object, "label"),
                               100 * json_object_get_double_member(object, "recall"));
    return g_strdup_printf(_("%.2f to %.2f"), json_object_get_double_member(object, "min"),
                           json_object_get_double_member(object, "max"));
}

static char *
format(JsonObject *object, const WgColumn *column)
{
    JsonNode *node = wg_json_find(object, column->member);

    if (!node || JSON_NODE_HOLDS_NULL(node))
        return g_strdup("");
    switch (column->type) {
    case WG_COLUMN_TEXT:
        return g_strdup(json_node_get_string(node));
    case WG_COLUMN_COUNT:
        return g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(node));
    case WG_COLUMN_SHARE:
        return g_strdup_printf("%.3f", json_node_get_double(node));
    case WG_COLUMN_PERCENT:
        return g_strdup_printf(_("%.1f %%"), 100 * json_node_get_double(node));
    case WG_COLUMN_SPREAD:
        return g_strdup_printf("± %.1f", 100 * json_node_get_double(node));
    case WG_COLUMN_POINTS:
        return g_strdup_printf(_("%.0f %%"), json_node_get_double(node));
    case WG_COLUMN_DECIBEL:
        return g_strdup_printf(_("%.0f dB"), json_node_get_double(node));
    case WG_COLUMN_WORST:
    case WG_COLUMN_RANGE:
        return format_object(json_node_get_object(node), column->type);
    case WG_COLUMN_SIZE:
        return g_strdup_printf(_("%.1f kB"), (double)json_node_get_int(node) / 1000);
    }
    g_assert_not_reached();
}

static void
add_row(WgTable *self, const WgColumn *columns, JsonObject *object, const char *name, int row,
        const char *css)
{
    for (int i = 0; columns[i].member; i++) {
        g_autofree char *text = i == 0 && name ? g_strdup(name) : format(object, &columns[i]);

        add(self, text, i == 0 ? text : NULL, columns, i, row, css);
    }
}

/* What a cell is sorted by; texts are all alike here. */
static double
get_value(JsonObject *object, const WgColumn *column)
{
    JsonNode *node = wg_json_find(object, column->member);
    JsonNode *inner = NULL;

    if (!node || JSON_NODE_HOLDS_NULL(node))
        return -G_MAXDOUBLE;
    if (JSON_NODE_HOLDS_OBJECT(node))
        inner = json_object_get_member(json_node_get_object(node),
                                       column->type == WG_COLUMN_WORST ? "recall" : "min");
    if (JSON_NODE_HOLDS_OBJECT(node))
        return inner ? json_node_get_double(inner) : -G_MAXDOUBLE;
    if (json_node_get_value_type(node) == G_TYPE_STRING)
        return 0;
    return json_node_get_double(node);
}

static int
compare_rows(gconstpointer a, gconstpointer b, gpointer user_data)
{
    WgTable *self = WG_TABLE(user_data);
    JsonObject *left = *(JsonObject *const *)a, *right = *(JsonObject *const *)b;
    const WgColumn *column = &self->columns[self->sorted_by];
    const double x = get_value(left, column), y = get_value(right, column);
    int order = (x > y) - (x < y);

    if (column->type == WG_COLUMN_TEXT) {
        g_autofree char *first = format(left, column), *second = format(right, column);

        order = g_utf8_collate(first, second);
    }
    return self->is_descending ? -order : order;
}

/* Of JsonObject, not owned, in the order that is shown; transfer container. */
static GPtrArray *
dup_order(WgTable *self)
{
    GPtrArray *order = g_ptr_array_new();

    for (guint i = 0; self->rows && i < json_array_get_length(self->rows); i++)
        g_ptr_array_add(order, json_array_get_object_element(self->rows, i));
    if (self->sorted_by >= 0)
        g_ptr_array_sort_with_data(order, compare_rows, self);
    return order;
}

static void show(WgTable *self);

static void
on_title(GtkButton *button, gpointer user_data)
{
    WgTable *self = WG_TABLE(user_data);
    const int column = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(button), "column"));
    GtkWidget *title;

    if (self->sorted_by != column) {
        self->sorted_by = column;
        self->is_descending = FALSE;
    } else if (!self->is_descending) {
        self->is_descending = TRUE;
    } else {
        self->sorted_by = -1;
    }
    show(self);
    title = gtk_grid_get_child_at(GTK_GRID(self), column, 0);
    gtk_widget_grab_focus(title); /* it was made anew */
}

/* A column's title that sorts by it. */
static void
add_button(WgTable *self, int column)
{
    const WgColumn *which = &self->columns[column];
    const gboolean is_sorted = self->sorted_by == column;
    GtkWidget *button = gtk_button_new(), *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *label = gtk_label_new(_(which->title));
    GtkStyleContext *style = gtk_widget_get_style_context(button);
    AtkObject *accessible = gtk_widget_get_accessible(button);

    gtk_container_add(GTK_CONTAINER(box), label);
    if (is_sorted)
        gtk_container_add(GTK_CONTAINER(box),
                          gtk_image_new_from_icon_name(self->is_descending ? "pan-down-symbolic"
                                                                           : "pan-up-symbolic",
                                                       GTK_ICON_SIZE_BUTTON));
    gtk_widget_set_halign(box, which->type == WG_COLUMN_TEXT ? GTK_ALIGN_START : GTK_ALIGN_END);
    gtk_container_add(GTK_CONTAINER(button), box);
    gtk_style_context_add_class(style, "flat");
    gtk_style_context_add_class(style, "table-title");
    gtk_widget_set_tooltip_text(button, which->help ? _(which->help) : _("Sorts by it"));
    atk_object_set_name(accessible, _(which->title));
    atk_object_set_description(accessible, !is_sorted            ? _("Sorts by it")
                                           : self->is_descending ? _("Sorted, the largest first")
                                                                 : _("Sorted, the smallest first"));
    g_object_set_data(G_OBJECT(button), "column", GINT_TO_POINTER(column));
    g_signal_connect(button, "clicked", G_CALLBACK(on_title), self);
    gtk_widget_show_all(button);
    gtk_grid_attach(GTK_GRID(self), button, column, 0, 1, 1);
}

static void
show(WgTable *self)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self));
    g_autoptr(GPtrArray) order = dup_order(self);

    for (GList *link = children; link; link = link->next)
        gtk_widget_destroy(link->data);
    for (int i = 0; self->rows && self->columns[i].member; i++) {
        const WgColumn *column = &self->columns[i];

        if (self->is_sortable)
            add_button(self, i);
        else
            add(self, _(column->title), column->help ? _(column->help) : NULL, self->columns, i, 0,
                "dim-label");
    }
    for (guint i = 0; i < order->len; i++)
        add_row(self, self->columns, g_ptr_array_index(order, i), NULL, (int)i + 1, NULL);
    if (self->last)
        add_row(self, self->columns, self->last, self->last_name, (int)order->len + 1,
                "wg-heading");
}

static void
forget(WgTable *self)
{
    g_clear_pointer(&self->rows, json_array_unref);
    g_clear_pointer(&self->last, json_object_unref);
    g_clear_pointer(&self->last_name, g_free);
}

static void
wg_table_finalize(GObject *object)
{
    forget(WG_TABLE(object));
    G_OBJECT_CLASS(wg_table_parent_class)->finalize(object);
}

static void
wg_table_class_init(WgTableClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_table_finalize;
    gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(klass), "results");
    gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(klass), ATK_ROLE_PANEL);
}

static void
wg_table_init(WgTable *self)
{
    self->sorted_by = -1;
    gtk_grid_set_column_spacing(GTK_GRID(self), 18);
    gtk_grid_set_row_spacing(GTK_GRID(self), 6);
}

void
wg_table_set(WgTable *self, const WgColumn *columns, JsonArray *rows, JsonObject *last,
             const char *last_name)
{
    if (columns != self->columns)
        self->sorted_by = -1;
    if (rows)
        json_array_ref(rows); /* it may be the one that is forgotten */
    forget(self);
    self->columns = columns;
    self->rows = rows;
    self->last = rows && last ? json_object_ref(last) : NULL;
    self->last_name = g_strdup(last_name);
    show(self);
}

void
wg_table_set_sortable(WgTable *self, gboolean is_sortable)
{
    self->is_sortable = is_sortable;
    gtk_grid_set_column_spacing(GTK_GRID(self), is_sortable ? 6 : 18);
    show(self);
}

/* A cell with a comma, a quote or a new line in it stands in quotes, which are doubled. */
static void
append_cell(GString *text, const char *cell, gboolean as_csv, gboolean is_first)
{
    g_autoptr(GString) quoted = g_string_new(cell);

    if (!is_first)
        g_string_append_c(text, as_csv ? ',' : '\t');
    if (as_csv && strpbrk(cell, ",\"\r\n")) {
        g_string_replace(quoted, "\"", "\"\"", 0);
        g_string_append_printf(text, "\"%s\"", quoted->str);
    } else {
        g_string_append(text, cell);
    }
}

static void
append_row(WgTable *self, GString *text, JsonObject *object, const char *name, gboolean as_csv)
{
    for (int i = 0; self->columns[i].member; i++) {
        g_autofree char *cell = i == 0 && name ? g_strdup(name) : format(object, &self->columns[i]);

        append_cell(text, cell, as_csv, i == 0);
    }
    g_string_append(text, as_csv ? "\r\n" : "\n");
}

char *
wg_table_dup_text(WgTable *self, gboolean as_csv)
{
    g_autoptr(GPtrArray) order = dup_order(self);
    GString *text = g_string_new(NULL);

    for (int i = 0; self->rows && self->columns[i].member; i++)
        append_cell(text, _(self->columns[i].title), as_csv, i == 0);
    if (self->rows)
        g_string_append(text, as_csv ? "\r\n" : "\n");
    for (guint i = 0; i < order->len; i++)
        append_row(self, text, g_ptr_array_index(order, i), NULL, as_csv);
    if (self->last)
        append_row(self, text, self->last, self->last_name, as_csv);
    return g_string_free(text, FALSE);
}
