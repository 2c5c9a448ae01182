/* A bluetoothd for tests: org.bluez on a private bus, which fails, waits and vanishes as told. */
#pragma once

#include "device/bluez-dbus.h"

G_BEGIN_DECLS

#define FAKE_ADDRESS "AA:BB:CC:DD:EE:01"
#define FAKE_NAME "Bangle.js 5a31"

typedef struct _FakeBluez FakeBluez;

/* Starts a bus of its own and makes it the system's for this program; once in a program, before all
 * else. */
GTestDBus *fake_bus_new(void);
void fake_bus_free(GTestDBus *bus);

/* On that bus, with an adapter hci77 that is on and hears the watch FAKE_NAME at FAKE_ADDRESS. Runs
 * in the main context. */
FakeBluez *fake_bluez_new(GTestDBus *bus);
void fake_bluez_free(FakeBluez *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeBluez, fake_bluez_free)

/* The next `times` calls of that method fail with org.bluez.Error.NAME. */
void fake_bluez_fail(FakeBluez *self, const char *method, const char *name, const char *message,
                     int times);
/* Calls of that method get no answer. */
void fake_bluez_hold(FakeBluez *self, const char *method);
int fake_bluez_count(FakeBluez *self, const char *method);

void fake_bluez_set_adapter(FakeBluez *self, gboolean is_there);
void fake_bluez_set_powered(FakeBluez *self, gboolean is_on);
/* What the watch advertises: a name (NULL: none), its service; `rssi` 0: it is silent. */
void fake_bluez_advertise(FakeBluez *self, const char *name, gboolean has_uuid, int rssi);
void fake_bluez_set_paired(FakeBluez *self, gboolean is_paired);
void fake_bluez_forget_device(FakeBluez *self);
/* Another device, heard at once. */
void fake_bluez_add_other(FakeBluez *self, const char *address, const char *name, int rssi);
/* TRUE from the start; without descriptors it takes calls and gives signals. */
void fake_bluez_set_descriptors(FakeBluez *self, gboolean has_descriptors);
/* What the descriptors' answer says; 23 from the start. */
void fake_bluez_set_mtu(FakeBluez *self, guint mtu);
void fake_bluez_set_services(FakeBluez *self, gboolean has_services);
/* From now on it does not tell that the device has become connected, as BlueZ 5.66 at times. */
void fake_bluez_set_mum(FakeBluez *self);
gboolean fake_bluez_is_connected(FakeBluez *self);
gboolean fake_bluez_is_discovering(FakeBluez *self);
/* The radio link breaks. */
void fake_bluez_drop(FakeBluez *self);
/* The watch's program ends, the radio link stays. */
void fake_bluez_drop_services(FakeBluez *self);
/* Bytes that the watch was sent; "command" or "request" of the last call. */
gsize fake_bluez_get_n_written(FakeBluez *self);
gsize fake_bluez_get_longest_packet(FakeBluez *self);
const char *fake_bluez_get_write_type(FakeBluez *self);

/* Puts a waggle-watch with Storage in that folder behind the characteristics. */
void fake_bluez_start_watch(FakeBluez *self, const char *folder);

G_END_DECLS
