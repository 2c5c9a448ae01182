/* Tests of watches over Bluetooth LE: how they are reached, and whole deployments. */
#include "ble-fixture.h"
#include "base/file.h"
#include "device-fixture.h"
#include "device/ble-link.h"

static void
test_opens_by_name(BleFixture *f, gconstpointer data)
{
    ble_open(f);
    g_assert_no_error(f->error);
    g_assert_true(wg_link_is_open(f->link));
    g_assert_false(fake_bluez_is_discovering(f->bluez));
    wg_link_close(f->link);
    ble_wait_until(ble_is_disconnected, f->bluez);
}

static void
test_opens_by_address(BleFixture *f, gconstpointer data)
{
    fake_bluez_advertise(f->bluez, NULL, TRUE, -60);
    ble_use(f, "aa:bb:cc:dd:ee:01");
    ble_open(f);
    g_assert_no_error(f->error);
    /* what BlueZ knows already is not looked for */
    wg_link_close(f->link);
    ble_wait_until(ble_is_disconnected, f->bluez);
    const int n = fake_bluez_count(f->bluez, "StartDiscovery");
    ble_open(f);
    g_assert_no_error(f->error);
    g_assert_cmpint(fake_bluez_count(f->bluez, "StartDiscovery"), ==, n);
}

static void
test_packets_fit_the_mtu(BleFixture *f, gconstpointer data)
{
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_strnfill(1000, 'x'), 1000);
    ble_open(f);
    g_assert_no_error(f->error);
    wg_link_send(f->link, bytes);
    while (fake_bluez_get_n_written(f->bluez) < 1000)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(fake_bluez_get_longest_packet(f->bluez), ==, 20);
    g_assert_cmpint(fake_bluez_count(f->bluez, "WriteValue"), ==, 0);
}

static void
test_packets_are_as_small_as_asked(BleFixture *f, gconstpointer data)
{
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_strnfill(1000, 'x'), 1000);
    fake_bluez_set_mtu(f->bluez, 517);
    wg_ble_link_set_packet(WG_BLE_LINK(f->link), 20);
    ble_open(f);
    g_assert_no_error(f->error);
    wg_link_send(f->link, bytes);
    while (fake_bluez_get_n_written(f->bluez) < 1000)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(fake_bluez_get_longest_packet(f->bluez), ==, 20);
    g_assert_cmpint(fake_bluez_count(f->bluez, "WriteValue"), ==, 0); /* one bearer, so commands */
}

static void
test_calls_where_there_are_no_descriptors(BleFixture *f, gconstpointer data)
{
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_strnfill(100, 'x'), 100);
    fake_bluez_set_descriptors(f->bluez, FALSE);
    ble_open(f);
    g_assert_no_error(f->error);
    wg_link_send(f->link, bytes);
    g_assert_cmpuint(wg_link_get_queued(f->link), ==, 80); /* one is on its way */
    while (fake_bluez_get_n_written(f->bluez) < 100)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpint(fake_bluez_count(f->bluez, "WriteValue"), ==, 5);
    g_assert_cmpstr(fake_bluez_get_write_type(f->bluez), ==, "command");
}

/* Two computers have several bearers, on which commands overtake each other. */

static void
test_a_large_mtu_waits_for_responses(BleFixture *f, gconstpointer data)
{
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_strnfill(500, 'x'), 500);
    fake_bluez_set_mtu(f->bluez, 517);
    ble_open(f);
    g_assert_no_error(f->error);
    wg_link_send(f->link, bytes);
    while (fake_bluez_get_n_written(f->bluez) < 500)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(fake_bluez_get_longest_packet(f->bluez), ==, 244);
    g_assert_cmpstr(fake_bluez_get_write_type(f->bluez), ==, "request");
}

static void
test_a_connection_that_bluez_does_not_tell(BleFixture *f, gconstpointer data)
{
    fake_bluez_set_mum(f->bluez);
    ble_start(f);
    ble_wait_for_calls(f, "Connect", 1);
    while (!f->is_done) {
        manual_clock_wind(f->clock, 100);
        ble_turn();
    }
    g_assert_no_error(f->error);
    g_assert_cmpint(fake_bluez_count(f->bluez, "Connect"), ==, 1);
}

static void
test_connects_anew_after_a_passing_error(BleFixture *f, gconstpointer data)
{
    fake_bluez_fail(f->bluez, "Connect", "Failed", "le-connection-abort-by-local", 2);
    ble_start(f);
    for (int n = 1; n <= 2; n++) {
        ble_wait_for_calls(f, "Connect", n);
        while (manual_clock_get_n_timers(f->clock) < 2)
            g_main_context_iteration(NULL, TRUE);
        manual_clock_wind(f->clock, 500);
    }
    fixture_wait(&f->is_done);
    g_assert_no_error(f->error);
    g_assert_cmpint(fake_bluez_count(f->bluez, "Connect"), ==, 3);
}

/* Each call fails in each way that has words of its own. */

/* A name can be anything; it is shown within a sentence. */

static void
test_deploys_to_a_watch(BleFixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("waggle-ble-XXXXXX", &error);
    g_assert_no_error(error);
    for (int way = 0; way < 3; way++) {
        g_autoptr(WgWatch) watch = NULL;
        WgDeployment *deployment = fixture_golden_deployment(WG_DEPLOY_APP, 10);
        WgDeployReport report = {0};
        ble_renew(f, data);
        fake_bluez_set_descriptors(f->bluez, way != 1);
        fake_bluez_set_mtu(f->bluez, way == 2 ? 131 : 23);
        fake_bluez_start_watch(f->bluez, folder);
        watch = fixture_watch_new("ble:" FAKE_ADDRESS);
        g_assert_true(fixture_connect(watch, &error));
        g_assert_no_error(error);
        g_assert_true(fixture_deploy(watch, deployment, &report, &error));
        g_assert_no_error(error);
        int n_equal = 0;
        g_assert_true(fixture_self_test(watch, deployment, &n_equal, &error));
        g_assert_cmpint(n_equal, ==, 10);
        g_test_message("%s, packets of %zu bytes: %.2f s", way == 1 ? "calls" : "descriptors",
                       fake_bluez_get_longest_packet(f->bluez), report.seconds);
        wg_deployment_free(deployment);
        wg_watch_disconnect(watch);
        ble_wait_until(ble_is_disconnected, f->bluez);
    }
    wg_file_remove_folder(folder);
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
        {"opens-by-name", test_opens_by_name},
        {"opens-by-address", test_opens_by_address},
        {"packets-fit-the-mtu", test_packets_fit_the_mtu},
        {"packets-are-as-small-as-asked", test_packets_are_as_small_as_asked},
        {"calls-where-there-are-no-descriptors", test_calls_where_there_are_no_descriptors},
        {"a-large-mtu-waits-for-responses", test_a_large_mtu_waits_for_responses},
        {"a-connection-that-bluez-does-not-tell", test_a_connection_that_bluez_does_not_tell},
        {"connects-anew-after-a-passing-error", test_connects_anew_after_a_passing_error},
        {"deploys-to-a-watch", test_deploys_to_a_watch},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/ble/%s", tests[i].path);
        g_test_add(path, BleFixture, bus, ble_set_up, tests[i].func, ble_tear_down);
    }
    const int status = g_test_run();
    fake_bus_free(bus);
    return status;
}
