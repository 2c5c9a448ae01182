/* Notices that a watch that was lost over Bluetooth LE can be had again. */
#include "device/ble-back.h"

#include "device/ble-name.h"

typedef enum { REACH_NONE, REACH_ADAPTER, REACH_WATCH } Reach;

struct _WgBleBack {
    WgBluez *bluez;
    char *wanted, *adapter_id;
    gulong changed_id;
    Reach reach;
    void (*is_back)(gpointer user_data);
    gpointer user_data;
};

gboolean
wg_ble_is_wanted(const char *wanted, WgDbusDevice1 *device)
{
    const char *names[] = {wg_dbus_device1_get_name(device), wg_dbus_device1_get_alias(device)};
    const char *address = wg_dbus_device1_get_address(device);
    if (wg_ble_is_address(wanted))
        return address && g_ascii_strcasecmp(address, wanted) == 0;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && g_ascii_strcasecmp(names[i], wanted) == 0)
            return TRUE;
    return FALSE;
}

/* BlueZ keeps a device that it has heard once, and tells a signal only of one that it hears. */
static Reach
look(WgBleBack *self)
{
    g_autoptr(WgTrouble) trouble = wg_bluez_dup_trouble(self->bluez, self->adapter_id);
    g_autoptr(WgDbusAdapter1) adapter =
        trouble ? NULL : wg_bluez_dup_adapter(self->bluez, self->adapter_id);
    g_autoptr(GPtrArray) devices = adapter ? wg_bluez_list_devices(self->bluez, adapter) : NULL;
    if (!adapter)
        return REACH_NONE;
    for (guint i = 0; i < devices->len; i++) {
        WgDbusDevice1 *device = g_ptr_array_index(devices, i);
        if (wg_ble_is_wanted(self->wanted, device) &&
            (wg_dbus_device1_get_rssi(device) != 0 || wg_dbus_device1_get_connected(device)))
            return REACH_WATCH;
    }
    return REACH_ADAPTER;
}

static void
on_changed(WgBleBack *self)
{
    const Reach before = self->reach;
    self->reach = look(self);
    if (self->reach > before)
        self->is_back(self->user_data); /* which may free it */
}

WgBleBack *
wg_ble_back_new(WgBluez *bluez, const char *wanted, const char *adapter_id,
                void (*is_back)(gpointer user_data), gpointer user_data)
{
    WgBleBack *self = g_new0(WgBleBack, 1);
    self->bluez = g_object_ref(bluez);
    self->wanted = g_strdup(wanted);
    self->adapter_id = g_strdup(adapter_id);
    self->is_back = is_back;
    self->user_data = user_data;
    self->reach = look(self);
    self->changed_id = g_signal_connect_swapped(bluez, "changed", G_CALLBACK(on_changed), self);
    return self;
}

void
wg_ble_back_free(WgBleBack *self)
{
    g_signal_handler_disconnect(self->bluez, self->changed_id);
    g_object_unref(self->bluez);
    g_free(self->wanted);
    g_free(self->adapter_id);
    g_free(self);
}
