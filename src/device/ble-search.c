/* Looks for watches over Bluetooth LE and tells the finder. */
#include "device/ble-search.h"

#include "base/error.h"
#include "device/ble-name.h"
#include "device/ble-uart.h"
#include "device/bluez-words.h"
#include "device/bluez.h"

#include <glib/gi18n.h>

#define FORGET_MS 10000 /* two rounds of the discovery: then what is not heard is gone */
#define LOOK_MS 1000
#define SIGNAL_MOST_DBM 20 /* of a radio (Core 5.3, Vol 4, E, 7.7.65.2); more is no measurement */

typedef struct {
    int signal_dbm;
    gint64 heard_us;
    gboolean is_there; /* in this look */
} Heard;

struct _WgBleSearch {
    WgFinder *finder;
    const WgClock *clock;
    WgBluez *bluez;
    gulong changed_id;
    GCancellable *calls;
    GHashTable *heard; /* address of the finder -> Heard */
    guint look_id;
};

static gboolean
is_watch(WgDbusDevice1 *device)
{
    const char *name = wg_dbus_device1_get_name(device);
    const char *const *uuids = wg_dbus_device1_get_uuids(device);
    return (name && wg_ble_is_known_name(name)) ||
           (uuids && g_strv_contains(uuids, WG_NUS_SERVICE));
}

/* What BlueZ knows but does not hear. */
static WgTrouble *
say_silent(const char *name)
{
    g_autofree char *shown = wg_ble_dup_shown(name);
    g_autofree char *text = g_strdup_printf(
        _("“%s” is known here but not heard: bring it nearer, and disconnect it from a phone"),
        shown);
    return wg_trouble_new(text, NULL, NULL);
}

static void
put(WgBleSearch *self, WgDbusDevice1 *device, const char *address, int signal_dbm,
    gboolean is_silent)
{
    const char *name = wg_dbus_device1_get_alias(device);
    WgFoundWatch *found = g_new0(WgFoundWatch, 1);
    found->address = g_strdup(address);
    found->name = g_strdup(name ? name : wg_dbus_device1_get_address(device));
    found->signal_dbm = signal_dbm <= SIGNAL_MOST_DBM ? signal_dbm : 0;
    found->trouble = is_silent ? say_silent(found->name) : NULL;
    wg_finder_put(self->finder, found);
}

/* One that is connected does not advertise, but it is there. */
static void
look_at(WgBleSearch *self, WgDbusDevice1 *device, gint64 now_us)
{
    g_autofree char *address = g_strdup_printf("ble:%s", wg_dbus_device1_get_address(device));
    Heard *heard = g_hash_table_lookup(self->heard, address);
    const int signal_dbm = wg_dbus_device1_get_rssi(device);
    const gboolean is_connected = wg_dbus_device1_get_connected(device);
    if (!heard) {
        heard = g_new0(Heard, 1);
        heard->heard_us = now_us - FORGET_MS * G_TIME_SPAN_MILLISECOND;
        g_hash_table_insert(self->heard, g_strdup(address), heard);
    }
    heard->is_there = TRUE;
    if (is_connected || (signal_dbm && signal_dbm != heard->signal_dbm))
        heard->heard_us = now_us;
    const gboolean is_silent = now_us - heard->heard_us >= FORGET_MS * G_TIME_SPAN_MILLISECOND;
    heard->signal_dbm = signal_dbm;
    if (!is_silent || wg_dbus_device1_get_paired(device))
        put(self, device, address, is_silent ? 0 : signal_dbm, is_silent);
    else
        wg_finder_remove(self->finder, address);
}

static gboolean
is_gone(gpointer address, gpointer value, gpointer user_data)
{
    WgBleSearch *self = user_data;
    Heard *heard = value;
    const gboolean was_there = heard->is_there;
    heard->is_there = FALSE;
    if (!was_there)
        wg_finder_remove(self->finder, address);
    return !was_there;
}

static void
look(WgBleSearch *self)
{
    WgTrouble *trouble = wg_bluez_dup_trouble(self->bluez, NULL);
    const GError *failed = wg_bluez_get_discovery_error(self->bluez);
    g_autoptr(WgDbusAdapter1) adapter = trouble ? NULL : wg_bluez_dup_adapter(self->bluez, NULL);
    g_autoptr(GPtrArray) devices = adapter ? wg_bluez_list_devices(self->bluez, adapter) : NULL;
    const gint64 now_us = wg_clock_get_us(self->clock);
    if (!trouble && failed) {
        g_autoptr(GError) words = wg_bluez_explain(failed, _("this computer's adapter"));
        trouble = wg_trouble_new(words->message, NULL, NULL);
    }
    wg_finder_set_searching(self->finder, "ble", !trouble);
    wg_finder_set_trouble(self->finder, "ble", trouble);
    for (guint i = 0; devices && i < devices->len; i++)
        if (is_watch(g_ptr_array_index(devices, i)))
            look_at(self, g_ptr_array_index(devices, i), now_us);
    g_hash_table_foreach_remove(self->heard, is_gone, self);
}

static gboolean
on_look(gpointer user_data)
{
    look(user_data);
    return G_SOURCE_CONTINUE;
}

static void
on_bluez(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgBluez) bluez = wg_bluez_get_finish(result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    WgBleSearch *self = user_data;
    if (!bluez) {
        wg_finder_set_searching(self->finder, "ble", FALSE);
        wg_finder_set_trouble(self->finder, "ble", wg_trouble_new(error->message, NULL, NULL));
        return;
    }
    self->bluez = g_steal_pointer(&bluez);
    self->changed_id = g_signal_connect_swapped(self->bluez, "changed", G_CALLBACK(look), self);
    self->look_id = wg_clock_add(self->clock, LOOK_MS, on_look, self);
    wg_bluez_want_discovery(self->bluez, TRUE);
    look(self);
}

WgBleSearch *
wg_ble_search_new(WgFinder *finder, const WgClock *clock)
{
    WgBleSearch *self = g_new0(WgBleSearch, 1);
    self->finder = finder;
    self->clock = clock;
    self->calls = g_cancellable_new();
    self->heard = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    wg_finder_set_searching(finder, "ble", TRUE);
    wg_bluez_get_async(self->calls, on_bluez, self);
    return self;
}

static void
on_switched(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) value = g_dbus_proxy_call_finish(G_DBUS_PROXY(source), result, &error);
    if (value)
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, wg_bluez_explain(error, _("this computer's adapter")));
}

void
wg_ble_search_help(WgBleSearch *self, GTask *task)
{
    g_autoptr(GTask) owned = task;
    g_autoptr(WgDbusAdapter1) adapter =
        self->bluez ? wg_bluez_dup_adapter(self->bluez, NULL) : NULL;
    if (!adapter) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_CONNECTION,
                                _("there is no Bluetooth adapter that could be switched on"));
        return;
    }
    g_dbus_proxy_call(
        G_DBUS_PROXY(adapter), "org.freedesktop.DBus.Properties.Set",
        g_variant_new("(ssv)", "org.bluez.Adapter1", "Powered", g_variant_new_boolean(TRUE)),
        G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, g_task_get_cancellable(task), on_switched,
        g_steal_pointer(&owned));
}

void
wg_ble_search_free(WgBleSearch *self)
{
    g_cancellable_cancel(self->calls);
    wg_clock_clear(self->clock, &self->look_id);
    if (self->bluez) {
        g_signal_handler_disconnect(self->bluez, self->changed_id);
        wg_bluez_want_discovery(self->bluez, FALSE);
    }
    g_clear_object(&self->bluez);
    g_object_unref(self->calls);
    g_hash_table_unref(self->heard);
    g_free(self);
}
