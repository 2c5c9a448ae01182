/* The kind of link "rfcomm:": its address, and the paired devices that have a serial port. */
#include "base/error.h"
#include "device/address.h"
#include "device/ble-name.h"
#include "device/bluez.h"
#include "device/rfcomm-link.h"

#include <glib/gi18n.h>
#include <string.h>

#define SERIAL_PORT                                                                                \
    "00001101-0000-1000-8000-00805f9b34fb" /* SPP, of Bluetooth's assigned numbers */

typedef struct {
    WgFinder *finder;
    WgBluez *bluez;
    gulong changed_id;
    GCancellable *calls;
    GHashTable *told; /* addresses */
} Search;

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    static const char *const known[] = {NULL};
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    if (!parts)
        return NULL;
    g_auto(GStrv) halves = g_strsplit(parts->path, "/", 2);
    guint64 channel = 0;
    if (!halves[0] || !wg_ble_is_address(halves[0])) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“%s” names no device: write rfcomm:AA:BB:CC:DD:EE:FF"), address);
        return NULL;
    }
    if (halves[1] &&
        !g_ascii_string_to_unsigned(halves[1], 10, 1, WG_RFCOMM_CHANNEL_MOST, &channel, NULL)) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_USAGE,
            _("“%s” is no channel of a serial port over Bluetooth: it is a number of 1 to %d"),
            halves[1], WG_RFCOMM_CHANNEL_MOST);
        return NULL;
    }
    return wg_rfcomm_link_new(address, halves[0], (int)channel);
}

static gboolean
has_serial_port(WgDbusDevice1 *device)
{
    const char *const *uuids = wg_dbus_device1_get_uuids(device);
    return wg_dbus_device1_get_paired(device) && uuids && g_strv_contains(uuids, SERIAL_PORT);
}

static void
put(Search *self, WgDbusDevice1 *device, GHashTable *now)
{
    const char *name = wg_dbus_device1_get_alias(device);
    WgFoundWatch *found = g_new0(WgFoundWatch, 1);
    found->address = g_strdup_printf("rfcomm:%s", wg_dbus_device1_get_address(device));
    found->name = g_strdup(name ? name : wg_dbus_device1_get_address(device));
    g_hash_table_add(now, g_strdup(found->address));
    wg_finder_put(self->finder, found);
}

/* A classic device does not say whether it is near: what is paired is offered. */
static void
look(Search *self)
{
    g_autoptr(GHashTable) now = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(WgDbusAdapter1) adapter = wg_bluez_dup_adapter(self->bluez, NULL);
    g_autoptr(GPtrArray) devices = adapter && wg_dbus_adapter1_get_powered(adapter)
                                       ? wg_bluez_list_devices(self->bluez, adapter)
                                       : NULL;
    GHashTableIter iter;
    gpointer address;
    for (guint i = 0; devices && i < devices->len; i++)
        if (has_serial_port(g_ptr_array_index(devices, i)))
            put(self, g_ptr_array_index(devices, i), now);
    g_hash_table_iter_init(&iter, self->told);
    while (g_hash_table_iter_next(&iter, &address, NULL))
        if (!g_hash_table_contains(now, address))
            wg_finder_remove(self->finder, address);
    g_hash_table_unref(self->told);
    self->told = g_steal_pointer(&now);
}

static void
on_bluez(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgBluez) bluez = wg_bluez_get_finish(result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    Search *self = user_data;
    if (!bluez) {
        g_debug("no paired devices: %s", error->message); /* which "ble:" says to the user */
        return;
    }
    self->bluez = g_steal_pointer(&bluez);
    self->changed_id = g_signal_connect_swapped(self->bluez, "changed", G_CALLBACK(look), self);
    look(self);
}

static gpointer
start_finding(WgFinder *finder)
{
    Search *self = g_new0(Search, 1);
    self->finder = finder;
    self->calls = g_cancellable_new();
    self->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    wg_bluez_get_async(self->calls, on_bluez, self);
    return self;
}

static void
stop_finding(gpointer search)
{
    Search *self = search;
    g_cancellable_cancel(self->calls);
    if (self->bluez)
        g_signal_handler_disconnect(self->bluez, self->changed_id);
    g_clear_object(&self->bluez);
    g_object_unref(self->calls);
    g_hash_table_unref(self->told);
    g_free(self);
}

const WgLinkKind wg_link_kind_rfcomm = {
    "rfcomm", "rfcomm:AA:BB:CC:DD:EE:FF[/CHANNEL]", create, start_finding, stop_finding,
};
