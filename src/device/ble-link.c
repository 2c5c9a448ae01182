/* A link to a watch over Bluetooth LE: BlueZ's connection and the Nordic UART service on it. */
#include "device/ble-link.h"

#include "base/error.h"
#include "device/ble-back.h"
#include "device/ble-connect.h"
#include "device/ble-farewell.h"
#include "device/ble-uart.h"
#include "device/bluez-words.h"

#include <glib/gi18n.h>

#define READY_MS 10000 /* for BlueZ to hand the console over */

struct _WgBleLink {
    WgLink parent;
    char *wanted, *adapter_id;
    const WgClock *clock;
    GTask *opening;
    GSource *cancelled;
    WgBleConnection *made; /* NULL: none */
    gulong changed_id;
    WgBleUart *uart;
    guint deadline_id, packet_bytes_most;
    WgBluez *bluez;  /* since it was open once; NULL: it was not, or is not wanted any more */
    WgBleBack *back; /* while it is lost and nobody tries to open it */
};

G_DEFINE_FINAL_TYPE(WgBleLink, wg_ble_link, WG_TYPE_LINK)

/* Gives up all that the opening or the connection holds. */
static void
leave(WgBleLink *self)
{
    WgBleConnection *made = self->made;
    if (self->cancelled)
        g_source_destroy(self->cancelled);
    g_clear_pointer(&self->cancelled, g_source_unref);
    wg_clock_clear(self->clock, &self->deadline_id);
    if (!made)
        return;
    g_clear_signal_handler(&self->changed_id, made->bluez);
    if (made->is_ours && wg_dbus_device1_get_connected(made->device))
        wg_ble_farewell_start(made->bluez, made->device, g_steal_pointer(&self->uart));
    g_clear_pointer(&self->uart, wg_ble_uart_free);
    g_clear_pointer(&self->made, wg_ble_connection_free);
}

static void
on_back(gpointer user_data)
{
    wg_link_emit_back(user_data);
}

/* Ends the opening or the connection; takes the error. */
static void
fail(WgBleLink *self, GError *error)
{
    g_autoptr(WgBleLink) alive = g_object_ref(self);
    g_autoptr(GError) owned = error;
    g_autoptr(GTask) opening = g_steal_pointer(&self->opening);
    leave(self);
    if (self->bluez && !self->back)
        self->back = wg_ble_back_new(self->bluez, self->wanted, self->adapter_id, on_back, self);
    if (opening)
        g_task_return_error(opening, g_steal_pointer(&owned));
    else
        wg_link_emit_closed(WG_LINK(self), error);
}

static GError *
say_lost(WgBleLink *self)
{
    g_autoptr(WgTrouble) trouble = wg_bluez_dup_trouble(self->made->bluez, self->adapter_id);
    if (trouble)
        return wg_bluez_say_trouble(trouble);
    return g_error_new(
        WG_ERROR, WG_ERROR_CONNECTION,
        _("the connection to %s broke: it is out of reach, switched off or restarted"),
        self->made->name);
}

static void
on_changed(WgBleLink *self)
{
    if (!wg_ble_connection_is_there(self->made))
        fail(self, say_lost(self));
}

static void
on_ready(gpointer user_data, const GError *error)
{
    WgBleLink *self = user_data;
    if (error) {
        fail(self, wg_bluez_explain(error, self->made->name));
        return;
    }
    g_autoptr(GTask) opening = g_steal_pointer(&self->opening);
    g_set_object(&self->bluez, self->made->bluez);
    wg_clock_clear(self->clock, &self->deadline_id);
    g_source_destroy(self->cancelled);
    g_clear_pointer(&self->cancelled, g_source_unref);
    g_task_return_boolean(opening, TRUE);
}

static void
on_received(gpointer user_data, gconstpointer data, gsize n)
{
    wg_link_emit_received(user_data, data, n);
}

static void
on_drained(gpointer user_data)
{
    wg_link_emit_drained(user_data);
}

static void
on_closed(gpointer user_data, const GError *error)
{
    WgBleLink *self = user_data;
    fail(self, error ? wg_bluez_explain(error, self->made->name) : say_lost(self));
}

static const WgBleUartEvents uart_events = {on_ready, on_received, on_drained, on_closed};

static gboolean
on_deadline(gpointer user_data)
{
    WgBleLink *self = user_data;
    self->deadline_id = 0;
    fail(self,
         g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                     _("%s is connected, but its console does not open: restart its Bluetooth, "
                       "or the watch"),
                     self->made->name));
    return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    fail(user_data, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, _("stopped")));
    return G_SOURCE_REMOVE;
}

static void
on_made(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgBleLink) self = user_data;
    GError *error = NULL;
    WgBleConnection *made = wg_ble_connect_finish(result, &error);
    if (!made) {
        fail(self, error);
        return;
    }
    self->made = made;
    self->changed_id =
        g_signal_connect_swapped(made->bluez, "changed", G_CALLBACK(on_changed), self);
    self->cancelled = g_cancellable_source_new(g_task_get_cancellable(self->opening));
    g_source_set_callback(self->cancelled, G_SOURCE_FUNC(on_cancelled), self, NULL);
    g_source_attach(self->cancelled, g_main_context_get_thread_default());
    self->deadline_id = wg_clock_add(self->clock, READY_MS, on_deadline, self);
    self->uart = wg_ble_uart_new(made->rx, made->tx, self->packet_bytes_most, &uart_events, self);
}

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    WgBleLink *self = WG_BLE_LINK(link);
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    if (self->opening || self->made) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_BUSY, _("%s is being connected already"),
                                self->wanted);
        return;
    }
    g_task_set_check_cancellable(task, FALSE);
    g_clear_pointer(&self->back, wg_ble_back_free); /* it listens itself now */
    self->opening = g_steal_pointer(&task);
    wg_ble_connect_async(self->wanted, self->adapter_id, self->clock, cancellable, on_made,
                         g_object_ref(self));
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
send_bytes(WgLink *link, GBytes *bytes)
{
    if (WG_BLE_LINK(link)->uart)
        wg_ble_uart_send(WG_BLE_LINK(link)->uart, bytes);
}

static void
close_link(WgLink *link)
{
    WgBleLink *self = WG_BLE_LINK(link);
    leave(self);
    g_clear_pointer(&self->back, wg_ble_back_free);
    g_clear_object(&self->bluez);
}

static gsize
get_queued(WgLink *link)
{
    WgBleLink *self = WG_BLE_LINK(link);
    return self->uart ? wg_ble_uart_get_queued(self->uart) : 0;
}

static void
finalize(GObject *object)
{
    WgBleLink *self = WG_BLE_LINK(object);
    leave(self);
    g_clear_pointer(&self->back, wg_ble_back_free);
    g_clear_object(&self->bluez);
    g_free(self->wanted);
    g_free(self->adapter_id);
    G_OBJECT_CLASS(wg_ble_link_parent_class)->finalize(object);
}

static void
wg_ble_link_class_init(WgBleLinkClass *class)
{
    WgLinkClass *link_class = WG_LINK_CLASS(class);
    G_OBJECT_CLASS(class)->finalize = finalize;
    link_class->open_async = open_async;
    link_class->open_finish = open_finish;
    link_class->send = send_bytes;
    link_class->close = close_link;
    link_class->get_queued = get_queued;
}

static void
wg_ble_link_init(WgBleLink *self)
{
    self->clock = wg_clock_get_system();
    self->packet_bytes_most = WG_BLE_PACKET_MOST;
}

void
wg_ble_link_set_clock(WgBleLink *self, const WgClock *clock)
{
    self->clock = clock;
}

void
wg_ble_link_set_packet(WgBleLink *self, guint n_bytes)
{
    self->packet_bytes_most = CLAMP(n_bytes, WG_BLE_PACKET_LEAST, WG_BLE_PACKET_MOST);
}

WgLink *
wg_ble_link_new(const char *address, const char *wanted, const char *adapter)
{
    WgBleLink *self = g_object_new(WG_TYPE_BLE_LINK, "address", address, NULL);
    self->wanted = g_strdup(wanted);
    self->adapter_id = g_strdup(adapter);
    return WG_LINK(self);
}
