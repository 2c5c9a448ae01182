/* Finds a watch over Bluetooth LE, connects it and looks its console up. */
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

/* `wanted`: AA:BB:CC:DD:EE:FF or a name; `adapter`: as "hci0", NULL: any. Finding, connecting and
 * looking up have 10 s each, on the clock, which must outlive it; WG_ERROR_CONNECTION names the
 * remedy. What was begun is undone where it fails or is cancelled. */
void wg_ble_connect_async(const char *wanted, const char *adapter, const WgClock *clock,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
/* Owner: caller. */
WgBleConnection *wg_ble_connect_finish(GAsyncResult *result, GError **error);
/* FALSE: the device is gone, disconnected, or has lost its console. */
gboolean wg_ble_connection_is_there(WgBleConnection *self);
void wg_ble_connection_free(WgBleConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgBleConnection, wg_ble_connection_free)

G_END_DECLS
