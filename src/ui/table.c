/* A table of results: a row for each object, a column for each of its members that is told of. */
#include "ui/table.h"

#include <glib/gi18n.h>

struct _WgTable {
    GtkGrid parent_instance;
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
    gtk_widget_show(label);
    gtk_grid_attach(GTK_GRID(self), label, column, row, 1, 1);
}

static JsonNode *
find(JsonObject *object, const char *member)
{
    g_auto(GStrv) names = g_strsplit(member, ".", 2);
    JsonNode *node = json_object_get_member(object, names[0]);

    if (!names[1] || !node || !JSON_NODE_HOLDS_OBJECT(node))
        return node;
    return json_object_get_member(json_node_get_object(node), names[1]);
}

static char *
format_object(JsonObject *object, WgColumnType type)
{
    if (type == WG_COLUMN_WORST)
        return g_strdup_printf("%s %.1f %%", json_object_get_string_member(object, "label"),
                               100 * json_object_get_double_member(object, "recall"));
    return g_strdup_printf(_("%.2f to %.2f"), json_object_get_double_member(object, "min"),
                           json_object_get_double_member(object, "max"));
}

static char *
format(JsonObject *object, const WgColumn *column)
{
    JsonNode *node = find(object, column->member);

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
        return g_strdup_printf("%.1f %%", 100 * json_node_get_double(node));
    case WG_COLUMN_SPREAD:
        return g_strdup_printf("± %.1f", 100 * json_node_get_double(node));
    case WG_COLUMN_POINTS:
        return g_strdup_printf("%.0f %%", json_node_get_double(node));
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

static void
wg_table_class_init(WgTableClass *klass)
{
    gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(klass), "results");
    gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(klass), ATK_ROLE_PANEL);
}

static void
wg_table_init(WgTable *self)
{
    gtk_grid_set_column_spacing(GTK_GRID(self), 18);
    gtk_grid_set_row_spacing(GTK_GRID(self), 6);
}

void
wg_table_set(WgTable *self, const WgColumn *columns, JsonArray *rows, JsonObject *last,
             const char *last_name)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self));
    const guint n = rows ? json_array_get_length(rows) : 0;

    for (GList *link = children; link; link = link->next)
        gtk_widget_destroy(link->data);
    if (!rows)
        return;
    for (int i = 0; columns[i].member; i++)
        add(self, _(columns[i].title), columns[i].help ? _(columns[i].help) : NULL, columns, i, 0,
            "dim-label");
    for (guint i = 0; i < n; i++)
        add_row(self, columns, json_array_get_object_element(rows, i), NULL, (int)i + 1, NULL);
    if (last)
        add_row(self, columns, last, last_name, (int)n + 1, "wg-heading");
}
