/* Notices that what lies in a folder is another. */
#include "ui/room-watch.h"

#define CALM_MS 500 /* a file that is being copied changes many times */

struct _WgRoomWatch {
    GObject parent_instance;
    GFileMonitor *monitor;
    guint calm_id;
};

G_DEFINE_FINAL_TYPE(WgRoomWatch, wg_room_watch, G_TYPE_OBJECT)

static guint changed_signal;

static gboolean
on_calm(gpointer user_data)
{
    WgRoomWatch *self = WG_ROOM_WATCH(user_data);

    self->calm_id = 0;
    g_signal_emit(self, changed_signal, 0);
    return G_SOURCE_REMOVE;
}

static void
on_changed(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
           gpointer user_data)
{
    WgRoomWatch *self = WG_ROOM_WATCH(user_data);

    if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
        return;
    g_clear_handle_id(&self->calm_id, g_source_remove);
    self->calm_id = g_timeout_add(CALM_MS, on_calm, self);
}

static void
wg_room_watch_dispose(GObject *object)
{
    WgRoomWatch *self = WG_ROOM_WATCH(object);

    g_clear_handle_id(&self->calm_id, g_source_remove);
    if (self->monitor)
        g_file_monitor_cancel(self->monitor);
    g_clear_object(&self->monitor);
    G_OBJECT_CLASS(wg_room_watch_parent_class)->dispose(object);
}

static void
wg_room_watch_class_init(WgRoomWatchClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = wg_room_watch_dispose;
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_room_watch_init(WgRoomWatch *self)
{
}

WgRoomWatch *
wg_room_watch_new(const char *folder)
{
    WgRoomWatch *self = g_object_new(WG_TYPE_ROOM_WATCH, NULL);
    g_autoptr(GFile) file = g_file_new_for_path(folder);

    self->monitor = g_file_monitor_directory(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
    if (self->monitor)
        g_signal_connect_object(self->monitor, "changed", G_CALLBACK(on_changed), self, 0);
    return self;
}
