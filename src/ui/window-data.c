/* The action of the window that exports recordings for other tools. */
#include "ui/window-data.h"

#include "base/sentences.h"
#include "dataset/import.h"
#include "ui/activity.h"
#include "ui/file-question.h"
#include "ui/projects.h"
#include "ui/window-actions.h"

#include <glib/gi18n.h>

#define FORMAT "format"
#define MESSAGES_SHOWN_MAX 3

static void
on_exported(gpointer owner, JsonObject *result, const GError *error)
{
    WgDesk *desk = wg_window_get_desk(owner);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *file = NULL;
    JsonArray *messages;
    gint64 n;

    if (!result) {
        wg_desk_fail(desk, error);
        return;
    }
    n = json_object_get_int_member(result, "takes");
    file = g_filename_display_basename(json_object_get_string_member(result, "file"));
    /* translators: a number of takes, and the name of a file or folder */
    g_string_append_printf(
        text, ngettext("%d take was written to %s.", "%d takes were written to %s.", (gulong)n),
        (int)n, file);
    messages = json_object_get_array_member(result, "messages");
    for (guint i = 0; i < json_array_get_length(messages) && i < MESSAGES_SHOWN_MAX; i++)
        wg_append_sentence(text, "%s.", json_array_get_string_element(messages, i));
    wg_desk_say(desk, text->str);
}

static void
on_chosen(gpointer window, GtkFileChooser *chooser, const char *path)
{
    WgDesk *desk = wg_window_get_desk(window);
    const char *name = path ? gtk_file_chooser_get_choice(chooser, FORMAT) : NULL;
    const WgFileFormat *format = name ? wg_file_format_find(name, TRUE, NULL) : NULL;
    WgJob *job = format ? wg_desk_new_job(desk, "export-data", "format", name, NULL) : NULL;
    g_autofree char *full = NULL;

    if (!job)
        return;
    full = format->ending && !g_str_has_suffix(path, format->ending)
               ? g_strconcat(path, format->ending, NULL)
               : g_strdup(path);
    wg_job_add_argument(job, full);
    wg_activity_run(wg_window_get_activity(window), desk, job, _("Writing recordings"), on_exported,
                    window);
}

/* One of the table's formats, in the words of --help. */
static void
add_formats(GtkFileChooser *chooser)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new(), words = g_ptr_array_new();

    for (int i = 0; wg_file_formats[i]; i++) {
        if (!wg_file_formats[i]->write)
            continue;
        g_ptr_array_add(names, (gpointer)wg_file_formats[i]->name);
        g_ptr_array_add(words, (gpointer)_(wg_file_formats[i]->description));
    }
    g_ptr_array_add(names, NULL);
    g_ptr_array_add(words, NULL);
    gtk_file_chooser_add_choice(chooser, FORMAT, _("Format"), (const char **)names->pdata,
                                (const char **)words->pdata);
    gtk_file_chooser_set_choice(chooser, FORMAT, names->pdata[0]);
}

static void
on_export(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    WgSession *session = wg_desk_get_session(wg_window_get_desk(user_data));
    g_autofree char *title =
        wg_projects_dup_title(wg_project_get_path(wg_session_get_project(session)));
    /* translators: the name of a project, as the name of a folder */
    g_autofree char *name = g_strdup_printf(_("%s recordings"), title);
    GtkFileChooser *chooser = wg_ask_for_file(
        user_data, _("Export Recordings"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), on_chosen);

    /* what is there is not replaced, so there is nothing to ask */
    gtk_file_chooser_set_do_overwrite_confirmation(chooser, FALSE);
    gtk_file_chooser_set_current_name(chooser, g_strdelimit(name, "/\\\n\r\t", '-'));
    add_formats(chooser);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    GAction *export = g_action_map_lookup_action(G_ACTION_MAP(user_data), "export-data");

    g_simple_action_set_enabled(G_SIMPLE_ACTION(export), wg_session_get_project(session) != NULL);
}

void
wg_window_data_add(WgWindow *window)
{
    static const GActionEntry entries[] = {{"export-data", on_export, NULL, NULL, NULL, {0}}};
    WgSession *session = wg_desk_get_session(wg_window_get_desk(window));

    g_action_map_add_action_entries(G_ACTION_MAP(window), entries, G_N_ELEMENTS(entries), window);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_recordings_changed),
                            window, 0);
    on_recordings_changed(session, window);
}
