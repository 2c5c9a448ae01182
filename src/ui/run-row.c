/* A training in the list of them. */
#include "ui/run-row.h"

#include "ui/run-words.h"

#include <glib/gi18n.h>

struct _WgRunRow {
    GtkListBoxRow parent_instance;
    GtkLabel *accuracy, *time, *what, *changes;
    GtkWidget *used;
    JsonObject *run;
};

G_DEFINE_FINAL_TYPE(WgRunRow, wg_run_row, GTK_TYPE_LIST_BOX_ROW)

static void
wg_run_row_finalize(GObject *object)
{
    g_clear_pointer(&WG_RUN_ROW(object)->run, json_object_unref);
    G_OBJECT_CLASS(wg_run_row_parent_class)->finalize(object);
}

static void
wg_run_row_class_init(WgRunRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_run_row_finalize;
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/run-row.ui");
    gtk_widget_class_bind_template_child(widget_class, WgRunRow, accuracy);
    gtk_widget_class_bind_template_child(widget_class, WgRunRow, time);
    gtk_widget_class_bind_template_child(widget_class, WgRunRow, what);
    gtk_widget_class_bind_template_child(widget_class, WgRunRow, changes);
    gtk_widget_class_bind_template_child(widget_class, WgRunRow, used);
}

static void
wg_run_row_init(WgRunRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

/* "waggle, 779 takes", and how it came about where it was not by training alone. */
static char *
dup_what(JsonObject *run)
{
    const int n =
        (int)json_object_get_int_member(json_object_get_object_member(run, "takes"), "train");
    const char *how = json_object_get_string_member(run, "how");
    g_autofree char *takes = g_strdup_printf(ngettext("%d take", "%d takes", (gulong)n), n);
    const char *preset = json_object_get_string_member_with_default(run, "preset", "");
    const char *way = g_str_equal(how, "pruned")           ? _("pruned")
                      : g_str_equal(how, "filters_pruned") ? _("made narrower")
                      : g_str_equal(how, "distilled")      ? _("distilled")
                      : g_str_equal(how, "personal")       ? _("personalised")
                                                           : NULL;

    return way ? g_strdup_printf("%s, %s, %s", preset, way, takes)
               : g_strdup_printf("%s, %s", preset, takes);
}

GtkWidget *
wg_run_row_new(JsonObject *run)
{
    WgRunRow *self = g_object_new(WG_TYPE_RUN_ROW, NULL);
    g_autofree char *accuracy = wg_run_words_dup_accuracy(run);
    g_autofree char *wrong = wg_run_words_dup_wrong(run);
    g_autofree char *time =
        wg_run_words_dup_time(json_object_get_string_member_with_default(run, "created", NULL));
    g_autofree char *what = dup_what(run);
    g_autofree char *changes =
        json_object_get_null_member(run, "changes")
            ? NULL
            : wg_run_words_dup_changes(json_object_get_array_member(run, "changes"), 3);
    const gboolean is_used = json_object_get_boolean_member(run, "is_used");
    g_autofree char *name =
        g_strjoin(C_("between parts of a sentence", ", "), time,
                  accuracy ? accuracy : _("not evaluated"), wrong ? wrong : what, what,
                  is_used   ? _("in use")
                  : changes ? changes
                            : what,
                  NULL);

    self->run = json_object_ref(run);
    gtk_label_set_text(self->accuracy, accuracy ? accuracy : "–");
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->accuracy), wrong);
    gtk_label_set_text(self->time, time);
    gtk_label_set_text(self->what, what);
    gtk_label_set_text(self->changes, changes ? changes : "");
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->changes), changes);
    gtk_widget_set_visible(GTK_WIDGET(self->changes), changes != NULL);
    gtk_widget_set_visible(self->used, is_used);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), name);
    return GTK_WIDGET(self);
}

JsonObject *
wg_run_row_get_run(WgRunRow *self)
{
    return self->run;
}
