/* What the files of the fake bluetoothd share. */
#pragma once

#include "fake-bluez.h"

#include "device/ble-uart.h"

G_BEGIN_DECLS

#define ADAPTER_PATH "/org/bluez/hci77"
#define DEVICE_PATH ADAPTER_PATH "/dev_AA_BB_CC_DD_EE_01"
#define SERVICE_PATH DEVICE_PATH "/service0001"

struct _FakeBluez {
    GDBusConnection *bus;
    GDBusObjectManagerServer *objects;
    WgDbusAdapter1 *adapter;
    WgDbusDevice1 *device;
    WgDbusGattCharacteristic1 *rx, *tx; /* while there are services */
    GHashTable *scripts;                /* method -> Script */
    GHashTable *counts;                 /* method -> number of calls */
    GPtrArray *held;                    /* invocations without an answer */
    gboolean has_descriptors, has_services, is_notifying, is_mum;
    char *write_type;
    guint mtu;
    gsize n_written, longest_packet;
    int rssi;
    int rx_fd, tx_fd; /* our ends; -1: none */
    guint rx_id, console_id;
    GSubprocess *watch;
    int console; /* our end of its socket; -1: none */
};

/* Counts the call; TRUE: it was answered by the script, or never will be. */
gboolean fake_bluez_play(FakeBluez *self, GDBusMethodInvocation *invocation);
void fake_bluez_add_object(FakeBluez *self, const char *path, gpointer interface);
void fake_bluez_remove_object(FakeBluez *self, const char *path);
gboolean fake_bluez_has_object(FakeBluez *self, const char *path);
/* As BlueZ: the properties' changes before the answer. */
void fake_bluez_flush(gpointer skeleton);
void fake_bluez_add_services(FakeBluez *self);

G_END_DECLS
