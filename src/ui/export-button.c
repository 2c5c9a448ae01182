/* A button whose menu lists the forms that a model can be exported in, and asks for a place. */
#include "ui/export-button.h"

#include "ui/file-question.h"

#include "workbench/export-forms.h"

#include <glib/gi18n.h>
#include <string.h>

struct _WgExportButton {
    GtkMenuButton parent_instance;
    GSimpleActionGroup *actions;
    const WgExporter *exporter; /* that it is for */
    WgDesk *desk;
};

G_DEFINE_FINAL_TYPE(WgExportButton, wg_export_button, GTK_TYPE_MENU_BUTTON)

static guint chosen_signal;

static void
on_chosen(gpointer owner, GtkFileChooser *chooser, const char *path)
{
    if (path)
        g_signal_emit(owner, chosen_signal, 0, WG_EXPORT_BUTTON(owner)->exporter->name, path);
}

/* "sample-arduino.zip", or where the form's first file is of use alone, that: "sample.tflite" */
static char *
suggest_name(WgExportButton *self)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(self->desk));
    g_autofree char *name =
        project ? g_path_get_basename(wg_project_get_path(project)) : g_strdup("model");
    char *dot = strrchr(name, '.');

    if (dot)
        *dot = '\0';
    return self->exporter->main_suffix ? g_strconcat(name, self->exporter->main_suffix, NULL)
                                       : g_strconcat(name, "-", self->exporter->name, ".zip", NULL);
}

static void
on_form(GSimpleAction *action, GVariant *form, gpointer user_data)
{
    WgExportButton *self = WG_EXPORT_BUTTON(user_data);
    g_autofree char *name = NULL;

    self->exporter = wg_exporter_find(g_variant_get_string(form, NULL), NULL);
    name = suggest_name(self);
    gtk_file_chooser_set_current_name(wg_ask_for_file(GTK_WIDGET(self), _(self->exporter->title),
                                                      GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"),
                                                      on_chosen),
                                      name);
}

static void
wg_export_button_dispose(GObject *object)
{
    WgExportButton *self = WG_EXPORT_BUTTON(object);

    g_clear_object(&self->actions);
    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_export_button_parent_class)->dispose(object);
}

static void
wg_export_button_class_init(WgExportButtonClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = wg_export_button_dispose;
    gtk_widget_class_set_template_from_resource(GTK_WIDGET_CLASS(klass),
                                                "/org/waggle/Waggle/ui/export-button.ui");
    chosen_signal = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
wg_export_button_init(WgExportButton *self)
{
    const GActionEntry entries[] = {{"to", on_form, "s", NULL, NULL, {0}}};
    g_autoptr(GMenu) menu = g_menu_new();

    gtk_widget_init_template(GTK_WIDGET(self));
    self->actions = g_simple_action_group_new();
    g_action_map_add_action_entries(G_ACTION_MAP(self->actions), entries, G_N_ELEMENTS(entries),
                                    self);
    gtk_widget_insert_action_group(GTK_WIDGET(self), "export", G_ACTION_GROUP(self->actions));
    for (int i = 0; wg_exporters[i]; i++) {
        g_autoptr(GMenuItem) item = g_menu_item_new(_(wg_exporters[i]->title), NULL);

        g_menu_item_set_action_and_target(item, "export.to", "s", wg_exporters[i]->name);
        g_menu_append_item(menu, item);
    }
    gtk_menu_button_set_menu_model(GTK_MENU_BUTTON(self), G_MENU_MODEL(menu));
}

void
wg_export_button_set_desk(WgExportButton *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
}
