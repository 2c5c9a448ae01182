/* Tests of Bluetooth LE in trouble: each failure has its words, each wait its end. */
#include "ble-fixture.h"
#include "device-fixture.h"

#include "base/error.h"
#include "device/bluez.h"

#include <string.h>

static void
test_each_error_says_its_remedy(BleFixture *f, gconstpointer data)
{
    static const struct {
        const char *method, *name, *message, *said;
    } rows[] = {
        {"Connect", "NotReady", "Resource Not Ready", "switched off"},
        {"Connect", "Failed", "rfkill", "rfkill unblock bluetooth"},
        {"Connect", "AuthenticationFailed", "Authentication Failed", "paired"},
        {"Connect", "Failed", "something new", "something new"},
        {"Connect", "org.freedesktop.DBus.Error.AccessDenied", "Rejected", "-a -G bluetooth"},
        {"AcquireNotify", "NotPermitted", "Notify acquired", "another program"},
        {"AcquireNotify", "Failed", "Operation failed with ATT error: 0x0f", "paired"},
        {"AcquireWrite", "NotPermitted", "Write acquired", "another program"},
        {"AcquireWrite", "InProgress", "In Progress", "another program"},
        {"AcquireWrite", "Failed", "Not connected", "out of reach"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        fake_bluez_fail(f->bluez, rows[i].method, rows[i].name, rows[i].message, 1);
        ble_open(f);
        ble_assert_said(f, rows[i].said);
        g_assert_false(wg_link_is_open(f->link));
        ble_wait_until(ble_is_disconnected, f->bluez);
    }
    fake_bluez_set_descriptors(f->bluez, FALSE);
    fake_bluez_fail(f->bluez, "StartNotify", "NotSupported", "Operation is not supported", 1);
    ble_open(f);
    ble_assert_said(f, "Operation is not supported");
}

static void
test_each_wait_has_an_end(BleFixture *f, gconstpointer data)
{
    static const struct {
        const char *method, *said;
    } rows[] = {
        {"StartDiscovery", "was not heard for 10 s"},
        {"StopDiscovery", "did not take the connection within 10 s"},
        {"Connect", "did not take the connection within 10 s"},
        {"AcquireNotify", "its console does not open"},
        {"AcquireWrite", "its console does not open"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        ble_renew(f, data);
        fake_bluez_hold(f->bluez, rows[i].method);
        ble_start(f);
        ble_wait_for_calls(f, rows[i].method, 1);
        manual_clock_wind(f->clock, 9999);
        ble_turn();
        g_assert_false(f->is_done);
        manual_clock_wind(f->clock, 1);
        fixture_wait(&f->is_done);
        ble_assert_said(f, rows[i].said);
        ble_wait_until(ble_is_disconnected, f->bluez);
    }
}

static void
test_can_be_stopped_at_each_call(BleFixture *f, gconstpointer data)
{
    static const char *const methods[] = {"StartDiscovery", "StopDiscovery", "Connect",
                                          "AcquireNotify", "AcquireWrite"};
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        ble_renew(f, data);
        fake_bluez_hold(f->bluez, methods[i]);
        ble_start(f);
        ble_wait_for_calls(f, methods[i], 1);
        g_cancellable_cancel(f->cancellable);
        fixture_wait(&f->is_done);
        g_assert_error(f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_object_unref(f->cancellable);
        f->cancellable = g_cancellable_new();
        g_assert_cmpint(manual_clock_get_n_timers(f->clock), ==, 0);
        ble_wait_until(ble_is_disconnected, f->bluez);
    }
}

static void
test_no_console_is_said(BleFixture *f, gconstpointer data)
{
    fake_bluez_set_services(f->bluez, FALSE);
    ble_start(f);
    ble_wait_for_calls(f, "Connect", 1);
    ble_turn();
    manual_clock_wind(f->clock, 2000);
    fixture_wait(&f->is_done);
    ble_assert_said(f, "Programmable");
}

static void
test_adapter_off_absent_and_back(BleFixture *f, gconstpointer data)
{
    fake_bluez_set_powered(f->bluez, FALSE);
    ble_open(f);
    ble_assert_said(f, "bluetoothctl power on");
    fake_bluez_set_adapter(f->bluez, FALSE);
    ble_open(f);
    ble_assert_said(f, "no Bluetooth adapter");
    fake_bluez_set_adapter(f->bluez, TRUE);
    fake_bluez_set_powered(f->bluez, TRUE);
    ble_turn();
    ble_open(f);
    g_assert_no_error(f->error);
    fake_bluez_set_powered(f->bluez, FALSE);
    fixture_wait(&f->is_closed);
    g_assert_nonnull(f->error);
}

static void
test_vanishing_is_told_at_once(BleFixture *f, gconstpointer data)
{
    static void (*const ways[])(FakeBluez *) = {fake_bluez_drop, fake_bluez_drop_services,
                                                fake_bluez_forget_device};
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_strnfill(10000, 'x'), 10000);
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        ble_open(f);
        g_assert_no_error(f->error);
        wg_link_send(f->link, bytes); /* in the middle of it */
        f->is_closed = FALSE;
        ways[i](f->bluez);
        fixture_wait(&f->is_closed);
        ble_assert_said(f, "broke");
        g_assert_false(wg_link_is_open(f->link));
        ble_wait_until(ble_is_disconnected, f->bluez);
    }
}

static void
test_vanishing_while_connecting(BleFixture *f, gconstpointer data)
{
    fake_bluez_hold(f->bluez, "Connect");
    ble_start(f);
    ble_wait_for_calls(f, "Connect", 1);
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, 0);
    fake_bluez_forget_device(f->bluez);
    ble_turn();
    manual_clock_wind(f->clock, 10000);
    fixture_wait(&f->is_done);
    ble_assert_said(f, "bring it nearer");
}

static void
test_bluetoothd_may_end_and_return(BleFixture *f, gconstpointer data)
{
    ble_open(f);
    g_assert_no_error(f->error);
    fake_bluez_free(f->bluez);
    fixture_wait(&f->is_closed);
    g_assert_nonnull(f->error);
    ble_open(f);
    g_assert_error(f->error, WG_ERROR, WG_ERROR_CONNECTION);
    f->bluez = fake_bluez_new(ble_get_bus(data));
    ble_turn();
    ble_open(f);
    g_assert_no_error(f->error);
}

static void
count_back(WgLink *link, gpointer user_data)
{
    (*(int *)user_data)++;
}

static void
on_bluez(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    *(WgBluez **)user_data = wg_bluez_get_finish(result, &error);
    g_assert_no_error(error);
}

/* As a list of watches that is open. */
static WgBluez *
start_discovery(BleFixture *f)
{
    WgBluez *bluez = NULL;
    wg_bluez_get_async(NULL, on_bluez, &bluez);
    while (!bluez)
        g_main_context_iteration(NULL, TRUE);
    wg_bluez_set_clock(bluez, &f->clock->clock);
    wg_bluez_want_discovery(bluez, TRUE);
    ble_wait_until(fake_bluez_is_discovering, f->bluez);
    return bluez;
}

static void
lose(BleFixture *f)
{
    ble_open(f);
    g_assert_no_error(f->error);
    f->is_closed = FALSE;
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, 0);
    fake_bluez_drop(f->bluez);
    fixture_wait(&f->is_closed);
    ble_turn();
}

/* Not while it is open, nor after it was closed here, nor with each of its packets. */
static void
test_lost_and_heard_again_is_said_once(BleFixture *f, gconstpointer data)
{
    int n_back = 0;
    g_signal_connect(f->link, "back", G_CALLBACK(count_back), &n_back);
    WgBluez *bluez = start_discovery(f);
    for (int i = 0; i < 3; i++) {
        lose(f);
        g_assert_cmpint(n_back, ==, i);
        for (int signal = -70; signal < -60; signal++) {
            fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, signal);
            ble_turn();
        }
        g_assert_cmpint(n_back, ==, i + 1);
    }
    ble_open(f);
    g_assert_no_error(f->error);
    wg_link_close(f->link);
    ble_wait_until(ble_is_disconnected, f->bluez);
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, 0);
    ble_turn();
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, -60);
    ble_turn();
    g_assert_cmpint(n_back, ==, 3);
    wg_bluez_want_discovery(bluez, FALSE);
    while (fake_bluez_is_discovering(f->bluez))
        g_main_context_iteration(NULL, TRUE);
    g_object_unref(bluez);
}

/* Also after a try in vain. */
static void
test_an_adapter_that_is_on_again_is_said(BleFixture *f, gconstpointer data)
{
    int n_back = 0;
    g_signal_connect(f->link, "back", G_CALLBACK(count_back), &n_back);
    ble_open(f);
    g_assert_no_error(f->error);
    fake_bluez_set_powered(f->bluez, FALSE);
    fixture_wait(&f->is_closed);
    ble_open(f);
    ble_assert_said(f, "bluetoothctl power on");
    g_assert_cmpint(n_back, ==, 0);
    fake_bluez_set_powered(f->bluez, TRUE);
    ble_turn();
    g_assert_cmpint(n_back, ==, 1);
}

static void
test_a_hostile_name_is_only_shown(BleFixture *f, gconstpointer data)
{
    fake_bluez_advertise(f->bluez, "Bangle.js <b>x</b>\x1b[31m\n\x07 %s%n", TRUE, -60);
    ble_use(f, FAKE_ADDRESS);
    fake_bluez_fail(f->bluez, "Connect", "NotReady", "x", 0);
    fake_bluez_fail(f->bluez, "AcquireNotify", "NotPermitted", "Notify acquired", 1);
    ble_open(f);
    ble_assert_said(f, "another program");
    g_assert_nonnull(strstr(f->error->message, "Bangle.js <b>x</b>�[31m"));
    g_assert_null(strpbrk(f->error->message, "\x1b\n\x07"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GTestDBus *bus = fake_bus_new();
    static const struct {
        const char *path;
        BleTest func;
    } tests[] = {
        {"each-error-says-its-remedy", test_each_error_says_its_remedy},
        {"each-wait-has-an-end", test_each_wait_has_an_end},
        {"can-be-stopped-at-each-call", test_can_be_stopped_at_each_call},
        {"no-console-is-said", test_no_console_is_said},
        {"adapter-off-absent-and-back", test_adapter_off_absent_and_back},
        {"vanishing-is-told-at-once", test_vanishing_is_told_at_once},
        {"vanishing-while-connecting", test_vanishing_while_connecting},
        {"bluetoothd-may-end-and-return", test_bluetoothd_may_end_and_return},
        {"lost-and-heard-again-is-said-once", test_lost_and_heard_again_is_said_once},
        {"an-adapter-that-is-on-again-is-said", test_an_adapter_that_is_on_again_is_said},
        {"a-hostile-name-is-only-shown", test_a_hostile_name_is_only_shown},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/ble-troubles/%s", tests[i].path);
        g_test_add(path, BleFixture, bus, ble_set_up, tests[i].func, ble_tear_down);
    }
    const int status = g_test_run();
    fake_bus_free(bus);
    return status;
}
