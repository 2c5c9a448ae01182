/* The actions of the window about packs: handing in one's own, and the room of all. */
#include "ui/window-packs.h"

#include "ui/activity.h"
#include "ui/file-question.h"
#include "ui/importer.h"
#include "ui/projects.h"
#include "ui/window-actions.h"
#include "ui/window-projects.h"
#include "workbench/pack.h"

#include <glib/gi18n.h>
#include <string.h>

#define PERSON_FACT "person" /* who performed last, in the project */

static void
on_packed(gpointer owner, JsonObject *result, const GError *error)
{
    WgDesk *desk = wg_window_get_desk(owner);
    g_autofree char *file = NULL;
    g_autofree char *takes = NULL;
    g_autofree char *text = NULL;
    gint64 n;

    if (!result) {
        wg_desk_fail(desk, error);
        return;
    }
    n = json_object_get_int_member(result, "takes");
    file = g_path_get_basename(json_object_get_string_member(result, "file"));
    takes = g_strdup_printf(ngettext("%d take", "%d takes", (gulong)n), (int)n);
    /* translators: a number of takes, and the name of a file */
    text = g_strdup_printf(_("%s saved as %s. Hand it in."), takes, file);
    wg_desk_say(desk, text);
}

/* What is already there the chooser has asked about. */
static void
on_chosen(gpointer window, GtkFileChooser *chooser, const char *path)
{
    WgDesk *desk = wg_window_get_desk(window);
    WgJob *job = path ? wg_desk_new_job(desk, "pack", "replace", "", NULL) : NULL;

    if (!path)
        return;
    if (job)
        wg_job_add_argument(job, path);
    wg_activity_run(wg_window_get_activity(window), desk, job, _("Saving the pack"), on_packed,
                    window);
}

/* "Circles-Ada.wagglepack". */
static char *
dup_name(WgProject *project)
{
    g_autofree char *title = wg_projects_dup_title(wg_project_get_path(project));
    g_autofree char *person = wg_project_dup_fact(project, PERSON_FACT);
    char *name = person && *person ? g_strdup_printf("%s-%s.wagglepack", title, person)
                                   : g_strdup_printf("%s.wagglepack", title);

    return g_strdelimit(name, "/\\\n\r\t", '-');
}

static void
on_pack(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    WgSession *session = wg_desk_get_session(wg_window_get_desk(user_data));
    g_autofree char *name = dup_name(wg_session_get_project(session));

    gtk_file_chooser_set_current_name(wg_ask_for_file(user_data, _("Save as Pack"),
                                                      GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"),
                                                      on_chosen),
                                      name);
}

static void
on_room(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_window_show_room(user_data, NULL);
}

/* The path may be any bytes. */
static void
on_room_at(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    wg_window_show_room(user_data, g_variant_get_bytestring(parameter));
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    GAction *pack = g_action_map_lookup_action(G_ACTION_MAP(user_data), "pack");

    g_simple_action_set_enabled(G_SIMPLE_ACTION(pack), wg_session_get_project(session) != NULL);
}

static void
read_pack(GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
    GError *error = NULL;
    WgPack *pack = wg_pack_read(path, cancellable, &error);

    if (pack)
        g_task_return_pointer(task, pack, (GDestroyNotify)wg_pack_free);
    else
        g_task_return_error(task, error);
}

/* Only of one that can be read there is to be a project. */
static void
on_pack_read(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWindow *window = WG_WINDOW(source);
    WgDesk *desk = wg_window_get_desk(window);
    const char *path = g_task_get_task_data(G_TASK(result));
    const char *const paths[] = {path, NULL};
    g_autofree char *name = g_filename_display_basename(path);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgPack) pack = g_task_propagate_pointer(G_TASK(result), &error);

    if (!desk)
        return; /* the window was closed meanwhile */
    if (!pack) {
        wg_desk_fail(desk, error);
        return;
    }
    name[strlen(name) - strlen(WG_PACK_ENDING)] = '\0';
    if (wg_window_create(window, *name ? name : _("My gestures")))
        wg_importer_merge(desk, wg_window_get_activity(window), paths);
}

void
wg_window_open_pack(WgWindow *window, const char *path)
{
    g_autoptr(GTask) task = g_task_new(window, NULL, on_pack_read, NULL);

    g_task_set_task_data(task, g_strdup(path), g_free);
    g_task_run_in_thread(task, read_pack);
}

void
wg_window_packs_add(WgWindow *window)
{
    static const GActionEntry entries[] = {
        {"pack", on_pack, NULL, NULL, NULL, {0}},
        {"room", on_room, NULL, NULL, NULL, {0}},
        {"room-at", on_room_at, "ay", NULL, NULL, {0}},
    };
    WgSession *session = wg_desk_get_session(wg_window_get_desk(window));

    g_action_map_add_action_entries(G_ACTION_MAP(window), entries, G_N_ELEMENTS(entries), window);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_recordings_changed),
                            window, 0);
    on_recordings_changed(session, window);
}
