/* Tests of how watches over Bluetooth are found, and of what keeps them from it. */
#include "ble-fixture.h"
#include "device-fixture.h"

#include "device/ble-search.h"
#include "device/bluez.h"

#include <string.h>

typedef struct {
    FakeBluez *bluez;
    ManualClock *clock;
    WgFinder *finder;
    WgBleSearch *search;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    f->bluez = fake_bluez_new(ble_get_bus(data));
    f->clock = manual_clock_new();
    f->finder = wg_finder_new();
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    if (f->search)
        wg_ble_search_free(f->search);
    ble_turn();
    g_assert_false(fake_bluez_is_discovering(f->bluez));
    g_assert_cmpint(manual_clock_get_n_timers(f->clock), ==, 0);
    g_object_unref(f->finder);
    manual_clock_free(f->clock);
    fake_bluez_free(f->bluez);
}

static void
begin(Fixture *f)
{
    f->search = wg_ble_search_new(f->finder, &f->clock->clock);
}

/* NULL: it is not there, after all that was on its way. */
static const WgFoundWatch *
find(Fixture *f, const char *address)
{
    ble_turn();
    g_autoptr(GPtrArray) list = wg_finder_list(f->finder);
    for (guint i = 0; i < list->len; i++) {
        const WgFoundWatch *watch = g_ptr_array_index(list, i);
        if (g_str_equal(watch->address, address))
            return watch;
    }
    return NULL;
}

/* Runs the main loop until it is found; the test fails if that never comes. */
static const WgFoundWatch *
wait_for(Fixture *f, const char *address)
{
    const WgFoundWatch *watch = NULL;
    for (int i = 0; i < 500 && !watch; i++)
        watch = find(f, address);
    g_assert_nonnull(watch);
    return watch;
}

static const WgTrouble *
wait_for_trouble(Fixture *f)
{
    for (int i = 0; i < 500 && !wg_finder_get_trouble(f->finder, "ble"); i++)
        ble_turn();
    g_assert_nonnull(wg_finder_get_trouble(f->finder, "ble"));
    return wg_finder_get_trouble(f->finder, "ble");
}

static void
test_a_watch_by_its_service_or_its_name(Fixture *f, gconstpointer data)
{
    fake_bluez_advertise(f->bluez, NULL, TRUE, -51);
    fake_bluez_add_other(f->bluez, "AA:BB:CC:DD:EE:02", "Bangle.js 0002", -70);
    fake_bluez_add_other(f->bluez, "AA:BB:CC:DD:EE:03", "Somebody's television", -40);
    begin(f);
    const WgFoundWatch *watch = wait_for(f, "ble:" FAKE_ADDRESS);
    g_assert_cmpint(watch->signal_dbm, ==, -51);
    g_assert_null(watch->trouble);
    g_assert_nonnull(find(f, "ble:AA:BB:CC:DD:EE:02"));
    g_assert_null(find(f, "ble:AA:BB:CC:DD:EE:03"));
    g_assert_true(wg_finder_is_searching(f->finder));
    g_assert_null(wg_finder_get_trouble(f->finder, "ble"));
}

static void
test_the_signal_is_live_and_silence_is_noticed(Fixture *f, gconstpointer data)
{
    begin(f);
    wait_for(f, "ble:" FAKE_ADDRESS);
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, -80);
    g_assert_cmpint(find(f, "ble:" FAKE_ADDRESS)->signal_dbm, ==, -80);
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, 0);
    manual_clock_wind(f->clock, 9000);
    g_assert_nonnull(find(f, "ble:" FAKE_ADDRESS));
    manual_clock_wind(f->clock, 2000);
    g_assert_null(find(f, "ble:" FAKE_ADDRESS));
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, -60);
    g_assert_nonnull(find(f, "ble:" FAKE_ADDRESS));
}

static void
on_bluez(GObject *source, GAsyncResult *result, gpointer user_data)
{
    *(WgBluez **)user_data = wg_bluez_get_finish(result, NULL);
}

/* BlueZ tells a signal only when it differs: one that stays equal shows in a new round. */
static void
test_an_even_signal_is_heard_anew(Fixture *f, gconstpointer data)
{
    g_autoptr(WgBluez) bluez = NULL;
    wg_bluez_get_async(NULL, on_bluez, &bluez);
    while (!bluez)
        g_main_context_iteration(NULL, TRUE);
    wg_bluez_set_clock(bluez, &f->clock->clock);
    begin(f);
    wait_for(f, "ble:" FAKE_ADDRESS);
    for (int i = 1; i <= 4; i++) {
        g_assert_cmpint(fake_bluez_count(f->bluez, "StartDiscovery"), ==, i);
        manual_clock_wind(f->clock, 5000);
        while (fake_bluez_count(f->bluez, "StartDiscovery") <= i)
            g_main_context_iteration(NULL, TRUE);
        g_assert_nonnull(find(f, "ble:" FAKE_ADDRESS));
    }
    g_clear_pointer(&f->search, wg_ble_search_free);
    ble_turn();
}

static void
test_what_bluez_forgets_goes(Fixture *f, gconstpointer data)
{
    begin(f);
    wait_for(f, "ble:" FAKE_ADDRESS);
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, 0);
    fake_bluez_forget_device(f->bluez);
    g_assert_null(find(f, "ble:" FAKE_ADDRESS));
}

static void
test_a_paired_one_that_is_silent_says_so(Fixture *f, gconstpointer data)
{
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, 0);
    fake_bluez_set_paired(f->bluez, TRUE);
    begin(f);
    const WgFoundWatch *watch = wait_for(f, "ble:" FAKE_ADDRESS);
    g_assert_nonnull(watch->trouble);
    g_assert_nonnull(strstr(watch->trouble->text, "not heard"));
    fake_bluez_advertise(f->bluez, FAKE_NAME, TRUE, -60);
    g_assert_null(find(f, "ble:" FAKE_ADDRESS)->trouble);
}

static void
on_helped(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(g_task_propagate_boolean(G_TASK(result), &error));
    g_assert_no_error(error);
    *(gboolean *)user_data = TRUE;
}

static void
test_an_adapter_that_is_off_has_a_button(Fixture *f, gconstpointer data)
{
    gboolean is_done = FALSE;
    fake_bluez_set_powered(f->bluez, FALSE);
    begin(f);
    const WgTrouble *trouble = wait_for_trouble(f);
    g_assert_cmpstr(trouble->button, ==, "Switch Bluetooth on");
    g_assert_false(wg_finder_is_searching(f->finder));
    wg_ble_search_help(f->search, g_task_new(f->finder, NULL, on_helped, &is_done));
    fixture_wait(&is_done);
    wait_for(f, "ble:" FAKE_ADDRESS);
    g_assert_null(wg_finder_get_trouble(f->finder, "ble"));
}

static void
test_adapter_and_service_come_and_go(Fixture *f, gconstpointer data)
{
    fake_bluez_set_adapter(f->bluez, FALSE);
    begin(f);
    g_assert_nonnull(strstr(wait_for_trouble(f)->text, "no Bluetooth adapter"));
    fake_bluez_set_adapter(f->bluez, TRUE);
    wait_for(f, "ble:" FAKE_ADDRESS);
    fake_bluez_free(f->bluez);
    wait_for_trouble(f);
    g_assert_null(find(f, "ble:" FAKE_ADDRESS));
    f->bluez = fake_bluez_new(ble_get_bus(data));
    wait_for(f, "ble:" FAKE_ADDRESS);
}

static void
test_a_discovery_that_fails_says_why(Fixture *f, gconstpointer data)
{
    fake_bluez_fail(f->bluez, "StartDiscovery", "org.freedesktop.DBus.Error.AccessDenied",
                    "Rejected send message", 1);
    begin(f);
    g_assert_nonnull(strstr(wait_for_trouble(f)->text, "-G bluetooth"));
}

static void
test_absence_is_told_apart(Fixture *f, gconstpointer data)
{
    g_autoptr(WgTrouble) no_hardware = wg_bluez_explain_absence(TRUE, FALSE);
    g_autoptr(WgTrouble) no_program = wg_bluez_explain_absence(FALSE, TRUE);
    g_autoptr(WgTrouble) stopped = wg_bluez_explain_absence(TRUE, TRUE);
    g_assert_null(no_hardware->command);
    g_assert_cmpstr(no_program->command, ==, "sudo apt install bluez");
    g_assert_cmpstr(stopped->command, ==, "sudo systemctl enable --now bluetooth");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GTestDBus *bus = fake_bus_new();
    static const struct {
        const char *path;
        void (*func)(Fixture *f, gconstpointer data);
    } tests[] = {
        {"a-watch-by-its-service-or-its-name", test_a_watch_by_its_service_or_its_name},
        {"the-signal-is-live-and-silence-is-noticed",
         test_the_signal_is_live_and_silence_is_noticed},
        {"an-even-signal-is-heard-anew", test_an_even_signal_is_heard_anew},
        {"what-bluez-forgets-goes", test_what_bluez_forgets_goes},
        {"a-paired-one-that-is-silent-says-so", test_a_paired_one_that_is_silent_says_so},
        {"an-adapter-that-is-off-has-a-button", test_an_adapter_that_is_off_has_a_button},
        {"adapter-and-service-come-and-go", test_adapter_and_service_come_and_go},
        {"a-discovery-that-fails-says-why", test_a_discovery_that_fails_says_why},
        {"absence-is-told-apart", test_absence_is_told_apart},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/ble-finder/%s", tests[i].path);
        g_test_add(path, Fixture, bus, set_up, tests[i].func, tear_down);
    }
    const int status = g_test_run();
    fake_bus_free(bus);
    return status;
}
