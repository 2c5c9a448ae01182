/* A watch that is connected over Bluetooth LE, and its console. */
#pragma once

#include "device/bluez.h"

G_BEGIN_DECLS

typedef struct {
    WgBluez *bluez;
    WgDbusDevice1 *device;
    WgDbusGattCharacteristic1 *rx, *tx; /* of the Nordic UART service */
    char *name;                         /* in quotes, to be shown within a sentence */
    gboolean is_ours;                   /* nobody else minds when the device is disconnected */
} WgBleConnection;

/* The name that it is called from now on; put in quotes. */
void wg_ble_connection_take_name(WgBleConnection *self, const char *name);
/* Both ends of the console, once the services are resolved. FALSE: one is missing. */
gboolean wg_ble_connection_look_up(WgBleConnection *self);
/* FALSE: the device is gone, disconnected, or has lost its console. */
gboolean wg_ble_connection_is_there(WgBleConnection *self);
void wg_ble_connection_free(WgBleConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgBleConnection, wg_ble_connection_free)

G_END_DECLS
