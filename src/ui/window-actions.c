/* The actions of the window: projects, undo, import, pages, what a page is for. */
#include "ui/window-actions.h"

#include "base/error.h"
#include "ui/charts/chart.h"
#include "ui/file-question.h"
#include "ui/help.h"
#include "ui/import-sheet.h"
#include "ui/model-view.h"
#include "ui/preferences.h"
#include "ui/tour.h"
#include "ui/window-projects.h"

#include <glib/gi18n.h>

static void
add_filter(GtkFileChooser *chooser)
{
    GtkFileFilter *filter = gtk_file_filter_new();

    gtk_file_filter_set_name(filter, _("Waggle projects"));
    gtk_file_filter_add_pattern(filter, "*.waggle");
    gtk_file_chooser_add_filter(chooser, filter);
}

static void
open_chosen(gpointer window, GtkFileChooser *chooser, const char *path)
{
    if (path)
        wg_window_open(window, path);
}

static void
create_chosen(gpointer window, GtkFileChooser *chooser, const char *path)
{
    g_autofree char *full = NULL;

    if (!path)
        return;
    full = g_str_has_suffix(path, ".waggle") ? g_strdup(path) : g_strdup_printf("%s.waggle", path);
    wg_window_open(window, full);
}

static void
import_chosen(gpointer window, GtkFileChooser *chooser, const char *path)
{
    GSList *files = gtk_file_chooser_get_filenames(chooser);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    for (GSList *link = files; link; link = link->next)
        g_ptr_array_add(paths, link->data);
    g_slist_free(files);
    g_ptr_array_add(paths, NULL);
    if (path && paths->len > 1)
        wg_import_sheet_present(window, wg_window_get_desk(window), wg_window_get_activity(window),
                                (const char *const *)paths->pdata);
}

static void
model_chosen(gpointer window, GtkFileChooser *chooser, const char *path)
{
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
    GtkFileChooser *chooser = wg_ask_for_file(
        user_data, _("Open a Model"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), model_chosen);
    GtkFileFilter *filter = gtk_file_filter_new();

    gtk_file_filter_set_name(filter, _("TensorFlow Lite models"));
    gtk_file_filter_add_pattern(filter, "*.tflite");
    gtk_file_chooser_add_filter(chooser, filter);
}

static void
on_new(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_window_show_start(user_data);
}

static void
on_new_elsewhere(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GtkFileChooser *chooser = wg_ask_for_file(
        user_data, _("New Project"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Create"), create_chosen);

    /* one that is there is opened, not replaced */
    gtk_file_chooser_set_do_overwrite_confirmation(chooser, FALSE);
    gtk_file_chooser_set_current_name(chooser, _("gestures.waggle"));
    add_filter(chooser);
}

static void
on_open(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    add_filter(wg_ask_for_file(user_data, _("Open Project"), GTK_FILE_CHOOSER_ACTION_OPEN,
                               _("_Open"), open_chosen));
}

static void
on_open_sample(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_window_open_sample(user_data);
}

static void
on_import_files(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    gtk_file_chooser_set_select_multiple(wg_ask_for_file(user_data, _("Import Recordings"),
                                                         GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"),
                                                         import_chosen),
                                         TRUE);
}

static void
on_import_folder(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_ask_for_file(user_data, _("Import a Folder of Recordings"),
                    GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Import"), import_chosen);
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

static void
on_back(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_window_show_project(user_data);
}

/* As a click on it, where it can be clicked now. */
static gboolean
press(GtkWidget *widget)
{
    return widget && gtk_widget_get_mapped(widget) && gtk_widget_is_sensitive(widget) &&
           gtk_widget_activate(widget);
}

/* There is one such button a page; a page that fades out has none any more. */
static void
find_suggested(GtkWidget *widget, gpointer found)
{
    if (!widget || *(GtkWidget **)found || !gtk_widget_get_mapped(widget))
        return;
    if (GTK_IS_BUTTON(widget) &&
        gtk_style_context_has_class(gtk_widget_get_style_context(widget), "suggested-action") &&
        gtk_widget_is_sensitive(widget))
        *(GtkWidget **)found = widget;
    else if (GTK_IS_STACK(widget))
        find_suggested(gtk_stack_get_visible_child(GTK_STACK(widget)), found);
    else if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), find_suggested, found);
}

static void
on_next_thing(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GtkWidget *found = NULL;

    find_suggested(user_data, &found);
    press(found);
}

static void
on_record(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_desk_go(wg_window_get_desk(user_data), "record");
    press(wg_window_find_control(user_data, "record", "record"));
}

/* Those two open by the mouse and by a key alike. */
static void
on_menu(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    press(wg_window_find_control(user_data, NULL, "menu_button"));
}

static void
on_watch(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    press(wg_window_find_control(user_data, NULL, "watch_button"));
}

static void
on_preferences(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_preferences_present(user_data, wg_window_get_settings(user_data));
}

static void
on_tour(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_tour_start(user_data);
}

static void
on_help(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    const char *page = wg_window_get_page(user_data);

    /* every other page of the window has one of its name in the guide */
    wg_help_show(user_data, g_str_equal(page, "start") ? "index" : page);
}

static void
on_close(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    gtk_window_close(user_data);
}

static void
on_tell_failure(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    g_autoptr(GError) error =
        g_error_new_literal(WG_ERROR, WG_ERROR_STORAGE, g_variant_get_string(parameter, NULL));

    wg_desk_fail(wg_window_get_desk(user_data), error);
}

static const GActionEntry entries[] = {
    {WG_CHART_TELL_FAILURE, on_tell_failure, "s", NULL, NULL, {0}},
    {"new", on_new, NULL, NULL, NULL, {0}},
    {"new-elsewhere", on_new_elsewhere, NULL, NULL, NULL, {0}},
    {"projects", on_new, NULL, NULL, NULL, {0}},
    {"back", on_back, NULL, NULL, NULL, {0}},
    {"close", on_close, NULL, NULL, NULL, {0}},
    {"next-thing", on_next_thing, NULL, NULL, NULL, {0}},
    {"record", on_record, NULL, NULL, NULL, {0}},
    {"menu", on_menu, NULL, NULL, NULL, {0}},
    {"watch", on_watch, NULL, NULL, NULL, {0}},
    {"preferences", on_preferences, NULL, NULL, NULL, {0}},
    {"tour", on_tour, NULL, NULL, NULL, {0}},
    {"help", on_help, NULL, NULL, NULL, {0}},
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

/* What has to do with takes waits until they show. */
void
wg_window_actions_show(WgWindow *window)
{
    WgDesk *desk = wg_window_get_desk(window);
    WgEdits *edits = wg_desk_get_edits(desk);
    const gboolean is_open = wg_session_get_project(wg_desk_get_session(desk)) != NULL;
    const gboolean is_at_start = wg_window_is_at_start(window);

    enable(window, "undo", !is_at_start && wg_edits_get_undo_text(edits));
    enable(window, "redo", !is_at_start && wg_edits_get_redo_text(edits));
    enable(window, "back", is_at_start && is_open);
    enable(window, "record", is_open);
    enable(window, "tour", is_open);
    enable(window, "page", is_open);
}

static void
on_edits_changed(WgEdits *edits, gpointer user_data)
{
    wg_window_actions_show(user_data);
}

void
wg_window_actions_add(WgWindow *window, WgDesk *desk)
{
    g_action_map_add_action_entries(G_ACTION_MAP(window), entries, G_N_ELEMENTS(entries), window);
    g_signal_connect_object(wg_desk_get_edits(desk), "changed", G_CALLBACK(on_edits_changed),
                            window, 0);
}
