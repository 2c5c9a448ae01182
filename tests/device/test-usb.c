/* Tests of the boards on the USB: who they are, which port they have, and what to do about trouble.
 */
#include "device/port-trouble.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* what Linux's own serial gadget (g_serial, CDC-ACM) says of itself on a fast port */
static const guint8 gadget[] = {
    /* device */
    18, 1, 0x00, 0x02, 2, 0, 0, 64, 0x83, 0x04, 0x40, 0x57, 0x01, 0x06, 1, 2, 0, 1,
    /* configuration 2, association */
    9, 2, 0x4b, 0x00, 2, 2, 4, 0xc0, 0, 8, 11, 0, 2, 2, 2, 1, 7,
    /* control interface with its header, call management, ACM, union, and its endpoint */
    9, 4, 0, 0, 1, 2, 2, 1, 5, 5, 0x24, 0, 0x10, 0x01, 5, 0x24, 1, 0, 1, 4, 0x24, 2, 2, 5, 0x24, 6,
    0, 1, 7, 5, 0x85, 3, 10, 0, 9,
    /* data interface with its endpoints */
    9, 4, 1, 0, 2, 10, 0, 0, 6, 7, 5, 0x81, 2, 0x00, 0x02, 0, 7, 5, 0x02, 2, 0x00, 0x02, 0};

static void
test_the_port_is_found_in_the_descriptors(void)
{
    WgUsbAcm acm;
    g_assert_true(wg_usb_acm_find(gadget, sizeof gadget, 2, &acm));
    g_assert_cmpint(acm.control_interface, ==, 0);
    g_assert_cmpint(acm.data_interface, ==, 1);
    g_assert_cmphex(acm.endpoint_in, ==, 0x81);
    g_assert_cmphex(acm.endpoint_out, ==, 0x02);
    g_assert_cmpint(acm.in_packet_bytes, ==, 512);
    /* the configuration that is not in use has none for us */
    g_assert_false(wg_usb_acm_find(gadget, sizeof gadget, 1, &acm));
}

static void
test_cut_or_changed_descriptors_are_no_port_or_a_whole_one(void)
{
    WgUsbAcm acm;
    for (gsize n = 0; n < sizeof gadget; n++) {
        g_autofree guint8 *cut = g_memdup2(gadget, n);
        g_assert_false(wg_usb_acm_find(cut, n, 2, &acm));
    }
    for (gsize i = 0; i < sizeof gadget; i++) {
        for (int value = 0; value < 256; value++) {
            g_autofree guint8 *changed = g_memdup2(gadget, sizeof gadget);
            changed[i] = (guint8)value;
            if (!wg_usb_acm_find(changed, sizeof gadget, 2, &acm))
                continue;
            g_assert_true(acm.endpoint_in & 0x80);
            g_assert_false(acm.endpoint_out & 0x80);
            g_assert_cmpint(acm.in_packet_bytes, >, 0);
        }
    }
}

typedef struct {
    char *sysfs;
} Tree;

static void
put(const Tree *tree, const char *path, const void *content, gssize n)
{
    g_autofree char *full = g_build_filename(tree->sysfs, "bus/usb/devices", path, NULL);
    g_autofree char *folder = g_path_get_dirname(full);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_assert_true(g_file_set_contents(full, content, n, NULL));
}

static void
put_ids(const Tree *tree, const char *device, const char *vendor, const char *product)
{
    g_autofree char *prefix = g_strconcat(device, "/", NULL);
    const char *const pairs[][2] = {
        {"idVendor", vendor}, {"idProduct", product},   {"busnum", "1\n"},
        {"devnum", "12\n"},   {"bDeviceClass", "02\n"}, {"bConfigurationValue", "2\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *path = g_strconcat(prefix, pairs[i][0], NULL);
        put(tree, path, pairs[i][1], -1);
    }
}

static void
set_up(Tree *tree, gconstpointer data)
{
    tree->sysfs = g_dir_make_tmp("waggle-sysfs-XXXXXX", NULL);
}

static void
tear_down(Tree *tree, gconstpointer data)
{
    g_autofree char *quoted = g_shell_quote(tree->sysfs);
    g_autofree char *command = g_strconcat("rm -rf ", quoted, NULL);
    g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
    g_free(tree->sysfs);
}

static void
test_boards_are_named_and_led_to_their_ttys(Tree *tree, gconstpointer data)
{
    put_ids(tree, "1-1", "0483\n", "5740\n");
    put(tree, "1-1/descriptors", gadget, sizeof gadget);
    put(tree, "1-1/serial", "2054\n", -1);
    put(tree, "1-1/1-1:2.0/tty/ttyACM3/dev", "166:3\n", -1);
    put_ids(tree, "1-2", "10c4\n", "ea60\n");
    put(tree, "1-2/product", "CP2102 USB to UART Bridge Controller\n", -1);
    put(tree, "1-2/1-2:1.0/ttyUSB0/port_number", "0\n", -1);
    put_ids(tree, "1-3", "2341\n", "ffff\n");
    put(tree, "1-3/product", "Nano\x1b[31m <b>\xff\n", -1);
    put(tree, "1-3/descriptors", gadget, sizeof gadget);
    put_ids(tree, "1-4", "046d\n", "c077\n"); /* a mouse */
    put(tree, "1-4/1-4:1.0/bInterfaceClass", "03\n", -1);
    put_ids(tree, "1-5", "zzzz\n", "c077\n");
    g_autoptr(GPtrArray) boards = wg_usb_boards_scan(tree->sysfs);
    g_assert_cmpuint(boards->len, ==, 3);
    const WgUsbBoard *espruino = wg_usb_boards_find_tty(boards, "/dev/ttyACM3");
    g_assert_nonnull(espruino);
    g_assert_cmpstr(espruino->name, ==, "Espruino board");
    g_assert_cmpstr(espruino->serial, ==, "2054");
    g_assert_cmpstr(espruino->node, ==, "/dev/bus/usb/001/012");
    g_assert_true(espruino->has_acm);
    const WgUsbBoard *bridge = wg_usb_boards_find_tty(boards, "/dev/ttyUSB0");
    g_assert_nonnull(bridge);
    g_assert_cmpstr(bridge->name, ==, "ESP32 or other board (CP210x)");
    g_assert_false(bridge->has_acm);
    const WgUsbBoard *nano = g_ptr_array_index(boards, 2);
    g_assert_true(g_utf8_validate(nano->name, -1, NULL));
    g_assert_null(nano->ttys[0]);
    g_assert_null(wg_usb_boards_find_tty(boards, "/dev/ttyACM4"));
}

static void
test_no_sysfs_is_no_board(void)
{
    g_autoptr(GPtrArray) boards = wg_usb_boards_scan("/nowhere");
    g_assert_cmpuint(boards->len, ==, 0);
}

/* The rule's line for the vendor, up to its end. */
static char *
find_rule(const char *rules, guint16 vendor)
{
    g_autofree char *start = g_strdup_printf("\nATTRS{idVendor}==\"%04x\"", vendor);
    const char *line = strstr(rules, start);
    return line ? g_strndup(line + 1, strcspn(line + 1, "\n")) : NULL;
}

static void
test_the_rule_names_every_known_board(void)
{
    g_autofree char *path =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "data/udev/60-waggle.rules", NULL);
    g_autofree char *rules = NULL;
    g_assert_true(g_file_get_contents(path, &rules, NULL, NULL));
    for (const WgKnownBoard *board = wg_known_boards; board->vendor; board++) {
        g_autofree char *line = find_rule(rules, board->vendor);
        g_autofree char *product = g_strdup_printf("%04x", (guint)board->product);
        g_test_message("%04x:%s %s", board->vendor, product, board->name);
        g_assert_nonnull(line);
        g_assert_nonnull(strstr(line, "TAG+=\"uaccess\""));
        if (strstr(line, "idProduct")) /* else it is for all of that vendor */
            g_assert_nonnull(strstr(line, product));
        else
            g_assert_nonnull(wg_known_board_find(board->vendor, 0xfffe));
    }
    g_assert_null(wg_known_board_find(0x046d, 0xc077));
}

static void
test_a_forbidden_board_comes_with_the_command_that_installs_the_rule(void)
{
    WgUsbBoard board = {.vendor = 0x0483,
                        .product = 0x5740,
                        .name = (char *)"Espruino board",
                        .known = wg_known_board_find(0x0483, 0x5740)};
    g_autofree char *command = wg_port_build_rule_command();
    g_auto(GStrv) words = NULL;
    g_assert_true(g_shell_parse_argv(command, NULL, &words, NULL));
    g_assert_cmpstr(words[0], ==, "sudo");
    g_assert_cmpstr(words[1], ==, "cp");
    g_assert_true(g_file_test(words[2], G_FILE_TEST_IS_REGULAR));
    g_assert_cmpstr(words[3], ==, "/etc/udev/rules.d/");
    if (g_file_test("/etc/udev/rules.d/60-waggle.rules", G_FILE_TEST_EXISTS) ||
        g_file_test("/usr/lib/udev/rules.d/60-waggle.rules", G_FILE_TEST_EXISTS)) {
        g_test_message("the rule is installed on this machine");
        return;
    }
    g_autofree char *text = wg_port_describe("/dev/ttyACM3", &board, EACCES);
    g_assert_nonnull(strstr(text, "Espruino board"));
    g_assert_nonnull(strstr(text, command));
}

static void
test_who_has_a_port_open_is_named(void)
{
    g_autofree char *path = NULL;
    const int fd = g_file_open_tmp("waggle-port-XXXXXX", &path, NULL);
    g_autoptr(GError) error = NULL;
    GPid child;
    g_assert_cmpint(fd, >=, 0);
    g_assert_null(wg_port_find_holder(path)); /* only this program has */
    char *words[] = {(char *)"sleep", (char *)"60", NULL};
    g_spawn_async_with_fds(NULL, words, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                           NULL, &child, fd, -1, -1, &error);
    g_assert_no_error(error);
    g_autoptr(WgTrouble) trouble = wg_port_find_holder(path);
    g_assert_nonnull(trouble);
    g_assert_nonnull(strstr(trouble->text, "sleep"));
    kill(child, SIGKILL);
    g_assert_cmpint(waitpid(child, NULL, 0), ==, child);
    g_assert_null(wg_port_find_holder(path));
    close(fd);
    g_unlink(path);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/usb-acm/port-is-found-in-descriptors",
                    test_the_port_is_found_in_the_descriptors);
    g_test_add_func("/device/usb-acm/cut-or-changed-descriptors-do-no-harm",
                    test_cut_or_changed_descriptors_are_no_port_or_a_whole_one);
    g_test_add("/device/usb-boards/named-and-led-to-their-ttys", Tree, NULL, set_up,
               test_boards_are_named_and_led_to_their_ttys, tear_down);
    g_test_add_func("/device/usb-boards/no-sysfs-is-no-board", test_no_sysfs_is_no_board);
    g_test_add_func("/device/known-boards/rule-names-every-one",
                    test_the_rule_names_every_known_board);
    g_test_add_func("/device/port-trouble/forbidden-board-comes-with-the-command",
                    test_a_forbidden_board_comes_with_the_command_that_installs_the_rule);
    g_test_add_func("/device/port-trouble/who-has-a-port-open-is-named",
                    test_who_has_a_port_open_is_named);
    return g_test_run();
}
