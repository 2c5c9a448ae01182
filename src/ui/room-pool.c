/* The project in which a room's takes are pooled: kept from time to time. */
#include "ui/room-pool.h"

#include "ui/projects.h"
#include "ui/settings.h"

#include <glib/gi18n.h>

#define KEY "room-pool"

char *
wg_room_pool_dup_path(WgSession *session, GSettings *settings)
{
    g_autofree char *uri = wg_settings_dup_string(settings, KEY, "");
    WgProject *project = wg_session_get_project(session);

    return project ? g_strdup(wg_project_get_path(project)) : g_filename_from_uri(uri, NULL, NULL);
}

gboolean
wg_room_pool_open(WgSession *session, GSettings *settings, const char *folder, GError **error)
{
    g_autofree char *path = wg_room_pool_dup_path(session, settings);
    g_autofree char *base = g_filename_display_basename(folder);
    /* translators: the name of a project: that of the folder in which takes were gathered */
    g_autofree char *name = g_strdup_printf(_("Room %s"), base);
    g_autofree char *fresh = NULL;
    g_autofree char *uri = NULL;

    if (wg_session_get_project(session))
        return TRUE;
    if (path && g_file_test(path, G_FILE_TEST_EXISTS))
        return wg_session_open_project(session, path, error);
    fresh = wg_projects_dup_new_path(name, error);
    if (!fresh || !wg_session_create_project(session, fresh, error))
        return FALSE;
    uri = g_filename_to_uri(fresh, NULL, NULL);
    wg_settings_set(settings, KEY, g_variant_new_string(uri ? uri : ""));
    wg_projects_note(settings, fresh, 0, 0, TRUE);
    return TRUE;
}

WgJob *
wg_room_pool_new_merge(WgSession *session, JsonObject *room)
{
    JsonArray *rows = json_object_get_array_member(room, "rows");
    WgJob *job = wg_job_new(session, "merge", NULL);

    wg_job_set(job, "name-by-file", "", NULL);
    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        const char *state = json_object_get_string_member(row, "state");
        g_autofree char *path =
            g_filename_from_uri(json_object_get_string_member(row, "uri"), NULL, NULL);

        if (path && !g_str_equal(state, "damaged") && !g_str_equal(state, "same"))
            wg_job_add_argument(job, path);
    }
    return job;
}

void
wg_room_pool_leave(WgSession *session, GSettings *settings)
{
    wg_session_close_project(session);
    wg_settings_set(settings, KEY, g_variant_new_string(""));
}
