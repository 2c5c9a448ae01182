/* The Nordic UART service through BlueZ's descriptors, or its signals and calls. */
#include "device/ble-uart.h"

#include "device/bluez-words.h"
#include "device/fd-stream.h"

#include <gio/gunixfdlist.h>
#include <sys/socket.h>

#define ATT_HEADER_BYTES 3 /* of a write or a notification: Bluetooth Core 5.3, Vol 3, F, 3.4.5 */
#define ATT_MTU_LEAST 23
/* A larger MTU than one packet of the radio carries (251 less L2CAP's header) is that of a
 * computer, which may have several bearers for ATT (Core 5.3, Vol 3, F, 3.2.11): commands overtake
 * each other on them (seen between two BlueZ 5.66), so each packet waits there for its response. */
#define ATT_MTU_OF_ONE_BEARER 247
/* what the kernel takes of ours before bluetoothd has read it; it takes the double and counts some
 * 700 bytes for a small packet */
#define SOCKET_BYTES 4096

struct _WgBleUart {
    WgDbusGattCharacteristic1 *rx, *tx;
    WgBleUartEvents events;
    gpointer user_data;
    GCancellable *calls;
    WgFdStream *in, *out; /* NULL: signals and calls */
    gulong value_id;
    GByteArray *queue; /* of calls */
    gboolean is_writing;
    gboolean has_bearers; /* that overtake each other */
    guint packet_bytes, packet_bytes_most;
};

static gboolean
is_cancelled(const GError *error)
{
    return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
take_mtu(WgBleUart *self, guint mtu)
{
    if (self->packet_bytes_most < WG_BLE_PACKET_MOST) /* it was said to be such a board */
        mtu = MIN(mtu, self->packet_bytes_most + ATT_HEADER_BYTES);
    self->packet_bytes = MIN(MAX(mtu, ATT_MTU_LEAST) - ATT_HEADER_BYTES, self->packet_bytes_most);
    self->has_bearers = mtu > ATT_MTU_OF_ONE_BEARER;
}

static void
on_received(gpointer user_data, gconstpointer data, gsize n)
{
    WgBleUart *self = user_data;
    if (self->events.received)
        self->events.received(self->user_data, data, n);
}

static void
on_drained(gpointer user_data)
{
    WgBleUart *self = user_data;
    if (self->events.drained)
        self->events.drained(self->user_data);
}

static void
on_closed(gpointer user_data, int error_number)
{
    WgBleUart *self = user_data;
    g_clear_pointer(&self->in, wg_fd_stream_free);
    g_clear_pointer(&self->out, wg_fd_stream_free);
    if (error_number)
        g_debug("the descriptor of the Bluetooth console failed: %s", g_strerror(error_number));
    if (self->events.closed)
        self->events.closed(self->user_data, NULL);
}

static const WgFdStreamEvents stream_events = {on_received, on_drained, on_closed};

/* The one descriptor of an answer; -1: it has none. */
static int
take_fd(GVariant *handle, GUnixFDList *fds)
{
    return fds ? g_unix_fd_list_get(fds, g_variant_get_handle(handle), NULL) : -1;
}

static void
tell_ready(WgBleUart *self, const GError *error)
{
    if (!error)
        g_debug("Bluetooth packets of %u bytes, %s in, %s out", self->packet_bytes,
                self->in ? "descriptor" : "signals", self->out ? "descriptor" : "calls");
    if (self->events.ready)
        self->events.ready(self->user_data, error);
}

static void
on_write_acquired(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) handle = NULL;
    g_autoptr(GUnixFDList) fds = NULL;
    guint16 mtu = 0;
    const gboolean done = wg_dbus_gatt_characteristic1_call_acquire_write_finish(
        WG_DBUS_GATT_CHARACTERISTIC1(source), &handle, &mtu, &fds, result, &error);
    if (is_cancelled(error))
        return;
    WgBleUart *self = user_data;
    const int fd = done ? take_fd(handle, fds) : -1;
    if (fd >= 0) {
        const int size = SOCKET_BYTES;
        if (setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) != 0)
            g_debug("its socket keeps its size");
        take_mtu(self, mtu);
        self->out = wg_fd_stream_new(fd, &stream_events, self);
        wg_fd_stream_set_packet_bytes(self->out, self->packet_bytes);
    } else if (error && wg_bluez_classify(error) != WG_BLUEZ_NOT_SUPPORTED) {
        tell_ready(self, error);
        return;
    }
    tell_ready(self, NULL);
}

static void
acquire_write(WgBleUart *self)
{
    if (self->has_bearers) {
        tell_ready(self, NULL);
        return;
    }
    wg_dbus_gatt_characteristic1_call_acquire_write(self->rx, g_variant_new("a{sv}", NULL),
                                                    G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                                    self->calls, on_write_acquired, self);
}

static void
on_properties(GDBusProxy *proxy, GVariant *changed, const char *const *invalidated,
              gpointer user_data)
{
    g_autoptr(GVariant) value = g_variant_lookup_value(changed, "Value", G_VARIANT_TYPE_BYTESTRING);
    gsize n = 0;
    const guint8 *data = value ? g_variant_get_fixed_array(value, &n, 1) : NULL;
    if (n > 0)
        on_received(user_data, data, n);
}

static void
on_notify_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    if (wg_dbus_gatt_characteristic1_call_start_notify_finish(WG_DBUS_GATT_CHARACTERISTIC1(source),
                                                              result, &error))
        acquire_write(user_data);
    else if (!is_cancelled(error))
        tell_ready(user_data, error);
}

static void
on_notify_acquired(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) handle = NULL;
    g_autoptr(GUnixFDList) fds = NULL;
    guint16 mtu = 0;
    const gboolean done = wg_dbus_gatt_characteristic1_call_acquire_notify_finish(
        WG_DBUS_GATT_CHARACTERISTIC1(source), &handle, &mtu, &fds, result, &error);
    if (is_cancelled(error))
        return;
    WgBleUart *self = user_data;
    const int fd = done ? take_fd(handle, fds) : -1;
    if (fd >= 0) {
        take_mtu(self, mtu);
        self->in = wg_fd_stream_new(fd, &stream_events, self);
        acquire_write(self);
    } else if (error && wg_bluez_classify(error) != WG_BLUEZ_NOT_SUPPORTED) {
        tell_ready(self, error);
    } else {
        self->value_id =
            g_signal_connect(self->tx, "g-properties-changed", G_CALLBACK(on_properties), self);
        wg_dbus_gatt_characteristic1_call_start_notify(self->tx, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                                       -1, self->calls, on_notify_started, self);
    }
}

WgBleUart *
wg_ble_uart_new(WgDbusGattCharacteristic1 *rx, WgDbusGattCharacteristic1 *tx,
                guint packet_bytes_most, const WgBleUartEvents *events, gpointer user_data)
{
    WgBleUart *self = g_new0(WgBleUart, 1);
    self->rx = g_object_ref(rx);
    self->tx = g_object_ref(tx);
    self->events = *events;
    self->user_data = user_data;
    self->calls = g_cancellable_new();
    self->queue = g_byte_array_new();
    self->packet_bytes_most = packet_bytes_most;
    take_mtu(self, ATT_MTU_LEAST);
    wg_dbus_gatt_characteristic1_call_acquire_notify(tx, g_variant_new("a{sv}", NULL),
                                                     G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                                     self->calls, on_notify_acquired, self);
    return self;
}

static void write_next(WgBleUart *self);

static void
on_written(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    const gboolean done = wg_dbus_gatt_characteristic1_call_write_value_finish(
        WG_DBUS_GATT_CHARACTERISTIC1(source), result, &error);
    if (is_cancelled(error))
        return;
    WgBleUart *self = user_data;
    self->is_writing = FALSE;
    if (!done) {
        g_byte_array_set_size(self->queue, 0);
        if (self->events.closed)
            self->events.closed(self->user_data, error);
    } else if (self->queue->len) {
        write_next(self);
    } else {
        on_drained(self);
    }
}

/* One call at a time, so that they stay in order. */
static void
write_next(WgBleUart *self)
{
    const guint n = MIN(self->queue->len, self->packet_bytes);
    const char *const *flags = wg_dbus_gatt_characteristic1_get_flags(self->rx);
    const gboolean is_command = flags && g_strv_contains(flags, "write-without-response") &&
                                !(self->has_bearers && g_strv_contains(flags, "write"));
    GVariantBuilder options;
    g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&options, "{sv}", "type",
                          g_variant_new_string(is_command ? "command" : "request"));
    self->is_writing = TRUE;
    wg_dbus_gatt_characteristic1_call_write_value(
        self->rx, g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, self->queue->data, n, 1),
        g_variant_builder_end(&options), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->calls,
        on_written, self);
    g_byte_array_remove_range(self->queue, 0, n);
}

void
wg_ble_uart_send(WgBleUart *self, GBytes *bytes)
{
    if (self->out) {
        wg_fd_stream_send(self->out, bytes);
        return;
    }
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(bytes, &n);
    g_byte_array_append(self->queue, data, (guint)n);
    if (!self->is_writing && self->queue->len)
        write_next(self);
}

gsize
wg_ble_uart_get_queued(WgBleUart *self)
{
    return self->out ? wg_fd_stream_get_queued(self->out) : self->queue->len;
}

void
wg_ble_uart_finish(WgBleUart *self)
{
    self->events = (WgBleUartEvents){0};
    while (self->queue->len)
        write_next(self);
}

void
wg_ble_uart_free(WgBleUart *self)
{
    g_cancellable_cancel(self->calls);
    if (self->value_id) {
        g_signal_handler_disconnect(self->tx, self->value_id);
        wg_dbus_gatt_characteristic1_call_stop_notify(self->tx, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                                                      NULL, NULL, NULL);
    }
    g_clear_pointer(&self->in, wg_fd_stream_free);
    g_clear_pointer(&self->out, wg_fd_stream_free);
    g_byte_array_unref(self->queue);
    g_object_unref(self->calls);
    g_object_unref(self->rx);
    g_object_unref(self->tx);
    g_free(self);
}
