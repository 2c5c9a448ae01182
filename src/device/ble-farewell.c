/* Leaves a device in peace: what is still on its way goes out, then it is disconnected. */
#include "device/ble-farewell.h"

#define POLL_MS 20
#define MAX_POLLS 50 /* a second: then what is left is dropped */

typedef struct {
    WgBluez *bluez;
    WgDbusDevice1 *device;
    WgBleUart *uart;
    gboolean disconnects;
    const WgClock *clock;
    int n_polls;
} Farewell;

static void
end(Farewell *self)
{
    wg_bluez_set_leaving(self->bluez, g_dbus_proxy_get_object_path(G_DBUS_PROXY(self->device)),
                         FALSE);
    g_object_unref(self->bluez);
    g_object_unref(self->device);
    g_free(self);
}

static void
on_disconnected(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    if (!wg_dbus_device1_call_disconnect_finish(WG_DBUS_DEVICE1(source), result, &error))
        g_debug("the watch is not disconnected: %s", error->message);
    end(user_data);
}

static void
leave(Farewell *self)
{
    g_clear_pointer(&self->uart, wg_ble_uart_free);
    if (self->disconnects)
        wg_dbus_device1_call_disconnect(self->device, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                        on_disconnected, self);
    else
        end(self);
}

static gboolean
on_poll(gpointer user_data)
{
    Farewell *self = user_data;
    if (++self->n_polls < MAX_POLLS && wg_ble_uart_get_unread(self->uart) > 0)
        return G_SOURCE_CONTINUE;
    leave(self);
    return G_SOURCE_REMOVE;
}

void
wg_ble_farewell_start(WgBluez *bluez, WgDbusDevice1 *device, WgBleUart *uart, gboolean disconnects,
                      const WgClock *clock)
{
    Farewell *self = g_new0(Farewell, 1);
    self->bluez = g_object_ref(bluez);
    self->device = g_object_ref(device);
    self->uart = uart;
    self->disconnects = disconnects;
    self->clock = clock;
    wg_bluez_set_leaving(bluez, g_dbus_proxy_get_object_path(G_DBUS_PROXY(device)), TRUE);
    if (uart)
        wg_ble_uart_mute(uart);
    if (uart && wg_ble_uart_get_unread(uart) > 0)
        wg_clock_add(clock, POLL_MS, on_poll, self);
    else
        leave(self);
}
