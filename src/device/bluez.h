/* BlueZ as it is seen on the system bus, shared by all that use Bluetooth in this program. */
#pragma once

#include "device/bluez-dbus.h"
#include "device/clock.h"
#include "device/finder.h"

G_BEGIN_DECLS

#define WG_TYPE_BLUEZ (wg_bluez_get_type())
G_DECLARE_FINAL_TYPE(WgBluez, wg_bluez, WG, BLUEZ, GObject)

/* Main thread only. Signal "changed": anything of it: adapters, devices, services, properties, the
 * discovery; told once for each message on the bus, in their order. */

/* The one of this program, made where there is none. It comes as well where no bluetoothd runs
 * (and one that starts later is seen); WG_ERROR_CONNECTION where there is no bus. */
void wg_bluez_get_async(GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
/* Owner: caller. */
WgBluez *wg_bluez_get_finish(GAsyncResult *result, GError **error);
/* Rounds of the discovery from now on run on this clock, which must outlive it; for tests. */
void wg_bluez_set_clock(WgBluez *self, const WgClock *clock);

/* `id` as "hci0", or NULL: the first that is on, else the first. NULL: there is none. Owner:
 * caller. */
WgDbusAdapter1 *wg_bluez_dup_adapter(WgBluez *self, const char *id);
/* Why that adapter cannot be used now, with its remedy; NULL: it can. Owner: caller. */
WgTrouble *wg_bluez_dup_trouble(WgBluez *self, const char *id);
/* What stands behind a trouble without bluetoothd: is it installed, does the kernel have an adapter
 * (the folder /sys/class/bluetooth). Owner: caller. */
WgTrouble *wg_bluez_explain_absence(gboolean is_installed, gboolean has_hardware);

/* The device proxies of that adapter. GPtrArray of WgDbusDevice1, owned by it. Owner: caller. */
GPtrArray *wg_bluez_list_devices(WgBluez *self, WgDbusAdapter1 *adapter);
/* The characteristic of a service of that device, by their UUIDs (lower case); NULL: it has none.
 * Owner: caller. */
WgDbusGattCharacteristic1 *wg_bluez_dup_characteristic(WgBluez *self, const char *device_path,
                                                       const char *service_uuid, const char *uuid);
/* FALSE once the object behind a proxy is gone. */
gboolean wg_bluez_has(WgBluez *self, gpointer proxy);

/* Discovery over the air goes on while somebody wants it and nobody has it paused (connecting
 * while discovering fails on many adapters). Each call is to be matched by its opposite. */
void wg_bluez_want_discovery(WgBluez *self, gboolean wants);
void wg_bluez_pause_discovery(WgBluez *self, gboolean pauses);
/* FALSE: the adapter does not discover for us, and was not just told to. */
gboolean wg_bluez_is_discovering(WgBluez *self);
/* Why the last start of it failed, or NULL. */
const GError *wg_bluez_get_discovery_error(WgBluez *self);

/* A device that is being disconnected, whose link is to be left alone until that is done. */
void wg_bluez_set_leaving(WgBluez *self, const char *device_path, gboolean is_leaving);
gboolean wg_bluez_is_leaving(WgBluez *self, const char *device_path);

G_END_DECLS
