/* The Nordic UART service of a connected device: bytes in by its TX, out by its RX. */
#pragma once

#include "device/bluez-dbus.h"

G_BEGIN_DECLS

/* Nordic's own, as Espruino's libs/bluetooth/bluetooth.h has them */
#define WG_NUS_SERVICE "6e400001-b5a3-f393-e0a9-e50e24dcca9e"
#define WG_NUS_RX "6e400002-b5a3-f393-e0a9-e50e24dcca9e"
#define WG_NUS_TX "6e400003-b5a3-f393-e0a9-e50e24dcca9e"

/* What every connection carries in a packet (an MTU of 23), and what fits one packet of the radio
 * (251, less the headers of L2CAP and ATT); more than 512 bytes are silently dropped, whatever the
 * MTU (Bluetooth Core 5.3, Vol 3, F, 3.2.9). */
#define WG_BLE_PACKET_LEAST 20
#define WG_BLE_PACKET_MOST 244

typedef struct _WgBleUart WgBleUart;

/* Any of them may free it. Errors are BlueZ's own, and belong to the caller. */
typedef struct {
    void (*ready)(gpointer user_data,
                  const GError *error); /* NULL: from now on bytes go both ways */
    void (*received)(gpointer user_data, gconstpointer data, gsize n);
    void (*drained)(gpointer user_data);
    void (*closed)(gpointer user_data, const GError *error); /* NULL: at the other end */
} WgBleUartEvents;

/* Takes references; a packet holds `packet_bytes_most` bytes at most, and what the MTU allows; asks
 * for the descriptors, or where BlueZ or the watch has none, for signals and calls, and tells
 * `ready`. */
WgBleUart *wg_ble_uart_new(WgDbusGattCharacteristic1 *rx, WgDbusGattCharacteristic1 *tx,
                           guint packet_bytes_most, const WgBleUartEvents *events,
                           gpointer user_data);
/* In order, at most what fits the connection's MTU a packet; only when it is ready. */
void wg_ble_uart_send(WgBleUart *self, GBytes *bytes);
/* Bytes not yet given to BlueZ. */
gsize wg_ble_uart_get_queued(WgBleUart *self);
/* Hands BlueZ what is queued without waiting for one packet before the next, and tells nothing from
 * now on. */
void wg_ble_uart_finish(WgBleUart *self);
void wg_ble_uart_free(WgBleUart *self);

G_END_DECLS
