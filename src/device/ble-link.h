/* A link to a watch over Bluetooth LE: BlueZ's connection and the Nordic UART service on it. */
#pragma once

#include "device/clock.h"
#include "device/link.h"

G_BEGIN_DECLS

#define WG_TYPE_BLE_LINK (wg_ble_link_get_type())
G_DECLARE_FINAL_TYPE(WgBleLink, wg_ble_link, WG, BLE_LINK, WgLink)

/* `wanted`: AA:BB:CC:DD:EE:FF or the name a watch advertises; `adapter`: as "hci0", NULL: any. */
WgLink *wg_ble_link_new(const char *address, const char *wanted, const char *adapter);
/* Bytes of a packet at most, for a board that loses longer ones; before it is opened. */
void wg_ble_link_set_packet(WgBleLink *self, guint n_bytes);
/* Deadlines from now on run on this clock, which must outlive what it starts; for tests. */
void wg_ble_link_set_clock(WgBleLink *self, const WgClock *clock);

G_END_DECLS
