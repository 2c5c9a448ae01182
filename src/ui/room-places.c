/* The sticks and cards that are plugged in, as places where a room's packs may be. */
#include "ui/room-places.h"

/* What can be taken out: the rest are the computer's own disks. */
static gboolean
is_removable(GMount *mount)
{
    g_autoptr(GDrive) drive = g_mount_get_drive(mount);

    return !g_mount_is_shadowed(mount) &&
           (drive ? g_drive_is_removable(drive) : g_mount_can_unmount(mount));
}

static void
show_places(GtkMenuButton *button, GVolumeMonitor *monitor)
{
    g_autoptr(GMenu) menu = g_menu_new();
    GList *mounts = g_volume_monitor_get_mounts(monitor);

    for (GList *link = mounts; link; link = link->next) {
        g_autoptr(GFile) root = g_mount_get_root(link->data);
        g_autofree char *path = g_file_get_path(root);
        g_autofree char *name = g_mount_get_name(link->data);
        g_autoptr(GMenuItem) item = NULL;

        if (!path || !is_removable(link->data))
            continue;
        item = g_menu_item_new(name, NULL);
        g_menu_item_set_action_and_target_value(item, "win.room-at",
                                                g_variant_new_bytestring(path));
        g_menu_append_item(menu, item);
    }
    g_list_free_full(mounts, g_object_unref);
    gtk_menu_button_set_menu_model(button, G_MENU_MODEL(menu));
    gtk_widget_set_visible(GTK_WIDGET(button), g_menu_model_get_n_items(G_MENU_MODEL(menu)) > 0);
}

static void
on_changed(GVolumeMonitor *monitor, GMount *mount, gpointer user_data)
{
    show_places(user_data, monitor);
}

void
wg_room_places_offer(GtkMenuButton *button)
{
    GVolumeMonitor *monitor = g_volume_monitor_get();

    g_object_set_data_full(G_OBJECT(button), "places", monitor, g_object_unref);
    g_signal_connect_object(monitor, "mount-added", G_CALLBACK(on_changed), button, 0);
    g_signal_connect_object(monitor, "mount-removed", G_CALLBACK(on_changed), button, 0);
    show_places(button, monitor);
}
