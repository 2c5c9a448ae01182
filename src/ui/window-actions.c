/* The actions of the window: project, undo, import, pages. */
#include "ui/window-actions.h"

#include "ui/importer.h"
#include "ui/model-view.h"

#include <glib/gi18n.h>

typedef void (*Chosen)(WgWindow *window, GtkFileChooser *chooser);

static void
on_response(GtkNativeDialog *dialog, int response, gpointer user_data)
{
    WgWindow *window = WG_WINDOW(user_data);
    Chosen chosen = (Chosen)g_object_get_data(G_OBJECT(dialog), "chosen");

    if (response == GTK_RESPONSE_ACCEPT)
        chosen(window, GTK_FILE_CHOOSER(dialog));
    g_object_set_data(G_OBJECT(window), "chooser", NULL);
}

static GtkFileChooser *
ask(WgWindow *window, const char *title, GtkFileChooserAction action, const char *accept,
    Chosen chosen)
{
    GtkFileChooserNative *chooser =
        gtk_file_chooser_native_new(title, GTK_WINDOW(window), action, accept, _("_Cancel"));

    g_object_set_data(G_OBJECT(chooser), "chosen", (gpointer)chosen);
    g_signal_connect(chooser, "response", G_CALLBACK(on_response), window);
    g_object_set_data_full(G_OBJECT(window), "chooser", chooser, g_object_unref);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(chooser));
    return GTK_FILE_CHOOSER(chooser);
}

static void
add_filter(GtkFileChooser *chooser)
{
    GtkFileFilter *filter = gtk_file_filter_new();

    gtk_file_filter_set_name(filter, _("Waggle projects"));
    gtk_file_filter_add_pattern(filter, "*.waggle");
    gtk_file_chooser_add_filter(chooser, filter);
}

static void
open_chosen(WgWindow *window, GtkFileChooser *chooser)
{
    g_autofree char *path = gtk_file_chooser_get_filename(chooser);

    if (path)
        wg_window_open(window, path);
}

static void
create_chosen(WgWindow *window, GtkFileChooser *chooser)
{
    g_autofree char *path = gtk_file_chooser_get_filename(chooser);
    g_autofree char *full = NULL;

    if (!path)
        return;
    full = g_str_has_suffix(path, ".waggle") ? g_strdup(path) : g_strdup_printf("%s.waggle", path);
    wg_window_open(window, full);
}

static void
import_chosen(WgWindow *window, GtkFileChooser *chooser)
{
    GSList *files = gtk_file_chooser_get_filenames(chooser);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    for (GSList *link = files; link; link = link->next)
        g_ptr_array_add(paths, link->data);
    g_slist_free(files);
    g_ptr_array_add(paths, NULL);
    if (paths->len > 1)
        wg_importer_import(wg_window_get_desk(window), wg_window_get_activity(window),
                           (const char *const *)paths->pdata);
}

static void
model_chosen(WgWindow *window, GtkFileChooser *chooser)
{
    g_autofree char *path = gtk_file_chooser_get_filename(chooser);

    if (path)
        wg_model_view_open(window, path);
}

/* What a drop and others ask for; the path may be any bytes. */
static void
on_open_model(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_model_view_open(user_data, g_variant_get_bytestring(parameter));
}

static void
on_choose_model(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GtkFileChooser *chooser =
        ask(user_data, _("Open a Model"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), model_chosen);
    GtkFileFilter *filter = gtk_file_filter_new();

    gtk_file_filter_set_name(filter, _("TensorFlow Lite models"));
    gtk_file_filter_add_pattern(filter, "*.tflite");
    gtk_file_chooser_add_filter(chooser, filter);
}

static void
on_new(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GtkFileChooser *chooser =
        ask(user_data, _("New Project"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Create"), create_chosen);

    gtk_file_chooser_set_current_name(chooser, _("gestures.waggle"));
    add_filter(chooser);
}

static void
on_open(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    add_filter(
        ask(user_data, _("Open Project"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), open_chosen));
}

static void
on_open_sample(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_window_open_sample(user_data);
}

static void
on_import_files(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    gtk_file_chooser_set_select_multiple(ask(user_data, _("Import Recordings"),
                                             GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"),
                                             import_chosen),
                                         TRUE);
}

static void
on_import_folder(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    ask(user_data, _("Import a Folder of Recordings"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
        _("_Import"), import_chosen);
}

static void
on_undo(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    WgDesk *desk = wg_window_get_desk(user_data);
    g_autoptr(GError) error = NULL;

    if (!wg_edits_undo(wg_desk_get_edits(desk), &error))
        wg_desk_fail(desk, error);
}

static void
on_redo(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    WgDesk *desk = wg_window_get_desk(user_data);
    g_autoptr(GError) error = NULL;

    if (!wg_edits_redo(wg_desk_get_edits(desk), &error))
        wg_desk_fail(desk, error);
}

static void
on_page(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_desk_go(wg_window_get_desk(user_data), g_variant_get_string(parameter, NULL));
}

static const GActionEntry entries[] = {
    {"new", on_new, NULL, NULL, NULL, {0}},
    {"open", on_open, NULL, NULL, NULL, {0}},
    {"open-sample", on_open_sample, NULL, NULL, NULL, {0}},
    {"open-model", on_open_model, "ay", NULL, NULL, {0}},
    {"choose-model", on_choose_model, NULL, NULL, NULL, {0}},
    {"import-files", on_import_files, NULL, NULL, NULL, {0}},
    {"import-folder", on_import_folder, NULL, NULL, NULL, {0}},
    {"undo", on_undo, NULL, NULL, NULL, {0}},
    {"redo", on_redo, NULL, NULL, NULL, {0}},
    {"page", on_page, "s", NULL, NULL, {0}},
};

static void
enable(WgWindow *window, const char *name, gboolean is_enabled)
{
    GAction *action = g_action_map_lookup_action(G_ACTION_MAP(window), name);

    g_simple_action_set_enabled(G_SIMPLE_ACTION(action), is_enabled);
}

static void
on_edits_changed(WgEdits *edits, gpointer user_data)
{
    enable(user_data, "undo", wg_edits_get_undo_text(edits) != NULL);
    enable(user_data, "redo", wg_edits_get_redo_text(edits) != NULL);
}

void
wg_window_actions_add(WgWindow *window, WgDesk *desk)
{
    WgEdits *edits = wg_desk_get_edits(desk);

    g_action_map_add_action_entries(G_ACTION_MAP(window), entries, G_N_ELEMENTS(entries), window);
    g_signal_connect_object(edits, "changed", G_CALLBACK(on_edits_changed), window, 0);
    on_edits_changed(edits, window);
}
