/* Tests of watches over Bluetooth's serial port: addresses, words for errors, and an end to waits.
 */
#include "device-fixture.h"
#include "manual-clock.h"

#include "base/error.h"
#include "device/rfcomm-link.h"

#include <errno.h>
#include <string.h>

static void
test_addresses(void)
{
    static const char *const good[] = {"rfcomm:AA:BB:CC:DD:EE:FF", "rfcomm:aa:bb:cc:dd:ee:ff/1",
                                       "rfcomm:00:11:22:33:44:55/30"};
    static const char *const bad[] = {
        "rfcomm:",
        "rfcomm:AA:BB:CC:DD:EE",
        "rfcomm:AA:BB:CC:DD:EE:FG",
        "rfcomm:AA-BB-CC-DD-EE-FF",
        "rfcomm:AA:BB:CC:DD:EE:FF/",
        "rfcomm:AA:BB:CC:DD:EE:FF/0",
        "rfcomm:AA:BB:CC:DD:EE:FF/31",
        "rfcomm:AA:BB:CC:DD:EE:FF/1/2",
        "rfcomm:AA:BB:CC:DD:EE:FF/one",
        "rfcomm:AA:BB:CC:DD:EE:FF?channel=1",
        "rfcomm:AA:BB:CC:DD:EE:FF%",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WgLink) link = wg_link_new(good[i], &error);
        g_assert_no_error(error);
        g_assert_true(WG_IS_RFCOMM_LINK(link));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(wg_link_new(bad[i], &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    }
}

static void
test_errors_say_their_remedy(void)
{
    static const struct {
        int number;
        const char *said;
    } rows[] = {
        {EAFNOSUPPORT, "no Bluetooth"},  {EHOSTDOWN, "out of reach"},
        {ETIMEDOUT, "out of reach"},     {EBUSY, "another program"},
        {ECONNREFUSED, "pair it anew"},  {EACCES, "bluetoothctl pair AA:BB:CC:DD:EE:FF"},
        {EMFILE, "Too many open files"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = wg_rfcomm_explain("AA:BB:CC:DD:EE:FF", rows[i].number);
        g_assert_nonnull(strstr(text, rows[i].said));
    }
}

typedef struct {
    GError *error;
    gboolean is_done;
} Opening;

static void
on_opened(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Opening *opening = user_data;
    opening->is_done = TRUE;
    g_assert_false(wg_link_open_finish(WG_LINK(source), result, &opening->error));
}

/* Without Bluetooth it fails at once; with it, nobody answers at this address. */
static void
test_nobody_there_is_said_in_time(gconstpointer data)
{
    const char *address = data;
    g_autoptr(GError) none = NULL;
    g_autoptr(WgLink) link = wg_link_new(address, &none);
    g_assert_no_error(none);
    ManualClock *clock = manual_clock_new();
    Opening opening = {0};
    wg_rfcomm_link_set_clock(WG_RFCOMM_LINK(link), &clock->clock);
    wg_link_open_async(link, NULL, on_opened, &opening);
    while (!opening.is_done) {
        while (g_main_context_iteration(NULL, FALSE))
            ;
        manual_clock_wind(clock, 100);
    }
    g_assert_error(opening.error, WG_ERROR, WG_ERROR_CONNECTION);
    g_test_message("%s", opening.error->message);
    g_clear_error(&opening.error);
    g_assert_cmpint(manual_clock_get_n_timers(clock), ==, 0);
    g_clear_object(&link);
    manual_clock_free(clock);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/rfcomm/addresses-are-held-to-their-form", test_addresses);
    g_test_add_func("/device/rfcomm/errors-say-their-remedy", test_errors_say_their_remedy);
    g_test_add_data_func("/device/rfcomm/nobody-there-is-said-in-time/channel",
                         "rfcomm:00:00:5E:00:53:01/1", test_nobody_there_is_said_in_time);
    g_test_add_data_func("/device/rfcomm/nobody-there-is-said-in-time/asked",
                         "rfcomm:00:00:5E:00:53:01", test_nobody_there_is_said_in_time);
    return g_test_run();
}
