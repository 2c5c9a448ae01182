/* A bluetoothd for tests, made of the skeletons of the interfaces that the program has proxies of.
 */
#include "fake-bluez-private.h"

#include <string.h>
#include <unistd.h>

typedef struct {
    char *name, *message;
    int times; /* -1: no answer */
} Script;

GTestDBus *
fake_bus_new(void)
{
    GTestDBus *bus = g_test_dbus_new(G_TEST_DBUS_NONE);
    g_test_dbus_up(bus);
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address(bus), TRUE);
    return bus;
}

void
fake_bus_free(GTestDBus *bus)
{
    g_test_dbus_stop(bus);
    g_object_unref(bus);
}

static void
script_free(gpointer script)
{
    Script *self = script;
    g_free(self->name);
    g_free(self->message);
    g_free(self);
}

gboolean
fake_bluez_play(FakeBluez *self, GDBusMethodInvocation *invocation)
{
    const char *method = g_dbus_method_invocation_get_method_name(invocation);
    Script *script = g_hash_table_lookup(self->scripts, method);
    const int n = GPOINTER_TO_INT(g_hash_table_lookup(self->counts, method));
    g_hash_table_insert(self->counts, g_strdup(method), GINT_TO_POINTER(n + 1));
    if (!script || script->times == 0)
        return FALSE;
    if (script->times < 0) {
        g_ptr_array_add(self->held, invocation);
        return TRUE;
    }
    script->times--;
    g_autofree char *name = strchr(script->name, '.')
                                ? g_strdup(script->name)
                                : g_strdup_printf("org.bluez.Error.%s", script->name);
    g_dbus_method_invocation_return_dbus_error(invocation, name, script->message);
    return TRUE;
}

void
fake_bluez_add_object(FakeBluez *self, const char *path, gpointer interface)
{
    g_autoptr(GDBusObjectSkeleton) object = g_dbus_object_skeleton_new(path);
    g_dbus_object_skeleton_add_interface(object, G_DBUS_INTERFACE_SKELETON(interface));
    g_dbus_object_manager_server_export(self->objects, object);
}

void
fake_bluez_remove_object(FakeBluez *self, const char *path)
{
    g_dbus_object_manager_server_unexport(self->objects, path);
}

gboolean
fake_bluez_has_object(FakeBluez *self, const char *path)
{
    g_autoptr(GDBusObject) object =
        g_dbus_object_manager_get_object(G_DBUS_OBJECT_MANAGER(self->objects), path);
    return object != NULL;
}

void
fake_bluez_flush(gpointer skeleton)
{
    g_dbus_interface_skeleton_flush(G_DBUS_INTERFACE_SKELETON(skeleton));
}

void
fake_bluez_drop(FakeBluez *self)
{
    if (self->is_mum && fake_bluez_is_connected(self))
        g_object_thaw_notify(G_OBJECT(self->device));
    wg_dbus_device1_set_connected(self->device, FALSE);
    wg_dbus_device1_set_services_resolved(self->device, FALSE);
    fake_bluez_flush(self->device);
    fake_bluez_drop_services(self);
}

static void
tell_resolved(FakeBluez *self)
{
    GVariantBuilder changed;
    g_variant_builder_init(&changed, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&changed, "{sv}", "ServicesResolved", g_variant_new_boolean(TRUE));
    g_dbus_connection_emit_signal(
        self->bus, NULL, DEVICE_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new("(sa{sv}as)", "org.bluez.Device1", &changed, NULL), NULL);
}

static gboolean
on_connect(WgDbusDevice1 *skeleton, GDBusMethodInvocation *invocation, FakeBluez *self)
{
    g_assert_false(fake_bluez_is_discovering(self)); /* adapters dislike both at once */
    if (fake_bluez_play(self, invocation))
        return TRUE;
    if (self->is_mum) /* the value is there, but no signal of it */
        g_object_freeze_notify(G_OBJECT(self->device));
    wg_dbus_device1_set_connected(self->device, TRUE);
    if (self->has_services && !self->rx)
        fake_bluez_add_services(self);
    wg_dbus_device1_set_services_resolved(self->device, TRUE);
    fake_bluez_flush(self->device);
    if (self->is_mum)
        tell_resolved(self);
    wg_dbus_device1_complete_connect(skeleton, invocation);
    return TRUE;
}

static gboolean
on_disconnect(WgDbusDevice1 *skeleton, GDBusMethodInvocation *invocation, FakeBluez *self)
{
    if (fake_bluez_play(self, invocation))
        return TRUE;
    fake_bluez_drop(self);
    wg_dbus_device1_complete_disconnect(skeleton, invocation);
    return TRUE;
}

static WgDbusDevice1 *
device_new(FakeBluez *self, const char *address)
{
    static const char *const none[] = {NULL};
    WgDbusDevice1 *device = wg_dbus_device1_skeleton_new();
    wg_dbus_device1_set_address(device, address);
    wg_dbus_device1_set_adapter(device, ADAPTER_PATH);
    wg_dbus_device1_set_uuids(device, none);
    g_signal_connect(device, "handle-connect", G_CALLBACK(on_connect), self);
    g_signal_connect(device, "handle-disconnect", G_CALLBACK(on_disconnect), self);
    return device;
}

/* What the adapter hears, as long as it listens. */
static void
hear(FakeBluez *self)
{
    const gboolean listens = fake_bluez_is_discovering(self);
    wg_dbus_device1_set_rssi(self->device, (gint16)(listens ? self->rssi : 0));
    fake_bluez_flush(self->device);
    if (listens && self->rssi && !fake_bluez_has_object(self, DEVICE_PATH))
        fake_bluez_add_object(self, DEVICE_PATH, self->device);
}

void
fake_bluez_advertise(FakeBluez *self, const char *name, gboolean has_uuid, int rssi)
{
    const char *const uuids[] = {has_uuid ? WG_NUS_SERVICE : NULL, NULL};
    wg_dbus_device1_set_name(self->device, name);
    wg_dbus_device1_set_alias(self->device, name ? name : "AA-BB-CC-DD-EE-01");
    wg_dbus_device1_set_uuids(self->device, uuids);
    self->rssi = rssi;
    hear(self);
}

void
fake_bluez_set_paired(FakeBluez *self, gboolean is_paired)
{
    wg_dbus_device1_set_paired(self->device, is_paired);
    if (is_paired && !fake_bluez_has_object(self, DEVICE_PATH))
        fake_bluez_add_object(self, DEVICE_PATH, self->device);
}

void
fake_bluez_forget_device(FakeBluez *self)
{
    fake_bluez_drop_services(self);
    fake_bluez_remove_object(self, DEVICE_PATH);
    wg_dbus_device1_set_connected(self->device, FALSE);
    wg_dbus_device1_set_services_resolved(self->device, FALSE);
}

void
fake_bluez_add_other(FakeBluez *self, const char *address, const char *name, int rssi)
{
    g_autoptr(WgDbusDevice1) device = device_new(self, address);
    g_autofree char *path = g_strdup_printf(ADAPTER_PATH "/dev_%s", address);
    wg_dbus_device1_set_name(device, name);
    wg_dbus_device1_set_alias(device, name);
    wg_dbus_device1_set_rssi(device, (gint16)rssi);
    fake_bluez_add_object(self, g_strdelimit(path, ":", '_'), device);
}

static gboolean
on_set_filter(WgDbusAdapter1 *skeleton, GDBusMethodInvocation *invocation, GVariant *filter,
              FakeBluez *self)
{
    if (!fake_bluez_play(self, invocation))
        wg_dbus_adapter1_complete_set_discovery_filter(skeleton, invocation);
    return TRUE;
}

static gboolean
on_start_discovery(WgDbusAdapter1 *skeleton, GDBusMethodInvocation *invocation, FakeBluez *self)
{
    if (fake_bluez_play(self, invocation))
        return TRUE;
    wg_dbus_adapter1_set_discovering(skeleton, TRUE);
    fake_bluez_flush(skeleton);
    wg_dbus_adapter1_complete_start_discovery(skeleton, invocation);
    hear(self);
    return TRUE;
}

static gboolean
on_stop_discovery(WgDbusAdapter1 *skeleton, GDBusMethodInvocation *invocation, FakeBluez *self)
{
    if (fake_bluez_play(self, invocation))
        return TRUE;
    wg_dbus_adapter1_set_discovering(skeleton, FALSE);
    fake_bluez_flush(skeleton);
    hear(self);
    wg_dbus_adapter1_complete_stop_discovery(skeleton, invocation);
    return TRUE;
}

void
fake_bluez_set_adapter(FakeBluez *self, gboolean is_there)
{
    if (is_there)
        fake_bluez_add_object(self, ADAPTER_PATH, self->adapter);
    else
        fake_bluez_remove_object(self, ADAPTER_PATH);
}

void
fake_bluez_set_powered(FakeBluez *self, gboolean is_on)
{
    wg_dbus_adapter1_set_powered(self->adapter, is_on);
    if (!is_on)
        wg_dbus_adapter1_set_discovering(self->adapter, FALSE);
    fake_bluez_flush(self->adapter);
    if (!is_on && fake_bluez_is_connected(self))
        fake_bluez_drop(self);
}

void
fake_bluez_fail(FakeBluez *self, const char *method, const char *name, const char *message,
                int times)
{
    Script *script = g_new0(Script, 1);
    script->name = g_strdup(name);
    script->message = g_strdup(message);
    script->times = times;
    g_hash_table_insert(self->scripts, g_strdup(method), script);
}

void
fake_bluez_hold(FakeBluez *self, const char *method)
{
    fake_bluez_fail(self, method, "", "", -1);
}

int
fake_bluez_count(FakeBluez *self, const char *method)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(self->counts, method));
}

gboolean
fake_bluez_is_connected(FakeBluez *self)
{
    return wg_dbus_device1_get_connected(self->device);
}

gboolean
fake_bluez_is_discovering(FakeBluez *self)
{
    return wg_dbus_adapter1_get_discovering(self->adapter);
}

void
fake_bluez_set_descriptors(FakeBluez *self, gboolean has_descriptors)
{
    self->has_descriptors = has_descriptors;
}

void
fake_bluez_set_mtu(FakeBluez *self, guint mtu)
{
    self->mtu = mtu;
}

void
fake_bluez_set_services(FakeBluez *self, gboolean has_services)
{
    self->has_services = has_services;
}

void
fake_bluez_set_mum(FakeBluez *self)
{
    self->is_mum = TRUE;
}

gsize
fake_bluez_get_n_written(FakeBluez *self)
{
    return self->n_written;
}

gsize
fake_bluez_get_longest_packet(FakeBluez *self)
{
    return self->longest_packet;
}

const char *
fake_bluez_get_write_type(FakeBluez *self)
{
    return self->write_type;
}

static void
make_adapter(FakeBluez *self)
{
    self->adapter = wg_dbus_adapter1_skeleton_new();
    wg_dbus_adapter1_set_address(self->adapter, "AA:BB:CC:DD:EE:00");
    wg_dbus_adapter1_set_powered(self->adapter, TRUE);
    g_signal_connect(self->adapter, "handle-set-discovery-filter", G_CALLBACK(on_set_filter), self);
    g_signal_connect(self->adapter, "handle-start-discovery", G_CALLBACK(on_start_discovery), self);
    g_signal_connect(self->adapter, "handle-stop-discovery", G_CALLBACK(on_stop_discovery), self);
    fake_bluez_set_adapter(self, TRUE);
}

FakeBluez *
fake_bluez_new(GTestDBus *bus)
{
    FakeBluez *self = g_new0(FakeBluez, 1);
    g_autoptr(GError) error = NULL;
    self->scripts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, script_free);
    self->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->held = g_ptr_array_new();
    self->has_descriptors = self->has_services = TRUE;
    self->mtu = 23;
    self->rx_fd = self->tx_fd = self->console = -1;
    self->bus =
        g_dbus_connection_new_for_address_sync(g_test_dbus_get_bus_address(bus),
                                               G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                   G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                               NULL, NULL, &error);
    g_assert_no_error(error);
    self->objects = g_dbus_object_manager_server_new("/");
    make_adapter(self);
    self->device = device_new(self, FAKE_ADDRESS);
    fake_bluez_advertise(self, FAKE_NAME, TRUE, -60);
    g_dbus_object_manager_server_set_connection(self->objects, self->bus);
    g_autoptr(GVariant) owned = g_dbus_connection_call_sync(
        self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
        "RequestName", g_variant_new("(su)", "org.bluez", 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
        NULL, &error);
    g_assert_no_error(error);
    return self;
}

void
fake_bluez_free(FakeBluez *self)
{
    for (guint i = 0; i < self->held->len; i++)
        g_dbus_method_invocation_return_dbus_error(g_ptr_array_index(self->held, i),
                                                   "org.bluez.Error.Failed", "it ends");
    g_ptr_array_unref(self->held);
    fake_bluez_drop_services(self);
    g_clear_handle_id(&self->console_id, g_source_remove);
    if (self->console >= 0)
        close(self->console);
    if (self->watch)
        g_assert_true(g_subprocess_wait_check(self->watch, NULL, NULL));
    g_clear_object(&self->watch);
    g_dbus_object_manager_server_set_connection(self->objects, NULL);
    g_object_unref(self->objects);
    g_assert_true(g_dbus_connection_close_sync(self->bus, NULL, NULL));
    g_object_unref(self->bus);
    g_object_unref(self->device);
    g_object_unref(self->adapter);
    g_hash_table_unref(self->scripts);
    g_hash_table_unref(self->counts);
    g_free(self->write_type);
    g_free(self);
}
