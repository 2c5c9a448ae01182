/* The report beside the matrix: the most frequent mistakes, and a table of gestures or persons. */
#include "ui/report-side.h"

#include "ui/table.h"

#include <glib/gi18n.h>

#define N_PAIRS_SHOWN 3

struct _WgReportSide {
    GtkBox parent_instance;
    GtkBox *pairs;
    GtkLabel *words;
    GtkWidget *which, *copy;
    GtkToggleButton *of_gestures, *of_persons;
    WgTable *table;
    WgDesk *desk;
    JsonObject *report;
};

G_DEFINE_FINAL_TYPE(WgReportSide, wg_report_side, GTK_TYPE_BOX)

static guint cell_chosen_signal;

static const WgColumn gesture_columns[] = {
    {"label", N_("gesture"), NULL, WG_COLUMN_TEXT},
    {"precision", N_("precision"), N_("Of the takes that were answered so, how many are right"),
     WG_COLUMN_PERCENT},
    {"recall", N_("recall"), N_("Of the takes of this gesture, how many were found"),
     WG_COLUMN_PERCENT},
    {"f1", N_("F1"), N_("Precision and recall in one number: their harmonic mean"),
     WG_COLUMN_PERCENT},
    {"support", N_("takes"), N_("How many takes of it there were"), WG_COLUMN_COUNT},
    {NULL},
};

static const WgColumn person_columns[] = {
    {"name", N_("person"), NULL, WG_COLUMN_TEXT},
    {"accuracy", N_("right"), N_("Of this person's takes, by a network that never met them"),
     WG_COLUMN_PERCENT},
    {"n", N_("takes"), N_("How many takes there are of this person"), WG_COLUMN_COUNT},
    {"worst_label", N_("hardest gesture"), N_("Of its takes, how many were found"),
     WG_COLUMN_WORST},
    {NULL},
};

static int
find_label(JsonObject *report, const char *label)
{
    JsonArray *labels = json_object_get_array_member(report, "labels");

    for (guint i = 0; i < json_array_get_length(labels); i++) {
        if (g_str_equal(json_array_get_string_element(labels, i), label))
            return (int)i;
    }
    return -1;
}

static void
on_pair(GtkButton *button, gpointer user_data)
{
    WgReportSide *self = WG_REPORT_SIDE(user_data);
    JsonObject *pair = g_object_get_data(G_OBJECT(button), "pair");

    g_signal_emit(self, cell_chosen_signal, 0,
                  find_label(self->report, json_object_get_string_member(pair, "true")),
                  find_label(self->report, json_object_get_string_member(pair, "predicted")));
}

static void
add_pair(WgReportSide *self, JsonObject *pair)
{
    const char *words = json_object_get_string_member(pair, "words");
    GtkWidget *button = gtk_button_new(), *label = gtk_label_new(words);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    gtk_container_add(GTK_CONTAINER(button), label);
    gtk_style_context_add_class(gtk_widget_get_style_context(button), "flat");
    gtk_widget_set_tooltip_text(button, _("Shows these takes"));
    atk_object_set_name(gtk_widget_get_accessible(button), words);
    g_object_set_data_full(G_OBJECT(button), "pair", json_object_ref(pair),
                           (GDestroyNotify)json_object_unref);
    g_signal_connect(button, "clicked", G_CALLBACK(on_pair), self);
    gtk_widget_show_all(button);
    gtk_container_add(GTK_CONTAINER(self->pairs), button);
}

static gboolean
has_persons(JsonObject *report)
{
    return g_strcmp0(json_object_get_string_member_with_default(report, "by", ""), "person") == 0;
}

static void
show_pairs(WgReportSide *self)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self->pairs));
    JsonArray *pairs = json_object_get_array_member(self->report, "pairs");
    const guint n = json_array_get_length(pairs);
    JsonNode *node = json_object_get_member(self->report, "explanation");
    const gboolean is_explained = node && JSON_NODE_HOLDS_OBJECT(node);

    for (GList *link = children; link; link = link->next)
        gtk_widget_destroy(link->data);
    for (guint i = 0; i < MIN(n, N_PAIRS_SHOWN); i++)
        add_pair(self, json_array_get_object_element(pairs, i));
    gtk_label_set_text(self->words, n == 0         ? _("No take was mistaken for another gesture.")
                                    : is_explained ? json_object_get_string_member(
                                                         json_node_get_object(node), "words")
                                                   : "");
    gtk_widget_set_visible(GTK_WIDGET(self->words),
                           (n == 0 || is_explained) && !has_persons(self->report));
}

static void
show_table(WgReportSide *self)
{
    if (has_persons(self->report) && gtk_toggle_button_get_active(self->of_persons))
        wg_table_set(self->table, person_columns,
                     json_object_get_array_member(self->report, "groups"), NULL, NULL);
    else
        wg_table_set(self->table, gesture_columns,
                     json_object_get_array_member(self->report, "per_label"),
                     json_object_get_object_member(self->report, "macro"), _("mean of all"));
}

static void
on_which_toggled(GtkToggleButton *button, gpointer user_data)
{
    WgReportSide *self = WG_REPORT_SIDE(user_data);

    if (gtk_toggle_button_get_active(button) && self->report)
        show_table(self);
}

static void
copy(WgReportSide *self, gboolean as_csv)
{
    g_autofree char *text = wg_table_dup_text(self->table, as_csv);

    gtk_clipboard_set_text(gtk_widget_get_clipboard(GTK_WIDGET(self), GDK_SELECTION_CLIPBOARD),
                           text, -1);
    wg_desk_say(self->desk, _("The report is on the clipboard."));
}

static void
on_copy_text(GtkButton *button, gpointer user_data)
{
    copy(user_data, FALSE);
}

static void
on_copy_csv(GtkButton *button, gpointer user_data)
{
    copy(user_data, TRUE);
}

static void
wg_report_side_dispose(GObject *object)
{
    WgReportSide *self = WG_REPORT_SIDE(object);

    g_clear_object(&self->desk);
    g_clear_pointer(&self->report, json_object_unref);
    G_OBJECT_CLASS(wg_report_side_parent_class)->dispose(object);
}

static void
wg_report_side_class_init(WgReportSideClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_report_side_dispose;
    g_type_ensure(WG_TYPE_TABLE);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/report-side.ui");
    gtk_widget_class_bind_template_child(widget_class, WgReportSide, pairs);
    gtk_widget_class_bind_template_child(widget_class, WgReportSide, words);
    gtk_widget_class_bind_template_child(widget_class, WgReportSide, which);
    gtk_widget_class_bind_template_child(widget_class, WgReportSide, copy);
    gtk_widget_class_bind_template_child(widget_class, WgReportSide, of_gestures);
    gtk_widget_class_bind_template_child(widget_class, WgReportSide, of_persons);
    gtk_widget_class_bind_template_child(widget_class, WgReportSide, table);
    gtk_widget_class_bind_template_callback(widget_class, on_which_toggled);
    gtk_widget_class_bind_template_callback(widget_class, on_copy_text);
    gtk_widget_class_bind_template_callback(widget_class, on_copy_csv);
    cell_chosen_signal = g_signal_new("cell-chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
wg_report_side_init(WgReportSide *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    wg_table_set_sortable(self->table, TRUE);
}

void
wg_report_side_set_desk(WgReportSide *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
}

void
wg_report_side_set(WgReportSide *self, JsonObject *report)
{
    const gboolean had_persons = self->report && has_persons(self->report);

    json_object_ref(report);
    g_clear_pointer(&self->report, json_object_unref);
    self->report = report;
    gtk_widget_set_visible(self->which, has_persons(report));
    if (has_persons(report) && !had_persons)
        gtk_toggle_button_set_active(self->of_persons, TRUE);
    show_pairs(self);
    show_table(self);
}
