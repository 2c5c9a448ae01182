/* Leaves a device in peace: what was sent goes out, then it is disconnected. */
#include "device/ble-farewell.h"

typedef struct {
    WgBluez *bluez;
    WgDbusDevice1 *device;
    WgBleUart *uart;
} Farewell;

static void
on_disconnected(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Farewell *self = user_data;
    g_autoptr(GError) error = NULL;
    if (!wg_dbus_device1_call_disconnect_finish(WG_DBUS_DEVICE1(source), result, &error))
        g_debug("the watch is not disconnected: %s", error->message);
    g_clear_pointer(&self->uart, wg_ble_uart_free);
    wg_bluez_set_leaving(self->bluez, g_dbus_proxy_get_object_path(G_DBUS_PROXY(self->device)),
                         FALSE);
    g_object_unref(self->bluez);
    g_object_unref(self->device);
    g_free(self);
}

void
wg_ble_farewell_start(WgBluez *bluez, WgDbusDevice1 *device, WgBleUart *uart)
{
    GDBusConnection *bus = g_dbus_proxy_get_connection(G_DBUS_PROXY(device));
    g_autoptr(GError) error = NULL;
    Farewell *self = g_new0(Farewell, 1);
    self->bluez = g_object_ref(bluez);
    self->device = g_object_ref(device);
    self->uart = uart;
    if (uart)
        wg_ble_uart_finish(uart);
    wg_bluez_set_leaving(bluez, g_dbus_proxy_get_object_path(G_DBUS_PROXY(device)), TRUE);
    wg_dbus_device1_call_disconnect(device, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                    on_disconnected, self);
    /* the program may be about to end: the calls go into the bus's socket, which takes them at
     * once, before it does */
    if (!g_dbus_connection_flush_sync(bus, NULL, &error))
        g_debug("the farewell does not reach the bus: %s", error->message);
}
