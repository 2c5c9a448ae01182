/* A link over Bluetooth LE to the fake bluetoothd's watch, on a clock that is wound by hand. */
#include "ble-fixture.h"

#include "device-fixture.h"

#include "base/error.h"
#include "device/ble-link.h"

#include <string.h>

#define TURNS 8 /* more than any chain of calls and signals here */

GTestDBus *
ble_get_bus(gconstpointer data)
{
    return (GTestDBus *)data;
}

static void
on_closed(WgLink *link, const GError *error, gpointer user_data)
{
    BleFixture *f = user_data;
    f->is_closed = TRUE;
    f->error = error ? g_error_copy(error) : NULL;
}

static void
on_received(WgLink *link, GBytes *bytes, gpointer user_data)
{
    BleFixture *f = user_data;
    gsize n = 0;
    const char *data = g_bytes_get_data(bytes, &n);
    g_string_append_len(f->received, data, (gssize)n);
}

void
ble_use(BleFixture *f, const char *wanted)
{
    g_autofree char *address = g_strdup_printf("ble:%s", wanted);
    g_clear_object(&f->link);
    f->link = wg_ble_link_new(address, wanted, NULL);
    wg_ble_link_set_clock(WG_BLE_LINK(f->link), &f->clock->clock);
    g_signal_connect(f->link, "closed", G_CALLBACK(on_closed), f);
    g_signal_connect(f->link, "received", G_CALLBACK(on_received), f);
}

void
ble_set_up(BleFixture *f, gconstpointer data)
{
    f->bluez = fake_bluez_new(ble_get_bus(data));
    f->clock = manual_clock_new();
    f->cancellable = g_cancellable_new();
    f->received = g_string_new(NULL);
    ble_use(f, FAKE_NAME);
}

void
ble_wait_until(gboolean (*is_so)(FakeBluez *bluez), FakeBluez *bluez)
{
    while (!is_so(bluez))
        g_main_context_iteration(NULL, TRUE);
}

gboolean
ble_is_disconnected(FakeBluez *bluez)
{
    return !fake_bluez_is_connected(bluez);
}

void
ble_tear_down(BleFixture *f, gconstpointer data)
{
    wg_link_close(f->link);
    g_object_unref(f->link);
    ble_wait_until(ble_is_disconnected, f->bluez);
    g_assert_cmpint(manual_clock_get_n_timers(f->clock), ==, 0);
    fake_bluez_free(f->bluez);
    manual_clock_free(f->clock);
    g_object_unref(f->cancellable);
    g_clear_error(&f->error);
    g_string_free(f->received, TRUE);
}

static void
on_opened(GObject *source, GAsyncResult *result, gpointer user_data)
{
    BleFixture *f = user_data;
    f->is_done = TRUE;
    (void)wg_link_open_finish(WG_LINK(source), result, &f->error);
}

void
ble_start(BleFixture *f)
{
    f->is_done = FALSE;
    g_clear_error(&f->error);
    wg_link_open_async(f->link, f->cancellable, on_opened, f);
}

void
ble_open(BleFixture *f)
{
    ble_start(f);
    fixture_wait(&f->is_done);
}

void
ble_wait_for_calls(BleFixture *f, const char *method, int n)
{
    while (fake_bluez_count(f->bluez, method) < n)
        g_main_context_iteration(NULL, TRUE);
}

static void
on_turned(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GVariant) answer = g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result,
                                                               NULL); /* or no bluetoothd */
    *(gboolean *)user_data = TRUE;
}

/* What is on its way is before a question in the queues, and its answer comes behind what that led
 * to; one thing may lead to another. */
void
ble_turn(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SYSTEM, NULL, &error);
    g_assert_no_error(error);
    for (int i = 0; i < TURNS; i++) {
        gboolean is_done = FALSE;
        g_dbus_connection_call(bus, "org.bluez", "/", "org.freedesktop.DBus.ObjectManager",
                               "GetManagedObjects", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                               NULL, on_turned, &is_done);
        while (!is_done || g_main_context_pending(NULL))
            g_main_context_iteration(NULL, TRUE);
    }
}

void
ble_assert_said(BleFixture *f, const char *part)
{
    g_assert_error(f->error, WG_ERROR, WG_ERROR_CONNECTION);
    g_test_message("%s", f->error->message);
    if (!strstr(f->error->message, part))
        g_error("“%s” is not in “%s”", part, f->error->message);
}

void
ble_renew(BleFixture *f, gconstpointer data)
{
    fake_bluez_free(f->bluez);
    f->bluez = fake_bluez_new(ble_get_bus(data));
}
