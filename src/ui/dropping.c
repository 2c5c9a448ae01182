/* Files that are dropped onto the window: models, projects and recordings. */
#include "ui/dropping.h"

#include "ui/importer.h"
#include "ui/window-actions.h"

#include <glib/gi18n.h>

static void
take_files(WgWindow *window, const char *const *uris)
{
    g_autoptr(GPtrArray) recordings = g_ptr_array_new_with_free_func(g_free);
    WgDesk *desk = wg_window_get_desk(window);

    for (int i = 0; uris[i]; i++) {
        g_autofree char *path = g_filename_from_uri(uris[i], NULL, NULL);

        if (!path)
            wg_desk_say(desk, _("Only files of this computer can be dropped here."));
        else if (g_str_has_suffix(path, ".tflite"))
            g_action_group_activate_action(G_ACTION_GROUP(window), "open-model",
                                           g_variant_new_bytestring(path));
        else if (g_str_has_suffix(path, ".waggle"))
            wg_window_open(window, path);
        else
            g_ptr_array_add(recordings, g_steal_pointer(&path));
    }
    if (recordings->len == 0)
        return;
    g_ptr_array_add(recordings, NULL);
    wg_importer_import(desk, wg_window_get_activity(window),
                       (const char *const *)recordings->pdata);
}

static void
on_received(GtkWidget *widget, GdkDragContext *context, int x, int y, GtkSelectionData *data,
            guint info, guint time, gpointer user_data)
{
    g_auto(GStrv) uris = gtk_selection_data_get_uris(data);

    if (uris)
        take_files(WG_WINDOW(widget), (const char *const *)uris);
}

void
wg_dropping_add(WgWindow *window)
{
    gtk_drag_dest_set(GTK_WIDGET(window), GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
    gtk_drag_dest_add_uri_targets(GTK_WIDGET(window));
    g_signal_connect(window, "drag-data-received", G_CALLBACK(on_received), NULL);
}
