/* Files that are dropped onto the window or named on its command line: models, projects, packs and
 * recordings. */
#include "ui/dropping.h"

#include "ui/import-sheet.h"
#include "ui/importer.h"
#include "ui/window-actions.h"
#include "ui/window-packs.h"
#include "ui/window-projects.h"
#include "workbench/pack.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define URI_LIST "text/uri-list"

static void
say_unreadable(WgDesk *desk, const char *path)
{
    g_autofree char *shown = g_filename_display_basename(path);
    g_autofree char *text = g_strdup_printf(
        g_file_test(path, G_FILE_TEST_EXISTS)
            ? _("“%s” cannot be read here: copy it to a folder of yours, then drop that.")
            : _("There is no “%s”: choose another file."),
        shown);

    wg_desk_say(desk, text);
}

static gboolean
has_ending(const char *path, const char *ending)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);

    return g_str_has_suffix(lower, ending) && !g_file_test(path, G_FILE_TEST_IS_DIR);
}

static gboolean
has_project(const char *const *uris)
{
    for (int i = 0; uris[i]; i++) {
        g_autofree char *path = g_filename_from_uri(uris[i], NULL, NULL);

        if (path && has_ending(path, ".waggle"))
            return TRUE;
    }
    return FALSE;
}

/* Into the project that is open. One pack alone becomes a project where none is. */
static void
take_packs(WgWindow *window, const char *const *paths)
{
    WgDesk *desk = wg_window_get_desk(window);

    if (!paths[1] && !wg_session_get_project(wg_desk_get_session(desk)))
        wg_window_open_pack(window, paths[0]);
    else if (wg_window_ensure_project(window))
        wg_importer_merge(desk, wg_window_get_activity(window), paths);
}

gboolean
wg_dropping_is_own(const char *path)
{
    return has_ending(path, ".waggle") || has_ending(path, WG_PACK_ENDING);
}

gboolean
wg_dropping_take(WgWindow *window, const char *const *uris)
{
    g_autoptr(GPtrArray) recordings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) packs = g_ptr_array_new_with_free_func(g_free);
    WgDesk *desk = wg_window_get_desk(window);
    gboolean is_opened = FALSE;

    if (uris[0] && uris[1] && has_project(uris)) { /* two cannot be open in one window */
        wg_desk_say(desk, _("A project is opened alone, without other files."));
        return FALSE;
    }
    for (int i = 0; uris[i]; i++) {
        g_autofree char *path = g_filename_from_uri(uris[i], NULL, NULL);

        if (!path)
            wg_desk_say(desk, _("Only files of this computer can be dropped here."));
        else if (has_ending(path, ".waggle")) /* on the command line a new one too */
            is_opened = wg_window_open(window, path);
        else if (g_access(path, R_OK) != 0)
            say_unreadable(desk, path);
        else if (has_ending(path, ".tflite"))
            g_action_group_activate_action(G_ACTION_GROUP(window), "open-model",
                                           g_variant_new_bytestring(path));
        else if (has_ending(path, WG_PACK_ENDING))
            g_ptr_array_add(packs, g_steal_pointer(&path));
        else
            g_ptr_array_add(recordings, g_steal_pointer(&path));
    }
    g_ptr_array_add(recordings, NULL);
    g_ptr_array_add(packs, NULL);
    if (recordings->pdata[0] && packs->pdata[0])
        wg_desk_say(desk, _("Packs are added by themselves: drop them without other files."));
    else if (packs->pdata[0])
        take_packs(window, (const char *const *)packs->pdata);
    else if (recordings->pdata[0])
        wg_import_sheet_present(window, desk, wg_window_get_activity(window),
                                (const char *const *)recordings->pdata);
    return is_opened;
}

static void
show_hint(WgWindow *window, gboolean is_shown)
{
    GtkWidget *hint = wg_window_find_control(window, NULL, "drop_hint");

    if (gtk_widget_get_visible(hint) != is_shown)
        gtk_widget_set_visible(hint, is_shown);
}

static gboolean
has_files(GdkDragContext *context)
{
    const GdkAtom uri_list = gdk_atom_intern_static_string(URI_LIST);

    return g_list_find(gdk_drag_context_list_targets(context), uri_list) != NULL;
}

static gboolean
on_motion(GtkWidget *widget, GdkDragContext *context, int x, int y, guint time, gpointer user_data)
{
    show_hint(WG_WINDOW(widget), has_files(context));
    return FALSE; /* the default handler answers */
}

static void
on_leave(GtkWidget *widget, GdkDragContext *context, guint time, gpointer user_data)
{
    show_hint(WG_WINDOW(widget), FALSE);
}

static void
on_received(GtkWidget *widget, GdkDragContext *context, int x, int y, GtkSelectionData *data,
            guint info, guint time, gpointer user_data)
{
    g_auto(GStrv) uris = gtk_selection_data_get_uris(data);

    show_hint(WG_WINDOW(widget), FALSE);
    if (uris)
        wg_dropping_take(WG_WINDOW(widget), (const char *const *)uris);
}

/* An entry would take the files' names as text, or refuse them: they are the window's. */
static gboolean
pass_on(GtkWidget *widget, GdkDragContext *context, const char *signal)
{
    if (has_files(context))
        g_signal_stop_emission_by_name(widget, signal);
    return FALSE; /* so the window is asked next */
}

static gboolean
on_entry_motion(GtkWidget *widget, GdkDragContext *context, int x, int y, guint time,
                gpointer user_data)
{
    return pass_on(widget, context, "drag-motion");
}

static gboolean
on_entry_drop(GtkWidget *widget, GdkDragContext *context, int x, int y, guint time,
              gpointer user_data)
{
    return pass_on(widget, context, "drag-drop");
}

static void
spare_entries(GtkWidget *widget, gpointer user_data)
{
    if (GTK_IS_ENTRY(widget) || GTK_IS_TEXT_VIEW(widget)) {
        g_signal_connect(widget, "drag-motion", G_CALLBACK(on_entry_motion), NULL);
        g_signal_connect(widget, "drag-drop", G_CALLBACK(on_entry_drop), NULL);
    }
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), spare_entries, NULL);
}

void
wg_dropping_add(WgWindow *window)
{
    gtk_drag_dest_set(GTK_WIDGET(window), GTK_DEST_DEFAULT_MOTION | GTK_DEST_DEFAULT_DROP, NULL, 0,
                      GDK_ACTION_COPY);
    gtk_drag_dest_add_uri_targets(GTK_WIDGET(window));
    g_signal_connect(window, "drag-motion", G_CALLBACK(on_motion), NULL);
    g_signal_connect(window, "drag-leave", G_CALLBACK(on_leave), NULL);
    g_signal_connect(window, "drag-data-received", G_CALLBACK(on_received), NULL);
    spare_entries(GTK_WIDGET(window), NULL);
}
