/* Leaves a device in peace: what is still on its way goes out, then it is disconnected. */
#pragma once

#include "device/ble-uart.h"
#include "device/bluez.h"

G_BEGIN_DECLS

/* Takes `uart` (or NULL); the device counts as leaving until it is done. `disconnects`: the radio
 * link is to end as well. Goes on by itself on the main loop. */
void wg_ble_farewell_start(WgBluez *bluez, WgDbusDevice1 *device, WgBleUart *uart,
                           gboolean disconnects, const WgClock *clock);

G_END_DECLS
