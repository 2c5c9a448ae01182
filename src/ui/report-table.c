/* The report of an evaluation as a table: precision, recall, F1 and support of each gesture. */
#include "ui/report-table.h"

#include <glib/gi18n.h>

struct _WgReportTable {
    GtkGrid parent_instance;
};

G_DEFINE_FINAL_TYPE(WgReportTable, wg_report_table, GTK_TYPE_GRID)

typedef struct {
    const char *member, *title, *help;
} Column;

static const Column columns[] = {
    {"precision", N_("precision"), N_("Of the takes that were answered so, how many are right")},
    {"recall", N_("recall"), N_("Of the takes of this gesture, how many were found")},
    {"f1", N_("F1"), N_("Precision and recall in one number: their harmonic mean")},
    {"support", N_("takes"), N_("How many takes of it there were")},
};

static void
add(WgReportTable *self, const char *text, const char *help, int column, int row, const char *css)
{
    GtkWidget *label = gtk_label_new(text);

    gtk_label_set_xalign(GTK_LABEL(label), column == 0 ? 0 : 1);
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

static void
add_row(WgReportTable *self, const char *name, JsonObject *values, int row, const char *css)
{
    add(self, name, NULL, 0, row, css);
    for (int i = 0; i < (int)G_N_ELEMENTS(columns); i++) {
        const gboolean is_count = g_str_equal(columns[i].member, "support");
        g_autofree char *text =
            is_count
                ? g_strdup_printf("%" G_GINT64_FORMAT,
                                  json_object_get_int_member(values, "support"))
                : g_strdup_printf("%.3f", json_object_get_double_member(values, columns[i].member));

        add(self, text, NULL, i + 1, row, css);
    }
}

static void
wg_report_table_class_init(WgReportTableClass *klass)
{
    gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(klass), "report");
    gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(klass), ATK_ROLE_PANEL);
}

static void
wg_report_table_init(WgReportTable *self)
{
    gtk_grid_set_column_spacing(GTK_GRID(self), 18);
    gtk_grid_set_row_spacing(GTK_GRID(self), 6);
}

void
wg_report_table_set(WgReportTable *self, JsonObject *report)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self));
    JsonArray *per_label;
    guint n;

    for (GList *link = children; link; link = link->next)
        gtk_widget_destroy(link->data);
    if (!report)
        return;
    per_label = json_object_get_array_member(report, "per_label");
    n = json_array_get_length(per_label);
    for (int i = 0; i < (int)G_N_ELEMENTS(columns); i++)
        add(self, _(columns[i].title), _(columns[i].help), i + 1, 0, "dim-label");
    for (guint i = 0; i < n; i++) {
        JsonObject *values = json_array_get_object_element(per_label, i);

        add_row(self, json_object_get_string_member(values, "label"), values, (int)i + 1, NULL);
    }
    add_row(self, _("mean of all"), json_object_get_object_member(report, "macro"), (int)n + 1,
            "wg-heading");
}
