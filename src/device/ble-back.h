/* Notices that a watch that was lost over Bluetooth LE can be had again. */
#pragma once

#include "device/bluez.h"

G_BEGIN_DECLS

typedef struct _WgBleBack WgBleBack;

/* `is_back` is called when the adapter begins to work, and when a device of that name or address
 * begins to be heard: not for what is so already, and not again unless it went in between. What is
 * heard is known only while somebody discovers. `adapter_id` NULL: any. Main thread only. */
WgBleBack *wg_ble_back_new(WgBluez *bluez, const char *wanted, const char *adapter_id,
                           void (*is_back)(gpointer user_data), gpointer user_data);
/* Also from within `is_back`. */
void wg_ble_back_free(WgBleBack *self);

/* Whether a device has that address, or that name, in any case. */
gboolean wg_ble_is_wanted(const char *wanted, WgDbusDevice1 *device);

G_END_DECLS
