/* A watch that is connected over Bluetooth LE, and its console. */
#include "device/ble-connection.h"

#include "device/ble-name.h"
#include "device/ble-uart.h"

void
wg_ble_connection_take_name(WgBleConnection *self, const char *name)
{
    g_autofree char *shown = wg_ble_dup_shown(name);
    g_free(self->name);
    self->name = g_strdup_printf("“%s”", shown);
}

static WgDbusGattCharacteristic1 *
dup_characteristic(const WgBleConnection *self, const char *uuid)
{
    return wg_bluez_dup_characteristic(self->bluez,
                                       g_dbus_proxy_get_object_path(G_DBUS_PROXY(self->device)),
                                       WG_NUS_SERVICE, uuid);
}

gboolean
wg_ble_connection_look_up(WgBleConnection *self)
{
    g_clear_object(&self->rx);
    g_clear_object(&self->tx);
    self->rx = dup_characteristic(self, WG_NUS_RX);
    self->tx = dup_characteristic(self, WG_NUS_TX);
    return self->rx && self->tx;
}

gboolean
wg_ble_connection_is_there(WgBleConnection *self)
{
    return wg_bluez_has(self->bluez, self->device) && wg_dbus_device1_get_connected(self->device) &&
           wg_bluez_has(self->bluez, self->rx) && wg_bluez_has(self->bluez, self->tx);
}

void
wg_ble_connection_free(WgBleConnection *self)
{
    g_clear_object(&self->device);
    g_clear_object(&self->rx);
    g_clear_object(&self->tx);
    g_clear_object(&self->bluez);
    g_free(self->name);
    g_free(self);
}
