/* Finds a watch over Bluetooth LE, connects it and looks its console up. */
#pragma once

#include "device/ble-connection.h"

G_BEGIN_DECLS

/* `wanted`: AA:BB:CC:DD:EE:FF or a name; `adapter`: as "hci0", NULL: any. Finding, connecting and
 * looking up have 10 s each, on the clock, which must outlive it; WG_ERROR_CONNECTION names the
 * remedy. What was begun is undone where it fails or is cancelled. */
void wg_ble_connect_async(const char *wanted, const char *adapter, const WgClock *clock,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
/* Owner: caller. */
WgBleConnection *wg_ble_connect_finish(GAsyncResult *result, GError **error);

G_END_DECLS
