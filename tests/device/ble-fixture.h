/* A link over Bluetooth LE to the fake bluetoothd's watch, on a clock that is wound by hand. */
#pragma once

#include "fake-bluez.h"
#include "manual-clock.h"

#include "device/link.h"

G_BEGIN_DECLS

typedef struct {
    FakeBluez *bluez;
    ManualClock *clock;
    WgLink *link;
    GCancellable *cancellable;
    gboolean is_done, is_closed;
    GError *error; /* of the opening, or of the end */
    GString *received;
} BleFixture;

typedef void (*BleTest)(BleFixture *f, gconstpointer bus);

GTestDBus *ble_get_bus(gconstpointer data);
void ble_set_up(BleFixture *f, gconstpointer data);
void ble_tear_down(BleFixture *f, gconstpointer data);
/* Has another link in its place. */
void ble_use(BleFixture *f, const char *wanted);
/* Another bluetoothd in place of the former. */
void ble_renew(BleFixture *f, gconstpointer data);
/* Runs the main loop until it is so. */
void ble_wait_until(gboolean (*is_so)(FakeBluez *bluez), FakeBluez *bluez);
gboolean ble_is_disconnected(FakeBluez *bluez);
void ble_wait_for_calls(BleFixture *f, const char *method, int n);
/* Lets what is on its way over the bus arrive. */
void ble_turn(void);
/* Begins to open the link; is_done and error tell the end. */
void ble_start(BleFixture *f);
/* The same, to its end. */
void ble_open(BleFixture *f);
void ble_assert_said(BleFixture *f, const char *part);

G_END_DECLS
