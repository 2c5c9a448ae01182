/* Leaves a device in peace: what was sent goes out, then it is disconnected. */
#pragma once

#include "device/ble-uart.h"
#include "device/bluez.h"

G_BEGIN_DECLS

/* Takes `uart` (or NULL), which stays open meanwhile: BlueZ lets the radio link live for 2 s after
 * the call (src/device.c, DISCONNECT_TIMER). The device counts as leaving until it is done. Goes on
 * by itself on the main loop. */
void wg_ble_farewell_start(WgBluez *bluez, WgDbusDevice1 *device, WgBleUart *uart);

G_END_DECLS
