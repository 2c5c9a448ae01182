/* Tests of the finder while boards are plugged in and out, in umockdev's world. */
#include "device/finder.h"

#include <umockdev.h>

/* A CDC-ACM device (Linux's g_serial, as sysfs shows it), its interface and its tty. */
static const char device[] = "P: /devices/platform/usb1/1-1\n"
                             "N: bus/usb/001/012\n"
                             "E: DEVTYPE=usb_device\n"
                             "E: SUBSYSTEM=usb\n"
                             "A: idVendor=0483\\n\n"
                             "A: idProduct=5740\\n\n"
                             "A: product=Espruino\\n\n"
                             "A: busnum=1\\n\n"
                             "A: devnum=12\\n\n"
                             "A: bDeviceClass=02\\n\n"
                             "A: bConfigurationValue=2\\n\n"
                             "H: descriptors="
                             "120100020200004083044057010601020001"
                             "09024b00020204c000080b000202020107"
                             "0904000001020201050524001001052401000104240202052406000107058503"
                             "0a0009"
                             "09040100020a0000060705810200020007050202000200\n";
static const char tty[] = "P: /devices/platform/usb1/1-1/1-1:2.0/tty/ttyACM3\n"
                          "N: ttyACM3\n"
                          "E: DEVNAME=/dev/ttyACM3\n"
                          "E: SUBSYSTEM=tty\n"
                          "A: dev=166:3\\n\n";

static const WgFoundWatch *
find(WgFinder *finder, const char *address)
{
    g_autoptr(GPtrArray) found = wg_finder_list(finder);
    for (guint i = 0; i < found->len; i++) {
        const WgFoundWatch *watch = g_ptr_array_index(found, i);
        if (g_str_equal(watch->address, address))
            return watch;
    }
    return NULL;
}

/* Runs the main loop until it is, or is no longer, found; the test's own limit ends it. */
static const WgFoundWatch *
wait_for(WgFinder *finder, const char *address, gboolean is_there)
{
    const WgFoundWatch *watch;
    while (((watch = find(finder, address)) != NULL) != is_there)
        g_main_context_iteration(NULL, TRUE);
    return watch;
}

static void
test_boards_come_and_go_while_it_looks(void)
{
    g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
    g_autoptr(WgFinder) finder = wg_finder_new();
    GError *error = NULL;
    g_assert_true(umockdev_in_mock_environment());
    wg_finder_start(finder);
    g_assert_null(find(finder, "usb:0483:5740"));
    umockdev_testbed_add_from_string(testbed, device, &error);
    g_assert_no_error(error);
    umockdev_testbed_uevent(testbed, "/sys/devices/platform/usb1/1-1", "add");
    g_assert_cmpstr(wait_for(finder, "usb:0483:5740", TRUE)->name, ==, "Espruino board");
    /* the kernel's driver takes it: now it is a tty */
    umockdev_testbed_add_from_string(testbed, tty, &error);
    g_assert_no_error(error);
    umockdev_testbed_uevent(testbed, "/sys/devices/platform/usb1/1-1/1-1:2.0/tty/ttyACM3", "add");
    g_assert_cmpstr(wait_for(finder, "serial:/dev/ttyACM3", TRUE)->name, ==, "Espruino board");
    wait_for(finder, "usb:0483:5740", FALSE);
    umockdev_testbed_uevent(testbed, "/sys/devices/platform/usb1/1-1/1-1:2.0/tty/ttyACM3",
                            "remove");
    umockdev_testbed_remove_device(testbed, "/sys/devices/platform/usb1/1-1/1-1:2.0/tty/ttyACM3");
    wait_for(finder, "serial:/dev/ttyACM3", FALSE);
    g_assert_nonnull(wait_for(finder, "usb:0483:5740", TRUE));
    umockdev_testbed_uevent(testbed, "/sys/devices/platform/usb1/1-1", "remove");
    umockdev_testbed_remove_device(testbed, "/sys/devices/platform/usb1/1-1");
    wait_for(finder, "usb:0483:5740", FALSE);
    wg_finder_stop(finder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/finder/boards-come-and-go-while-it-looks",
                    test_boards_come_and_go_while_it_looks);
    return g_test_run();
}
