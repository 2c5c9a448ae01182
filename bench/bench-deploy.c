/* Deploys a model to the virtual watch in this process and counts what a slow link would carry:
 * bytes each way and turns of the talk; for bench/deploy. */
#include "../tests/device/device-fixture.h"
#include "../tests/device/fault-link.h"
#include "base/error.h"
#include "virtual-watch/connection.h"
#include "virtual-watch/machine.h"

#include <sys/socket.h>
#include <unistd.h>

#define BLE_BYTES 20 /* a write of ATT's default MTU */

static void
count(WgWatch *watch, FaultLink *link, const char *what, int n_tests)
{
    g_autoptr(GError) error = NULL;
    WgDeployment *d = fixture_golden_deployment(WG_DEPLOY_APP, MAX(n_tests, 1));
    WgDeployReport report = {0};
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(d->tflite, &n);
    g_autofree guint8 *copy = g_memdup2(data, n);
    copy[440] ^= (guint8)g_get_monotonic_time(); /* a weight: another model each time */
    copy[441] ^= (guint8)(g_get_monotonic_time() >> 8);
    g_bytes_unref(d->tflite);
    d->tflite = g_bytes_new(copy, n);
    d->n_tests = n_tests;
    fault_link_cut_after(link, -1);
    fixture_deploy(watch, d, &report, &error);
    g_assert_no_error(error);
    const gint64 n_sent = fault_link_get_sent(link);
    const int n_turns = fault_link_get_turns(link);
    g_print("%s: %zu bytes of model, %" G_GINT64_FORMAT " bytes sent, %" G_GINT64_FORMAT
            " writes of %d, %d round trips, %.1f ms here\n",
            what, report.bytes, n_sent, (n_sent + BLE_BYTES - 1) / BLE_BYTES, BLE_BYTES, n_turns,
            report.seconds * 1000);
    wg_deployment_free(d);
}

static void
measure(gboolean has_packets)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("waggle-bench-XXXXXX", &error);
    int fds[2];
    g_assert_no_error(error);
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
    const WgMachineOptions options = {.folder = folder,
                                      .storage_bytes = 1 << 20,
                                      .speed = 1,
                                      .firmware = has_packets ? WG_MACHINE_VERSION : "2v10",
                                      .has_packets = has_packets,
                                      .battery_percent = 100,
                                      .line.loss = {-1, -1, -1, -1, FALSE}};
    g_autoptr(WgMachine) machine = wg_machine_new(&options, fds[1], fds[1], &error);
    g_assert_no_error(error);
    wg_connection_start(machine->connection);
    g_autoptr(FaultLink) link = fault_link_new(fds[0]);
    g_autoptr(WgWatch) watch = wg_watch_new(WG_LINK(link));
    fixture_connect(watch, &error);
    g_assert_no_error(error);
    g_print("%s\n", has_packets ? "firmware with packets" : "firmware before 2v25: text");
    count(watch, link, "  first on this watch", 0);
    count(watch, link, "  the next model     ", 0);
    count(watch, link, "  with 20 takes run  ", 20);
    wg_watch_disconnect(watch);
    close(fds[0]);
    fixture_remove_folder(folder);
}

int
main(int argc, char **argv)
{
    measure(TRUE);
    measure(FALSE);
    return 0;
}
