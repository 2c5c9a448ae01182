/* The characteristics of the fake bluetoothd's watch: bytes between BlueZ's callers and a process.
 */
#include "fake-bluez-private.h"

#include <errno.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

static void
take_written(FakeBluez *self, const void *bytes, gsize n)
{
    self->n_written += n;
    self->longest_packet = MAX(self->longest_packet, n);
    g_assert_cmpuint(n, <=, self->mtu - 3);
    if (self->console >= 0)
        g_assert_cmpint(send(self->console, bytes, n, MSG_NOSIGNAL), ==, n);
}

static void
notify(FakeBluez *self, const void *bytes, gsize n)
{
    if (self->tx_fd >= 0) {
        if (send(self->tx_fd, bytes, n, MSG_NOSIGNAL) < 0)
            g_assert_cmpint(errno, ==, EPIPE);
    } else if (self->is_notifying) {
        GVariantBuilder changed;
        g_variant_builder_init(&changed, G_VARIANT_TYPE_VARDICT);
        g_variant_builder_add(&changed, "{sv}", "Value",
                              g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, bytes, n, 1));
        g_dbus_connection_emit_signal(
            self->bus, NULL, SERVICE_PATH "/tx", "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            g_variant_new("(sa{sv}as)", "org.bluez.GattCharacteristic1", &changed, NULL), NULL);
    }
}

static gboolean
on_console(int fd, GIOCondition condition, gpointer user_data)
{
    FakeBluez *self = user_data;
    guint8 bytes[512];
    const ssize_t n = read(fd, bytes, MIN(self->mtu - 3, sizeof bytes));
    if (n > 0)
        notify(self, bytes, (gsize)n);
    return n > 0;
}

static gboolean
on_rx(int fd, GIOCondition condition, gpointer user_data)
{
    FakeBluez *self = user_data;
    guint8 bytes[1024];
    const ssize_t n = read(fd, bytes, sizeof bytes);
    if (n <= 0) {
        self->rx_id = 0;
        close(self->rx_fd);
        self->rx_fd = -1;
        return G_SOURCE_REMOVE;
    }
    take_written(self, bytes, (gsize)n);
    return G_SOURCE_CONTINUE;
}

static void
close_descriptors(FakeBluez *self)
{
    g_clear_handle_id(&self->rx_id, g_source_remove);
    if (self->rx_fd >= 0)
        close(self->rx_fd);
    if (self->tx_fd >= 0)
        close(self->tx_fd);
    self->rx_fd = self->tx_fd = -1;
    self->is_notifying = FALSE;
}

static gboolean
on_acquire(WgDbusGattCharacteristic1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
           GVariant *options, FakeBluez *self)
{
    int pair[2];
    if (fake_bluez_play(self, invocation))
        return TRUE;
    if (!self->has_descriptors) {
        g_dbus_method_invocation_return_dbus_error(invocation, "org.bluez.Error.NotSupported",
                                                   "Operation is not supported");
        return TRUE;
    }
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), ==, 0);
    g_autoptr(GUnixFDList) answer = g_unix_fd_list_new_from_array(&pair[1], 1);
    if (skeleton == self->rx) {
        self->rx_fd = pair[0];
        self->rx_id = g_unix_fd_add(pair[0], G_IO_IN | G_IO_HUP, on_rx, self);
        wg_dbus_gatt_characteristic1_complete_acquire_write(
            skeleton, invocation, answer, g_variant_new_handle(0), (guint16)self->mtu);
    } else {
        self->tx_fd = pair[0];
        wg_dbus_gatt_characteristic1_complete_acquire_notify(
            skeleton, invocation, answer, g_variant_new_handle(0), (guint16)self->mtu);
    }
    return TRUE;
}

static gboolean
on_write_value(WgDbusGattCharacteristic1 *skeleton, GDBusMethodInvocation *invocation,
               GVariant *value, GVariant *options, FakeBluez *self)
{
    gsize n = 0;
    const void *bytes = g_variant_get_fixed_array(value, &n, 1);
    const char *type = "";
    if (fake_bluez_play(self, invocation))
        return TRUE;
    g_variant_lookup(options, "type", "&s", &type);
    g_free(self->write_type);
    self->write_type = g_strdup(type);
    take_written(self, bytes, n);
    wg_dbus_gatt_characteristic1_complete_write_value(skeleton, invocation);
    return TRUE;
}

static gboolean
on_start_notify(WgDbusGattCharacteristic1 *skeleton, GDBusMethodInvocation *invocation,
                FakeBluez *self)
{
    if (fake_bluez_play(self, invocation))
        return TRUE;
    self->is_notifying = TRUE;
    wg_dbus_gatt_characteristic1_complete_start_notify(skeleton, invocation);
    return TRUE;
}

static gboolean
on_stop_notify(WgDbusGattCharacteristic1 *skeleton, GDBusMethodInvocation *invocation,
               FakeBluez *self)
{
    self->is_notifying = FALSE;
    wg_dbus_gatt_characteristic1_complete_stop_notify(skeleton, invocation);
    return TRUE;
}

static WgDbusGattCharacteristic1 *
add_characteristic(FakeBluez *self, const char *path, const char *uuid, const char *const *flags)
{
    WgDbusGattCharacteristic1 *one = wg_dbus_gatt_characteristic1_skeleton_new();
    wg_dbus_gatt_characteristic1_set_uuid(one, uuid);
    wg_dbus_gatt_characteristic1_set_service(one, SERVICE_PATH);
    wg_dbus_gatt_characteristic1_set_flags(one, flags);
    wg_dbus_gatt_characteristic1_set_value(one, g_variant_new("ay", NULL));
    g_signal_connect(one, "handle-acquire-write", G_CALLBACK(on_acquire), self);
    g_signal_connect(one, "handle-acquire-notify", G_CALLBACK(on_acquire), self);
    g_signal_connect(one, "handle-write-value", G_CALLBACK(on_write_value), self);
    g_signal_connect(one, "handle-start-notify", G_CALLBACK(on_start_notify), self);
    g_signal_connect(one, "handle-stop-notify", G_CALLBACK(on_stop_notify), self);
    fake_bluez_add_object(self, path, one);
    return one;
}

void
fake_bluez_add_services(FakeBluez *self)
{
    static const char *const in[] = {"write-without-response", "write", NULL};
    static const char *const out[] = {"notify", NULL};
    g_autoptr(WgDbusGattService1) service = wg_dbus_gatt_service1_skeleton_new();
    wg_dbus_gatt_service1_set_uuid(service, WG_NUS_SERVICE);
    wg_dbus_gatt_service1_set_device(service, DEVICE_PATH);
    fake_bluez_add_object(self, SERVICE_PATH, service);
    self->rx = add_characteristic(self, SERVICE_PATH "/rx", WG_NUS_RX, in);
    self->tx = add_characteristic(self, SERVICE_PATH "/tx", WG_NUS_TX, out);
}

void
fake_bluez_drop_services(FakeBluez *self)
{
    close_descriptors(self);
    g_clear_object(&self->rx);
    g_clear_object(&self->tx);
    if (fake_bluez_has_object(self, SERVICE_PATH)) {
        fake_bluez_remove_object(self, SERVICE_PATH "/rx");
        fake_bluez_remove_object(self, SERVICE_PATH "/tx");
        fake_bluez_remove_object(self, SERVICE_PATH);
    }
}

void
fake_bluez_start_watch(FakeBluez *self, const char *folder)
{
    int pair[2];
    g_autoptr(GError) error = NULL;
    g_autofree char *program =
        g_build_filename(g_getenv("WAGGLE_BUILD"), "src", "virtual-watch", "waggle-watch", NULL);
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
    g_subprocess_launcher_take_stdin_fd(launcher, dup(pair[1]));
    g_subprocess_launcher_take_stdout_fd(launcher, pair[1]);
    self->watch =
        g_subprocess_launcher_spawn(launcher, &error, program, "--speed=20", folder, NULL);
    g_assert_no_error(error);
    self->console = pair[0];
    self->console_id = g_unix_fd_add(pair[0], G_IO_IN | G_IO_HUP, on_console, self);
}
