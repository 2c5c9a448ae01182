/* BlueZ as it is seen on the system bus: one object manager for the whole program. */
#include "device/bluez.h"

#include "base/error.h"
#include "device/bluez-discovery.h"
#include "device/bluez-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define BUS_DATA "waggle-bluez" /* where the connection remembers the one of this program */

struct _WgBluez {
    GObject parent;
    GDBusConnection *bus;
    GDBusObjectManager *objects; /* NULL until it is ready */
    GPtrArray *waiting;          /* of GTask, until it is ready */
    GHashTable *leaving;         /* paths of devices */
    WgDiscovery *discovery;
    gboolean is_installed; /* the bus knows how bluetoothd would be started */
};

G_DEFINE_FINAL_TYPE(WgBluez, wg_bluez, G_TYPE_OBJECT)

static guint changed_signal;

static void
changed(WgBluez *self)
{
    g_autoptr(WgBluez) alive = g_object_ref(self);
    g_autoptr(WgDbusAdapter1) adapter = wg_bluez_dup_adapter(self, NULL);
    const gboolean is_on = adapter && wg_dbus_adapter1_get_powered(adapter);
    wg_discovery_set_adapter(self->discovery, is_on ? adapter : NULL);
    g_signal_emit(self, changed_signal, 0);
}

static void
on_discovery_changed(gpointer user_data)
{
    changed(user_data);
}

/* Ends the wait; takes the error, NULL: it is ready. */
static void
answer(WgBluez *self, GError *error)
{
    g_autoptr(GError) owned = error;
    g_autoptr(WgBluez) alive = g_object_ref(self);
    g_autoptr(GPtrArray) waiting = g_steal_pointer(&self->waiting);
    if (error) /* the next who asks tries anew */
        g_object_set_data(G_OBJECT(self->bus), BUS_DATA, NULL);
    for (guint i = 0; i < waiting->len; i++) {
        GTask *task = g_ptr_array_index(waiting, i);
        if (error)
            g_task_return_error(task, g_error_copy(error));
        else
            g_task_return_pointer(task, g_object_ref(self), g_object_unref);
    }
}

static void
on_activatable(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgBluez) self = user_data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) value =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
    g_autofree const char **names = NULL;
    if (value)
        g_variant_get(value, "(^a&s)", &names);
    else
        g_debug("the bus does not say what it can start: %s", error->message);
    self->is_installed = names && g_strv_contains(names, "org.bluez");
    answer(self, NULL);
}

static void
on_objects(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgBluez) self = user_data;
    g_autoptr(GError) error = NULL;
    self->objects = wg_dbus_object_manager_client_new_finish(result, &error);
    if (!self->objects) {
        answer(self, wg_bluez_explain(error, "it"));
        return;
    }
    static const char *const signals[] = {
        "object-added",      "object-removed",     "interface-added",
        "interface-removed", "notify::name-owner", "interface-proxy-properties-changed",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++)
        g_signal_connect_object(self->objects, signals[i], G_CALLBACK(changed), self,
                                G_CONNECT_SWAPPED);
    changed(self);
    g_dbus_connection_call(self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                           "org.freedesktop.DBus", "ListActivatableNames", NULL,
                           G_VARIANT_TYPE("(as)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_activatable,
                           g_object_ref(self));
}

static WgBluez *
bluez_new(GDBusConnection *bus)
{
    WgBluez *self = g_object_new(WG_TYPE_BLUEZ, NULL);
    self->bus = g_object_ref(bus);
    self->waiting = g_ptr_array_new_with_free_func(g_object_unref);
    g_object_set_data(G_OBJECT(bus), BUS_DATA, self);
    g_signal_connect_object(bus, "closed", G_CALLBACK(changed), self, G_CONNECT_SWAPPED);
    /* a bus that ends must not end the program, as it would for the shared connection */
    g_dbus_connection_set_exit_on_close(bus, FALSE);
    wg_dbus_object_manager_client_new(bus, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START,
                                      "org.bluez", "/", NULL, on_objects, g_object_ref(self));
    return self;
}

static void
on_bus(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GDBusConnection) bus = g_bus_get_finish(result, &error);
    if (!bus) {
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_task_return_error(task, g_steal_pointer(&error));
        else
            g_task_return_new_error(task, WG_ERROR, WG_ERROR_CONNECTION,
                                    _("Bluetooth cannot be used: the system's message bus does not "
                                      "answer (%s)"),
                                    error->message);
        return;
    }
    WgBluez *old = g_object_get_data(G_OBJECT(bus), BUS_DATA);
    g_autoptr(WgBluez) self = old ? g_object_ref(old) : bluez_new(bus);
    if (self->waiting)
        g_ptr_array_add(self->waiting, g_steal_pointer(&task));
    else
        g_task_return_pointer(task, g_steal_pointer(&self), g_object_unref);
}

void
wg_bluez_get_async(GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(NULL, cancellable, callback, user_data);
    g_bus_get(G_BUS_TYPE_SYSTEM, cancellable, on_bus, task);
}

WgBluez *
wg_bluez_get_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

void
wg_bluez_set_clock(WgBluez *self, const WgClock *clock)
{
    wg_discovery_set_clock(self->discovery, clock);
}

static gboolean
is_running(WgBluez *self)
{
    g_autofree char *owner = self->objects ? g_dbus_object_manager_client_get_name_owner(
                                                 G_DBUS_OBJECT_MANAGER_CLIENT(self->objects))
                                           : NULL;
    return owner && !g_dbus_connection_is_closed(self->bus);
}

/* GPtrArray of the proxies of that interface, in no order. Owner: caller. */
static GPtrArray *
list_proxies(WgBluez *self, const char *interface)
{
    GPtrArray *proxies = g_ptr_array_new_with_free_func(g_object_unref);
    GList *objects = is_running(self) ? g_dbus_object_manager_get_objects(self->objects) : NULL;
    for (GList *node = objects; node; node = node->next) {
        GDBusInterface *proxy = g_dbus_object_get_interface(node->data, interface);
        if (proxy)
            g_ptr_array_add(proxies, proxy);
    }
    g_list_free_full(objects, g_object_unref);
    return proxies;
}

static const char *
get_path(gpointer proxy)
{
    return g_dbus_proxy_get_object_path(proxy);
}

static gboolean
is_better(WgDbusAdapter1 *one, WgDbusAdapter1 *other)
{
    const gboolean is_on = wg_dbus_adapter1_get_powered(one);
    if (!other || is_on != wg_dbus_adapter1_get_powered(other))
        return !other || is_on;
    return strcmp(get_path(one), get_path(other)) < 0;
}

WgDbusAdapter1 *
wg_bluez_dup_adapter(WgBluez *self, const char *id)
{
    g_autoptr(GPtrArray) all = list_proxies(self, "org.bluez.Adapter1");
    g_autofree char *end = id ? g_strdup_printf("/%s", id) : NULL;
    WgDbusAdapter1 *best = NULL;
    for (guint i = 0; i < all->len; i++) {
        WgDbusAdapter1 *adapter = g_ptr_array_index(all, i);
        if ((!end || g_str_has_suffix(get_path(adapter), end)) && is_better(adapter, best))
            best = adapter;
    }
    return best ? g_object_ref(best) : NULL;
}

WgTrouble *
wg_bluez_explain_absence(gboolean is_installed, gboolean has_hardware)
{
    if (!has_hardware)
        return wg_trouble_new(
            _("this computer has no Bluetooth adapter that works: plug one in, or "
              "connect the watch by cable"),
            NULL, NULL);
    if (!is_installed)
        return wg_trouble_new(_("the system's Bluetooth service is not installed: install BlueZ"),
                              "sudo apt install bluez", NULL);
    return wg_trouble_new(_("the system's Bluetooth service is not running: start it"),
                          WG_BLUEZ_START, NULL);
}

/* As the kernel says it, in the adapter's folder rfkillN. */
static gboolean
is_blocked(WgDbusAdapter1 *adapter)
{
    static const char *const files[] = {"soft", "hard"};
    const char *id = strrchr(get_path(adapter), '/') + 1;
    g_autofree char *folder = g_build_filename("/sys/class/bluetooth", id, NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    if (g_strcmp0(wg_dbus_adapter1_get_power_state(adapter), "off-blocked") == 0)
        return TRUE;
    while (dir && (name = g_dir_read_name(dir))) {
        for (gsize i = 0; g_str_has_prefix(name, "rfkill") && i < G_N_ELEMENTS(files); i++) {
            g_autofree char *path = g_build_filename(folder, name, files[i], NULL);
            g_autofree char *text = NULL;
            if (g_file_get_contents(path, &text, NULL, NULL) && text[0] == '1')
                return TRUE;
        }
    }
    return FALSE;
}

WgTrouble *
wg_bluez_dup_trouble(WgBluez *self, const char *id)
{
    g_autoptr(WgDbusAdapter1) adapter = wg_bluez_dup_adapter(self, id);
    if (!is_running(self))
        return wg_bluez_explain_absence(self->is_installed,
                                        g_file_test("/sys/class/bluetooth", G_FILE_TEST_IS_DIR));
    if (!adapter && id) {
        g_autofree char *text = g_strdup_printf(_("there is no Bluetooth adapter %s"), id);
        return wg_trouble_new(text, NULL, NULL);
    }
    if (!adapter)
        return wg_bluez_explain_absence(TRUE, FALSE);
    if (wg_dbus_adapter1_get_powered(adapter))
        return NULL;
    if (is_blocked(adapter))
        return wg_trouble_new(_("Bluetooth is blocked (flight mode): unblock it"), WG_BLUEZ_UNBLOCK,
                              NULL);
    return wg_trouble_new(_("Bluetooth is switched off: switch it on"), "bluetoothctl power on",
                          _("Switch Bluetooth on"));
}

GPtrArray *
wg_bluez_list_devices(WgBluez *self, WgDbusAdapter1 *adapter)
{
    GPtrArray *devices = list_proxies(self, "org.bluez.Device1");
    for (guint i = devices->len; i-- > 0;)
        if (g_strcmp0(wg_dbus_device1_get_adapter(g_ptr_array_index(devices, i)),
                      get_path(adapter)) != 0)
            g_ptr_array_remove_index_fast(devices, i);
    return devices;
}

static const char *
find_service(GPtrArray *services, const char *device_path, const char *uuid)
{
    for (guint i = 0; i < services->len; i++) {
        WgDbusGattService1 *service = g_ptr_array_index(services, i);
        if (g_strcmp0(wg_dbus_gatt_service1_get_device(service), device_path) == 0 &&
            g_strcmp0(wg_dbus_gatt_service1_get_uuid(service), uuid) == 0)
            return get_path(service);
    }
    return NULL;
}

WgDbusGattCharacteristic1 *
wg_bluez_dup_characteristic(WgBluez *self, const char *device_path, const char *service_uuid,
                            const char *uuid)
{
    g_autoptr(GPtrArray) services = list_proxies(self, "org.bluez.GattService1");
    g_autoptr(GPtrArray) all = list_proxies(self, "org.bluez.GattCharacteristic1");
    const char *service_path = find_service(services, device_path, service_uuid);
    for (guint i = 0; service_path && i < all->len; i++) {
        WgDbusGattCharacteristic1 *one = g_ptr_array_index(all, i);
        if (g_strcmp0(wg_dbus_gatt_characteristic1_get_service(one), service_path) == 0 &&
            g_strcmp0(wg_dbus_gatt_characteristic1_get_uuid(one), uuid) == 0)
            return g_object_ref(one);
    }
    return NULL;
}

gboolean
wg_bluez_has(WgBluez *self, gpointer proxy)
{
    g_autoptr(GDBusInterface) found =
        is_running(self)
            ? g_dbus_object_manager_get_interface(self->objects, get_path(proxy),
                                                  g_dbus_proxy_get_interface_name(proxy))
            : NULL;
    return found == proxy;
}

void
wg_bluez_want_discovery(WgBluez *self, gboolean wants)
{
    wg_discovery_want(self->discovery, wants);
}

void
wg_bluez_pause_discovery(WgBluez *self, gboolean pauses)
{
    wg_discovery_pause(self->discovery, pauses);
}

gboolean
wg_bluez_is_discovering(WgBluez *self)
{
    return wg_discovery_is_on(self->discovery);
}

const GError *
wg_bluez_get_discovery_error(WgBluez *self)
{
    return wg_discovery_get_error(self->discovery);
}

void
wg_bluez_set_leaving(WgBluez *self, const char *device_path, gboolean is_leaving)
{
    if (is_leaving ? g_hash_table_add(self->leaving, g_strdup(device_path))
                   : g_hash_table_remove(self->leaving, device_path))
        changed(self);
}

gboolean
wg_bluez_is_leaving(WgBluez *self, const char *device_path)
{
    return g_hash_table_contains(self->leaving, device_path);
}

static void
finalize(GObject *object)
{
    WgBluez *self = WG_BLUEZ(object);
    if (g_object_get_data(G_OBJECT(self->bus), BUS_DATA) == self)
        g_object_set_data(G_OBJECT(self->bus), BUS_DATA, NULL);
    wg_discovery_free(self->discovery);
    g_clear_pointer(&self->waiting, g_ptr_array_unref);
    g_hash_table_unref(self->leaving);
    g_clear_object(&self->objects);
    g_object_unref(self->bus);
    G_OBJECT_CLASS(wg_bluez_parent_class)->finalize(object);
}

static void
wg_bluez_class_init(WgBluezClass *class)
{
    G_OBJECT_CLASS(class)->finalize = finalize;
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(class), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_bluez_init(WgBluez *self)
{
    self->leaving = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->discovery = wg_discovery_new(on_discovery_changed, self);
}
